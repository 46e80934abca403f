"""Route. Deliver what is in the outbox: claim, send, mark. At least once, with the alert's key in every message."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from flows.root import Root
from flows.route.counts import Counts
from tasks.alerts import retry_at
from tasks.errors import DeliveryError
from tasks.model.alert import Delivery, RetrySchedule

BATCH = 5  # deliveries under lease at once: even at 20 s each (tasks.deliver.DEADLINE) within the lease's two minutes
SCHEDULE = RetrySchedule()


def deliver(root: Root) -> Counts:
    """Send what is due, the channels side by side: a slow one holds up only itself."""
    channels = root.served_channels
    with ThreadPoolExecutor(max_workers=len(channels)) as pool:
        return sum(pool.map(partial(deliver_to, root), channels), Counts())


def deliver_to(root: Root, channel: str) -> Counts:
    """Send what is due to one channel, oldest first; once it is out of order, the rest waits for the next time."""
    counts = Counts()
    while due := root.store.claim_deliveries(root.clock(), (channel,), BATCH):
        sent, error = _send(root, due)
        counts += Counts(sent=sent, errors=int(error is not None))
        if error and not error.permanent:
            break
    return counts


def _send(root: Root, due: Sequence[Delivery]) -> tuple[int, DeliveryError | None]:
    """Send one after another, up to the first that fails; give back what was not tried."""
    for number, delivery in enumerate(due):
        now = root.clock()
        try:
            root.send(delivery.channel, delivery.alert)
        except DeliveryError as error:
            root.store.mark_failed(delivery.id, error.reason, next_try(delivery, error, now))
            root.store.release_deliveries([other.id for other in due[number + 1 :]])
            return number, error
        root.store.mark_sent(delivery.id, now)
    return len(due), None


def next_try(delivery: Delivery, error: DeliveryError, now: datetime) -> datetime | None:
    """Say when a failed delivery is tried again; None where that cannot help or it was tried for long enough."""
    if error.permanent:
        return None
    return retry_at(delivery.attempts + 1, now, delivery.created, random.random(), SCHEDULE)  # noqa: S311 - jitter, no secret
