"""Route. Understand articles in micro-batches: file them to stories, detect mentions, fold the watches, record alerts, deliver."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.root import Root
from flows.route.couriers import Couriers
from flows.route.history import History
from flows.route.line import Item, Line
from tasks.alerts import Source, compose, passes, update_key
from tasks.articles import article_of
from tasks.detect import DETECTOR
from tasks.errors import WorkerError
from tasks.facts import as_of, facts_of
from tasks.ledger import Announcement, Policy, Setting, announcements, fold
from tasks.model.feed import Article
from tasks.model.ledger import Fact
from tasks.model.mention import Reading
from tasks.model.watch import Watch
from tasks.store.rows import Announced, ArticleSeen, FiledArticle, Filing, Silent
from tasks.stories import origin_of, sketch

BATCH = 200
WAIT = 2.0  # seconds: what is read goes out no later than this


async def understand(line: Line, couriers: Couriers | None = None) -> None:
    """Understand what is read until the queue is closed; what it says goes out at once."""
    await fold_all(line, couriers)  # mentions that a killed run recorded but did not fold
    closed = False
    while not closed:
        batch, closed = await _batch(line.read)
        if batch:
            await _understand(line, batch)
            await fold_all(line, couriers)


async def _batch(queue: asyncio.Queue[Item | None]) -> tuple[list[Item], bool]:
    """Wait for an item, then for more until the batch is full or its time is over."""
    found: list[Item] = []
    first = await queue.get()
    if first is None:
        return found, True
    found.append(first)
    end = asyncio.get_running_loop().time() + WAIT
    while len(found) < BATCH and (left := end - asyncio.get_running_loop().time()) > 0:
        try:
            item = await asyncio.wait_for(queue.get(), left)
        except TimeoutError:
            break
        if item is None:
            return found, True
        found.append(item)
    return found, False


async def _understand(line: Line, items: Sequence[Item]) -> None:
    root = line.root
    learned = await learn(line, [_filing(root, item) for item in items])
    read = [item for item, one in zip(items, learned, strict=True) if one.reading]
    failed = [item.entry.id for item, one in zip(items, learned, strict=True) if not one.reading]
    done = [item.entry.id for item in read if not item.pending]
    await line.store(root.store.record_understood, done, facts_in(line, learned), DETECTOR)
    await line.store(root.store.release_entries, [item.entry.id for item in read if item.pending])
    await line.store(root.store.record_failed, failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """An article that was filed, and what it says; no reading where its worker did not survive it."""

    article: Article
    origin: str
    reading: Reading | None


async def learn(line: Line, filings: Sequence[Filing]) -> list[Learned]:
    """File articles to their stories and read them."""
    filed = await line.store(line.root.store.file, filings, line.root.clock())
    revised = [_as_filed(one.article, place) for one, place in zip(filings, filed, strict=True)]
    readings = await asyncio.gather(*(read(line, article) for article in revised))
    new = [place for place in filed if place.new_revision and place.revision == 1]
    line.tally.update(articles=len(new), stories=sum(place.duplicate_of is None for place in new))
    return [
        Learned(article=article, origin=place.origin, reading=reading)
        for article, place, reading in zip(revised, filed, readings, strict=True)
    ]


def facts_in(line: Line, learned: Iterable[Learned]) -> list[Fact]:
    """Give the facts that articles state, for the watches that this run is about, and note whose they are."""
    now, history = line.root.clock(), line.history
    facts = [
        fact
        for one in learned
        if one.reading
        for fact in facts_of(one.article, one.reading, one.origin, as_of(one.article, now))
        if history is None or history.wants(fact.mention.watch)
    ]
    line.tally["mentions"] += len(facts)
    if history is not None:
        history.articles |= {one.article.id for one in learned}
    return facts


def filing(root: Root, article: Article, *, entry_id: int | None = None, live: bool) -> Filing:
    """Make an article ready to be filed."""
    origin = origin_of(article, root.knowledge.agencies)
    return Filing(article=article, sketch=sketch(article), origin=origin, entry_id=entry_id, live=live)


def _filing(root: Root, item: Item) -> Filing:
    article = article_of(item.entry.entry, item.entry.page, item.spec, item.entry.first_seen)
    return filing(root, article, entry_id=item.entry.id, live=item.entry.live)


def _as_filed(article: Article, place: FiledArticle) -> Article:
    return replace(article, revision=place.revision, first_seen=place.seen_at)


async def read(line: Line, article: Article) -> Reading | None:
    """Read an article; None where its worker did not survive it: it then stays to be tried in the next runs."""
    try:
        return await line.pool.read(article)
    except WorkerError as error:
        line.drops[f"not understood yet: {error.reason}"] += 1
        line.tally["errors"] += 1
        return None


async def fold_all(line: Line, couriers: Couriers | None = None) -> None:
    """Fold every watch that has something new, and let the couriers out with what is said."""
    dirty = set(await line.store(line.root.store.dirty_watches))
    for watch in line.root.knowledge.watches:
        if watch.id in dirty and (said := await line.store(fold_watch, line.root, watch, line.history)):
            line.tally["alerts"] += said
            if couriers:
                couriers.ring()


def fold_watch(root: Root, watch: Watch, history: History | None = None) -> int:
    """Fold one watch under its lock, and record what it says: updates, alerts and one delivery a channel, in one transaction."""
    with root.store.folding(watch.id, root.clock()) as folding:
        facts, known = folding.facts(), folding.known()
        ledger = fold(watch, facts, known)
        seen = folding.articles_seen()
        settings = {
            key: Setting(first_seen=one.first_seen, published=one.article.published, live=one.live)
            for key, one in seen.items()
        }
        if history is not None:
            settings = history.settings(settings, {fact.article for fact in facts if fact.key in known})
        policy = Policy(
            key=update_key,
            gate=lambda update: passes(watch, update),
            window=root.settings.alerts.window,
            announced=folding.announced(),
            silenced=folding.silenced(),
        )
        decided = announcements(ledger, settings, policy)
        said = [_announced(root, watch, one, seen) for one in decided if not one.silent]
        silent = [Silent(update=one.update, key=one.key, reason=one.silent) for one in decided if one.silent]
        if history is not None:
            history.note(watch, decided, policy.announced)
        return len(folding.save(ledger, said, silent, root.channels_of(watch.channels)))


def _announced(root: Root, watch: Watch, one: Announcement, seen: Mapping[str, ArticleSeen]) -> Announced:
    source = _source(seen.get(one.update.article or ""))
    return Announced(update=one.update, alert=compose(one.update, watch, source, root.knowledge.actors))


def _source(seen: ArticleSeen | None) -> Source:
    if seen is None:
        return Source()
    article = seen.article
    return Source(
        outlet=article.source,
        title=article.title,
        link=article.url,
        published=article.published,
        first_seen=seen.first_seen,
    )
