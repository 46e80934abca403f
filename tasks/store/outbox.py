"""Edge: SQLAlchemy. The outbox: alerts on their way, each to each channel once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from tasks import wire
from tasks.model.alert import Alert, Delivery, DeliveryState
from tasks.store.base import UNLEASED, Base, batches
from tasks.store.rows import OutboxCount
from tasks.store.tables import alerts, deliveries


class Outbox(Base):
    """The deliveries of a store."""

    def claim_deliveries(self, now: datetime, channels: Sequence[str], limit: int) -> tuple[Delivery, ...]:
        """Lease deliveries that are due to these channels, oldest first; no two holders get the same one."""
        with self._writing() as connection:
            due = or_(deliveries.c.next_attempt.is_(None), deliveries.c.next_attempt <= now)
            query = (
                select(deliveries.c.id)
                .where(deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.channel.in_(channels))
                .where(due, self._is_free(connection, deliveries))
                .order_by(deliveries.c.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            ids = connection.scalars(query).all()
            for some in batches(ids):
                connection.execute(update(deliveries).where(deliveries.c.id.in_(some)).values(self._lease()))
            loading = (
                select(*deliveries.c["id", "channel", "attempts", "created_at"], alerts.c.payload)
                .join(alerts, alerts.c.id == deliveries.c.alert_id)
                .order_by(deliveries.c.id)
            )
            rows = [
                row for some in batches(ids) for row in connection.execute(loading.where(deliveries.c.id.in_(some)))
            ]
        return tuple(
            Delivery(
                id=row.id,
                channel=row.channel,
                alert=wire.loads(Alert, row.payload),
                attempts=row.attempts,
                created=row.created_at,
            )
            for row in rows
        )

    def mark_sent(self, delivery_id: int, now: datetime) -> None:
        """Note that a delivery arrived."""
        self._mark(delivery_id, state=DeliveryState.SENT.value, sent_at=now, error="", next_attempt=None)

    def mark_failed(self, delivery_id: int, error: str, next_attempt: datetime | None) -> None:
        """Note that a delivery failed: when to try again, or, without that, that it is given up."""
        state = DeliveryState.PENDING if next_attempt else DeliveryState.DEAD
        self._mark(delivery_id, state=state.value, error=error, next_attempt=next_attempt)

    def release_deliveries(self, ids: Sequence[int]) -> None:
        """Give back deliveries that were not tried."""
        with self._writing() as connection:
            for some in batches(ids):
                connection.execute(update(deliveries).where(deliveries.c.id.in_(some)).values(UNLEASED))

    def outbox_counts(self) -> tuple[OutboxCount, ...]:
        """Count the deliveries of each channel by state."""
        named = (deliveries.c.channel, deliveries.c.state)
        query = select(*named, func.count().label("number")).group_by(*named).order_by(*named)
        with self._reading() as connection:
            return tuple(
                OutboxCount(channel=row.channel, state=DeliveryState(row.state), count=row.number)
                for row in connection.execute(query)
            )

    def _mark(self, delivery_id: int, **values: Any) -> None:
        tried = {"attempts": deliveries.c.attempts + 1, **values, **UNLEASED}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(tried))
