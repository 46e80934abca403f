"""Route. Ingest: the streaming part of the route. Stations joined by bounded queues; a slow host holds up only itself."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, closing, suppress

from flows.root import Root
from flows.route.claim import Claimed
from flows.route.counts import Counts
from flows.route.couriers import Couriers
from flows.route.line import Item, Line
from flows.route.polling import poll
from flows.route.reading import Lanes
from flows.route.understanding import understand
from tasks.errors import TocsinError
from tasks.fetch import Fetcher
from tasks.model.feed import ClaimedFeed
from tasks.pool import Pool, slots
from tasks.urls import host_of

RENEW = 30.0  # seconds between renewals of leases that last two minutes
RESUMED = 5_000  # entries of a killed run that one run takes up again


def ingest(root: Root, claimed: Claimed) -> Counts:
    """Take the claimed feeds, and what an earlier run left unfinished, all the way to the outbox."""
    claimed.tally.claimed = len(claimed.feeds)
    try:
        return asyncio.run(_ingest(root, claimed))
    except BaseExceptionGroup as group:
        raise _cause(group) from group


async def _ingest(root: Root, claimed: Claimed) -> Counts:
    async with AsyncExitStack() as stack:
        fetcher = Fetcher(root.fetching)
        stack.push_async_callback(fetcher.close)
        pool = await stack.enter_async_context(Pool.open(root.knowledge, slots=slots()))
        line = stack.enter_context(closing(Line(root, fetcher, pool, claimed.tally)))
        renewing = asyncio.create_task(_renew(line))
        try:
            await _run(line, claimed.feeds)
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
        return _counts(line)


async def _run(line: Line, feeds: tuple[ClaimedFeed, ...]) -> None:
    async with asyncio.TaskGroup() as stations:
        couriers = Couriers(line, stations)
        understanding = stations.create_task(understand(line, couriers))
        async with asyncio.TaskGroup() as reading:
            lanes = Lanes(line, reading)
            reading.create_task(_resume(line, lanes))
            free = asyncio.Semaphore(line.root.settings.fetch.concurrency)
            for some in _by_host(feeds):
                reading.create_task(_poll(line, some, lanes, free))
        await line.read.put(None)
        await understanding
        await couriers.dismiss()


async def _resume(line: Line, lanes: Lanes) -> None:
    """Take up what was stored but not understood."""
    specs = await line.store(line.root.store.feed_specs, line.root.settings.feeds)
    for entry in await line.store(line.root.store.claim_unfinished, RESUMED):
        await lanes.put(Item(entry, specs[entry.feed_id]))


async def _poll(line: Line, feeds: Sequence[ClaimedFeed], lanes: Lanes, free: asyncio.Semaphore) -> None:
    """Poll the feeds of one host in turn; entries go on as soon as they are stored, and the next feed when there is room."""
    for feed in feeds:
        async with free:
            for entry in await poll(line, feed):
                await lanes.put(Item(entry, feed.spec))


def _by_host(feeds: Iterable[ClaimedFeed]) -> Iterable[Sequence[ClaimedFeed]]:
    """Sort feeds by host: those that wait for the same slow one must not take everybody's places."""
    hosts: defaultdict[str, list[ClaimedFeed]] = defaultdict(list)
    for feed in feeds:
        hosts[host_of(feed.url)].append(feed)
    return hosts.values()


async def _renew(line: Line) -> None:
    while True:
        await asyncio.sleep(RENEW)
        await line.store(line.root.store.renew_leases)


def _counts(line: Line) -> Counts:
    return Counts(states=line.states, drops=line.drops, **line.tally)


def _cause(group: BaseExceptionGroup) -> BaseException:
    """Find what broke the run: an expected error goes out as itself, for whoever tells a person."""
    expected, bugs = group.split(TocsinError)
    cause: BaseException = group if bugs or not expected else expected
    while cause is not group and isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    return cause
