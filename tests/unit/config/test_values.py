"""Single values as people write them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from config import values

DURATIONS = [
    ("48h", timedelta(hours=48)),
    ("15m", timedelta(minutes=15)),
    ("1s", timedelta(seconds=1)),
    ("2d", timedelta(days=2)),
    ("0s", timedelta(0)),
    (timedelta(hours=1), timedelta(hours=1)),
]


@pytest.mark.parametrize(("written", "expected"), DURATIONS)
def test_duration(written: object, expected: timedelta) -> None:
    """A duration is a whole number and its unit."""
    assert expected == values.duration(written)


@pytest.mark.parametrize(
    "written", ["", "15", "15 m", "1.5h", "-1s", "1h30m", "15M", "1w", "9999999d", "٣h", 15, True, None]
)
def test_duration_is_strict(written: object) -> None:
    """Nothing else is a duration."""
    with pytest.raises(PydanticCustomError):
        values.duration(written)


GOOD: list[tuple[Callable[[Any], object], object]] = [
    (values.zone, "Europe/London"),
    (values.zone, "UTC"),
    (values.language, "en"),
    (values.name, "us-russia_talks.2"),
    (values.actor_id, "NATO"),
    (values.quiet_hours, "22:00-07:00"),
    (values.digest, "07:30"),
    (values.digest, "4h"),
    (values.headers, {"X-Key": "a b", "Accept": ""}),
    (values.header_value, "tocsin/1 (+mailto:x@example.org)"),
]


@pytest.mark.parametrize(("check", "value"), GOOD)
def test_value_is_kept(check: Callable[[Any], object], value: object) -> None:
    """What is right is kept as written."""
    assert value == check(value)


BAD: list[tuple[Callable[[Any], object], object, str | None]] = [
    (values.zone, "Europe/Londn", "Europe/London"),
    (values.zone, "../../etc/passwd", None),
    (values.zone, "", None),
    (values.zone, "\0", None),
    (values.language, "en-GB", "en"),
    (values.language, "EN", "en"),
    (values.language, "english", None),
    (values.name, "us talks", "us-talks"),
    (values.name, "-x", "x"),
    (values.name, "", None),
    (values.name, "../x", "x"),
    (values.actor_id, "us", "US"),
    (values.actor_id, "", None),
    (values.quiet_hours, "22-7", None),
    (values.quiet_hours, "24:00-07:00", None),
    (values.quiet_hours, "07:00-07:00", None),
    (values.digest, "daily", None),
    (values.digest, "7:30", None),
    (values.headers, {"X Key": "a"}, None),
    (values.headers, {"": "a"}, None),
    (values.headers, {"A": "b\r\nC: d"}, None),
    (values.header_value, "a\nb", None),
    (values.header_value, " ", None),
]


@pytest.mark.parametrize(("check", "value", "nearest"), BAD)
def test_value_is_refused(check: Callable[[Any], object], value: object, nearest: str | None) -> None:
    """What is wrong is refused, with what was meant where it can be told."""
    with pytest.raises(PydanticCustomError) as caught:
        check(value)
    assert nearest == (caught.value.context or {})["nearest"]


def test_a_folder_of_zones_is_no_zone() -> None:
    """The database has a folder Europe, which is no time zone."""
    with pytest.raises(PydanticCustomError, match="unknown time zone 'Europe'"):
        values.zone("Europe")


def test_a_header_is_not_repeated() -> None:
    """The value of a header may be a secret, and is not repeated."""
    with pytest.raises(PydanticCustomError, match="Authorization") as caught:
        values.headers({"Authorization": "hunter2\n"})
    assert "hunter2" not in str(caught.value)
