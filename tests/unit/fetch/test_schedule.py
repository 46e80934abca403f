"""When a feed is due again."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch.schedule import Poll, body_digest, next_poll, retry_at, state_of
from tasks.model.feed import Entry, FeedSpec, FeedState, ParsedFeed

NOW = datetime(2021, 12, 22, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SPEC = FeedSpec(url="https://example.org/feed", interval=15 * MINUTE)
OK, BROKEN, LIMITED = FeedState.OK, FeedState.BROKEN, FeedState.LIMITED


@pytest.mark.parametrize(
    ("poll", "wait"),
    [
        (Poll(state=OK), 15 * MINUTE),
        (Poll(state=OK, ttl=HOUR), HOUR),
        (Poll(state=OK, ttl=MINUTE), 15 * MINUTE),
        (Poll(state=OK, ttl=30 * DAY), DAY),
        (Poll(state=OK, headers={"cache-control": "public, max-age=1800"}), 30 * MINUTE),
        (Poll(state=OK, headers={"cache-control": "MAX-AGE=60"}), 15 * MINUTE),
        (Poll(state=OK, headers={"cache-control": "x-max-age=9000, max-age=soon"}), 15 * MINUTE),
        (Poll(state=OK, headers={"cache-control": "max-age=999999999"}), DAY),
        (Poll(state=FeedState.UNCHANGED, ttl=HOUR, headers={"cache-control": "max-age=7200"}), 2 * HOUR),
        (Poll(state=BROKEN, failures=1), 30 * MINUTE),
        (Poll(state=BROKEN, failures=3), HOUR),
        (Poll(state=BROKEN, failures=1000), DAY),
        (Poll(state=BROKEN, failures=10**12), DAY),
        (Poll(state=LIMITED, failures=1, retry_after="120"), 30 * MINUTE),
        (Poll(state=LIMITED, failures=1, retry_after="7200"), 2 * HOUR),
        (Poll(state=LIMITED, failures=1, retry_after="Wed, 22 Dec 2021 15:00:00 GMT"), 3 * HOUR),
        (Poll(state=LIMITED, failures=1, retry_after="315360000"), DAY),
        (Poll(state=LIMITED, failures=1, retry_after="soon"), 30 * MINUTE),
        (Poll(state=FeedState.GONE, failures=1), 7 * DAY),
        (Poll(state=FeedState.GONE, failures=9, retry_after="60"), 7 * DAY),
    ],
)
def test_next_poll(poll: Poll, wait: timedelta) -> None:
    """The interval, longer where feed or server ask for it, growing with failures; within a day, but for gone feeds."""
    assert next_poll(NOW, SPEC, poll) == NOW + wait


def test_a_long_interval_is_kept() -> None:
    """Who wants a feed once a fortnight gets it once a fortnight, whatever happens."""
    spec = FeedSpec(url=SPEC.url, interval=14 * DAY)
    for state, failures in ((OK, 0), (BROKEN, 5), (FeedState.GONE, 1)):
        assert next_poll(NOW, spec, Poll(state=state, failures=failures)) == NOW + 14 * DAY


def test_jitter_spreads_only_failures() -> None:
    """A failing feed comes back up to a tenth later, never earlier than it was told; a good one on time."""
    failed = Poll(state=LIMITED, failures=1, retry_after="7200")
    assert next_poll(NOW, SPEC, failed, jitter=0.5) == NOW + 126 * MINUTE
    assert next_poll(NOW, SPEC, Poll(state=OK), jitter=0.5) == NOW + 15 * MINUTE


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 120 ", 2 * MINUTE),
        ("0", MINUTE),
        ("86401", DAY),
        ("999999999", DAY),
        ("Wed, 22 Dec 2021 13:00:00 GMT", HOUR),
        ("Wed, 22 Dec 2021 15:00:00 +0200", HOUR),
        ("Wed, 22 Dec 2021 13:00:00", HOUR),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("Wed, 22 Dec 2021 11:00:00 GMT", None),
        ("-5", None),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("9" * 4000, None),
        ("Wed, 99 Dec 2021 13:00:00 GMT", None),
        ("Wed, 22 Dec 2021 13:00:00 +9999999999", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", DAY),
    ],
)
def test_retry_after(header: str, wait: timedelta | None) -> None:
    """Retry-After is read as seconds or date, held between a minute and a day; what makes no sense is ignored."""
    assert retry_at(NOW, header) == (NOW + wait if wait else None)


DATED, UNDATED = Entry(key="1", published=NOW), Entry(key="2")


@pytest.mark.parametrize(
    ("feed", "state"),
    [
        (ParsedFeed(entries=(DATED, UNDATED)), OK),
        (ParsedFeed(entries=(UNDATED,)), FeedState.UNDATED),
        (ParsedFeed(), FeedState.EMPTY),
        (ParsedFeed(entries=(DATED,), problem="cut off"), FeedState.PARTIAL),
    ],
)
def test_state_of(feed: ParsedFeed, state: FeedState) -> None:
    """A document that was read leaves its feed ok, undated, empty or partial."""
    assert state_of(feed) == state


def test_body_digest() -> None:
    """The same body has the same digest, another one another."""
    assert body_digest(b"a") == body_digest(b"a") != body_digest(b"b")
