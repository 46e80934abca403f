"""Pure. From a match of a rule to an unresolved expression."""

import re

from tasks.detect.dates.expression import (
    MONTHS_OF_QUARTER,
    SHADES,
    Calendar,
    Clock,
    Length,
    Nth,
    Ordinal,
    Part,
    PartOf,
    Shifted,
    Span,
    Unit,
    Window,
)  # fmt: skip
from tasks.detect.dates.patterns import by_folded, fold
from tasks.model.language import DateWords

HOURS_OF_HALF_DAY = 12
HOURS_OF_DAY = 24
DAYS_OF_MONTH = 31
YEARS_OF_DECADE = 10
SATURDAY = 5
LONGEST_BETWEEN = 20


class Builder:
    """Tells what the groups of a match mean in one language."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self._units = {fold(word): Unit(unit) for word, unit in (*words.units.items(), *words.plurals.items())}
        self._plurals = frozenset(map(fold, words.plurals))
        self._parts = {fold(word): Part(part) for word, part in (*words.parts.items(), *words.ends.items())}
        self._tables = {
            "month": by_folded(words.months), "weekday": by_folded(words.weekdays), "season": by_folded(words.seasons),
            "days": by_folded(words.days), "number": by_folded(words.numbers), "nth": by_folded(words.ordinals),
            "shift": by_folded(words.shifts), "half": by_folded(words.half_days), "noon": by_folded(words.clock_words),
        }  # fmt: skip
        self._holidays = {fold(name): day for name, day in words.holidays.items()}
        self._zones = {fold(name): zone for name, zone in words.zones.items()}

    def _value(self, match: re.Match[str], group: str) -> int | None:
        word = match.groupdict().get(group)
        if word is None:
            return None
        known = self._tables[group].get(fold(word.rstrip(".")))
        return self._tables[group].get(fold(word)) if known is None else known

    def _unit(self, match: re.Match[str]) -> Unit:
        return self._units[fold(match["unit"])]

    def calendar(self, match: re.Match[str]) -> Calendar:
        groups = match.groupdict()
        season = self._value(match, "season")
        return Calendar(
            year=self._year(groups),
            month=season or self._value(match, "month") or _number(groups, "mm"),
            day=_number(groups, "dd") or self._value(match, "nth"),
            weekday=self._value(match, "weekday"),
            months=MONTHS_OF_QUARTER if season else 1,
            shift=self._value(match, "shift"),
            of_week=fold(groups.get("shift") or "") in self._words.of_week,
        )

    def _year(self, groups: dict[str, str | None]) -> int | None:
        """Read a year in digits or in words."""
        spoken = fold(groups.get("spoken") or groups.get("round") or "")
        for head, hundreds in self._words.spoken_years.items():
            if spoken.startswith(head):
                return hundreds + sum(self._tables["number"].get(word, 0) for word in spoken[len(head) :].split())
        return _number(groups, "year")

    def decade(self, match: re.Match[str]) -> Span:
        first = int(match["decade"])
        return Span(first=Calendar(year=first), last=Calendar(year=first + YEARS_OF_DECADE - 1))

    def weekend(self, match: re.Match[str]) -> Span | None:
        """Read "the weekend" as the Saturday and Sunday of its tense."""
        days = Span(first=Calendar(weekday=SATURDAY), last=Calendar(weekday=SATURDAY + 1))
        return days if self._unit(match) is Unit.WEEKEND else None

    def from_now(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=self._words.from_now[fold(match["from_now"])])

    def counted(self, match: re.Match[str]) -> Window | None:
        """Read "the 10 previous weeks"."""
        sign = self._value(match, "shift")
        return Window(unit=self._unit(match), count=self._count(match), sign=sign) if sign else None

    def span(self, match: re.Match[str]) -> Span | None:
        groups = match.groupdict()
        first = self.calendar(match)
        last = _number(groups, "dd2") or self._tables["nth"].get(fold(groups["nth2"] or ""))
        if first.day is None or last is None or last <= first.day:
            return None
        if fold(groups["joint"] or "") in self._words.and_ and last != first.day + 1 and not self._is_between(match):
            return None  # "January 10 and 15" are two days
        return Span(first=first, last=Calendar(year=first.year, month=first.month, day=last))

    def _is_between(self, match: re.Match[str]) -> bool:
        return fold(match.string[: match.start()][-LONGEST_BETWEEN:]).endswith(self._words.between)

    def numeric(self, match: re.Match[str]) -> Calendar | None:
        """Read 13.5.2022 and 5/13/2022; where both readings are possible only the dotted one, which is day first."""
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        day_first = first > HOURS_OF_HALF_DAY or match["sep"] == "." or first == second
        if not day_first and second <= HOURS_OF_HALF_DAY:
            return None
        day, month = (first, second) if day_first else (second, first)
        return Calendar(year=year, month=month, day=day)

    def holiday(self, match: re.Match[str]) -> Calendar:
        month, day, *weekday = self._holidays[fold(match["holiday"])]
        year = self._year(match.groupdict())
        return Calendar(
            year=year,
            month=month,
            day=day,
            weekday=weekday[0] if weekday else None,
            floats=bool(weekday),
            shift=self._value(match, "shift"),
        )

    def day_word(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=Unit.DAY, by=self._value(match, "days") or 0)

    def shifted(self, match: re.Match[str]) -> Shifted | None:
        unit, shift = self._unit(match), self._value(match, "shift") or 0
        return None if unit is Unit.DAY or fold(match["unit"]) in self._plurals else Shifted(unit=unit, by=shift)

    def window(self, match: re.Match[str]) -> Window | None:
        if match["ahead"] is None:
            return Window(unit=self._unit(match), count=None, sign=1 if match["coming"] else -1)
        sign = self._tables["shift"][fold(match["ahead"])]
        return Window(unit=self._unit(match), count=self._count(match), sign=sign) if sign else None

    def within(self, match: re.Match[str]) -> Window:
        unit = self._units[fold(match["unit"] or match["vague"])]
        return Window(unit=unit, count=self._count(match), sign=1, within=True)

    def length(self, match: re.Match[str]) -> Length:
        return Length(unit=self._unit(match), count=self._count(match) or 0)

    def unit_of_now(self, match: re.Match[str]) -> Shifted | None:
        unit = self._unit(match)
        return None if unit is Unit.DAY else Shifted(unit=unit, by=0)

    def years(self, match: re.Match[str]) -> Span | None:
        """Read "2014-2018" and "2014-18"."""
        first, end = int(match["year"]), match["year2"]
        last = int(match["year"][: -len(end)] + end)
        return Span(first=Calendar(year=first), last=Calendar(year=last)) if first < last else None

    def back(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=-(self._count(match) or 0))

    def ahead(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=self._count(match) or 0)

    def _count(self, match: re.Match[str]) -> int | None:
        digits = match["digits"]
        return int(digits) if digits else self._value(match, "number")

    def quarter(self, match: re.Match[str]) -> Calendar | Nth | Ordinal | None:
        groups = match.groupdict()
        n = _number(groups, "qn") or _number(groups, "dd") or self._value(match, "nth") or 0
        year = self._year(groups)
        if groups.get("unit") and self._unit(match) is not Unit.QUARTER:
            unit = self._unit(match)
            return Nth(n=n, unit=unit, of=Calendar(year=year)) if year else Ordinal(n=n, unit=unit)
        if not 1 <= n <= HOURS_OF_HALF_DAY // MONTHS_OF_QUARTER:
            return None
        first = (n - 1) * MONTHS_OF_QUARTER + 1
        return Calendar(year=year, month=first, months=MONTHS_OF_QUARTER)

    def ordinal(self, match: re.Match[str]) -> Ordinal | None:
        n = _number(match.groupdict(), "dd") or self._value(match, "nth") or 0
        return Ordinal(n=n) if 1 <= n <= DAYS_OF_MONTH else None

    def nth(self, match: re.Match[str]) -> Ordinal | None:
        n = self._value(match, "nth")
        return Ordinal(n=n, unit=self._value(match, "weekday")) if n else None

    def part_of_unit(self, match: re.Match[str]) -> PartOf | None:
        groups = match.groupdict()
        part = self._parts[fold(groups.get("part") or groups.get("end") or "")]
        unit, shift = self._unit(match), self._value(match, "shift")
        told = shift is not None or part not in SHADES or groups.get("the")
        return PartOf(part=part, of=Shifted(unit=unit, by=shift or 0)) if told and unit is not Unit.DAY else None

    def clock(self, match: re.Match[str]) -> Clock | None:
        groups = match.groupdict()
        zone = self._zones.get(fold(groups.get("zone") or ""), "")
        noon, half = self._value(match, "noon"), self._value(match, "half")
        if noon is not None:
            return Clock(hour=noon, zone=zone)
        hour = int(match["hour"])
        if half is not None:
            hour = hour % HOURS_OF_HALF_DAY + half if 1 <= hour <= HOURS_OF_HALF_DAY else HOURS_OF_DAY
        minute = int(groups.get("minute") or groups.get("hundred") or 0)
        return Clock(hour=hour, minute=minute, zone=zone) if hour < HOURS_OF_DAY else None


def _number(groups: dict[str, str | None], name: str) -> int | None:
    digits = groups.get(name)
    return int(digits) if digits else None
