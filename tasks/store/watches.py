"""Edge: SQLAlchemy. Watches: what is tracked, and what a new name takes along."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from tasks import wire
from tasks.model.ledger import Development, Fact, Update
from tasks.model.watch import Watch
from tasks.store.base import Base, batches, insert_all
from tasks.store.facts import facts_of
from tasks.store.rows import LedgerEvent, SyncCount
from tasks.store.tables import alerts, developments, ledger_events, mentions, updates, watches


class Watches(Base):
    """The watches of a store, and what people decide about their ledgers."""

    def sync_watches(self, known: Sequence[Watch], now: datetime) -> SyncCount:
        """Take over the list of watches: rename, add, note the changed, retire the missing (their rows stay)."""
        digests = {watch.id: _digest(watch) for watch in known}
        with self._writing() as connection:
            for watch in known:
                _rename(connection, watch)
            rows = {
                row.id: row for row in connection.execute(select(watches.c.id, watches.c.digest, watches.c.retired_at))
            }
            new = [name for name in digests if name not in rows]
            insert_all(
                connection,
                insert(watches),
                [{"id": name, "digest": digests[name], "dirty": False, "added_at": now} for name in new],
            )
            changed = [name for name, row in rows.items() if digests.get(name, row.digest) != row.digest]
            back = [name for name, row in rows.items() if name in digests and row.retired_at is not None]
            for name in {*changed, *back}:
                connection.execute(
                    update(watches).where(watches.c.id == name).values(digest=digests[name], retired_at=None)
                )
            gone = [name for name, row in rows.items() if name not in digests and row.retired_at is None]
            for some in batches(gone):
                connection.execute(update(watches).where(watches.c.id.in_(some)).values(retired_at=now))
        return SyncCount(new=len(new), changed=len({*changed, *back}), retired=len(gone))

    def dirty_watches(self) -> tuple[str, ...]:
        """Name the watches with facts, or a person's decisions, that are not folded yet."""
        waiting = select(watches.c.id).where(watches.c.dirty, watches.c.retired_at.is_(None)).order_by(watches.c.id)
        with self._reading() as connection:
            return tuple(connection.scalars(waiting))

    def record_event(self, event: LedgerEvent) -> None:
        """Keep what a person decided about a ledger; the next fold reads it."""
        values = {
            "watch_id": event.watch, "kind": event.kind, "development": event.development, "who": event.who, "why": event.why,
            "at": event.at, "payload": wire.dumps(dict(event.details)).decode(),
        }  # fmt: skip
        with self._writing() as connection:
            connection.execute(insert(ledger_events).values(values))
            connection.execute(update(watches).where(watches.c.id == event.watch).values(dirty=True))


def _digest(watch: Watch) -> str:
    return hashlib.sha256(wire.dumps(watch)).hexdigest()[:32]


def _rename(connection: Connection, watch: Watch) -> None:
    """Move the rows of a watch to its new name, once: where the old one is still there and the new one is not."""
    names = set(connection.scalars(select(watches.c.id).where(watches.c.id.in_((watch.id, watch.renamed_from)))))
    if names != {watch.renamed_from}:
        return
    old = watch.renamed_from
    renamed = select(watches).where(watches.c.id == old)
    connection.execute(insert(watches).values({**connection.execute(renamed).mappings().one(), "id": watch.id}))
    before = facts_of(connection, old)
    for table in (mentions, ledger_events, developments, updates, alerts):
        connection.execute(update(table).where(table.c.watch_id == old).values(watch_id=watch.id))
    connection.execute(watches.delete().where(watches.c.id == old))
    keys = {fact.key: _renamed(fact, watch.id).key for fact in before}
    _rewrite(connection, watch.id, keys)


def _renamed(fact: Fact, name: str) -> Fact:
    return replace(fact, mention=replace(fact.mention, watch=name))


def _rewrite(connection: Connection, name: str, keys: dict[str, str]) -> None:
    """Put the new name, and the facts' new keys, into developments and updates; alerts stay as they were said."""

    def under_new_name(development: Development) -> Development:
        return replace(development, watch=name, facts=tuple(keys.get(key, key) for key in development.facts))

    def of_new_name(change: Update) -> Update:
        return replace(change, development=under_new_name(change.development))

    _map(connection, developments, name, lambda payload: under_new_name(wire.loads(Development, payload)))
    _map(connection, updates, name, lambda payload: of_new_name(wire.loads(Update, payload)))


def _map(connection: Connection, table: Table, name: str, change: Any) -> None:
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(*keys, table.c.payload).where(table.c.watch_id == name)).mappings().all():
        this = [key == row[key.name] for key in keys]
        connection.execute(update(table).where(*this).values(payload=wire.dumps(change(row["payload"])).decode()))
