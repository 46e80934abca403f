"""Pure. The rules: regular expressions over the word tables, each giving an unresolved expression."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.detect.dates.expression import (
    MONTHS_OF_QUARTER,
    SHADES,
    Calendar,
    Clock,
    Expression,
    Found,
    Length,
    Now,
    Nth,
    Ordinal,
    Part,
    PartOf,
    Shifted,
    Span,
    Unit,
    Window,
)  # fmt: skip
from tasks.detect.dates.macros import macros
from tasks.detect.dates.patterns import by_folded, fold
from tasks.model.language import DateWords

YEAR_PLAIN = r"(?P<year>(?:19|20)\d\d)"
CLOCK = r"(?P<hour>[01]?\d|2[0-4])"
HOURS_OF_HALF_DAY = 12
HOURS_OF_DAY = 24
DAYS_OF_MONTH = 31
YEARS_OF_DECADE = 10
SATURDAY = 5
LONGEST_BETWEEN = 20

What = Expression | Clock | Ordinal | Length | Now
Build = Callable[[re.Match[str]], What | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named pattern, the kinds of word one of which must stand in the text, and what it makes of a match."""

    name: str
    pattern: re.Pattern[str]
    needs: str
    build: Build


class Rules:
    """The rules of one language. Kinds: m month, w weekday, d day word, u unit, s season, n number, h holiday, c clock."""

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
        self._chosen: dict[frozenset[str], tuple[Rule, ...]] = {}
        self._rules = tuple(self._compiled(macros(words)))

    def find(self, text: str, start: int, end: int, kinds: str) -> list[Found]:
        """Find the pieces between two places of a text, longest first where they overlap, in order."""
        found: list[Found] = []
        for rule in self._for_kinds(frozenset(kinds)):
            found.extend(self._matches(rule, text, start, end))
        return _apart(found)

    def _for_kinds(self, kinds: frozenset[str]) -> tuple[Rule, ...]:
        """Choose the rules once for every mix of kinds: most of the time of a text would go into choosing."""
        if kinds not in self._chosen:
            self._chosen[kinds] = tuple(rule for rule in self._rules if kinds.intersection(rule.needs))
        return self._chosen[kinds]

    def _matches(self, rule: Rule, text: str, start: int, end: int) -> Iterator[Found]:
        for match in rule.pattern.finditer(text, start, end):
            what = rule.build(match)
            if what is not None:
                yield Found(start=match.start(), end=match.end(), what=what, rule=rule.name)

    def _compiled(self, fragments: dict[str, str]) -> Iterator[Rule]:
        for name, needs, build, template in self._templates():
            pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda slot: fragments[slot[1]], template)
            yield Rule(
                name=name, pattern=re.compile(rf"(?<![\w$€£]){pattern}", re.IGNORECASE), needs=needs, build=build
            )

    def _templates(self) -> tuple[tuple[str, str, Build, str], ...]:
        calendar, span = self._calendar, self._span
        return (
            ("iso", "n", calendar, r"(?P<year>\d{4})-(?P<mm>\d\d)-(?P<dd>\d\d)(?![\d-])"),
            ("numeric", "n", self._numeric, r"(?<![./-])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\w|[./-]\d)"),
            ("month+days", "m", span, r"<month>\s+<the>?<day><joint><the>?<day2>\b(?!\s*<clockmark>)<year_after>?"),
            ("days+month", "m", span, r"<the>?<day><joint><the>?<day2>\s+<of>?<month><year_after>?"),
            ("month+day", "m", calendar, r"(?:<shift>\s+)?<month>\s*[/-]?\s*<the>?<day>(?!\d|[.,:]\d|\s*<clockmark>|[-–—/]\d\d?\b)<year_after>?"),
            ("day+month", "m", calendar, r"<the>?<day>[\s/-]+<of>?<month>(?:[\s-]*<year_after>)?"),
            ("month+year", "m", calendar, r"<month>,?\s+<of>?<year>"),
            ("month", "m", calendar, r"(?:<shift>\s+)?<month>"),
            ("weekday+day", "w", calendar, r"<weekday>,?\s+<the>?<dd>(?:<suffix>\b|(?![\w/]|\s*[\w:.%,-]))"),
            ("weekday", "w", calendar, r"(?:<shift>\s+)?<weekday>(?:\s+<daypart>)?"),
            ("day word", "d", self._day_word, r"<days>(?:\s+<daypart>)?"),
            ("shifted unit", "u", self._shifted, r"(?:<later>\s+(?:in\s+)?)?<the>?<shift>\s+<unit>"),
            ("counted units", "u", self._window, r"<the>?(?:(?P<ahead><plainshift>)\s+<number>|(?P<coming><comingwords>)|(?P<recent><recentwords>))\s+<plural>"),
            ("counted units", "u", self._counted, r"<the>?<number>\s+<shift>\s+<plural>"),
            ("the weekend", "u", self._weekend, r"<article>\s+<single>"),
            ("unit from now", "u", self._from_now, r"<the>?<single>\s+<from_now>(?!\s+<a_day>)"),
            ("now", "d", lambda _: Now(), r"<now>"),
            ("ago", "u", self._back, r"<number>\s*<unit>\s+<ago>"),
            ("hence", "u", self._ahead, r"<number>\s+<unit>\s+<hence>"),
            ("in units", "u", self._ahead, r"<in_time>\s+<number>\s+<unit>(?!\s+(?:<ago>|<of>))"),
            ("within units", "u", self._within, r"<within>\s+(?:<number>\s+<unit>|<plural2>)"),
            ("length", "u", self._length, r"<number>\s+<unit>"),
            ("later in unit", "u", self._unit_of_now, r"<later>\s+<of><article>\s+<unit>"),
            ("quarter", "u", self._quarter, r"<the>?(?:<nth>|<dd><suffix>)[\s-]<unit>(?:\s+<of>(?:<yearword>\s+)?<year>)?"),
            ("quarter", "n", self._quarter, r"<qn>(?:\s+<of>?<year>)?"),
            ("season", "s", calendar, r"(?:<shift>\s+)?<season>(?:,?\s+<of>?<year>)?"),
            ("holiday", "h", self._holiday, r"<holiday>(?:,?\s+<year>)?"),
            ("years", "n", self._years, rf"{YEAR_PLAIN}\s*[-–—]\s*(?P<year2>\d{{4}}|\d\d)\b(?![\d-])"),
            ("year", "n", calendar, r"<year>"),
            ("the year", "n", calendar, r"<the>?<yearword>\s+(?:<year>|<round_year>)"),
            ("decade", "n", self._decade, r"<the>?(?P<decade>(?:1[5-9]|20)\d0)<decade_suffix>\b"),
            ("ordinal", "n", self._ordinal, r"(?:<article>\s+)?<dd><suffix>\b"),
            ("ordinal", "m", self._ordinal, r"<article>\s+<nth>"),
            ("nth weekday", "w", self._nth, r"<the>?<nth>\s+<weekday>"),
            ("part of unit", "u", self._part_of_unit, r"<part>\s+(?P<the><article>\s+)?(?:<shift>\s+)?<unit>"),
            ("end of unit", "u", self._part_of_unit, r"<unit>[\s-]<end>"),
            ("clock", "n", self._clock, rf"{CLOCK}(?:[:.](?P<minute>[0-5]\d))?\s*<half>(?:\s*,?\s*\(?<zone>\)?)?"),
            ("clock", "n", self._clock, rf"{CLOCK}(?:[:.](?P<minute>[0-5]\d)|(?P<hundred>[0-5]\d))\s*\(?<zone>\)?"),
            ("clock", "n", self._clock, rf"{CLOCK}:(?P<minute>[0-5]\d)(?![:\d])"),
            ("clock", "c", self._clock, r"<noon>(?:\s+<zone>)?"),
        )  # fmt: skip

    def _value(self, match: re.Match[str], group: str) -> int | None:
        word = match.groupdict().get(group)
        if word is None:
            return None
        known = self._tables[group].get(fold(word.rstrip(".")))
        return self._tables[group].get(fold(word)) if known is None else known

    def _unit(self, match: re.Match[str]) -> Unit:
        return self._units[fold(match["unit"])]

    def _calendar(self, match: re.Match[str]) -> Calendar:
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

    def _decade(self, match: re.Match[str]) -> Span:
        first = int(match["decade"])
        return Span(first=Calendar(year=first), last=Calendar(year=first + YEARS_OF_DECADE - 1))

    def _weekend(self, match: re.Match[str]) -> Span | None:
        """Read "the weekend" as the Saturday and Sunday of its tense."""
        days = Span(first=Calendar(weekday=SATURDAY), last=Calendar(weekday=SATURDAY + 1))
        return days if self._unit(match) is Unit.WEEKEND else None

    def _from_now(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=self._words.from_now[fold(match["from_now"])])

    def _counted(self, match: re.Match[str]) -> Window | None:
        """Read "the 10 previous weeks"."""
        sign = self._value(match, "shift")
        return Window(unit=self._unit(match), count=self._count(match), sign=sign) if sign else None

    def _span(self, match: re.Match[str]) -> Span | None:
        groups = match.groupdict()
        first = self._calendar(match)
        last = _number(groups, "dd2") or self._tables["nth"].get(fold(groups["nth2"] or ""))
        if first.day is None or last is None or last <= first.day:
            return None
        if fold(groups["joint"] or "") in self._words.and_ and last != first.day + 1 and not self._is_between(match):
            return None  # "January 10 and 15" are two days
        return Span(first=first, last=Calendar(year=first.year, month=first.month, day=last))

    def _is_between(self, match: re.Match[str]) -> bool:
        return fold(match.string[: match.start()][-LONGEST_BETWEEN:]).endswith(self._words.between)

    def _numeric(self, match: re.Match[str]) -> Calendar | None:
        """Read 13.5.2022 and 5/13/2022; where both readings are possible only the dotted one, which is day first."""
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        day_first = first > HOURS_OF_HALF_DAY or match["sep"] == "." or first == second
        if not day_first and second <= HOURS_OF_HALF_DAY:
            return None
        day, month = (first, second) if day_first else (second, first)
        return Calendar(year=year, month=month, day=day)

    def _holiday(self, match: re.Match[str]) -> Calendar:
        month, day, *weekday = self._holidays[fold(match["holiday"])]
        year = self._year(match.groupdict())
        return Calendar(year=year, month=month, day=day, weekday=weekday[0] if weekday else None, floats=bool(weekday))

    def _day_word(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=Unit.DAY, by=self._value(match, "days") or 0)

    def _shifted(self, match: re.Match[str]) -> Shifted | None:
        unit, shift = self._unit(match), self._value(match, "shift") or 0
        return None if unit is Unit.DAY or fold(match["unit"]) in self._plurals else Shifted(unit=unit, by=shift)

    def _window(self, match: re.Match[str]) -> Window | None:
        if match["ahead"] is None:
            return Window(unit=self._unit(match), count=None, sign=1 if match["coming"] else -1)
        sign = self._tables["shift"][fold(match["ahead"])]
        return Window(unit=self._unit(match), count=self._count(match), sign=sign) if sign else None

    def _within(self, match: re.Match[str]) -> Window:
        unit = self._units[fold(match["unit"] or match["vague"])]
        return Window(unit=unit, count=self._count(match), sign=1, within=True)

    def _length(self, match: re.Match[str]) -> Length:
        return Length(unit=self._unit(match), count=self._count(match) or 0)

    def _unit_of_now(self, match: re.Match[str]) -> Shifted | None:
        unit = self._unit(match)
        return None if unit is Unit.DAY else Shifted(unit=unit, by=0)

    def _years(self, match: re.Match[str]) -> Span | None:
        """Read "2014-2018" and "2014-18"."""
        first, end = int(match["year"]), match["year2"]
        last = int(match["year"][: -len(end)] + end)
        return Span(first=Calendar(year=first), last=Calendar(year=last)) if first < last else None

    def _back(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=-(self._count(match) or 0))

    def _ahead(self, match: re.Match[str]) -> Shifted:
        return Shifted(unit=self._unit(match), by=self._count(match) or 0)

    def _count(self, match: re.Match[str]) -> int | None:
        digits = match["digits"]
        return int(digits) if digits else self._value(match, "number")

    def _quarter(self, match: re.Match[str]) -> Calendar | Nth | Ordinal | None:
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

    def _ordinal(self, match: re.Match[str]) -> Ordinal | None:
        n = _number(match.groupdict(), "dd") or self._value(match, "nth") or 0
        return Ordinal(n=n) if 1 <= n <= DAYS_OF_MONTH else None

    def _nth(self, match: re.Match[str]) -> Ordinal | None:
        n = self._value(match, "nth")
        return Ordinal(n=n, unit=self._value(match, "weekday")) if n else None

    def _part_of_unit(self, match: re.Match[str]) -> PartOf | None:
        groups = match.groupdict()
        part = self._parts[fold(groups.get("part") or groups.get("end") or "")]
        unit, shift = self._unit(match), self._value(match, "shift")
        told = shift is not None or part not in SHADES or groups.get("the")
        return PartOf(part=part, of=Shifted(unit=unit, by=shift or 0)) if told and unit is not Unit.DAY else None

    def _clock(self, match: re.Match[str]) -> Clock | None:
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


def _apart(found: list[Found]) -> list[Found]:
    """Keep the longest of overlapping pieces (the earlier rule of two of one length), in order of the text."""
    kept: list[Found] = []
    for piece in sorted(found, key=lambda piece: piece.start - piece.end):
        at = bisect_left(kept, piece.start, key=lambda other: other.start)
        before, after = (
            kept[at - 1 : at],
            kept[at : at + 1],
        )  # a long run holds thousands: only neighbours are looked at
        if all(other.end <= piece.start for other in before) and all(piece.end <= other.start for other in after):
            kept.insert(at, piece)
    return kept
