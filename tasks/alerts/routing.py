"""Pure. Whether an update is announced, and when a delivery that failed is tried again."""

from datetime import datetime

from tasks.model.alert import RetrySchedule
from tasks.model.ledger import Update
from tasks.model.watch import CHANGES, Change, Confidence, Watch

_MOST_DOUBLINGS = 20  # a million times the first wait is beyond any schedule; much more overflows


def confidence_word(value: float) -> Confidence:
    """Say a confidence as people set it."""
    return max((one for one in Confidence if value >= one.least), key=lambda one: one.least)


def passes(watch: Watch, update: Update) -> str:
    """Say why an update is not announced, or "" where it is."""
    wanted = watch.alert_on or tuple(change for change in CHANGES[watch.shape] if change is not Change.LAPSED)
    if update.change not in wanted:
        return f"alert_on of {watch.id} leaves out {update.change}"
    least = watch.min_confidence.least
    if update.confidence < least:
        return f"confidence {update.confidence:.2f} is below {watch.min_confidence} ({least})"
    return ""


def retry_at(attempts: int, now: datetime, since: datetime, jitter: float, schedule: RetrySchedule) -> datetime | None:
    """Say when a delivery that has failed this many times is tried again, or None where it is given up.

    Full jitter: `jitter` is a random number from 0 to 1, drawn by the caller; `since` is when the delivery was recorded.
    """
    wait = min(schedule.first * (1 << min(max(attempts - 1, 0), _MOST_DOUBLINGS)), schedule.most) * jitter
    due, end = now + wait, since + schedule.give_up
    if now >= end:
        return None
    return min(due, end)
