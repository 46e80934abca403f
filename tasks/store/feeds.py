"""Edge: SQLAlchemy. Feeds: what is subscribed, who polls it now, what the last poll left."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from tasks import wire
from tasks.model.feed import ClaimedFeed, FeedSpec, FeedState, Validators
from tasks.store.base import UNLEASED, Base, batches, insert_all
from tasks.store.identity import with_user_of
from tasks.store.rows import SyncCount
from tasks.store.tables import feeds
from tasks.urls import masked

EARLY = timedelta(seconds=30)  # a schedule of 15 minutes must not find feeds of 15 minutes due a moment too late
GONE_AGAIN = timedelta(days=7)  # a feed that is gone (410) is asked again weekly: some come back


class Feeds(Base):
    """The feeds of a store."""

    def sync_feeds(self, specs: Sequence[FeedSpec], now: datetime) -> SyncCount:
        """Take over the list of feeds: add the new, note the changed, retire the missing (their rows stay)."""
        wanted = {masked(spec.url): spec for spec in specs}
        with self._writing() as connection:
            known = {
                row.url: row
                for row in connection.execute(select(feeds.c.id, feeds.c.url, feeds.c.digest, feeds.c.retired_at))
            }
            new = [_new(url, spec, now) for url, spec in wanted.items() if url not in known]
            insert_all(connection, insert(feeds), new)
            changed = [spec for url, spec in wanted.items() if url in known and _differs(known[url], spec)]
            for spec in changed:
                _take_over(connection, spec)
            gone = [row.id for url, row in known.items() if url not in wanted and row.retired_at is None]
            for some in batches(gone):
                connection.execute(update(feeds).where(feeds.c.id.in_(some)).values(retired_at=now))
        return SyncCount(new=len(new), changed=len(changed), retired=len(gone))

    def feed_specs(self, specs: Sequence[FeedSpec]) -> Mapping[int, FeedSpec]:
        """Give the specification of every feed by its number here; of one that is retired what is left, asking for no page."""
        by_url = {masked(spec.url): spec for spec in specs}
        with self._reading() as connection:
            return {
                row.id: by_url.get(row.url) or FeedSpec(url=row.url, name=row.name, full_text=True)
                for row in connection.execute(select(feeds.c.id, feeds.c.url, feeds.c.name))
            }

    def claim_feeds(
        self, specs: Sequence[FeedSpec], now: datetime, *, due_only: bool, limit: int | None = None
    ) -> tuple[ClaimedFeed, ...]:
        """Lease the feeds to poll now; no two holders get the same one.

        All of them, or only those due; never one whose server named a later time, or that is gone and was asked within a week.
        """
        by_url = {masked(spec.url): spec for spec in specs}
        with self._writing() as connection:
            ready = and_(feeds.c.retired_at.is_(None), self._is_free(connection, feeds), _may_be_asked(now))
            soon = or_(feeds.c.next_poll.is_(None), feeds.c.next_poll <= now + EARLY)
            due = soon if due_only else feeds.c.id.is_not(None)
            order = (feeds.c.next_poll.is_not(None), feeds.c.next_poll, feeds.c.id)
            query = select(feeds).where(ready, due).order_by(*order).limit(limit).with_for_update(skip_locked=True)
            rows = [row for row in connection.execute(query) if row.url in by_url]
            for some in batches([row.id for row in rows]):
                connection.execute(update(feeds).where(feeds.c.id.in_(some)).values(self._lease()))
        return tuple(_claimed(row, by_url[row.url]) for row in rows)

    def release_feeds(self, ids: Sequence[int]) -> None:
        """Give back feeds that were not polled."""
        with self._writing() as connection:
            for some in batches(ids):
                mine = and_(feeds.c.id.in_(some), feeds.c.lease_holder == self._holder)
                connection.execute(update(feeds).where(mine).values(UNLEASED))


def _digest(spec: FeedSpec) -> str:
    """Digest a specification without what is secret in it."""
    open_part = (
        masked(spec.url),
        spec.name,
        spec.family,
        spec.language,
        spec.timezone,
        spec.side,
        str(spec.interval),
        str(spec.full_text),
    )
    return hashlib.sha256(wire.dumps(open_part)).hexdigest()[:32]


def _new(url: str, spec: FeedSpec, now: datetime) -> dict[str, object]:
    return {"url": url, "name": spec.name, "digest": _digest(spec), "state": FeedState.NEW.value, "added_at": now}


def _differs(row: Any, spec: FeedSpec) -> bool:
    return bool(row.digest != _digest(spec) or row.retired_at is not None)


def _take_over(connection: Connection, spec: FeedSpec) -> None:
    named = feeds.c.url == masked(spec.url)
    connection.execute(update(feeds).where(named).values(name=spec.name, digest=_digest(spec), retired_at=None))


def _may_be_asked(now: datetime) -> ColumnElement[bool]:
    waits = and_(feeds.c.retry_until.is_not(None), feeds.c.retry_until > now)
    rests = and_(
        feeds.c.state == FeedState.GONE.value, feeds.c.polled_at.is_not(None), feeds.c.polled_at > now - GONE_AGAIN
    )
    return and_(~waits, ~rests)


def _claimed(row: Row[tuple[object, ...]], spec: FeedSpec) -> ClaimedFeed:
    validators = Validators(etag=row.etag, last_modified=row.last_modified, body_digest=row.body_digest)
    url = with_user_of(row.current_url, spec.url) if row.current_url else spec.url
    return ClaimedFeed(id=row.id, spec=spec, url=url, validators=validators, failures=row.failures)
