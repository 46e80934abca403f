"""Pure. Updates to alerts: identity, line and message."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tasks.alerts.headline import headline
from tasks.alerts.routing import confidence_word
from tasks.alerts.safety import bare_link, clip, neutral
from tasks.alerts.say import instant_words, state_words
from tasks.model.alert import Alert, AlertLine
from tasks.model.ledger import Development, Update
from tasks.model.mention import Quantity
from tasks.model.watch import Actor, Change, Shape, Watch
from tasks.model.when import Moment, When

EVIDENCE_MAX = 500  # a sentence; the whole message then stays below the 2,000 characters that Discord takes
WHY_MAX = 350
LINE_MAX = 220  # any other line
TITLE_MAX = 110  # leaves room for outlet and times in its line
OUTLETS_MAX = 5  # named; all are counted

# A further step ("more troops", "recall widened again") often names nothing but itself: its day tells it from the one before.
_STEPS = frozenset({Change.ESCALATED, Change.DEESCALATED, Change.EXPANDED, Change.NARROWED})

_KEY_VERSION = "1"  # keys outlive releases: what is hashed only ever changes together with this
_KEY_LENGTH = 16  # 64 bits: no collision in any store's lifetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The article that brought an update, as far as a message shows it."""

    outlet: str = ""
    title: str = ""
    link: str = ""  # clickable, as the feed gave it
    published: datetime | None = None
    first_seen: datetime | None = None


def compose(update: Update, watch: Watch, source: Source, names: Mapping[str, Actor]) -> Alert:
    """Say an update: headline, message below it, and the line that programs read."""
    return Alert(
        key=update_key(update),
        line=line_of(update, watch),
        body=_body(update, source, names),
        severity=watch.severity,
    )


def line_of(update: Update, watch: Watch) -> AlertLine:
    """Write an update as the line that programs read."""
    now = update.development
    return AlertLine(
        watch=watch.id,
        change=update.change,
        development=now.id,
        when=now.when,
        before=update.before,
        status=now.status,
        parties=now.parties,
        place=now.place,
        quantity=now.quantity,
        subject=now.subject,
        outcome=now.outcome,
        origins=len(now.origins),
        article=update.article,
        at=update.at,
        confidence=update.confidence,
        headline=headline(update, watch),
        why=update.why,
    )


def update_key(update: Update) -> str:
    """Give the identity of an update for ever: development, change, and the value that changed."""
    parts = (_KEY_VERSION, update.development.id, update.change, *_value(update))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def _value(update: Update) -> tuple[str, ...]:
    """Give what changed, as text. A development is new only once, whatever a refold makes of its first values."""
    now = update.development
    if update.change is Change.NEW:
        return ()
    if now.shape is Shape.OCCASION:
        return _when_parts(now.when)
    what = now.subject if now.shape is Shape.NOTICE else now.place
    step = update.at.astimezone(UTC).date().isoformat() if update.change in _STEPS else ""
    return (what or "", *_quantity_parts(now.quantity), now.outcome or "", step)


def _when_parts(when: When | None) -> tuple[str, ...]:
    return () if when is None else (_stamp(when.low), _stamp(when.high), when.grain, when.bound)


def _stamp(moment: Moment) -> str:
    """Write one instant always alike, whatever offset it was read in."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def _quantity_parts(quantity: Quantity | None) -> tuple[str, ...]:
    return () if quantity is None else (f"{quantity.value:.10g}", quantity.unit)


def _body(update: Update, source: Source, names: Mapping[str, Actor]) -> str:
    now = update.development
    lines = (
        _line("Parties", ", ".join(_name(party, names) for party in now.parties)),
        _line("Who says so", _speaker(update, source, names)),
        _line("How sure", f"{state_words(now.status)}; {_confidence(update)}"),
        _line("Sources", _sources(now)),
        _line("Evidence", _evidence(update), EVIDENCE_MAX + 2),
        _line("Article", _article(source)),
        _line("Why", "; ".join(update.why), WHY_MAX),
        _line("Perhaps the same as", now.maybe_same_as or ""),
        bare_link(source.link),
        f"History: tocsin history {now.id}",
        f"Ref: {update_key(update)}",
    )
    return "\n".join(line for line in lines if line)


def _line(label: str, text: str, most: int = LINE_MAX) -> str:
    known = neutral(text)
    return f"{label}: {clip(known, most)}" if known else ""


def _speaker(update: Update, source: Source, names: Mapping[str, Actor]) -> str:
    said = update.attribution
    side = f"({_name(said.side, names)})" if said.side else ""
    who = " ".join(part for part in (", ".join(filter(None, (said.speaker, said.role))), side) if part)
    via = said.via or source.outlet
    if not who:
        return f"{via}, no speaker named" if via else "no speaker named"
    return f"{who}, via {via}" if via else who


def _name(actor: str, names: Mapping[str, Actor]) -> str:
    known = names.get(actor)
    return known.names[0] if known and known.names else actor


def _confidence(update: Update) -> str:
    return f"confidence {confidence_word(update.confidence)} ({update.confidence:.2f})"


def _sources(now: Development) -> str:
    origins = tuple(_origin(one, now.outlets) for one in now.origins)
    return "; ".join(
        f"{_count(len(found), noun)}: {', '.join(found[:OUTLETS_MAX])}"
        for found, noun in ((origins, "independent origin"), (now.outlets, "outlet"))
        if found
    )


def _origin(origin: str, outlets: Iterable[str]) -> str:
    """Say an origin's id: an outlet by its name alone, as it writes itself."""
    kind, colon, name = origin.partition(":")
    if kind == "outlet":
        return next((outlet for outlet in outlets if _letters(outlet) == _letters(name)), name)
    return f"{kind} {name}" if colon else origin


def _letters(name: str) -> str:
    """Give what a name and the id made of it have in common."""
    return "".join(filter(str.isalnum, name.casefold()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _evidence(update: Update) -> str:
    return f"“{clip(neutral(update.evidence.text), EVIDENCE_MAX)}”" if update.evidence else ""


def _article(source: Source) -> str:
    told = (
        source.outlet,
        f"published {instant_words(source.published)}" if source.published else "",
        f"first seen {instant_words(source.first_seen)}" if source.first_seen else "",
    )
    title = f"“{clip(neutral(source.title), TITLE_MAX)}”" if source.title else ""
    return ", ".join(part for part in (title, *told) if part)
