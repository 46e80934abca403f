"""Route. Backfill: bring history in, from what is stored, from older documents of feeds, or from a file; silently unless asked.

Works in stretches of half a minute, each holding the store's lock, with a pause between: the monitor comes to its turn.
What was brought in stays where a run is ended; the same backfill once more goes on from there, for nothing is done twice.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Event

from flows.root import Root
from flows.route.counts import Tally
from flows.route.delivering import deliver
from flows.route.history import History
from flows.route.line import Line
from flows.route.sources import FeedPages, FromFile, Source, Stored
from tasks.errors import ConfigError, Problem
from tasks.fetch import Fetcher
from tasks.model.alert import AlertLine
from tasks.pool import Pool, slots

STRETCH = 30.0  # seconds that the lock is held at a time
GRACE, LOOK = 5.0, 0.5  # seconds that a stopped stretch has to end by itself, and between two looks
PAUSE = 3.0  # seconds between two stretches: whoever waits for the lock asks every second
LONGEST = timedelta(days=3660)


class Origin(StrEnum):
    """Where history comes from."""

    STORED = "stored"  # articles in the store, read again: for a new or changed watch
    FEEDS = "feeds"  # older documents of the feeds: archived (RFC 5005), paged, or WordPress's
    FILE = "file"  # a file on this machine: articles as JSON Lines, or addresses, a line each


class Do(StrEnum):
    """What is done with it."""

    COUNT = "count"  # change nothing, send nothing
    SILENT = "silent"  # bring in, send nothing
    NOTIFY = "notify"  # bring in, and send what it says


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asks for; days are whole and UTC, both included."""

    since: date
    until: date
    origin: Origin = Origin.STORED
    feeds: tuple[str, ...] = ()  # by name; none: all
    watches: tuple[str, ...] = ()  # by id; none: all
    file: Path | None = None
    do: Do = Do.COUNT


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of it."""

    found: int = 0  # articles within the days
    known: int = 0  # of these, those that were in the store
    new: int = 0
    mentions: int = 0
    alerts: int = 0  # sent out
    errors: int = 0
    stopped: bool = False  # before its end, by a person
    said: list[AlertLine] = field(default_factory=list)  # what went out, or would have gone out; oldest first
    drops: Counter[str] = field(default_factory=Counter)


Opened = Callable[[], AbstractContextManager[Root]]


def backfill(opened: Opened, wanted: Wanted, *, told: Callable[[Report], None], stop: Event) -> Report:
    """Do a backfill to its end or until `stop` is set; `told` hears how far it has come."""
    report, history = Report(), History(notify=wanted.do is Do.NOTIFY, watches=frozenset(wanted.watches))
    source, tally = None, Tally()
    while not stop.is_set():
        with opened() as root:
            source = source or source_of(root, wanted)
            finished = asyncio.run(_stretch(root, source, history, tally, stop))
            deliver(root)
            asked = [watch for watch in root.knowledge.watches if history.wants(watch.id)]
        _note(report, source, tally, [*history.said.values(), *source.would_say(asked)])
        told(report)
        if finished:
            return report
        stop.wait(PAUSE)
    report.stopped = True
    return report


def source_of(root: Root, wanted: Wanted) -> Source:
    """Check what is asked for, and open its source; raise ConfigError naming what cannot be."""
    if problems := tuple(_problems(root, wanted)):
        raise ConfigError(tuple(Problem(file="backfill", place=place, problem=problem) for place, problem in problems))
    days = (wanted.since, wanted.until)
    counted = wanted.do is Do.COUNT
    if wanted.origin is Origin.FEEDS:
        return FeedPages(
            days, counted, tuple(spec for spec in root.settings.feeds if not wanted.feeds or spec.name in wanted.feeds)
        )
    if wanted.origin is Origin.FILE and wanted.file:
        return FromFile(days, counted, wanted.file)
    names = wanted.watches or tuple(watch.id for watch in root.knowledge.watches)
    return Stored(days, counted, names)


def _problems(root: Root, wanted: Wanted) -> list[tuple[str, str]]:
    found = []
    if wanted.until < wanted.since:
        found.append(("until", f"the last day, {wanted.until}, is before the first, {wanted.since}"))
    if wanted.until - wanted.since > LONGEST:
        found.append(("since", "more than ten years at once"))
    known = {watch.id for watch in root.knowledge.watches}
    found += [("watches", f"there is no watch {name!r}") for name in wanted.watches if name not in known]
    feeds = {spec.name for spec in root.settings.feeds}
    found += [("feeds", f"there is no feed {name!r}") for name in wanted.feeds if name not in feeds]
    if wanted.origin is Origin.FILE and not (wanted.file and wanted.file.is_file()):
        found.append(("file", f"there is no file {str(wanted.file or '')!r} on this machine"))
    return found


async def _stretch(root: Root, source: Source, history: History, tally: Tally, stop: Event) -> bool:
    async with AsyncExitStack() as stack:
        fetcher = Fetcher(root.fetching)
        stack.push_async_callback(fetcher.close)
        pool = await stack.enter_async_context(Pool.open(root.knowledge, slots=slots()))
        line = stack.enter_context(closing(Line(root, fetcher, pool, tally, history)))
        end = time.monotonic() + STRETCH
        finished = await _until(stop, source.bring(line, lambda: stop.is_set() or time.monotonic() > end))
        source.drops.update(line.drops)
        return finished


async def _until(stop: Event, work: Coroutine[None, None, bool]) -> bool:
    """Await a piece of work; once it is told to stop, break off what does not end by itself in time (a server that hangs)."""
    task, grace = asyncio.create_task(work), GRACE
    while not task.done() and grace > 0:
        await asyncio.wait({task}, timeout=LOOK)
        grace -= LOOK if stop.is_set() else 0
    if not task.done():
        task.cancel()
    try:
        return await task
    except asyncio.CancelledError:
        return False


def _note(report: Report, source: Source, tally: Tally, said: list[AlertLine]) -> None:
    report.found, report.known, report.new = source.found, source.known, tally["articles"]
    report.mentions, report.alerts, report.errors = tally["mentions"], tally["alerts"], tally["errors"]
    report.drops = source.drops
    report.said = sorted(said, key=lambda line: line.at)
