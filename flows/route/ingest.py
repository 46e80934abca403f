"""Route. Ingest: the streaming part of the route. Stations joined by bounded queues; a slow host holds up only itself."""

import asyncio
from contextlib import AsyncExitStack, closing, suppress

from flows.root import Root
from flows.route.claim import Claimed
from flows.route.counts import Counts
from flows.route.line import Item, Line
from flows.route.polling import poll
from flows.route.reading import Lanes
from flows.route.understanding import understand
from tasks.fetch import Fetcher
from tasks.model.feed import ClaimedFeed
from tasks.pool import Pool, slots

RENEW = 30.0  # seconds between renewals of leases that last two minutes
RESUMED = 5_000  # entries of a killed run that one run takes up again


def ingest(root: Root, claimed: Claimed) -> Counts:
    """Take the claimed feeds, and what an earlier run left unfinished, all the way to the outbox."""
    return asyncio.run(_ingest(root, claimed.feeds))


async def _ingest(root: Root, feeds: tuple[ClaimedFeed, ...]) -> Counts:
    async with AsyncExitStack() as stack:
        fetcher = Fetcher(root.fetching)
        stack.push_async_callback(fetcher.close)
        pool = await stack.enter_async_context(Pool.open(root.knowledge, slots=slots()))
        line = stack.enter_context(closing(Line(root, fetcher, pool)))
        renewing = asyncio.create_task(_renew(line))
        try:
            await _run(line, feeds)
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
        return _counts(line)


async def _run(line: Line, feeds: tuple[ClaimedFeed, ...]) -> None:
    async with asyncio.TaskGroup() as stations:
        lanes = Lanes(line)
        stations.create_task(understand(line))
        await _resume(line, lanes)
        await _poll_all(line, feeds, lanes)
        await lanes.drained()
        await line.read.put(None)


async def _resume(line: Line, lanes: Lanes) -> None:
    """Take up what was stored but not understood; entries of retired feeds are understood from what is there."""
    specs = await line.store(line.root.store.feed_specs, line.root.settings.feeds)
    for entry in await line.store(line.root.store.claim_unfinished, RESUMED):
        if spec := specs.get(entry.feed_id):
            await lanes.put(Item(entry, spec))


async def _poll_all(line: Line, feeds: tuple[ClaimedFeed, ...], lanes: Lanes) -> None:
    """Poll side by side; every feed's entries go on as soon as they are stored."""
    free = asyncio.Semaphore(line.root.settings.fetch.concurrency)

    async def one(feed: ClaimedFeed) -> None:
        async with free:
            entries = await poll(line, feed)
        for entry in entries:
            await lanes.put(Item(entry, feed.spec))

    async with asyncio.TaskGroup() as polls:
        for feed in feeds:
            polls.create_task(one(feed))


async def _renew(line: Line) -> None:
    while True:
        await asyncio.sleep(RENEW)
        await line.store(line.root.store.renew_leases)


def _counts(line: Line) -> Counts:
    return Counts(states=line.states, drops=line.drops, **line.tally)
