"""Route. Understand articles in micro-batches: file them to stories, detect mentions, fold the watches, record alerts, deliver."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.root import Root
from flows.route.couriers import Couriers
from flows.route.line import Item, Line
from tasks.alerts import Source, compose, passes, update_key
from tasks.articles import article_of
from tasks.detect import DETECTOR
from tasks.errors import WorkerError
from tasks.facts import as_of, facts_of
from tasks.ledger import Announcement, Policy, Setting, announcements, fold
from tasks.model.feed import Article
from tasks.model.mention import Reading
from tasks.model.watch import Watch
from tasks.store.rows import Announced, ArticleSeen, FiledArticle, Filing, Silent
from tasks.stories import origin_of, sketch

BATCH = 200
WAIT = 2.0  # seconds: what is read goes out no later than this


async def understand(line: Line, couriers: Couriers) -> None:
    """Understand what is read until the queue is closed; what it says goes out at once."""
    await _fold_all(line, couriers)  # mentions that a killed run recorded but did not fold
    closed = False
    while not closed:
        batch, closed = await _batch(line.read)
        if batch:
            await _understand(line, batch)
            await _fold_all(line, couriers)


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
    articles = [article_of(item.entry.entry, item.entry.page, item.spec, item.entry.first_seen) for item in items]
    filings = [_filing(root, item, article) for item, article in zip(items, articles, strict=True)]
    filed = await line.store(root.store.file, filings, root.clock())
    revised = [_as_filed(article, place) for article, place in zip(articles, filed, strict=True)]
    readings = await asyncio.gather(*(_read(line, article) for article in revised))
    facts = [
        fact
        for article, reading, place in zip(revised, readings, filed, strict=True)
        if reading is not None
        for fact in facts_of(article, reading, place.origin, as_of(article, root.clock()))
    ]
    read = [item for item, reading in zip(items, readings, strict=True) if reading is not None]
    failed = [item.entry.id for item, reading in zip(items, readings, strict=True) if reading is None]
    done = [item.entry.id for item in read if not item.pending]
    await line.store(root.store.record_understood, done, facts, DETECTOR)
    await line.store(root.store.release_entries, [item.entry.id for item in read if item.pending])
    await line.store(root.store.record_failed, failed)
    line.tally.update(
        articles=sum(place.new_revision and place.revision == 1 for place in filed),
        stories=sum(place.new_revision and place.revision == 1 and place.duplicate_of is None for place in filed),
        mentions=len(facts),
    )


def _filing(root: Root, item: Item, article: Article) -> Filing:
    return Filing(
        article=article,
        sketch=sketch(article),
        origin=origin_of(article, root.knowledge.agencies),
        entry_id=item.entry.id,
        live=item.entry.live,
    )


def _as_filed(article: Article, place: FiledArticle) -> Article:
    return replace(article, revision=place.revision, first_seen=place.seen_at)


async def _read(line: Line, article: Article) -> Reading | None:
    """Read an article; None where its worker did not survive it: it then stays to be tried in the next runs."""
    try:
        return await line.pool.read(article)
    except WorkerError as error:
        line.drops[f"not understood yet: {error.reason}"] += 1
        line.tally["errors"] += 1
        return None


async def _fold_all(line: Line, couriers: Couriers) -> None:
    dirty = set(await line.store(line.root.store.dirty_watches))
    for watch in line.root.knowledge.watches:
        if watch.id in dirty and (said := await line.store(fold_watch, line.root, watch)):
            line.tally["alerts"] += said
            couriers.ring()


def fold_watch(root: Root, watch: Watch) -> int:
    """Fold one watch under its lock, and record what it says: updates, alerts and one delivery a channel, in one transaction."""
    with root.store.folding(watch.id, root.clock()) as folding:
        ledger = fold(watch, folding.facts(), folding.known())
        seen = folding.articles_seen()
        settings = {
            key: Setting(first_seen=one.first_seen, published=one.article.published, live=one.live)
            for key, one in seen.items()
        }
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
