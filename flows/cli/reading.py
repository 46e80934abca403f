"""Commands. Show what is known, said and done; they change nothing."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.load import load
from config.settings import Settings, find_folder
from flows.cli.exits import FINDING, fail
from flows.cli.output import print_lines, print_table, print_text
from tasks import lines
from tasks.alerts.say import when_words
from tasks.detect import Reader
from tasks.model.feed import FeedSpec, FeedState
from tasks.model.mention import Mention
from tasks.model.report import FeedRow
from tasks.model.watch import Knowledge
from tasks.store import Store
from tasks.urls import masked


@contextmanager
def opened(folder: Path | None) -> Iterator[tuple[Settings, Knowledge, Store]]:
    """Open a configuration to read what is known: nothing is changed, and no store is made."""
    settings, knowledge = load(find_folder(folder))
    with Store.open_readonly(settings.store.url) as store:
        yield settings, knowledge, store


def feeds(folder: Path | None, *, json: bool) -> None:
    """List the feeds; those never polled too."""
    with opened(folder) as (settings, _, store):
        rows = with_unpolled(settings.feeds, store.feed_rows())
    if json:
        print_lines(lines.feed(row) for row in rows)
        return
    table = [(row.name, row.url, row.state, row.entries, _minute(row.next_poll), row.error or "") for row in rows]
    print_table(
        ("name", "url", "state", "entries", "next poll (UTC)", "why"), table, empty="No feeds: add some to feeds.toml."
    )


def with_unpolled(specs: Sequence[FeedSpec], known: Sequence[FeedRow]) -> tuple[FeedRow, ...]:
    """Give every feed of the configuration in its order: as the store knows it, else as new."""
    rows = {row.url: row for row in known}
    return tuple(
        rows.get(masked(spec.url)) or FeedRow(url=masked(spec.url), name=spec.name, state=FeedState.NEW)
        for spec in specs
    )


def alerts(folder: Path | None, *, json: bool) -> None:
    """List the alerts."""
    with opened(folder) as (_, _, store):
        rows = store.alert_rows()
    if json:
        print_lines(lines.alert_row(row) for row in rows)
        return
    table = [
        (
            _minute(row.line.at),
            row.line.headline,
            row.line.development,
            ", ".join(f"{one.channel} {one.state}" for one in row.deliveries),
        )
        for row in rows
    ]
    print_table(("at (UTC)", "alert", "development", "deliveries"), table, empty="No alert yet.")


def developments(folder: Path | None, *, watch: str, json: bool) -> None:
    """List the developments."""
    with opened(folder) as (_, _, store):
        rows = store.development_rows(watch or None)
    if json:
        print_lines(lines.development(row) for row in rows)
        return
    table = [
        (
            one.id,
            one.watch,
            one.status,
            when_words(one.when) if one.when else "",
            ", ".join(one.parties),
            one.place or "",
            len(one.origins),
            ", ".join(one.outlets),
        )
        for one in (row.development for row in rows)
    ]
    print_table(
        ("development", "watch", "status", "when", "parties", "place", "origins", "outlets"),
        table,
        empty="Nothing yet.",
    )


def history(development: str, folder: Path | None, *, json: bool) -> None:
    """Show one development's ledger."""
    with opened(folder) as (_, _, store):
        rows = store.history(development)
    if not rows:
        fail(f"no development {development}: `tocsin developments` lists them", FINDING)
    if json:
        print_lines(lines.history(row) for row in rows)
        return
    for row in rows:
        before = lines.dumps({"was": lines.before(row.before)}) if row.before else ""
        print_text(f"{_minute(row.at)}  {row.change}  {before}  {row.who}  {row.article or ''}")
        print_text(f"    {'; '.join(row.why)}")
        if row.silent:
            print_text(f"    not announced: {row.silent}")


def status(folder: Path | None, *, json: bool) -> None:
    """Say what is alive; exit 1 where something is not."""
    with opened(folder) as (_, _, store):
        rows, drops = store.status_rows(), store.drop_reasons()
    if json:
        print_lines(lines.status(row) for row in rows)
    else:
        print_table(("", "part", "detail"), [("ok" if row.ok else "ILL", row.name, row.detail) for row in rows])
        for drop in drops:
            print_text(f"{drop.count} × {drop.reason}")
    if not all(row.ok for row in rows):
        sys.exit(FINDING)


def explain(article: str, folder: Path | None) -> None:
    """Say of an article in the store what was found in it, and what became of it."""
    with opened(folder) as (_, knowledge, store):
        found = store.article(article)
        updates = store.updates_of(article)
    if found is None:
        fail(f"no article {article} in the store", FINDING)
        return
    reading = Reader(knowledge).explain(found)
    print_text(
        f"{found.title}\n{found.source} · {found.published or 'no date'} · revision {found.revision} · {found.id}\n"
    )
    print_table(
        ("date", "reads", "grain", "how"),
        [(one.text, f"{one.when.low} … {one.when.high}", one.when.grain, one.how) for one in reading.dates],
        empty="No dates.",
    )
    print_table(
        ("actor", "text", "kind"),
        dict.fromkeys((one.actor, one.text, one.kind) for one in reading.actors),
        empty="No actors.",
    )
    for mention in reading.mentions:
        _show(mention)
    for row in updates:
        print_text(f"{row.change}: {'announced' if not row.silent else f'not announced: {row.silent}'}")


def _show(mention: Mention) -> None:
    print_text(f"\n{'ACCEPTED' if mention.accepted else 'refused'}  {mention.watch}  {mention.status}")
    print_text(f"  “{mention.evidence.text.strip()}”")
    for reason in mention.why:
        print_text(f"  - {reason}")


def _minute(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
