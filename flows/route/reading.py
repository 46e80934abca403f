"""Route. Read pages: one lane a host, so that a slow host holds up only its own; what fails leaves the feed's text."""

import asyncio
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from flows.route.line import Item, Line
from tasks.errors import ExtractError, FeedError, WorkerError
from tasks.fetch import ACCEPT_PAGE
from tasks.model.feed import EntryState, Page
from tasks.store.rows import StoredEntry

# Pages of one host in one run: with a gap of a second, as long as a run may take. The rest waits for the next run.
PAGES_PER_HOST = 200
ENOUGH_TEXT = 1_500  # characters of feed content that make a page unneeded: a full article, not a teaser


class Lanes:
    """Reads the entries' pages, host by host, and hands them on to be understood."""

    def __init__(self, line: Line, group: asyncio.TaskGroup) -> None:
        self._line, self._group = line, group
        self._taken: Counter[str] = Counter()
        self._free = asyncio.Semaphore(line.root.settings.fetch.concurrency)
        self._lanes: dict[str, asyncio.Queue[Item]] = {}

    async def put(self, item: Item) -> None:
        """Take an entry; one that needs no page goes straight on."""
        if not needs_page(item):
            await self._line.read.put(item)
            return
        host = urlsplit(item.entry.entry.link).netloc
        self._taken[host] += 1
        if self._taken[host] > PAGES_PER_HOST:
            self._line.drops["page left for the next run: too many of one host"] += 1
            item.pending = True
            await self._line.read.put(item)
            return
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = asyncio.Queue()
            self._group.create_task(self._work(host, lane))
        lane.put_nowait(item)

    async def _work(self, host: str, lane: asyncio.Queue[Item]) -> None:
        while not lane.empty():
            item = lane.get_nowait()
            async with self._free:
                item.entry = await self._read(item)
            await self._line.read.put(item)
        del self._lanes[host]

    async def _read(self, item: Item) -> StoredEntry:
        page, reason = await read_page(self._line, item.entry.entry.link)
        if reason:
            self._line.drops[f"no page: {kind_of(reason)}"] += 1
        await self._line.store(self._line.root.store.record_read, item.entry.id, page, reason)
        return replace(item.entry, page=page, reason=reason, state=EntryState.READ)


def needs_page(item: Item) -> bool:
    """Say whether an entry's page is to be read: it has a link, was not read yet, and its feed does not carry the text."""
    entry = item.entry.entry
    whole = item.spec.full_text or len(entry.content) >= ENOUGH_TEXT
    return bool(entry.link) and not whole and item.entry.state is EntryState.STORED


async def read_page(line: Line, url: str) -> tuple[Page | None, str]:
    """Fetch a page and find its article; else say why not."""
    try:
        response = await line.fetcher.get(url, accept=ACCEPT_PAGE)
        return await line.pool.extract(response.body, url=response.url), ""
    except FeedError as error:
        return None, error.reason
    except ExtractError as error:
        return None, str(error)
    except WorkerError as error:
        return None, error.reason


def kind_of(reason: str) -> str:
    """Shorten a reason to what can be counted."""
    return reason.partition(":")[0]
