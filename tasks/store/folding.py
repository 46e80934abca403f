"""Edge: SQLAlchemy. The folding of a watch: its facts out, its ledger and what is said of it in, under the watch's lock."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, delete, insert, select, update

from tasks import wire
from tasks.errors import StoreError
from tasks.model.alert import DeliveryState
from tasks.model.feed import Article
from tasks.model.ledger import Development, Fact, Ledger, Update
from tasks.store.base import Base, batches, insert_all, insert_new
from tasks.store.facts import facts_of
from tasks.store.rows import Announced, ArticleSeen, LedgerEvent, Silent
from tasks.store.tables import (
    alerts,
    articles,
    deliveries,
    developments,
    ledger_events,
    mentions,
    revisions,
    updates,
    watches,
)


class Foldings(Base):
    """Gives out the foldings of a store."""

    @contextmanager
    def folding(self, watch: str, now: datetime) -> Iterator["Folding"]:
        """Open a watch for folding: one transaction, nobody else folds it meanwhile; what fails leaves it as it was."""
        with self._writing() as connection:
            held = connection.execute(select(watches.c.id).where(watches.c.id == watch).with_for_update()).one_or_none()
            if held is None:
                raise StoreError(f"no watch {watch!r} in the store")
            yield Folding(connection, watch, now)


class Folding:
    """One watch, open for folding."""

    def __init__(self, connection: Connection, watch: str, now: datetime) -> None:
        self._connection, self._watch, self._now = connection, watch, now

    def facts(self) -> tuple[Fact, ...]:
        """Give the facts in the order of the fold: as-of time, article."""
        return facts_of(self._connection, self._watch)

    def known(self) -> Mapping[str, str]:
        """Give the development that each fact belongs to now, so that it keeps its id."""
        return {key: development.id for development in self._developments() for key in development.facts}

    def announced(self) -> frozenset[str]:
        """Give the keys of all alerts of this watch ever."""
        return frozenset(self._connection.scalars(select(alerts.c.key).where(alerts.c.watch_id == self._watch)))

    def silenced(self) -> Mapping[str, str]:
        """Give the keys of the updates that were left unsaid, with the reason then: a later change of mind must not say them."""
        unsaid = select(updates.c.key, updates.c.silent).where(
            updates.c.watch_id == self._watch, updates.c.silent != ""
        )
        return {row.key: row.silent for row in self._connection.execute(unsaid)}

    def articles_seen(self) -> Mapping[str, ArticleSeen]:
        """Give each article with facts: its current revision, when it was first seen, and whether it was seen live."""
        stated = select(mentions.c.article_id).where(mentions.c.watch_id == self._watch)
        query = (
            select(*articles.c["key", "first_seen", "live"], revisions.c.payload)
            .join(revisions, and_(revisions.c.article_id == articles.c.id, revisions.c.revision == articles.c.revision))
            .where(articles.c.id.in_(stated))
        )
        return {
            row.key: ArticleSeen(article=wire.loads(Article, row.payload), first_seen=row.first_seen, live=row.live)
            for row in self._connection.execute(query)
        }

    def events(self) -> tuple[LedgerEvent, ...]:
        """Give what people decided about this ledger, in order."""
        query = (
            select(ledger_events)
            .where(ledger_events.c.watch_id == self._watch)
            .order_by(ledger_events.c.at, ledger_events.c.id)
        )
        return tuple(event_of(row) for row in self._connection.execute(query).mappings())

    def save(
        self, ledger: Ledger, said: Sequence[Announced], silent: Sequence[Silent], channels: Sequence[str]
    ) -> tuple[str, ...]:
        """Put the ledger in the place of the old one, and what is said of it into the outbox, one delivery per channel.

        Gives the keys of the alerts that are new; one that was ever recorded is not recorded again.
        """
        self._save_developments(ledger.developments)
        self._save_updates(ledger.updates, said, silent)
        new = [key for one in said if (key := self._announce(one, channels))]
        self._connection.execute(update(watches).where(watches.c.id == self._watch).values(dirty=False))
        return tuple(new)

    def _developments(self) -> list[Development]:
        query = select(developments.c.payload).where(developments.c.watch_id == self._watch)
        return [wire.loads(Development, payload) for payload in self._connection.scalars(query)]

    def _save_developments(self, wanted: Sequence[Development]) -> None:
        rows = {
            one.id: {
                "id": one.id,
                "watch_id": self._watch,
                "changed_at": one.changed_at,
                "payload": wire.dumps(one).decode(),
            }
            for one in wanted
        }
        self._replace(developments, "id", rows)

    def _save_updates(self, wanted: Sequence[Update], said: Sequence[Announced], silent: Sequence[Silent]) -> None:
        decided = {one.update: (one.alert.key, "") for one in said} | {
            one.update: (one.key, one.reason) for one in silent
        }
        before = self._decided_before()
        rows = {}
        for position, one in enumerate(wanted):
            payload = wire.dumps(one).decode()
            key, reason = decided.get(one) or before.get(payload, ("", ""))
            rows[position] = {
                "watch_id": self._watch, "position": position, "development": one.development.id, "key": key, "silent": reason,
                "at": one.at, "payload": payload,
            }  # fmt: skip
        self._replace(updates, "position", rows)

    def _decided_before(self) -> dict[str, tuple[str, str]]:
        query = select(updates.c.payload, updates.c.key, updates.c.silent).where(updates.c.watch_id == self._watch)
        return {row.payload: (row.key, row.silent) for row in self._connection.execute(query)}

    def _replace(self, table: Table, name: str, wanted: Mapping[Any, dict[str, Any]]) -> None:
        """Write only what differs: a ledger of years changes by a line."""
        query = select(table).where(table.c.watch_id == self._watch)
        old = {row[name]: dict(row) for row in self._connection.execute(query).mappings()}
        stale = [key for key, row in old.items() if wanted.get(key) != row]
        for some in batches(stale):
            gone = and_(table.c.watch_id == self._watch, table.c[name].in_(some))
            self._connection.execute(delete(table).where(gone))
        insert_all(self._connection, insert(table), [row for key, row in wanted.items() if old.get(key) != row])

    def _announce(self, one: Announced, channels: Sequence[str]) -> str:
        values = {
            "key": one.alert.key,
            "watch_id": self._watch,
            "created_at": self._now,
            "payload": wire.dumps(one.alert).decode(),
        }
        number = self._connection.execute(
            insert_new(self._connection, alerts).values(values).returning(alerts.c.id)
        ).scalar_one_or_none()
        if number is None:
            return ""
        fixed = {"alert_id": number, "state": DeliveryState.PENDING.value, "created_at": self._now}
        insert_all(
            self._connection, insert(deliveries), [{**fixed, "channel": channel} for channel in dict.fromkeys(channels)]
        )
        return one.alert.key


def event_of(row: RowMapping) -> LedgerEvent:
    """Read a person's decision."""
    names = ("kind", "development", "who", "why", "at")
    return LedgerEvent(
        watch=row["watch_id"], details=wire.loads(dict[str, str], row["payload"]), **{name: row[name] for name in names}
    )
