"""Commands. Show what is known, said and done; they change nothing."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.load import load
from config.settings import Settings, find_folder, fixed_now, secret_problems
from flows.cli.exits import FINDING, fail
from flows.cli.output import minute, print_lines, print_table, print_text
from tasks import lines
from tasks.alerts.say import quantity_words, state_words, when_words
from tasks.model.alert import TERMINAL
from tasks.model.feed import FeedSpec, FeedState
from tasks.model.ledger import Development
from tasks.model.mention import Quantity
from tasks.model.report import FeedRow, HistoryRow, StatusRow
from tasks.model.watch import Knowledge
from tasks.model.when import When
from tasks.store import Store
from tasks.urls import host_of, masked


@contextmanager
def opened(folder: Path | None) -> Iterator[tuple[Settings, Knowledge, Store]]:
    """Open a configuration to read what is known: nothing is changed, and no store is made."""
    settings, knowledge = load(find_folder(folder))
    fixed_now()  # raises where TOCSIN_NOW is no time: a command must not go by another clock than it was told
    with Store.open_readonly(settings.store.url) as store:
        yield settings, knowledge, store


def feeds(folder: Path | None, *, json: bool) -> None:
    """List the feeds; those never polled too."""
    with opened(folder) as (settings, _, store):
        rows = with_unpolled(settings.feeds, store.feed_rows())
    if json:
        print_lines(lines.feed(row) for row in rows)
        return
    table = [
        (row.name or host_of(row.url), row.state, row.entries, minute(row.next_poll), row.error, row.url)
        for row in rows
    ]
    print_table(
        ("name", "state", "entries", "next poll (UTC)", "why", "url"), table, empty="No feeds: add some to feeds.toml."
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
            minute(row.line.at),
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
        (one.id, *_values(one), len(one.origins), ", ".join(one.outlets)) for one in (row.development for row in rows)
    ]
    print_table(
        ("development", "watch", "status", "when", "parties", "what", "origins", "outlets"), table, empty="Nothing yet."
    )


def _values(one: Development) -> tuple[str, str, str, str, str]:
    """Say what is held of a development: watch, status, when, parties, and what else it is about."""
    what = (one.place, one.subject, quantity_words(one.quantity) if one.quantity else "", one.outcome)
    when = when_words(one.when) if one.when else ""
    return one.watch, state_words(one.status), when, ", ".join(one.parties), "; ".join(part for part in what if part)


def history(development: str, folder: Path | None, *, json: bool) -> None:
    """Show one development's ledger."""
    with opened(folder) as (_, _, store):
        rows = store.history(development)
        known = [row.development for row in store.development_rows() if row.development.id == development]
    if not rows:
        fail(f"no development {development}: `tocsin developments` lists them", FINDING)
    if json:
        print_lines(lines.history(row) for row in rows)
        return
    for one in known:
        print_text(f"{one.id}  {' · '.join(part for part in _values(one) if part)}\n")
    for row in rows:
        for line in _step(row):
            print_text(line)


def _step(row: HistoryRow) -> Iterator[str]:
    """Say one step of a ledger in lines: what changed, who said so, why, and why it was not announced."""
    who = f"said by {row.who}" if row.who else ""
    told = (f"{minute(row.at)} UTC", state_words(str(row.change)).upper(), before_words(row.before), who)
    yield "  ".join(part for part in told if part)
    if row.article:
        yield f"    {row.article}"
    if row.why:
        yield f"    {'; '.join(row.why)}"
    if row.silent:
        yield f"    not announced: {row.silent}"


def before_words(value: When | Quantity | str | None) -> str:
    """Say an old value."""
    if value is None:
        return ""
    if isinstance(value, When):
        return f"was {when_words(value)}"
    return f"was {quantity_words(value) if isinstance(value, Quantity) else value}"


def status(folder: Path | None, *, json: bool) -> None:
    """Say what is alive; exit 1 where something is not."""
    with opened(folder) as (settings, _, store):
        rows = (*store.status_rows(), *_configured(settings, store.feed_rows()))
        drops = store.drop_reasons()
    if json:
        print_lines(lines.status(row) for row in rows)
    else:
        print_table(("", "part", "detail"), [("ok" if row.ok else "FAIL", row.name, row.detail) for row in rows])
        for drop in drops:
            print_text(f"{drop.count} × {drop.reason}")
    if not all(row.ok for row in rows):
        sys.exit(FINDING)


def _configured(settings: Settings, known: Sequence[FeedRow]) -> Iterator[StatusRow]:
    """Say of the configuration what the store cannot know: feeds that were never polled, channels that nobody can reach from here."""
    new = sum(row.state is FeedState.NEW for row in with_unpolled(settings.feeds, known))
    if new:
        yield StatusRow(name="new feeds", ok=True, detail=f"{new} never polled")
    kept = [spec.name for spec in settings.channels if spec.url.prefect_secret]
    problems = [problem.problem for problem in secret_problems(settings)]
    waits = f"{', '.join(kept)}: Prefect keeps the address, alerts wait for a run under Prefect" if kept else ""
    ready = len(settings.channels) - len(kept) - len(problems)
    told = (f"{ready} ready" if settings.channels else f"none: alerts go to the {TERMINAL}", waits, *problems)
    yield StatusRow(name="channels", ok=not problems, detail="; ".join(part for part in told if part))
