"""Edge: SQLAlchemy. Articles, their revisions, and the stories they carry; decided by the functions of tasks.stories."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, insert, select, text, union_all, update

from tasks import wire
from tasks.model.feed import Article
from tasks.store.base import Base, insert_newest
from tasks.store.identity import indexable
from tasks.store.rows import FiledArticle, Filing, StoredArticle
from tasks.store.tables import articles, bands, entries, revisions, stories
from tasks.stories.index import MOST_CANDIDATES, MOST_OF_A_KEY
from tasks.stories.same import WINDOW, first_same

_FILING = 0x746F6373  # names the advisory lock of PostgreSQL ("tocs"); SQLite's transactions exclude each other anyway

# Statements that run for every article are built once: building them costs more than running them.
_current = and_(revisions.c.article_id == articles.c.id, revisions.c.revision == articles.c.revision)
_place = (stories.c.id.label("story_id"), stories.c.origin, stories.c.first_article)
_BY_KEY = (
    select(articles.c.id, articles.c.revision, articles.c.first_seen, *_place)
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.key == bindparam("name"))
)
_BY_DIGEST = select(revisions.c.revision, revisions.c.seen_at).where(
    revisions.c.article_id == bindparam("article"), revisions.c.digest == bindparam("said")
)


@lru_cache(maxsize=64)
def _candidates_of(keys: int) -> Select[Any]:
    """Build the query for so many keys: within a window of time, the articles that share most of them.

    Each key is one look into its index, whatever the number of stories that it leads to.
    """
    looks = (
        select(bands.c.article_id)
        .where(bands.c.key == bindparam(f"key{number}"))
        .order_by(bands.c.story_id.desc())
        .limit(MOST_OF_A_KEY)
        .subquery()
        for number in range(keys)
    )
    looked = union_all(*(select(look.c.article_id) for look in looks)).subquery()
    shared = select(looked.c.article_id, func.count().label("number")).group_by(looked.c.article_id).subquery()
    return (
        select(revisions.c.payload, *_place)
        .select_from(shared)
        .join(articles, articles.c.id == shared.c.article_id)
        .join(revisions, _current)
        .join(stories, stories.c.id == articles.c.story_id)
        .where(articles.c.as_of.between(bindparam("since"), bindparam("until")))
        .order_by(shared.c.number.desc(), shared.c.article_id)
        .limit(MOST_CANDIDATES)
    )


_NEW_STORY = insert(stories).returning(stories.c.id)
_NEW_ARTICLE = insert(articles).returning(articles.c.id)
_NEW_REVISION = insert(revisions)
_REVISED = update(articles).where(articles.c.id == bindparam("article")).values(revision=bindparam("to"))
_LEADS_TO = update(entries).where(entries.c.id == bindparam("entry")).values(article_id=bindparam("article"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """The story that an article is put to."""

    id: int
    origin: str
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """An article that has its row."""

    id: int
    revision: int
    first_seen: datetime
    story: _Story


class Articles(Base):
    """The articles and stories of a store."""

    def file(self, filings: Sequence[Filing], now: datetime) -> tuple[FiledArticle, ...]:
        """Put articles to the stories they carry, in one transaction that no other filing overlaps.

        Two copies that came at once would otherwise not see each other, and make two stories.
        """
        with self._filing() as connection:
            return tuple(_file(connection, filing, now) for filing in filings)

    @contextmanager
    def _filing(self) -> Iterator[Connection]:
        with self._writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _FILING})
            yield connection

    def knows(self, names: Sequence[str]) -> frozenset[str]:
        """Give those articles that are in the store, by their canonical URL."""
        keys = {indexable(name): name for name in names}
        with self._reading() as connection:
            some = connection.scalars(select(articles.c.key).where(articles.c.key.in_(keys)))
            return frozenset(keys[key] for key in some)

    def stored_articles(
        self, since: datetime, until: datetime, *, after: int = 0, limit: int = 200
    ) -> tuple[StoredArticle, ...]:
        """Read articles again, current revision, by as-of time; `after` is the last number of the page before."""
        query = (
            select(articles.c.id, revisions.c.seen_at, revisions.c.payload, stories.c.origin)
            .join(revisions, _current)
            .join(stories, stories.c.id == articles.c.story_id)
            .where(articles.c.as_of >= since, articles.c.as_of < until, articles.c.id > after)
            .order_by(articles.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(_stored(row) for row in connection.execute(query))


def _stored(row: Any) -> StoredArticle:
    article = replace(wire.loads(Article, row.payload), first_seen=row.seen_at)
    return StoredArticle(id=row.id, article=article, origin=row.origin)


def _file(connection: Connection, filing: Filing, now: datetime) -> FiledArticle:
    known = _known(connection, filing.article.id)
    filed = _again(connection, known, filing, now) if known else _first(connection, filing, now)
    if filing.entry_id is not None:
        connection.execute(_LEADS_TO, {"entry": filing.entry_id, "article": filed.article_id})
    return filed


def _known(connection: Connection, name: str) -> _Known | None:
    row = connection.execute(_BY_KEY, {"name": indexable(name)}).one_or_none()
    if row is None:
        return None
    story = _Story(id=row.story_id, origin=row.origin, first=row.first_article)
    return _Known(id=row.id, revision=row.revision, first_seen=row.first_seen, story=story)


def _first(connection: Connection, filing: Filing, now: datetime) -> FiledArticle:
    """File an article that was not there before."""
    article, seen = filing.article, filing.article.first_seen or now
    story = _story(connection, filing, now)
    values = {
        "key": indexable(article.id), "url": article.url, "source": article.source, "family": article.family, "side": article.side,
        "published": article.published, "provenance": article.provenance.value, "first_seen": seen,
        "as_of": article.published or seen, "live": filing.live, "revision": 1, "story_id": story.id,
    }  # fmt: skip
    number = connection.execute(_NEW_ARTICLE, values).scalar_one()
    known = _Known(id=number, revision=1, first_seen=seen, story=story)
    _revise(connection, known, filing, seen)
    return _filed(known, article, seen, new_revision=True)


def _again(connection: Connection, known: _Known, filing: Filing, now: datetime) -> FiledArticle:
    """File an article that is known: a new revision, unless one of its revisions says the same.

    Two feeds with summaries of their own, or a text that flips back, make no new revision each time.
    """
    same = connection.execute(_BY_DIGEST, {"article": known.id, "said": _digest(filing.article)}).one_or_none()
    if same is not None:
        return _filed(replace(known, revision=same.revision), filing.article, same.seen_at, new_revision=False)
    newer = replace(known, revision=known.revision + 1)
    _revise(connection, newer, filing, now)
    connection.execute(_REVISED, {"article": newer.id, "to": newer.revision})
    return _filed(newer, filing.article, now, new_revision=True)


def _story(connection: Connection, filing: Filing, now: datetime) -> _Story:
    """Find the story of an article among those it may be a copy of, or open one."""
    candidates = _candidates(connection, filing, filing.article.published or filing.article.first_seen or now)
    same = first_same(filing.article, candidates)
    if same is not None:
        return candidates[same]
    first, origin = indexable(filing.article.id), filing.origin
    values = {"first_article": first, "origin": origin.id, "origin_why": origin.why, "opened_at": now}
    return _Story(id=connection.execute(_NEW_STORY, values).scalar_one(), origin=origin.id, first=first)


def _candidates(connection: Connection, filing: Filing, at: datetime) -> dict[Article, _Story]:
    """Load the articles that share most keys, with their stories."""
    keys = filing.sketch.keys
    if not keys:
        return {}
    asked = {f"key{number}": key for number, key in enumerate(keys)}
    rows = connection.execute(_candidates_of(len(keys)), {**asked, "since": at - WINDOW, "until": at + WINDOW})
    return {
        wire.loads(Article, row.payload): _Story(id=row.story_id, origin=row.origin, first=row.first_article)
        for row in rows
    }


def _revise(connection: Connection, known: _Known, filing: Filing, seen: datetime) -> None:
    """Keep what a revision says, and the keys under which its copies are found."""
    article = replace(filing.article, revision=known.revision)
    values: dict[str, Any] = {
        "article_id": known.id, "revision": known.revision, "digest": _digest(article), "seen_at": seen,
        "payload": wire.dumps(article).decode(),
    }  # fmt: skip
    connection.execute(_NEW_REVISION, values)
    mine = {"story_id": known.story.id, "article_id": known.id}
    if keys := [{"key": key, **mine} for key in dict.fromkeys(filing.sketch.keys)]:
        connection.execute(insert_newest(connection, bands, "article_id"), keys)


def _digest(article: Article) -> str:
    said = f"{article.title}\x1f{article.summary}\x1f{article.text}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def _filed(known: _Known, article: Article, seen: datetime, *, new_revision: bool) -> FiledArticle:
    return FiledArticle(
        article_id=known.id,
        revision=known.revision,
        new_revision=new_revision,
        story_id=known.story.id,
        origin=known.story.origin,
        duplicate_of=known.story.first if known.story.first != indexable(article.id) else None,
        first_seen=known.first_seen,
        seen_at=seen,
    )
