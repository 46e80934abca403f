"""Time stamps are read strictly: a wrong time is worse than none."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.stamps import plausible, read_stamp

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Wed, 22 Dec 2021 10:00:00 GMT", "2021-12-22T10:00:00+00:00"),
        ("Wed, 22 Dec 2021 10:00:00 +0300", "2021-12-22T07:00:00+00:00"),
        ("Wed, 22 Dec 2021 10:00:00 +03:00", "2021-12-22T07:00:00+00:00"),
        ("22 Dec 2021 10:00 EST", "2021-12-22T15:00:00+00:00"),
        ("Wednesday, 22 December 2021 10:00:00 CET", "2021-12-22T09:00:00+00:00"),
        ("Sun, 5 Sept 2021 9:05 BST", "2021-09-05T08:05:00+00:00"),
        ("22-Dec-21 10:00:00 MSK", "2021-12-22T07:00:00+00:00"),
        ("Wed, 22 Dec 2021 10:00:00", "2021-12-22T10:00:00+00:00"),
        ("Wed, 22 Dec 2021 10:00:00 -0000", "2021-12-22T10:00:00+00:00"),
        ("22 Dec 2021", "2021-12-22T00:00:00+00:00"),
        ("2021-12-22T10:00:00Z", "2021-12-22T10:00:00+00:00"),
        ("2021-12-22T10:00:00.123456789+05:30", "2021-12-22T04:30:00+00:00"),
        ("2021-12-22 10:00:00 +0300", "2021-12-22T07:00:00+00:00"),
        ("2021-12-22t10:00z", "2021-12-22T10:00:00+00:00"),
        ("2021-12-22T10:00", "2021-12-22T10:00:00+00:00"),
        (" 2021-12-22 ", "2021-12-22T00:00:00+00:00"),
    ],
)
def test_read_stamp(raw: str, expected: str) -> None:
    """RFC 822 and ISO 8601 are read, without a zone as UTC, a day as its midnight."""
    assert read_stamp(raw) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "raw",
    [
        "", "yesterday", "1795420800", "1795420800000", "2021", "2021-12", "30 Feb 2026 10:00 GMT", "2026-02-30",
        "22 Dec 2021 25:00 GMT", "Mon, 22 Nov 2026 10:00:00 +99:99", "2021-12-22T10:00:00+99:99", "2021-12-22T10:00:00+15:00",
        "2026년 11월 23일", "mer., 22 déc. 2021 10:00:00 +0100", "22 Foo 2021 10:00 GMT", "0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00",
    ],
)  # fmt: skip
def test_nonsense_is_no_stamp(raw: str) -> None:
    """What other readers turn into the year 1795, 2 March or a shift of four days is no stamp."""
    assert read_stamp(raw) is None


@pytest.mark.parametrize(
    ("stamp", "passes"),
    [
        (datetime(1999, 12, 31, 23, 59, tzinfo=UTC), False),
        (datetime(2000, 1, 1, tzinfo=UTC), True),
        (NOW + timedelta(hours=24), True),
        (NOW + timedelta(hours=24, seconds=1), False),
        (None, False),
    ],
)
def test_plausible(stamp: datetime | None, passes: bool) -> None:
    """News is from 2000 or later, and at most a day ahead."""
    assert (plausible(stamp, NOW) is not None) == passes
