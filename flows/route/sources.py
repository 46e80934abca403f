"""Route. Where a backfill's articles come from; each source keeps its place between stretches."""

import asyncio
import csv
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from flows.inputs import BadLine, article_of, lines_of
from flows.route.line import Item, Line
from flows.route.reading import Lanes, read_page
from flows.route.understanding import Learned, facts_in, filing, fold_all, learn, read, understand
from tasks.articles import article_of as article_of_entry
from tasks.backtest import Read, backtest
from tasks.detect import DETECTOR
from tasks.errors import ExtractError, FeedError, WorkerError
from tasks.model.alert import AlertLine
from tasks.model.feed import Article, Entry, FeedSpec, ParsedFeed
from tasks.model.watch import Watch
from tasks.store.rows import StoredArticle
from tasks.stories import address_of, origin_of
from tasks.urls import masked

BATCH = 100
MOST_PAGES = 200  # of one feed: ten years of a weekly, two months of a busy site; what is left is told
Days = tuple[date, date]
Enough = Callable[[], bool]


class Source(Protocol):
    """Brings articles in until it is finished, or told that it is enough for now."""

    found: int
    known: int
    drops: Counter[str]

    def would_say(self, watches: Iterable[Watch]) -> tuple[AlertLine, ...]:
        """Give what was only counted would have said."""
        ...

    async def bring(self, line: Line, enough: Enough) -> bool:
        """Go on from where it stood; say whether it is finished."""
        ...


class _Base:
    def __init__(self, days: Days, counted: bool) -> None:
        self.since, self.until = (datetime.combine(day, time(), UTC) for day in (days[0], days[1] + timedelta(days=1)))
        self.counted = counted  # nothing is changed: what would be said is only worked out
        self.found = self.known = 0
        self.drops: Counter[str] = Counter()
        self._read: list[Read] = []

    def within(self, at: datetime | None) -> bool:
        """Say whether an article of a time is asked for; one without a time is."""
        return at is None or self.since <= at < self.until

    async def count(self, line: Line, articles: Sequence[Article]) -> None:
        """Read articles without keeping anything but what they would say."""
        readings = await asyncio.gather(*(read(line, article) for article in articles))
        for article, reading in zip(articles, readings, strict=True):
            if reading and any(mention.accepted for mention in reading.mentions):
                origin = origin_of(article, line.root.knowledge.agencies).id
                self._read.append(Read(article=article, reading=reading, origin=origin))

    def would_say(self, watches: Iterable[Watch]) -> tuple[AlertLine, ...]:
        """Work out what watches would have said of what was counted."""
        return backtest(sorted(self._read, key=lambda one: one.article.published or self.since), watches)


class Stored(_Base):
    """Articles in the store, read again."""

    def __init__(self, days: Days, counted: bool, watches: Sequence[str]) -> None:
        super().__init__(days, counted)
        self._watches, self._after = watches, 0

    async def bring(self, line: Line, enough: Enough) -> bool:
        """Read them again, in the order in which they came."""
        store = line.root.store
        while True:
            some = await line.store(store.stored_articles, self.since, self.until, after=self._after, limit=BATCH)
            if not some:
                return True
            self._after = some[-1].id
            self.found, self.known = self.found + len(some), self.known + len(some)
            if self.counted:
                await self.count(line, [one.article for one in some])
            else:
                await self._learn(line, some)
            if enough():
                return False

    async def _learn(self, line: Line, some: Sequence[StoredArticle]) -> None:
        readings = await asyncio.gather(*(read(line, one.article) for one in some))
        learned = [
            Learned(article=one.article, origin=one.origin, reading=reading)
            for one, reading in zip(some, readings, strict=True)
        ]
        done = [(one.id, one.article.revision) for one, known in zip(some, learned, strict=True) if known.reading]
        await line.store(line.root.store.replace_facts, done, self._watches, facts_in(line, learned), DETECTOR)
        await fold_all(line)


class FromFile(_Base):
    """A file: articles as JSON Lines, or addresses, a line each."""

    def __init__(self, days: Days, counted: bool, path: Path) -> None:
        super().__init__(days, counted)
        self._given = _given(path, self.drops)

    async def bring(self, line: Line, enough: Enough) -> bool:
        """Bring them in, in the order of the file; an address whose article is known is not asked for again."""
        finished = False
        while not finished:
            articles, finished = await self._some(line, enough)
            known = await line.store(line.root.store.knows, [one.id for one in articles])
            self.found, self.known = self.found + len(articles), self.known + len(known)
            if self.counted:
                await self.count(line, articles)
            else:
                await self._learn(line, articles)
            if enough():
                return finished
        return True

    async def _some(self, line: Line, enough: Enough) -> tuple[list[Article], bool]:
        """Take a batch, or what there is until it is enough; say whether the file is at its end."""
        found: list[Article] = []
        for given in self._given:
            article = await self._article(line, given)
            if article and self.within(article.published):
                found.append(article)
            if enough() or len(found) >= BATCH:
                return found, False
        return found, True

    async def _learn(self, line: Line, articles: Sequence[Article]) -> None:
        notify = line.history is not None and line.history.notify
        learned = await learn(line, [filing(line.root, one, live=notify) for one in articles])
        await line.store(line.root.store.record_understood, [], facts_in(line, learned), DETECTOR)
        await fold_all(line)

    async def _article(self, line: Line, given: Article | str) -> Article | None:
        if isinstance(given, Article):  # under the name that the monitor would give it
            return replace(given, id=address_of(given.url, "") or given.id)
        name = address_of(given, "")
        if await line.store(line.root.store.knows, [name]):
            self.drops["address known already"] += 1
            return None
        try:
            page = await read_page(line, given)
        except (FeedError, ExtractError, WorkerError) as error:
            self.drops[f"no page: {getattr(error, 'reason', error)}"] += 1
            return None
        spec = FeedSpec(url=given, name=page.site or urlsplit(given).hostname or "")
        return article_of_entry(Entry(key=name, link=given), page, spec, line.root.clock())


