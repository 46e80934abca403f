"""Edge: SQLAlchemy. Entries: kept as they come, taken up again where a run broke off."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, bindparam, insert, or_, select, update

from tasks import wire
from tasks.model.feed import Entry, EntryState, Page
from tasks.store.base import UNLEASED, Base, batches, insert_all
from tasks.store.identity import Item, Known, items_of, new_key, same_entry, without_user
from tasks.store.rows import PollResult, StoredEntry
from tasks.store.tables import entries, feeds

MOST_REVISIONS = 24  # a text that flips at every poll (a counter, a clock) must not be read for ever (lemon24/reader)
MOST_ATTEMPTS = 5  # an entry whose worker dies of it in every run is given up, with its reason
# Built once: it runs at every poll.
_LIKE = (
    select(*(entries.c[name] for name in ("id", "key", "guid", "link", "title", "digest", "revision")))
    .where(entries.c.feed_id == bindparam("feed"))
    .where(
        or_(
            entries.c.guid.in_(bindparam("guids", expanding=True)),
            entries.c.link.in_(bindparam("links", expanding=True)),
            entries.c.key.in_(bindparam("keys", expanding=True)),
        )
    )
    .order_by(entries.c.id.desc())
)
GIVEN_UP = f"given up after {MOST_ATTEMPTS} attempts"


class Entries(Base):
    """The entries of a store."""

    def record_poll(self, feed_id: int, poll: PollResult, now: datetime) -> tuple[StoredEntry, ...]:
        """Keep what a poll brought, in one transaction: the feed's state and its entries.

        Gives the entries that are new or say something new, leased; the feed's lease ends.
        """
        items = items_of(poll.entries)
        with self._writing() as connection:
            connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**_polled(poll, now), **UNLEASED))
            found = _sort_out(items, _known(connection, feed_id, items))
            _count_ignored(connection, found.ignored)
            ids = self._revise(connection, found.changed) + self._insert(connection, feed_id, found, (poll.live, now))
            return _load(connection, ids)

    def record_history(
        self, feed_id: int, found: Sequence[Entry], now: datetime, *, live: bool
    ) -> tuple[StoredEntry, ...]:
        """Keep entries of an older document of a feed: those that are not known yet, leased; its state stays as it is."""
        items = items_of(found)
        with self._writing() as connection:
            connection.execute(select(feeds.c.id).where(feeds.c.id == feed_id).with_for_update())
            new = _sort_out(items, _known(connection, feed_id, items))
            return _load(connection, self._insert(connection, feed_id, new, (live, now)))

    def _insert(self, connection: Connection, feed_id: int, found: "_Sorted", seen: tuple[bool, datetime]) -> list[int]:
        """Insert new entries; the feed's row, which this transaction has changed, keeps others out."""
        live, now = seen
        fixed = {"feed_id": feed_id, "first_seen": now, "live": live, "attempts": 0, **_stored(), **self._lease()}
        insert_all(connection, insert(entries), [{**fixed, **_content(item), "key": key} for item, key in found.new])
        keys = [key for _, key in found.new]
        query = select(entries.c.id).where(entries.c.feed_id == feed_id)
        return [number for some in batches(keys) for number in connection.scalars(query.where(entries.c.key.in_(some)))]

    def _revise(self, connection: Connection, changed: "Sequence[tuple[Item, Known]]") -> list[int]:
        for item, known in changed:
            again = {"revision": known.revision + 1, "attempts": 0, "drop_reason": "", **_stored(), **self._lease()}
            connection.execute(update(entries).where(entries.c.id == known.id).values(**_content(item), **again))
        return [known.id for _, known in changed]

    def claim_unfinished(self, limit: int) -> tuple[StoredEntry, ...]:
        """Lease entries that an earlier run left unfinished, oldest first.

        That counts as no attempt: a run that is killed says nothing against what it held.
        """
        with self._writing() as connection:
            open_ = and_(entries.c.state != EntryState.UNDERSTOOD.value, self._is_free(connection, entries))
            ids = connection.scalars(
                select(entries.c.id).where(open_).order_by(entries.c.id).limit(limit).with_for_update(skip_locked=True)
            ).all()
            for some in batches(ids):
                connection.execute(update(entries).where(entries.c.id.in_(some)).values(self._lease()))
            return _load(connection, ids)

    def release_entries(self, ids: Sequence[int]) -> None:
        """Give back entries that were not tried: their page waits for the next run."""
        with self._writing() as connection:
            self._give_back(connection, ids)

    def record_failed(self, ids: Sequence[int]) -> None:
        """Count an attempt that failed, and give the entries back: to be tried by the next run, or given up after five."""
        with self._writing() as connection:
            self._give_back(connection, ids, attempts=entries.c.attempts + 1)
            for some in batches(ids):
                hopeless = and_(entries.c.id.in_(some), entries.c.attempts >= MOST_ATTEMPTS)
                given_up = {"state": EntryState.UNDERSTOOD.value, "drop_reason": GIVEN_UP}
                connection.execute(update(entries).where(hopeless).values(given_up))

    def _give_back(self, connection: Connection, ids: Sequence[int], **values: Any) -> None:
        for some in batches(ids):
            mine = and_(entries.c.id.in_(some), entries.c.lease_holder == self._holder)
            connection.execute(update(entries).where(mine).values(**values, **UNLEASED))

    def record_read(self, entry_id: int, page: Page | None, reason: str = "") -> None:
        """Keep an entry's page, or the reason why there is none."""
        text = wire.dumps(page).decode() if page else None
        values = {"state": EntryState.READ.value, "page": text, "page_reason": reason}
        unfinished = and_(entries.c.id == entry_id, entries.c.state != EntryState.UNDERSTOOD.value)
        with self._writing() as connection:
            connection.execute(update(entries).where(unfinished).values(values))


