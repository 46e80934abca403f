"""Route. Read pages: one lane a host, so that a slow host holds up only its own; what fails leaves the feed's text."""

import asyncio
import time
from dataclasses import replace
from urllib.parse import urlsplit

from flows.route.line import Item, Line
from tasks.errors import ExtractError, FeedError, WorkerError
from tasks.fetch import ACCEPT_PAGE
from tasks.model.feed import EntryState, FeedState, Page

# Pages of one host in one run: with a gap of a second, as long as a run may take. The rest waits for the next run.
PAGES_PER_HOST = 200
HANGS = 2.0  # seconds after which a page that is not answered counts as hanging
MOST_UNANSWERED = 3  # pages in a row: at 30 s each, 200 of a dead host would keep a run going for more than an hour
ENOUGH_TEXT = 1_500  # characters of feed content that make a page unneeded: a full article, not a teaser


class _Lane:
    """The pages of one host that are still to be read, and how it has answered."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[Item] = asyncio.Queue()
        self.taken = 0
        self.unanswered = 0  # in a row
        self.limited = self.working = False

    @property
    def closed(self) -> str:
        """Why the host is left alone for the rest of the run, or ""."""
        if self.limited:
            return "its host told us to wait"
        return "its host does not answer" if self.unanswered >= MOST_UNANSWERED else ""

    def note(self, state: FeedState | None, seconds: float) -> None:
        """Note how a page was answered, None is well, and how long that took: what fails at once holds up nobody."""
        hung = state is FeedState.UNREACHABLE and seconds >= HANGS
        self.unanswered = self.unanswered + 1 if hung else 0
        self.limited = state is FeedState.LIMITED


class Lanes:
    """Reads the entries' pages, host by host, and hands them on to be understood."""

    def __init__(self, line: Line, group: asyncio.TaskGroup) -> None:
        self._line, self._group = line, group
        self._free = asyncio.Semaphore(line.root.settings.fetch.concurrency)
        self._lanes: dict[str, _Lane] = {}

    async def put(self, item: Item) -> None:
        """Take an entry; one that needs no page goes straight on."""
        if not needs_page(item):
            await self._line.read.put(item)
            return
        lane = self._lanes.setdefault(urlsplit(item.entry.entry.link).netloc, _Lane())
        lane.taken += 1
        if lane.taken > PAGES_PER_HOST:
            await self._put_off(item, "too many of one host")
            return
        lane.waiting.put_nowait(item)
        if not lane.working:
            lane.working = True
            self._group.create_task(self._work(lane))

    async def _work(self, lane: _Lane) -> None:
        while not lane.waiting.empty():
            item = lane.waiting.get_nowait()
            if lane.closed:
                await self._put_off(item, lane.closed)
                continue
            async with self._free:
                await self._read(item, lane)
        lane.working = False

    async def _put_off(self, item: Item, why: str) -> None:
        """Leave a page for the next run; the feed's own text is understood now."""
        self._line.drops[f"page left for the next run: {why}"] += 1
        item.pending = True
        await self._line.read.put(item)

    async def _read(self, item: Item, lane: _Lane) -> None:
        """Read a page and hand the entry on; a page that the host refuses for now waits like those behind it."""
        page, reason, state, began = None, "", None, time.monotonic()
        try:
            page = await read_page(self._line, item.entry.entry.link)
        except FeedError as error:
            reason, state = error.reason, error.state
        except (ExtractError, WorkerError) as error:
            reason = str(error)
        lane.note(state, time.monotonic() - began)
        if lane.limited:
            await self._put_off(item, lane.closed)
            return
        if reason:
            self._line.drops[f"no page: {kind_of(reason)}"] += 1
        await self._line.store(self._line.root.store.record_read, item.entry.id, page, reason)
        item.entry = replace(item.entry, page=page, reason=reason, state=EntryState.READ)
        await self._line.read.put(item)


def needs_page(item: Item) -> bool:
    """Say whether an entry's page is to be read: it has a link, was not read yet, and its feed does not carry the text."""
    entry = item.entry.entry
    whole = item.spec.full_text or len(entry.content) >= ENOUGH_TEXT
    return bool(entry.link) and not whole and item.entry.state is EntryState.STORED


async def read_page(line: Line, url: str) -> Page:
    """Fetch a page and find its article; raise FeedError, ExtractError or WorkerError where there is none."""
    response = await line.fetcher.get(url, accept=ACCEPT_PAGE)
    return await line.pool.extract(response.body, url=response.url)


def kind_of(reason: str) -> str:
    """Shorten a reason to what can be counted."""
    return reason.partition(":")[0]
