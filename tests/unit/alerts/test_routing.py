"""What is announced, and when a failed delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.alerts.routing import confidence_word, passes, retry_at
from tasks.model.alert import RetrySchedule
from tasks.model.ledger import Development, Update
from tasks.model.mention import Status
from tasks.model.watch import Change, Confidence, EventPack, Shape, Watch

NOW = datetime(2022, 1, 4, 10, tzinfo=UTC)
SCHEDULE = RetrySchedule()


def update(change: Change, confidence: float = 0.5) -> Update:
    """An update of an occasion."""
    known = Development(id="d", watch="w", shape=Shape.OCCASION, status=Status.ANNOUNCED, opened_at=NOW, changed_at=NOW)
    return Update(change=change, at=NOW, development=known, confidence=confidence)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.0, Confidence.LOW),
        (Confidence.MEDIUM.least - 0.01, Confidence.LOW),
        (Confidence.MEDIUM.least, Confidence.MEDIUM),
        (Confidence.HIGH.least - 0.01, Confidence.MEDIUM),
        (Confidence.HIGH.least, Confidence.HIGH),
        (1.0, Confidence.HIGH),
    ],
)
def test_confidence_has_a_word(value: float, word: Confidence) -> None:
    """A word begins at its threshold."""
    assert confidence_word(value) is word


@pytest.mark.parametrize(
    ("change", "confidence", "least", "alert_on", "silent"),
    [
        (Change.NEW, 0.5, Confidence.MEDIUM, (), ""),
        (Change.LAPSED, 0.5, Confidence.LOW, (), "alert_on of w leaves out lapsed"),
        (Change.LAPSED, 0.5, Confidence.LOW, (Change.LAPSED,), ""),
        (Change.MOVED, 0.5, Confidence.LOW, (Change.NEW,), "alert_on of w leaves out moved"),
        (Change.NEW, 0.3, Confidence.MEDIUM, (), "confidence 0.30 is below medium (0.4)"),
        (Change.NEW, 0.3, Confidence.LOW, (), ""),
        (Change.NEW, 0.6, Confidence.HIGH, (), "confidence 0.60 is below high (0.7)"),
        (Change.NEW, 0.7, Confidence.HIGH, (), ""),
    ],
)
def test_silence_has_a_reason(
    change: Change, confidence: float, least: Confidence, alert_on: tuple[Change, ...], silent: str
) -> None:
    """An update that is not announced says why."""
    watch = Watch(id="w", shape=Shape.OCCASION, event=EventPack(id="talks"), min_confidence=least, alert_on=alert_on)
    assert passes(watch, update(change, confidence)) == silent


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 30), (1, 30), (2, 60), (3, 120), (9, 7680), (10, 15360), (11, 21600), (500, 21600)]
)
def test_waits_double_up_to_the_most(attempts: int, seconds: int) -> None:
    """The longest wait doubles from 30 seconds to 6 hours."""
    assert retry_at(attempts, NOW, NOW, 1.0, SCHEDULE) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 0), (0.5, 60), (1.0, 120)])
def test_jitter_is_full(jitter: float, seconds: int) -> None:
    """Channels that failed together are not tried together again."""
    assert retry_at(3, NOW, NOW, jitter, SCHEDULE) == NOW + timedelta(seconds=seconds)


def test_a_delivery_is_given_up_after_a_day() -> None:
    """The last attempt is at 24 hours, whatever the waits before were; then none."""
    since = NOW - timedelta(hours=23)
    assert retry_at(12, NOW, since, 1.0, SCHEDULE) == NOW + timedelta(hours=1)
    assert retry_at(13, NOW, NOW - timedelta(hours=24), 1.0, SCHEDULE) is None
