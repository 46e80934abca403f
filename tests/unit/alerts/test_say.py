"""Dates and quantities are said in words, never finer than the value."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tasks.alerts.say import instant_words, quantity_words, state_words, when_words
from tasks.model.mention import Quantity
from tasks.model.when import Bound, Grain, Moment, When


def when(low: str, high: str, grain: Grain, bound: Bound = Bound.ON) -> When:
    """A when between two ISO days."""
    return When(low=date.fromisoformat(low), high=date.fromisoformat(high), grain=grain, bound=bound)


@pytest.mark.parametrize(
    ("low", "high", "grain", "said"),
    [
        ("2022-01-10", "2022-01-10", Grain.DAY, "10 Jan 2022"),
        ("2022-05-03", "2022-05-03", Grain.DAY, "3 May 2022"),
        ("2022-01-10", "2022-01-12", Grain.DAY, "10–12 Jan 2022"),
        ("2022-01-30", "2022-02-02", Grain.DAY, "30 Jan – 2 Feb 2022"),
        ("2021-12-30", "2022-01-02", Grain.DAY, "30 Dec 2021 – 2 Jan 2022"),
        ("2022-01-10", "2022-01-16", Grain.WEEK, "week of 10 Jan 2022"),
        ("2022-01-10", "2022-01-12", Grain.WEEK, "early in the week of 10 Jan 2022"),
        ("2022-01-11", "2022-01-13", Grain.WEEK, "mid in the week of 10 Jan 2022"),
        ("2022-01-15", "2022-01-16", Grain.WEEK, "late in the week of 10 Jan 2022"),
        ("2022-01-10", "2022-01-23", Grain.WEEK, "10–23 Jan 2022"),
        ("2022-01-01", "2022-01-31", Grain.MONTH, "January 2022"),
        ("2022-01-01", "2022-01-10", Grain.MONTH, "early January 2022"),
        ("2022-01-11", "2022-01-20", Grain.MONTH, "mid-January 2022"),
        ("2022-02-21", "2022-02-28", Grain.MONTH, "late February 2022"),
        ("2022-01-01", "2022-02-28", Grain.MONTH, "January – February 2022"),
        ("2021-12-01", "2022-02-28", Grain.MONTH, "December 2021 – February 2022"),
        ("2022-01-20", "2022-02-10", Grain.MONTH, "20 Jan – 10 Feb 2022"),
        ("2022-01-01", "2022-03-31", Grain.QUARTER, "first quarter of 2022"),
        ("2022-10-01", "2022-12-31", Grain.QUARTER, "fourth quarter of 2022"),
        ("2022-04-01", "2022-04-30", Grain.QUARTER, "early second quarter of 2022"),
        ("2021-12-01", "2022-02-28", Grain.QUARTER, "December 2021 – February 2022"),
        ("2022-01-01", "2022-12-31", Grain.YEAR, "2022"),
        ("2022-01-01", "2022-04-30", Grain.YEAR, "early 2022"),
        ("2022-05-01", "2022-08-31", Grain.YEAR, "mid-2022"),
        ("2022-07-01", "2022-12-31", Grain.YEAR, "late 2022"),
        ("2022-01-01", "2023-12-31", Grain.YEAR, "2022–2023"),
        ("2022-07-01", "2023-06-30", Grain.YEAR, "July 2022 – June 2023"),
    ],
)
def test_intervals_are_said_at_their_grain(low: str, high: str, grain: Grain, said: str) -> None:
    """A month is said as a month, and its beginning as early: no day appears that the text did not name."""
    assert when_words(when(low, high, grain)) == said


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        (Bound.ON, "12 Jan 2022"),
        (Bound.BY, "by 12 Jan 2022"),
        (Bound.NOT_BEFORE, "not before 12 Jan 2022"),
        (Bound.UNTIL, "until 12 Jan 2022"),
    ],
)
def test_bounds_are_said(bound: Bound, said: str) -> None:
    """A deadline is not taken for a date."""
    assert when_words(when("2022-01-12", "2022-01-12", Grain.DAY, bound)) == said


EAST = timezone(timedelta(hours=-5))
INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (
            datetime(2022, 1, 10, 20, tzinfo=EAST),
            datetime(2022, 1, 10, 20, tzinfo=EAST),
            "10 Jan 2022, 20:00 UTC-05:00 (11 Jan 2022, 01:00 UTC)",
        ),
        (
            datetime(2022, 1, 10, 9, 30, tzinfo=INDIA),
            datetime(2022, 1, 10, 9, 59, 59, tzinfo=INDIA),
            "10 Jan 2022, 09:30 UTC+05:30 (04:00 UTC)",
        ),
        (datetime(2022, 1, 10, 9, tzinfo=UTC), datetime(2022, 1, 10, 11, tzinfo=UTC), "10 Jan 2022, 09:00–11:00 UTC"),
        (datetime(2022, 1, 10, 9), datetime(2022, 1, 10, 9), "10 Jan 2022, 09:00 (time zone not stated)"),
        (date(2022, 1, 10), date(2022, 1, 10), "10 Jan 2022"),
    ],
)
def test_hours_have_offset_and_utc(low: Moment, high: Moment, said: str) -> None:
    """An hour is said in the offset that it was read in, with UTC beside."""
    assert when_words(When(low=low, high=high, grain=Grain.HOUR)) == said


def test_no_date_is_said() -> None:
    """An undated thing says so."""
    assert when_words(None) == "no date yet"


def test_instants_are_in_utc() -> None:
    """A publishing time is shown in UTC, by that name."""
    assert instant_words(datetime(2022, 1, 4, 23, 12, tzinfo=EAST)) == "5 Jan 2022, 04:12 UTC"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (94_000, "troops", "94,000 troops"),
        (94_000.0, "troops", "94,000 troops"),
        (4.25, "percent", "4.25 percent"),
        (1_234_567.5, "t", "1,234,567.5 t"),
        (0.1, "", "0.1"),
        (3e12, "dollars", "3,000,000,000,000 dollars"),
    ],
)
def test_quantities_are_said(value: float, unit: str, said: str) -> None:
    """Thousands are set apart; a fraction is as long as it is."""
    assert quantity_words(Quantity(value=value, unit=unit)) == said


@pytest.mark.parametrize(
    ("state", "said"), [("under_way", "under way"), ("deescalated", "de-escalated"), ("held", "held")]
)
def test_states_are_said(state: str, said: str) -> None:
    """States are words, not identifiers."""
    assert state_words(state) == said
