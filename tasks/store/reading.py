"""Edge: SQLAlchemy. What commands show: reads only."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, case, func, literal, or_, select

from tasks import wire
from tasks.model.alert import Alert, DeliveryOutcome, DeliveryState
from tasks.model.feed import Article, EntryState, FeedState
from tasks.model.ledger import Development, Update
from tasks.model.report import AlertRow, DevelopmentRow, EntryRow, FeedRow, HistoryRow, SeenRow, StatusRow
from tasks.store.base import Base
from tasks.store.folding import event_of
from tasks.store.rows import DropCount
from tasks.store.tables import (
    alerts,
    articles,
    deliveries,
    developments,
    entries,
    feeds,
    ledger_events,
    mentions,
    revisions,
    runs,
    stories,
    updates,
    watches,
)
from tasks.stories import canonical_url

_WELL = {FeedState.NEW, FeedState.OK, FeedState.UNCHANGED}


class Readings(Base):
    """The reading side of a store."""

    def feed_rows(self) -> tuple[FeedRow, ...]:
        """Give every feed that is not retired, in the order of their coming."""
        counts = select(entries.c.feed_id, func.count().label("entries")).group_by(entries.c.feed_id).subquery()
        query = (
            select(feeds, func.coalesce(counts.c.entries, 0).label("entries"))
            .outerjoin(counts, counts.c.feed_id == feeds.c.id)
            .where(feeds.c.retired_at.is_(None))
            .order_by(feeds.c.id)
        )
        with self._reading() as connection:
            return tuple(_feed(row) for row in connection.execute(query))

    def alert_rows(self) -> tuple[AlertRow, ...]:
        """Give every alert ever recorded with its deliveries, oldest first."""
        sent = select(*deliveries.c["alert_id", "channel", "state", "attempts"]).order_by(deliveries.c.id)
        with self._reading() as connection:
            outcomes: dict[int, list[DeliveryOutcome]] = defaultdict(list)
            for row in connection.execute(sent):
                outcome = DeliveryOutcome(channel=row.channel, state=DeliveryState(row.state), attempts=row.attempts)
                outcomes[row.alert_id].append(outcome)
            rows = connection.execute(select(alerts.c.id, alerts.c.payload).order_by(alerts.c.id))
            return tuple(
                AlertRow(line=wire.loads(Alert, row.payload).line, deliveries=tuple(outcomes[row.id])) for row in rows
            )

    def development_rows(self, watch: str | None = None) -> tuple[DevelopmentRow, ...]:
        """Give what is known, of one watch or all, oldest first."""
        query = (
            select(developments.c.payload, watches.c.retired_at)
            .join(watches, watches.c.id == developments.c.watch_id)
            .order_by(developments.c.watch_id, developments.c.changed_at, developments.c.id)
        )
        if watch is not None:
            query = query.where(developments.c.watch_id == watch)
        with self._reading() as connection:
            return tuple(
                DevelopmentRow(development=wire.loads(Development, row.payload), retired=row.retired_at is not None)
                for row in connection.execute(query)
            )

    def history(self, development: str) -> tuple[HistoryRow, ...]:
        """Give the updates of a development and what people decided about it, in order of time."""
        changed = (
            select(updates.c.payload, updates.c.silent)
            .where(updates.c.development == development)
            .order_by(updates.c.position)
        )
        decided = select(ledger_events).where(ledger_events.c.development == development).order_by(ledger_events.c.id)
        with self._reading() as connection:
            rows = [_change(row.payload, row.silent) for row in connection.execute(changed)]
            rows += [_decision(row) for row in connection.execute(decided).mappings()]
        return tuple(sorted(rows, key=lambda row: row.at))

    def article(self, key: str) -> Article | None:
        """Give the current revision of an article by its canonical URL, or by the one its feed gave."""
        current = and_(revisions.c.article_id == articles.c.id, revisions.c.revision == articles.c.revision)
        query = (
            select(revisions.c.payload)
            .join(articles, current)
            .where(or_(articles.c.key == key, articles.c.key == canonical_url(key), articles.c.url == key))
            .limit(1)
        )
        with self._reading() as connection:
            payload = connection.scalar(query)
        return None if payload is None else wire.loads(Article, payload)

    def seen_since(self, moment: datetime) -> tuple[SeenRow, ...]:
        """Give the articles that were first seen then or later, in the order of their coming."""
        query = (
            select(articles.c.id, articles.c.key, stories.c.first_article)
            .join(stories, stories.c.id == articles.c.story_id)
            .where(articles.c.first_seen >= moment)
            .order_by(articles.c.id)
        )
        spoken = select(mentions.c.watch_id).distinct().order_by(mentions.c.watch_id)
        with self._reading() as connection:
            return tuple(
                SeenRow(
                    article=_current(connection, row.key),
                    copy_of=_current(connection, row.first_article) if row.first_article != row.key else None,
                    watches=tuple(connection.scalars(spoken.where(mentions.c.article_id == row.id))),
                )
                for row in connection.execute(query)
            )

    def updates_of(self, article: str) -> tuple[HistoryRow, ...]:
        """Give the updates that an article brought, in the order of their ledgers."""
        query = select(updates.c.payload, updates.c.silent).order_by(updates.c.watch_id, updates.c.position)
        with self._reading() as connection:
            rows = [_change(row.payload, row.silent) for row in connection.execute(query)]
        return tuple(row for row in rows if row.article == article)

    def unsaid(self) -> tuple[Update, ...]:
        """Give the updates that were decided not to be announced, in the order of their ledgers."""
        query = select(updates.c.payload).where(updates.c.silent != "").order_by(updates.c.watch_id, updates.c.position)
        with self._reading() as connection:
            return tuple(wire.loads(Update, payload) for payload in connection.scalars(query))

    def entry_rows(self, key: str) -> tuple[EntryRow, ...]:
        """Give the entries that lead to an article, by its canonical URL or any other; also where it is not understood yet."""
        article = select(articles.c.id).where(or_(articles.c.key == key, articles.c.url == key))
        linked = and_(entries.c.link != "", entries.c.link == canonical_url(key))
        names = (feeds.c.name, feeds.c.url, *entries.c["state", "attempts", "page_reason", "drop_reason"])
        query = (
            select(*names)
            .join(feeds, feeds.c.id == entries.c.feed_id)
            .where(or_(linked, entries.c.article_id.in_(article)))
            .order_by(entries.c.id)
        )
        with self._reading() as connection:
            return tuple(_entry(row) for row in connection.execute(query))

    def status_rows(self) -> tuple[StatusRow, ...]:
        """Say of each part whether it is well."""
        with self._reading() as connection:
            return tuple(_status(connection))

    def drop_reasons(self) -> tuple[DropCount, ...]:
        """Count what was left out, by reason, most first."""
        with self._reading() as connection:
            found = [DropCount(reason=reason, count=count) for reason, count in _drops(connection) if count]
        return tuple(sorted(found, key=lambda drop: (-drop.count, drop.reason)))

    def totals(self) -> Mapping[str, int]:
        """Count what the store holds: feeds, entries, articles, alerts."""
        tables = {"feeds": feeds, "entries": entries, "articles": articles, "alerts": alerts}
        with self._reading() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()
            }


def _current(connection: Connection, key: str) -> Article:
    """Load the current revision of an article that is there."""
    current = and_(revisions.c.article_id == articles.c.id, revisions.c.revision == articles.c.revision)
    payload = connection.execute(select(revisions.c.payload).join(articles, current).where(articles.c.key == key))
    return wire.loads(Article, payload.scalar_one())


def _feed(row: Any) -> FeedRow:
    state, error = FeedState(row.state), row.error or None
    return FeedRow(url=row.url, name=row.name, state=state, error=error, entries=row.entries, next_poll=row.next_poll)


def _entry(row: Any) -> EntryRow:
    return EntryRow(
        feed=row.name or row.url,
        state=EntryState(row.state),
        attempts=row.attempts,
        page_reason=row.page_reason,
        drop_reason=row.drop_reason,
    )


def _change(payload: str, silent: str) -> HistoryRow:
    found = wire.loads(Update, payload)
    who = found.attribution.speaker or found.attribution.via
    return HistoryRow(
        at=found.at, change=found.change, before=found.before, article=found.article, who=who, why=found.why, silent=silent
    )  # fmt: skip


def _decision(row: RowMapping) -> HistoryRow:
    event = event_of(row)
    return HistoryRow(at=event.at, change=event.kind, who=event.who, why=(event.why,))


def _drops(connection: Connection) -> Iterator[tuple[str, int]]:
    for reason in (entries.c.page_reason, entries.c.drop_reason):
        for row in connection.execute(
            select(reason.label("reason"), func.count().label("number")).where(reason != "").group_by(reason)
        ):
            yield row.reason, row.number
    yield "changed too often", connection.scalar(select(func.coalesce(func.sum(entries.c.ignored), 0))) or 0
    yield "left out by the parser", connection.scalar(select(func.coalesce(func.sum(feeds.c.dropped), 0))) or 0


def _status(connection: Connection) -> Iterator[StatusRow]:
    yield _feeds_status(connection)
    waiting = connection.scalar(select(func.count()).where(entries.c.state != EntryState.UNDERSTOOD.value)) or 0
    yield StatusRow(name="entries", ok=True, detail=f"{waiting} waiting")
    unfolded = connection.scalar(select(func.count()).where(watches.c.dirty, watches.c.retired_at.is_(None))) or 0
    yield StatusRow(name="watches", ok=True, detail=f"{unfolded} waiting to be folded")
    yield _outbox_status(connection)
    yield _run_status(connection)


def _feeds_status(connection: Connection) -> StatusRow:
    states = (
        select(feeds.c.state, func.count().label("number")).where(feeds.c.retired_at.is_(None)).group_by(feeds.c.state)
    )
    counts = {row.state: row.number for row in connection.execute(states.order_by(feeds.c.state))}
    well = all(state in _WELL for state in counts)
    return StatusRow(
        name="feeds", ok=well, detail=", ".join(f"{number} {state}" for state, number in counts.items()) or "none"
    )


def _outbox_status(connection: Connection) -> StatusRow:
    failed = case((deliveries.c.error != "", literal(1)), else_=literal(0))
    states = select(deliveries.c.state, func.count().label("number"), func.sum(failed).label("failed")).group_by(
        deliveries.c.state
    )
    rows = connection.execute(states.order_by(deliveries.c.state)).all()
    ill = any(
        row.state == DeliveryState.DEAD.value or (row.state == DeliveryState.PENDING.value and row.failed)
        for row in rows
    )
    return StatusRow(
        name="outbox", ok=not ill, detail=", ".join(f"{row.number} {row.state}" for row in rows) or "empty"
    )


def _run_status(connection: Connection) -> StatusRow:
    last = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).one_or_none()
    if last is None:
        return StatusRow(name="last run", ok=False, detail="none yet")
    if last.ended_at is None:
        return StatusRow(
            name="last run", ok=False, detail=f"began {last.started_at:%Y-%m-%d %H:%M} UTC and has not ended"
        )
    return StatusRow(name="last run", ok=True, detail=f"ended {last.ended_at:%Y-%m-%d %H:%M} UTC")