class _Sorted:
    """A document's items: those new with their keys, those that changed, those that changed too often."""

    def __init__(self) -> None:
        self.new: list[tuple[Item, str]] = []
        self.changed: list[tuple[Item, Known]] = []
        self.ignored: list[int] = []


def _sort_out(items: Sequence[Item], known: Sequence[Known]) -> _Sorted:
    """Tell new items from known ones; an item that comes twice in a document counts once."""
    found, index = _Sorted(), _Index(known)
    for item in items:
        same = same_entry(item, index.near(item))
        if same is None:
            key = new_key(item, index.keys)
            if key in index.keys:
                continue  # the very same item again
            found.new.append((item, key))
            index.add(_seen(item, key))
        elif same.id and same.digest != item.digest:
            index.replace(same, item)
            (found.ignored.append(same.id) if same.revision >= MOST_REVISIONS else found.changed.append((item, same)))
    return found


class _Index:
    """Known entries by guid, link and key."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.keys: dict[str, Known] = {}
        self._by_sign: dict[tuple[str, str], list[Known]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Known) -> None:
        self.keys[one.key] = one
        for sign in (("guid", one.guid), ("link", one.link)):
            self._by_sign.setdefault(sign, []).append(one)

    def near(self, item: Item) -> list[Known]:
        """Give the entries that the item may be."""
        signs = [("guid", item.guid), ("link", item.link)]
        found = [one for sign in signs if sign[1] for one in self._by_sign.get(sign, ())]
        by_key = self.keys.get(item.key)
        return [*found, by_key] if by_key else found

    def replace(self, one: Known, item: Item) -> None:
        """Forget an entry that this document has changed, so that a second version in it changes nothing."""
        for known in self._by_sign.values():
            known[:] = [_seen(item, one.key) if other.id == one.id else other for other in known]


def _seen(item: Item, key: str) -> Known:
    """Remember an item of this document; number 0 says that it is dealt with."""
    return Known(id=0, key=key, guid=item.guid, link=item.link, title=item.title, digest=item.digest)


def _known(connection: Connection, feed_id: int, items: Sequence[Item]) -> list[Known]:
    found: dict[int, Known] = {}
    for some in batches(items):
        signs = {
            "guids": [item.guid for item in some if item.guid],
            "links": [item.link for item in some if item.link],
            "keys": [item.key for item in some],
        }
        rows = connection.execute(_LIKE, {"feed": feed_id, **signs}).mappings()
        found |= {row["id"]: Known(**row) for row in rows}
    return list(found.values())


def _polled(poll: PollResult, now: datetime) -> dict[str, Any]:
    seen = poll.validators
    return {
        "state": poll.state.value, "error": poll.error, "current_url": without_user(poll.url) if poll.url else "",
        "etag": seen.etag, "last_modified": seen.last_modified, "body_digest": seen.body_digest, "failures": poll.failures,
        "dropped": feeds.c.dropped + poll.dropped, "next_poll": poll.next_poll, "retry_until": poll.retry_until, "polled_at": now,
    }  # fmt: skip


def _content(item: Item) -> dict[str, Any]:
    text = wire.dumps(item.entry).decode()
    return {"guid": item.guid, "link": item.link, "title": item.title, "digest": item.digest, "payload": text}


def _stored() -> dict[str, Any]:
    return {"state": EntryState.STORED.value, "page": None, "page_reason": ""}


def _count_ignored(connection: Connection, ids: Sequence[int]) -> None:
    for some in batches(ids):
        connection.execute(update(entries).where(entries.c.id.in_(some)).values(ignored=entries.c.ignored + 1))


def _load(connection: Connection, ids: Sequence[int]) -> tuple[StoredEntry, ...]:
    rows = [
        row
        for some in batches(ids)
        for row in connection.execute(select(entries).where(entries.c.id.in_(some))).mappings()
    ]
    return tuple(_entry(row) for row in sorted(rows, key=lambda row: row["id"]))


def _entry(row: RowMapping) -> StoredEntry:
    return StoredEntry(
        id=row["id"],
        feed_id=row["feed_id"],
        entry=wire.loads(Entry, row["payload"]),
        attempts=row["attempts"],
        first_seen=row["first_seen"],
        live=row["live"],
        revision=row["revision"],
        state=EntryState(row["state"]),
        page=wire.loads(Page, row["page"]) if row["page"] else None,
        reason=row["page_reason"],
    )
