"""Pure. The resolver: an unresolved expression, the publishing time and a direction give an interval. It knows no words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tasks.detect.dates.expression import (
    MONTHS_OF_QUARTER,
    At,
    Calendar,
    Clock,
    Expression,
    Nth,
    Offset,
    PartOf,
    Shifted,
    Span,
    Unit,
    WeekOf,
    Window,
    needs_direction,
)  # fmt: skip
from tasks.detect.dates.stretch import (
    GRAINS,
    MONTHS,
    SATURDAY,
    THURSDAY,
    WEEK,
    Stretch,
    easter,
    months_from,
    part,
    shifted,
    week,
)
from tasks.model.when import Bound, Grain, When

PAST, NEAREST, FUTURE = -1, 0, 1
EASTER = 0  # in place of a month: the day counts from Easter Sunday
YEARS_AROUND = 8  # 29 February comes back after at most eight years
REMEMBERED = 1024  # readings kept: every day and month of a year, with some weekdays
# A day without a year is at most so far off when the other side is as near as NEAR: people then write the year.
FAR, NEAR = timedelta(days=300), timedelta(days=45)
# What "the coming days, weeks, months" means where no count is given, and the next coarser grain, so as not to say too much.
VAGUE = {
    Unit.DAY: (timedelta(days=7), Grain.WEEK), Unit.WEEK: (timedelta(days=31), Grain.MONTH),
    Unit.WEEKEND: (timedelta(days=31), Grain.MONTH), Unit.MONTH: (timedelta(days=183), Grain.YEAR),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What an expression is resolved against. `day` is null where the publishing time is unknown."""

    day: date | None
    direction: int
    zone: tzinfo | None


def resolve(what: Expression, bound: Bound, anchor: Anchor) -> When | None:
    """Give the interval, or nothing where the calendar has none or an unknown publishing time is needed."""
    try:
        if isinstance(what, At):
            return _instant(what, bound, anchor)
        found = _stretch(what, anchor)
    except (ValueError, OverflowError):  # 31 June, year 0: no such day
        return None
    if found is None or found.low > found.high:
        return None
    if isinstance(what, Window) and what.within:
        bound = Bound.BY
    return When(low=found.low, high=found.high, grain=found.grain, bound=bound)


def _stretch(what: Expression, anchor: Anchor) -> Stretch | None:  # noqa: C901, PLR0911 - one case per kind of expression
    match what:
        case Calendar():
            return _calendar(what, anchor)
        case Shifted() if anchor.day:
            return shifted(anchor.day, what.unit, what.by)
        case Window() if anchor.day:
            return _window(what, anchor.day)
        case Nth():
            whole = _stretch(what.of, anchor)
            return whole and _nth(what, whole)
        case Offset():
            base = _stretch(what.of, anchor)
            return base and shifted(_moved(base.low, what.unit, what.by), Unit.DAY, 0)
        case WeekOf():
            day = _stretch(what.day, anchor)
            return day and week(day.low)
        case PartOf():
            whole = _stretch(what.of, anchor)
            return whole and part(what.part, whole)
        case Span():
            return _span(what, anchor)
        case At():
            return _stretch(what.day, anchor)
        case _:
            return None


def _calendar(what: Calendar, anchor: Anchor) -> Stretch | None:
    if what.year is not None:
        return _in_year(what, what.year)
    if anchor.day is None:
        return None
    if what.year_by is not None:
        return _in_year(what, anchor.day.year + what.year_by)
    if what.month is not None:
        return _pick(_years(what, anchor.day.year), what, anchor)
    if what.day is not None:
        return _pick(_days_of_months(what, anchor.day), what, anchor)
    return _weekday(what, anchor, anchor.day)


