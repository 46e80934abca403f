"""Pure. Dates, quantities and states in words: never finer than the value, never without a year or zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from tasks.model.mention import Quantity
from tasks.model.when import Bound, Grain, When

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
QUARTERS = {1: "first", 4: "second", 7: "third", 10: "fourth"}  # by first month
BOUNDS = {Bound.ON: "", Bound.BY: "by ", Bound.NOT_BEFORE: "not before ", Bound.UNTIL: "until "}
UNDATED = "no date yet"

_DECEMBER = 12
_WEEK = timedelta(days=6)  # from its first day to its last


def when_words(when: When | None) -> str:
    """Say when something is: `12 Jan 2022`, `early January 2022`, `not before 2 Jun 2022`."""
    if when is None:
        return UNDATED
    return BOUNDS[when.bound] + _SAY[when.grain](when)


def day_words(day: date) -> str:
    """Say a day: `12 Jan 2022`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def instant_words(at: datetime) -> str:
    """Say an instant in UTC: `22 Dec 2021, 12:00 UTC`."""
    known = at.astimezone(UTC)
    return f"{day_words(known)}, {known:%H:%M} UTC"


def quantity_words(quantity: Quantity) -> str:
    """Say a quantity: `94,000 troops`."""
    return f"{number_words(quantity.value)} {quantity.unit}".strip()


def number_words(value: float) -> str:
    """Say a number with thousands apart and no digit that it does not have."""
    return f"{value:,.10g}" if "e" not in f"{value:.10g}" else f"{value:,.0f}"


def state_words(state: str) -> str:
    """Say a status or change: `under way`, `de-escalated`."""
    return state.replace("_", " ").replace("deesc", "de-esc")


def _year(when: When) -> str:
    low, high = when.first_day, when.last_day
    if low.year != high.year:
        return f"{low.year}–{high.year}" if _whole_years(low, high) else _months_apart(low, high)
    return _part(low, high, (date(low.year, 1, 1), date(low.year, _DECEMBER, 31))) + str(low.year)


def _quarter(when: When) -> str:
    low, high = when.first_day, when.last_day
    first = low.replace(month=(low.month - 1) // 3 * 3 + 1, day=1)
    last = _month_end(first.replace(month=first.month + 2))
    if high > last:
        return _months_apart(low, high)
    return _part(low, high, (first, last)) + f"{QUARTERS[first.month]} quarter of {low.year}"


def _month(when: When) -> str:
    low, high = when.first_day, when.last_day
    if (low.year, low.month) != (high.year, high.month):
        return _months_apart(low, high)
    return _part(low, high, (low.replace(day=1), _month_end(low))) + f"{MONTHS[low.month - 1]} {low.year}"


def _week(when: When) -> str:
    low, high = when.first_day, when.last_day
    if high - low >= _WEEK:
        return f"week of {day_words(low)}" if high - low == _WEEK else _days_apart(low, high)
    monday = low - timedelta(days=low.weekday())
    part = _part(low, high, (monday, monday + _WEEK)).rstrip(" -")
    return f"{part} in the week of {day_words(monday)}"


def _day(when: When) -> str:
    return _days_apart(when.first_day, when.last_day)


def _hour(when: When) -> str:
    low, high = when.low, when.high
    if not isinstance(low, datetime):
        return _day(when)
    end = (
        f"–{high:%H:%M}" if isinstance(high, datetime) and timedelta(hours=1) <= high - low < timedelta(days=1) else ""
    )
    said = f"{day_words(low)}, {low:%H:%M}{end}"
    offset = low.utcoffset()
    if offset is None:
        return f"{said} (time zone not stated)"
    return f"{said} UTC" if not offset else f"{said} UTC{low.isoformat(timespec='minutes')[-6:]} ({_in_utc(low)})"


def _in_utc(at: datetime) -> str:
    known = at.astimezone(UTC)
    return f"{known:%H:%M} UTC" if known.date() == at.date() else instant_words(at)


def _days_apart(low: date, high: date) -> str:
    if low == high:
        return day_words(low)
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day}–{day_words(high)}"
    first = day_words(low).removesuffix(f" {high.year}")
    return f"{first} – {day_words(high)}"


def _months_apart(low: date, high: date) -> str:
    if low.day != 1 or high != _month_end(high):
        return _days_apart(low, high)
    first = f"{MONTHS[low.month - 1]} {low.year}".removesuffix(f" {high.year}")
    return f"{first} – {MONTHS[high.month - 1]} {high.year}"


def _part(low: date, high: date, whole: tuple[date, date]) -> str:
    """Say which part of the whole an interval is, with a space behind, or nothing where it is all of it."""
    if (low, high) == whole:
        return ""
    if low <= whole[0]:
        return "early "
    return "late " if high >= whole[1] else "mid-"


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _whole_years(low: date, high: date) -> bool:
    return (low.month, low.day) == (1, 1) and (high.month, high.day) == (_DECEMBER, 31)


_SAY = {
    Grain.YEAR: _year,
    Grain.QUARTER: _quarter,
    Grain.MONTH: _month,
    Grain.WEEK: _week,
    Grain.DAY: _day,
    Grain.HOUR: _hour,
}
