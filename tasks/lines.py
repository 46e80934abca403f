"""Pure. Nouns to the closed formats that programs read: one function for each kind of line (DESIGN: commands)."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tasks.errors import Problem
from tasks.model.alert import AlertLine, DeliveryOutcome
from tasks.model.feed import Entry, Page, ParsedFeed
from tasks.model.ledger import Development
from tasks.model.mention import ActorMention, Attribution, Evidence, Mention, Quantity, Reading
from tasks.model.report import AlertRow, DevelopmentRow, FeedRow, HistoryRow, RunRow, StatusRow
from tasks.model.when import Timex, When

Line = dict[str, Any]


def dumps(line: Mapping[str, Any]) -> str:
    """Write a line as JSON, readable where it can be printed."""
    text = json.dumps(line, ensure_ascii=False, allow_nan=False)
    # A lone surrogate in an id that was handed in cannot be printed, but can be escaped.
    return text if text.isascii() or _printable(text) else json.dumps(line, allow_nan=False)


def alert(line: AlertLine) -> Line:
    """Write what `backtest` would send."""
    return {
        "watch": line.watch,
        "change": line.change.value,
        "development": line.development,
        "when": when(line.when),
        "before": before(line.before),
        "status": line.status.value,
        "parties": list(line.parties),
        "place": line.place,
        "quantity": quantity(line.quantity),
        "subject": line.subject,
        "outcome": line.outcome,
        "origins": line.origins,
        "article": line.article,
        "at": _at(line.at),
        "confidence": round(line.confidence, 4),
        "headline": line.headline,
        "why": list(line.why),
    }


def alert_row(row: AlertRow) -> Line:
    """Write an alert that was recorded, with its deliveries."""
    return {**alert(row.line), "deliveries": [_delivery(one) for one in row.deliveries]}


def parsed_feed(file: str, feed: ParsedFeed | None, error: str | None = None) -> Line:
    """Write what `parse-feed` read, or why it could not; what was damaged in a feed that could be read is said too."""
    known = feed or ParsedFeed()
    return {
        "file": file,
        "ok": feed is not None and error is None,
        "error": error or known.problem or None,
        "title": known.title,
        "entries": [_entry(one) for one in known.entries],
        "dropped": known.dropped,
    }


def extracted(name: str, page: Page | None, error: str | None = None) -> Line:
    """Write what `extract` found in a page, or why it found nothing."""
    known = page or Page()
    return {
        "id": name,
        "title": known.title,
        "text": known.text,
        "published": _at(known.published),
        "language": known.language or None,
        "error": error,
        "canonical_url": known.canonical_url or None,
        "author": known.author or None,
    }


def filed(name: str, *, story: str, origin: str, duplicate_of: str | None) -> Line:
    """Write where `stories` filed an article."""
    return {"id": name, "story": story, "origin": origin, "duplicate_of": duplicate_of}


def explained(name: str, reading: Reading) -> Line:
    """Write every date, actor and mention that `explain` saw in an article."""
    return {
        "id": name,
        "dates": [_timex(one) for one in reading.dates],
        "actors": [_actor(one) for one in reading.actors],
        "mentions": [_mention(one) for one in reading.mentions],
    }


def bad(name: str | None, error: str) -> Line:
    """Write the line that stands for an input line which could not be used."""
    return {"id": name, "error": error}


def feed(row: FeedRow) -> Line:
    """Write a feed's state."""
    return {
        "url": row.url,
        "name": row.name,
        "state": row.state.value,
        "error": row.error,
        "entries": row.entries,
        "next_poll": _at(row.next_poll),
    }


def development(row: DevelopmentRow) -> Line:
    """Write a development with its current values."""
    known = row.development
    return {**_development(known), "retired": row.retired}


def history(row: HistoryRow) -> Line:
    """Write one step of a development's ledger."""
    return {
        "at": _at(row.at),
        "change": str(row.change),
        "before": before(row.before),
        "article": row.article,
        "who": row.who,
        "why": list(row.why),
        "silent": row.silent,
    }


