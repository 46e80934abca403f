"""Edge: SQLAlchemy. Mentions: facts, kept once for all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, delete, select, update

from tasks import wire
from tasks.errors import StoreError
from tasks.model.feed import EntryState
from tasks.model.ledger import Fact
from tasks.model.mention import Mention
from tasks.store.base import UNLEASED, Base, batches, insert_all, insert_new
from tasks.store.identity import indexable
from tasks.store.tables import articles, entries, mentions, watches


class Facts(Base):
    """The facts of a store."""

    def record_understood(self, entry_ids: Sequence[int], facts: Sequence[Fact], detector: str) -> None:
        """Keep what articles say and mark their entries as understood, in one transaction; facts known already stay."""
        with self._writing() as connection:
            numbers = _numbers(connection, {fact.article for fact in facts})
            rows = [_values(fact, numbers, detector) for fact in facts]
            insert_all(connection, insert_new(connection, mentions), rows)
            _mark_dirty(connection, {fact.mention.watch for fact in facts})
            for some in batches(entry_ids):
                done = {"state": EntryState.UNDERSTOOD.value, "page": None, **UNLEASED}
                connection.execute(update(entries).where(entries.c.id.in_(some)).values(done))

    def replace_facts(
        self, read: Sequence[tuple[int, int]], names: Sequence[str], facts: Sequence[Fact], detector: str
    ) -> None:
        """Put what articles that were read again say to these watches in the place of what they said; in one transaction.

        `read` holds their numbers and revisions.
        """
        with self._writing() as connection:
            for article, revision in read:
                again = and_(mentions.c.article_id == article, mentions.c.revision == revision)
                connection.execute(delete(mentions).where(again, mentions.c.watch_id.in_(names)))
            numbers = _numbers(connection, {fact.article for fact in facts})
            insert_all(
                connection, insert_new(connection, mentions), [_values(fact, numbers, detector) for fact in facts]
            )
            _mark_dirty(connection, names)


def facts_of(connection: Connection, watch: str) -> tuple[Fact, ...]:
    """Load a watch's facts in the order of the fold; of what two detectors found at one place, the later."""
    query = (
        select(mentions, articles.c.key)
        .join(articles, articles.c.id == mentions.c.article_id)
        .where(mentions.c.watch_id == watch)
        .order_by(mentions.c.id)
    )
    found = (_fact(row) for row in connection.execute(query).mappings())
    return tuple(
        sorted({fact.key: fact for fact in found}.values(), key=lambda fact: (fact.at, fact.article, fact.revision))
    )


def _fact(row: Any) -> Fact:
    mention = replace(wire.loads(Mention, row["payload"]), watch=row["watch_id"])  # a renamed watch's, under its name
    return Fact(
        mention=mention, article=row["key"], at=row["at"], revision=row["revision"], outlet=row["outlet"], origin=row["origin"]
    )  # fmt: skip


def _numbers(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    keys = {indexable(name): name for name in names}
    query = select(articles.c.key, articles.c.id)
    rows = (row for some in batches(list(keys)) for row in connection.execute(query.where(articles.c.key.in_(some))))
    found = {keys[row.key]: row.id for row in rows}
    if missing := set(keys.values()) - set(found):
        raise StoreError(f"facts of articles that were not filed: {', '.join(sorted(missing)[:3])}")
    return found


def _values(fact: Fact, numbers: dict[str, int], detector: str) -> dict[str, Any]:
    span = fact.mention.evidence
    return {
        "watch_id": fact.mention.watch, "article_id": numbers[fact.article], "revision": fact.revision, "field": span.field,
        "start": span.start, "end": span.end, "detector": detector, "at": fact.at, "outlet": fact.outlet, "origin": fact.origin,
        "payload": wire.dumps(fact.mention).decode(),
    }  # fmt: skip


def _mark_dirty(connection: Connection, names: Iterable[str]) -> None:
    """Lock the watches in one order, so that two transactions cannot wait for each other."""
    for name in sorted(names):
        connection.execute(update(watches).where(watches.c.id == name).values(dirty=True))