def _in_year(what: Calendar, year: int) -> Stretch:
    if what.month is None:
        return months_from(year, 1, MONTHS, Grain.YEAR)
    if what.day is None:
        return months_from(
            year, what.month, what.months, Grain.QUARTER if what.months == MONTHS_OF_QUARTER else Grain.MONTH
        )
    day = easter(year) + timedelta(days=what.day) if what.month == EASTER else date(year, what.month, what.day)
    if what.floats:
        day += timedelta(days=((what.weekday or 0) - day.weekday()) % WEEK.days)
    return Stretch(low=day, high=day, grain=Grain.DAY)


@lru_cache(maxsize=REMEMBERED)
def _years(what: Calendar, this: int) -> tuple[Stretch, ...]:
    """Give the readings in the years around; a weekday beside the date chooses among the nearest years, if it fits any."""
    found = tuple(one for year in range(this - YEARS_AROUND, this + YEARS_AROUND + 1) for one in _existing(what, year))
    near = tuple(one for one in found if abs(one.low.year - this) <= 1 and one.low.weekday() == what.weekday)
    return near or found


def _days_of_months(what: Calendar, today: date) -> list[Stretch]:
    """Give the readings of "the 10th"; a weekday beside it must fit."""
    months = (shifted(today, Unit.MONTH, by).low for by in range(-MONTHS, MONTHS + 1))
    found = [one for month in months for one in _existing(replace(what, month=month.month), month.year)]
    return [one for one in found if what.weekday is None or one.low.weekday() == what.weekday]


def _existing(what: Calendar, year: int) -> tuple[Stretch, ...]:
    """Give the reading in a year, if its calendar has one: 29 February."""
    try:
        return (_in_year(what, year),)
    except ValueError:
        return ()


def _pick(ordered: Sequence[Stretch], what: Calendar, anchor: Anchor) -> Stretch | None:
    """Choose by the word before it, else by direction; what holds the publishing day is both past and future."""
    today = anchor.day
    if today is None or not ordered:
        return None
    nearest = min(ordered, key=lambda one: _distance(one, today))
    if what.shift == 0:
        return next((one for one in ordered if one.low.year == today.year), nearest)
    direction = what.shift or anchor.direction
    if direction == NEAREST:
        return nearest
    chosen = _last_past(ordered, today, what.shift) if direction < 0 else _first_future(ordered, today, what.shift)
    if what.shift:
        return chosen
    if chosen is None:  # a weekday beside the date speaks against the tense
        return nearest
    too_far = what.day is not None and _distance(chosen, today) > FAR and _distance(nearest, today) < NEAR
    return nearest if too_far else chosen


def _last_past(ordered: Sequence[Stretch], today: date, shift: int | None) -> Stretch | None:
    return next(
        (one for one in reversed(ordered) if (one.high if shift else one.low) < today + timedelta(days=not shift)), None
    )


def _first_future(ordered: Sequence[Stretch], today: date, shift: int | None) -> Stretch | None:
    return next((one for one in ordered if (one.low if shift else one.high) > today - timedelta(days=not shift)), None)


def _distance(one: Stretch, today: date) -> timedelta:
    return max(one.low - today, today - one.high, timedelta(0))


def _weekday(what: Calendar, anchor: Anchor, today: date) -> Stretch:
    """Give the publishing day itself where it is that weekday, else the one before or after; "next" is next week's."""
    off = timedelta(days=(what.weekday or 0) - today.weekday())
    ahead = off % WEEK
    if what.shift == 0 or what.of_week:
        ahead = off + (what.shift or 0) * WEEK
    elif what.shift == 1:
        ahead = ahead or WEEK
    elif what.shift == -1:
        ahead -= WEEK
    elif anchor.direction < 0 or (anchor.direction == NEAREST and ahead > WEEK / 2):
        ahead -= WEEK if ahead else timedelta(0)
    return Stretch(low=today + ahead, high=today + ahead, grain=Grain.DAY)


