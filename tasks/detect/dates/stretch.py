"""Pure. Stretches of the calendar: months, weeks, quarters, years, their shifts and parts."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.detect.dates.expression import MONTHS_OF_QUARTER, Part, Unit
from tasks.model.when import Grain

MONTHS = 12
THURSDAY, SATURDAY = 3, 5
WEEK = timedelta(days=7)
THIRD_OF_MONTH = 10  # "early" is the 1st to 10th, "mid" to the 20th: how news uses them
GRAINS = {
    Unit.DAY: Grain.DAY, Unit.WEEK: Grain.WEEK, Unit.WEEKEND: Grain.DAY, Unit.MONTH: Grain.MONTH,
    Unit.QUARTER: Grain.QUARTER, Unit.YEAR: Grain.YEAR,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days from low to high, inclusive, given with a grain."""

    low: date
    high: date
    grain: Grain


def months_from(year: int, month: int, count: int, grain: Grain) -> Stretch:
    """Give so many whole months; a month outside 1 to 12 runs into other years."""
    last_year, last_month = _normal(year, month + count - 1)
    year, month = _normal(year, month)
    high = date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])
    return Stretch(low=date(year, month, 1), high=high, grain=grain)


def _normal(year: int, month: int) -> tuple[int, int]:
    return year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1


def shifted(anchor: date, unit: Unit, by: int) -> Stretch:
    """Give the unit that lies so many units from the one that holds the anchor."""
    match unit:
        case Unit.DAY:
            day = anchor + timedelta(days=by)
            return Stretch(low=day, high=day, grain=Grain.DAY)
        case Unit.WEEK:
            return week(anchor + by * WEEK)
        case Unit.WEEKEND:
            saturday = week(anchor + by * WEEK).low + timedelta(days=SATURDAY)
            return Stretch(low=saturday, high=saturday + timedelta(days=1), grain=Grain.DAY)
        case Unit.MONTH:
            return months_from(anchor.year, anchor.month + by, 1, Grain.MONTH)
        case Unit.QUARTER:
            first = (anchor.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1
            return months_from(anchor.year, first + by * MONTHS_OF_QUARTER, MONTHS_OF_QUARTER, Grain.QUARTER)
        case Unit.YEAR:
            return months_from(anchor.year + by, 1, MONTHS, Grain.YEAR)


def week(day: date) -> Stretch:
    """Give the week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Stretch(low=monday, high=monday + WEEK - timedelta(days=1), grain=Grain.WEEK)


def part(which: Part, whole: Stretch) -> Stretch:
    """Give a part of a stretch. The grain stays that of the whole: its next finer unit would say too much."""
    if whole.grain in (Grain.YEAR, Grain.QUARTER):
        return _months_part(which, whole)
    days = (whole.high - whole.low).days + 1
    third = THIRD_OF_MONTH if whole.grain is Grain.MONTH else days // 3
    low, high = _bounds(which, days, third)
    return Stretch(low=whole.low + timedelta(days=low), high=whole.low + timedelta(days=high - 1), grain=whole.grain)


def _months_part(which: Part, whole: Stretch) -> Stretch:
    count = (whole.high.year - whole.low.year) * MONTHS + whole.high.month - whole.low.month + 1
    low, high = _bounds(which, count, count // 3)
    return months_from(whole.low.year, whole.low.month + low, high - low, whole.grain)


def _bounds(which: Part, count: int, third: int) -> tuple[int, int]:
    """Give where a part begins and ends, of so many pieces; never empty."""
    start, middle, end = (0, third), (third, min(2 * third, count)), (min(2 * third, count - 1), count)
    low, high = {
        Part.EARLY: start,
        Part.START: start,
        Part.MID: middle,
        Part.MIDDLE: middle,
        Part.LATE: end,
        Part.END: end,
        Part.FIRST_HALF: (0, count // 2),
        Part.SECOND_HALF: (count // 2, count),
    }[which]
    return low, max(high, low + 1)


def easter(year: int) -> date:
    """Give the Western Easter Sunday (Gauss's rule as Meeus states it, for the Gregorian calendar)."""
    century, moon = year // 100, year % 19
    correction = (19 * moon + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - correction - year % 100 % 4) % 7
    late = (moon + 11 * correction + 22 * weekday) // 451
    month, day = divmod(correction + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
