"""Route. Deliver what is in the outbox: claim, send, mark. At least once, with the alert's key in every message."""

import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from flows.root import Root
from flows.route.counts import Counts
from tasks.alerts import retry_at
from tasks.errors import DeliveryError
from tasks.model.alert import Delivery, RetrySchedule

BATCH = 100  # deliveries under lease at once: sent well within the lease's two minutes, or renewed
SCHEDULE = RetrySchedule()


def deliver(root: Root) -> Counts:
    """Send what is due, channels side by side, each in order; what fails is tried again later."""
    counts = Counts()
    while due := root.store.claim_deliveries(root.clock(), root.served_channels, BATCH):
        lanes: defaultdict[str, list[Delivery]] = defaultdict(list)
        for delivery in due:
            lanes[delivery.channel].append(delivery)
        with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
            for done in pool.map(lambda lane: _lane(root, lane), lanes.values()):
                counts += done
    return counts


def _lane(root: Root, deliveries: list[Delivery]) -> Counts:
    return sum((_one(root, delivery) for delivery in deliveries), Counts())


def _one(root: Root, delivery: Delivery) -> Counts:
    now = root.clock()
    try:
        root.send(delivery.channel, delivery.alert)
    except DeliveryError as error:
        root.store.mark_failed(delivery.id, error.reason, next_try(delivery, error, now))
        return Counts(errors=1)
    root.store.mark_sent(delivery.id, now)
    return Counts(sent=1)


def next_try(delivery: Delivery, error: DeliveryError, now: datetime) -> datetime | None:
    """Say when a failed delivery is tried again; None where that cannot help or it was tried for long enough."""
    if error.permanent:
        return None
    return retry_at(delivery.attempts + 1, now, delivery.created, random.random(), SCHEDULE)  # noqa: S311 - jitter, no secret
