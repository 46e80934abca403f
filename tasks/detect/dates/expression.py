"""Types. A date as the text gives it, before the publishing time and the direction resolve it."""

from dataclasses import dataclass
from enum import StrEnum

MONTHS_OF_QUARTER = 3


class Unit(StrEnum):
    """A named stretch of time."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Part(StrEnum):
    """A named part of a unit; early, mid and late are shades that still name the whole of it."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    MIDDLE = "middle"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"


SHADES = frozenset((Part.EARLY, Part.MID, Part.LATE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Fields of the calendar, as many as are named; `months` is the length of a season or quarter from `month` on.

    `shift` is the word before it: next (1), this (0), last (-1); `of_week` tells that it counts weeks, not weekdays.
    `year_by` is the year by distance: "June last year". `floats`: the first such weekday from that day on.
    """

    year: int | None = None
    year_by: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    months: int = 1
    shift: int | None = None
    of_week: bool = False
    floats: bool = False

    @property
    def only_weekday(self) -> bool:
        """Say whether a weekday is all that is named."""
        return self.weekday is not None and self.day is None

    @property
    def only_year(self) -> bool:
        """Say whether a year is all that is named."""
        return self.year is not None and self.month is None and self.day is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """So many units from the publishing day: yesterday, next week, two months ago."""

    unit: Unit
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The next (sign 1) or past (-1) so many units; `count` is null in "the coming weeks"."""

    unit: Unit
    count: int | None
    sign: int
    within: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nth:
    """The nth week, weekday or day of another expression (-1 is the last)."""

    n: int
    unit: Unit | int  # an integer is a weekday
    of: "Expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOf:
    """The week that holds a day."""

    day: "Expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """Early, mid or late in another expression."""

    part: Part
    of: "Expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one expression to another."""

    first: "Expression"
    last: "Expression"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day; `zone` is an offset or IANA name, empty where the text names none. Alone it is no date."""

    hour: int
    minute: int = 0
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A time of a day."""

    day: "Expression"
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """So many units before or after another expression: two weeks before 10 January."""

    unit: Unit
    by: int
    of: "Expression"


Expression = Calendar | Shifted | Window | Nth | WeekOf | PartOf | Span | At | Offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinal:
    """A counting word that waits for what it counts in: "the 10th", "the second week", "the first Friday"."""

    n: int
    unit: Unit | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A length of time that waits for what it is counted from; alone it is no date."""

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The publishing day as an end of a range; alone it is no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of text and what it means so far; `rule` is the way it was found."""

    start: int
    end: int
    what: Expression | Clock | Ordinal | Length | Now
    rule: str


def needs_direction(what: Expression) -> bool:
    """Say whether past and future readings differ."""
    match what:
        case Calendar():
            return what.year is None and what.year_by is None and what.shift is None
        case Nth() | PartOf() | Offset():
            return needs_direction(what.of)
        case WeekOf() | At():
            return needs_direction(what.day)
        case Span():
            return needs_direction(what.first) or needs_direction(what.last)
        case _:
            return False
