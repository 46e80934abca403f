"""Types. When something is: an interval with a grain and a bound, never finer than the text said."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator


class Grain(StrEnum):
    """How fine a date is given, coarse to fine."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"


class Bound(StrEnum):
    """How the event stands to its interval."""

    ON = "on"
    BY = "by"
    NOT_BEFORE = "not_before"
    UNTIL = "until"


def moment(value: object) -> object:
    """Read an ISO text as a day where it has no clock time, else as an instant; leave anything else alone."""
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if len(value) == len("2022-01-10") else datetime.fromisoformat(value)


Moment = Annotated[date | datetime, BeforeValidator(moment)]


def day_of(value: date | datetime) -> date:
    """Give the calendar day of a day or an instant, in the offset it was read in."""
    return value.date() if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The inclusive interval that a text names: ISO days, or instants with the offset they were read in (grain hour)."""

    low: Moment
    high: Moment
    grain: Grain
    bound: Bound = Bound.ON

    @property
    def first_day(self) -> date:
        """The first day of the interval."""
        return day_of(self.low)

    @property
    def last_day(self) -> date:
        """The last day of the interval."""
        return day_of(self.high)

    def covers(self, other: "When") -> bool:
        """Say whether the other interval lies in this one, by days."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def overlaps(self, other: "When") -> bool:
        """Say whether the intervals share a day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A date expression in a text (TIMEX3), resolved against the publishing time.

    Offsets count code points of `field` (title, summary or text). `how` names the rule and the direction taken.
    `whole` is the unit of which "early", "mid" or "late" makes the part that `when` gives.
    """

    text: str
    field: str
    start: int
    end: int
    when: When
    how: str
    whole: When | None = None

    @property
    def value(self) -> When:
        """What the words name, before "early", "mid" or "late" shades it."""
        return self.whole or self.when