def _window(what: Window, today: date) -> Stretch | None:
    if what.count is None:
        if what.unit not in VAGUE:
            return None
        length, grain = VAGUE[what.unit]
        far = today + what.sign * length
    else:
        grain = GRAINS[what.unit]
        if what.unit is Unit.QUARTER:
            near, far_off = (shifted(today, Unit.QUARTER, what.sign * by) for by in (1, what.count))
            return Stretch(low=min(near.low, far_off.low), high=max(near.high, far_off.high), grain=grain)
        far = _moved(today, what.unit, what.sign * what.count)
        today += timedelta(days=what.sign > 0 and not what.within)
    return Stretch(low=min(today, far), high=max(today, far), grain=grain)


def _moved(day: date, unit: Unit, by: int) -> date:
    """Move a day by so many units: the same day of another month, or that month's last."""
    if unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
        return day + by * (WEEK if unit is not Unit.DAY else timedelta(days=1))
    length = {Unit.MONTH: 1, Unit.QUARTER: MONTHS_OF_QUARTER, Unit.YEAR: MONTHS}[unit]
    month = months_from(day.year, day.month + by * length, 1, Grain.MONTH)
    return min(month.low + timedelta(days=day.day - 1), month.high)


def _nth(what: Nth, whole: Stretch) -> Stretch | None:
    """Count days, weekdays or weeks within a stretch, from its end where the count is negative.

    A week belongs to the month or year that holds its Thursday (ISO 8601).
    """
    if isinstance(what.unit, Unit) and what.unit not in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
        return None
    step = timedelta(days=1) if what.unit is Unit.DAY else WEEK
    first, last = whole.low, whole.high
    if what.unit is not Unit.DAY:
        weekday = what.unit if not isinstance(what.unit, Unit) else SATURDAY if what.unit is Unit.WEEKEND else THURSDAY
        first += timedelta(days=(weekday - first.weekday()) % WEEK.days)
        last -= timedelta(days=(last.weekday() - weekday) % WEEK.days)
    day = first + (what.n - 1) * step if what.n > 0 else last
    if not whole.low <= day <= whole.high:
        return None
    return shifted(day, what.unit if isinstance(what.unit, Unit) else Unit.DAY, 0)


def _span(what: Span, anchor: Anchor) -> Stretch | None:
    """Resolve a range; its end is the first that does not lie before its beginning."""
    first = _under_way(what, anchor) or _stretch(what.first, anchor)
    if first is None:
        return None
    undated = isinstance(what.last, Calendar) and what.last.year is None and what.last.shift is None
    last = _stretch(what.last, Anchor(day=first.low, direction=FUTURE, zone=anchor.zone) if undated else anchor)
    if last is None:
        return None
    grain = min(first.grain, last.grain, key=list(Grain).index)
    return Stretch(low=first.low, high=last.high, grain=grain)


def _under_way(what: Span, anchor: Anchor) -> Stretch | None:
    """Give the beginning of a coming range that has begun: "from August to October" in September."""
    undated = needs_direction(what.first) and needs_direction(what.last)
    months = isinstance(what.first, Calendar) and what.first.month is not None
    if not (anchor.day and anchor.direction == FUTURE and undated and months):
        return None
    last = _stretch(what.last, anchor)
    first = last and _stretch(what.first, Anchor(day=last.low, direction=PAST, zone=anchor.zone))
    return first if first and first.low <= anchor.day else None


def _instant(what: At, bound: Bound, anchor: Anchor) -> When | None:
    day = _stretch(what.day, anchor)
    if day is None:
        return None
    zone = _zone(what.clock) or anchor.zone
    if zone is None or day.low != day.high:  # an offset that nobody named would be invented
        return When(low=day.low, high=day.high, grain=day.grain, bound=bound)
    at = datetime(day.low.year, day.low.month, day.low.day, what.clock.hour, what.clock.minute, tzinfo=zone)
    fixed = at.replace(tzinfo=timezone(at.utcoffset() or timedelta(0)))
    return When(low=fixed, high=fixed, grain=Grain.HOUR, bound=bound)


def _zone(clock: Clock) -> tzinfo | None:
    if not clock.zone:
        return None
    if clock.zone[0] in "+-":
        return datetime.fromisoformat(f"2000-01-01T00:00{clock.zone}").tzinfo
    return ZoneInfo(clock.zone)