def _given(path: Path, drops: Counter[str]) -> Iterator[Article | str]:
    """Read a file of articles or addresses; a line that is neither is counted with its reason."""
    with path.open("rb") as lines:
        first = lines.read(1)
    if first == b"{":
        for one in lines_of(path):
            try:
                yield article_of(one)
            except BadLine as error:
                drops[str(error)] += 1
        return
    with path.open(encoding="utf-8", errors="replace", newline="") as text:
        rows = csv.reader(text)
        for row in rows:
            address = next((cell.strip() for cell in row if cell.strip().startswith(("http://", "https://"))), "")
            if address:
                yield address
            elif row:
                drops[f"line {rows.line_num}: no address"] += 1


class FeedPages(_Base):
    """Older documents of feeds, each page of a feed after the other."""

    def __init__(self, days: Days, counted: bool, feeds: Sequence[FeedSpec]) -> None:
        super().__init__(days, counted)
        self._next = deque((spec, spec.url, 1) for spec in feeds)

    async def bring(self, line: Line, enough: Enough) -> bool:
        """Take a document of each feed in turn, until they have none or reach back before the first day."""
        specs = await line.store(line.root.store.feed_specs, line.root.settings.feeds)
        numbers = {masked(spec.url): number for number, spec in specs.items()}
        while self._next:
            spec, url, page = self._next.popleft()
            older = await self._older(line, spec, url, numbers[masked(spec.url)])
            if older and page < MOST_PAGES:
                self._next.append((spec, older, page + 1))
            elif older:
                self.drops[f"{spec.name or spec.url}: more than {MOST_PAGES} documents, the older ones left"] += 1
            if enough():
                return False
        return True

    async def _older(self, line: Line, spec: FeedSpec, url: str, number: int) -> str:
        """Take one document; give the address of the one before it, or "" where no more is wanted."""
        parsed = await self._document(line, spec, url)
        if parsed is None:
            return ""
        await self._take(line, spec, number, parsed)
        return "" if self._reaches_back(parsed) or parsed.older == url else parsed.older

    async def _document(self, line: Line, spec: FeedSpec, url: str) -> ParsedFeed | None:
        try:
            own = (
                urlsplit(url).netloc == urlsplit(spec.url).netloc
            )  # a feed may name any host; its secrets are for its own
            response = await line.fetcher.get(url, headers=spec.headers if own else {})
            kind = response.headers.get("content-type", "")
            return await line.pool.parse(response.body, url=response.url, content_type=kind, now=line.root.clock())
        except (FeedError, WorkerError) as error:
            self.drops[f"{spec.name or spec.url}: {error.reason}"] += 1
            return None

    async def _take(self, line: Line, spec: FeedSpec, number: int, parsed: ParsedFeed) -> None:
        # What is still news is left to the monitor: brought in here, it would count as known, and never be announced.
        news = line.root.clock() - line.root.settings.alerts.window
        wanted = [
            entry for entry in parsed.entries if self.within(entry.published) and (entry.published or news) <= news
        ]
        self.found += len(wanted)
        if self.counted:
            articles = [article_of_entry(entry, None, spec, line.root.clock()) for entry in wanted]
            self.known += len(await line.store(line.root.store.knows, [one.id for one in articles]))
            await self.count(line, articles)
            return
        notify = line.history is not None and line.history.notify
        stored = await line.store(line.root.store.record_history, number, wanted, line.root.clock(), live=notify)
        self.known += len(wanted) - len(stored)
        await _bring_in(line, [Item(entry, spec) for entry in stored])

    def _reaches_back(self, parsed: ParsedFeed) -> bool:
        """Say whether a document is wholly before the first day, as far as it says."""
        dated = [entry.published for entry in parsed.entries if entry.published]
        return not parsed.entries or (bool(dated) and max(dated) < self.since)


async def _bring_in(line: Line, items: Sequence[Item]) -> None:
    """Take entries the way of all entries: pages host by host, then understanding in micro-batches."""
    async with asyncio.TaskGroup() as stations:
        stations.create_task(understand(line))
        async with asyncio.TaskGroup() as reading:
            lanes = Lanes(line, reading)
            for item in items:
                await lanes.put(item)
        await line.read.put(None)