def status(row: StatusRow) -> Line:
    """Write whether one thing is alive."""
    return {"name": row.name, "ok": row.ok, "detail": row.detail}


def run(row: RunRow) -> Line:
    """Write what a run did."""
    return {
        "feeds": row.feeds,
        "entries": row.entries,
        "articles": row.articles,
        "alerts": row.alerts,
        "errors": row.errors,
    }


def problem(found: Problem) -> Line:
    """Write one thing wrong with a configuration."""
    return {"file": found.file, "place": found.place, "problem": found.problem, "nearest": found.nearest}


def when(value: When | None) -> Line | None:
    """Write a when: ISO days, or instants with the offset they were read in."""
    if value is None:
        return None
    low, high = moment(value.low), moment(value.high)
    return {"low": low, "high": high, "grain": value.grain.value, "bound": value.bound.value}


def moment(value: date | datetime) -> str:
    """Write a day, or an instant to the minute unless it has seconds."""
    if not isinstance(value, datetime):
        return value.isoformat()
    whole = value.second == value.microsecond == 0
    return value.isoformat(timespec="minutes" if whole else "auto")


def quantity(value: Quantity | None) -> Line | None:
    """Write a quantity, a whole number as such."""
    if value is None:
        return None
    whole = float(value.value).is_integer()
    return {"value": int(value.value) if whole else value.value, "unit": value.unit}


def before(value: When | Quantity | str | None) -> Line | str | None:
    """Write an old value."""
    if isinstance(value, When):
        return when(value)
    return quantity(value) if isinstance(value, Quantity) else value


def _at(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _printable(text: str) -> bool:
    return not any("\ud800" <= mark <= "\udfff" for mark in text)


def _delivery(outcome: DeliveryOutcome) -> Line:
    return {"channel": outcome.channel, "state": outcome.state.value, "attempts": outcome.attempts}


def _entry(entry: Entry) -> Line:
    return {
        "id": entry.key,
        "title": entry.title,
        "link": entry.link,
        "published": _at(entry.published),
        "summary": entry.summary,
        "content": entry.content,
    }


def _timex(found: Timex) -> Line:
    span = {"text": found.text, "field": found.field, "start": found.start, "end": found.end}
    known = found.value
    return {
        **span,
        "low": moment(known.low),
        "high": moment(known.high),
        "grain": known.grain.value,
        "bound": known.bound.value,
        "how": found.how,
    }


def _actor(found: ActorMention) -> Line:
    return {
        "actor": found.actor,
        "text": found.text,
        "field": found.field,
        "start": found.start,
        "end": found.end,
        "kind": found.kind,
    }


def _span(found: Evidence) -> Line:
    return {"field": found.field, "start": found.start, "end": found.end}


def _attribution(said: Attribution) -> Line:
    return {"speaker": said.speaker, "role": said.role, "side": said.side, "via": said.via}


def _mention(found: Mention) -> Line:
    return {
        "watch": found.watch,
        "trigger": found.trigger,
        "when": when(found.when),
        "status": found.status.value,
        "parties": list(found.parties),
        "place": found.place,
        "evidence": found.evidence.text,
        "span": _span(found.evidence),
        "accepted": found.accepted,
        "why": list(found.why),
        "previous": when(found.previous),
        "moved": found.moved,
        "quantity": quantity(found.quantity),
        "subject": found.subject,
        "outcome": found.outcome,
        "attribution": _attribution(found.attribution),
        "confidence": round(found.confidence, 4),
    }


def _development(known: Development) -> Line:
    return {
        "id": known.id,
        "watch": known.watch,
        "shape": known.shape.value,
        "status": known.status.value,
        "when": when(known.when),
        "parties": list(known.parties),
        "place": known.place,
        "quantity": quantity(known.quantity),
        "subject": known.subject,
        "outcome": known.outcome,
        "attribution": _attribution(known.attribution),
        "origins": list(known.origins),
        "outlets": list(known.outlets),
        "opened_at": _at(known.opened_at),
        "changed_at": _at(known.changed_at),
        "maybe_same_as": known.maybe_same_as,
    }
