"""Pure. The rules: regular expressions over the word tables, each giving an unresolved expression."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tasks.detect.dates.build import Builder
from tasks.detect.dates.expression import (
    Clock,
    Expression,
    Found,
    Length,
    Now,
    Ordinal,
)  # fmt: skip
from tasks.detect.dates.macros import macros
from tasks.model.language import DateWords

YEAR_PLAIN = r"(?P<year>(?:19|20)\d\d)"
CLOCK = r"(?P<hour>[01]?\d|2[0-4])"

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
        self._build = Builder(words)
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
        for name, needs, build, template in (*self._calendar_templates(), *self._counting_templates()):
            pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda slot: fragments[slot[1]], template)
            yield Rule(
                name=name, pattern=re.compile(rf"(?<![\w$€£]){pattern}", re.IGNORECASE), needs=needs, build=build
            )

    def _calendar_templates(self) -> tuple[tuple[str, str, Build, str], ...]:
        build = self._build
        calendar = build.calendar
        return (
            ("iso", "n", calendar, r"(?P<year>\d{4})-(?P<mm>\d\d)-(?P<dd>\d\d)(?![\d-])"),
            ("numeric", "n", build.numeric, r"(?<![./-])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\w|[./-]\d)"),
            ("month+days", "m", build.span, r"<month>\s+<the>?<day><joint><the>?<day2>\b(?!\s*<clockmark>)<year_after>?"),
            ("days+month", "m", build.span, r"<the>?<day><joint><the>?<day2>\s+<of>?<month><year_after>?"),
            ("month+day", "m", calendar, r"(?:<shift>\s+)?<month>\s*[/-]?\s*<the>?<day>(?!\d|[.,:]\d|\s*<clockmark>|[-–—/]\d\d?\b)<year_after>?"),
            ("day+month", "m", calendar, r"<the>?<day>[\s/-]+<of>?<month>(?:[\s-]*<year_after>)?"),
            ("month+year", "m", calendar, r"<month>,?\s+<of>?<year>"),
            ("month", "m", calendar, r"(?:<shift>\s+)?<month>"),
            ("weekday+day", "w", calendar, r"<weekday>,?\s+<the>?<dd>(?:<suffix>\b|(?![\w/]|\s*[\w:.%,-]))"),
            ("weekday", "w", calendar, r"(?:<shift>\s+)?<weekday>(?:\s+<daypart>)?"),
        )  # fmt: skip

    def _counting_templates(self) -> tuple[tuple[str, str, Build, str], ...]:
        build = self._build
        return (
            ("day word", "d", build.day_word, r"<days>(?:\s+<daypart>)?"),
            ("shifted unit", "u", build.shifted, r"(?:<later>\s+(?:in\s+)?)?<the>?<shift>\s+<unit>"),
            ("counted units", "u", build.window, r"<the>?(?:(?P<ahead><plainshift>)\s+<number>|(?P<coming><comingwords>)|(?P<recent><recentwords>))\s+<plural>"),
            ("counted units", "u", build.counted, r"<the>?<number>\s+<shift>\s+<plural>"),
            ("the weekend", "u", build.weekend, r"<article>\s+<single>"),
            ("unit from now", "u", build.from_now, r"<the>?<single>\s+<from_now>(?!\s+<a_day>)"),
            ("now", "d", lambda _: Now(), r"<now>"),
            ("ago", "u", build.back, r"<number>\s*<unit>\s+<ago>"),
            ("hence", "u", build.ahead, r"<number>\s+<unit>\s+<hence>"),
            ("in units", "u", build.ahead, r"<in_time>\s+<number>\s+<unit>(?!\s+(?:<ago>|<of>))"),
            ("within units", "u", build.within, r"<within>\s+(?:<number>\s+<unit>|<plural2>)"),
            ("length", "u", build.length, r"<number>\s+<unit>"),
            ("later in unit", "u", build.unit_of_now, r"<later>\s+<of><article>\s+<unit>"),
            ("quarter", "u", build.quarter, r"<the>?(?:<nth>|<dd><suffix>)[\s-]<unit>(?:\s+<of>(?:<yearword>\s+)?<year>)?"),
            ("quarter", "n", build.quarter, r"<qn>(?:\s+<of>?<year>)?"),
            ("season", "s", build.calendar, r"(?:<shift>\s+)?<season>(?:,?\s+<of>?<year>)?"),
            ("holiday", "h", build.holiday, r"(?:<shift>\s+)?<holiday>(?:,?\s+<year>)?"),
            ("years", "n", build.years, rf"{YEAR_PLAIN}\s*[-–—]\s*(?P<year2>\d{{4}}|\d\d)\b(?![\d-])"),
            ("year", "n", build.calendar, r"<year>"),
            ("the year", "n", build.calendar, r"<the>?<yearword>\s+(?:<year>|<round_year>)"),
            ("decade", "n", build.decade, r"<the>?(?P<decade>(?:1[5-9]|20)\d0)<decade_suffix>\b"),
            ("ordinal", "n", build.ordinal, r"(?:<article>\s+)?<dd><suffix>\b"),
            ("ordinal", "m", build.ordinal, r"<article>\s+<nth>"),
            ("nth weekday", "w", build.nth, r"<the>?<nth>\s+<weekday>"),
            ("part of unit", "u", build.part_of_unit, r"<part>\s+(?P<the><article>\s+)?(?:<shift>\s+)?<unit>"),
            ("end of unit", "u", build.part_of_unit, r"<unit>[\s-]<end>"),
            ("clock", "n", build.clock, rf"{CLOCK}(?:[:.](?P<minute>[0-5]\d))?\s*<half>(?:\s*,?\s*\(?<zone>\)?)?"),
            ("clock", "n", build.clock, rf"{CLOCK}(?:[:.](?P<minute>[0-5]\d)|(?P<hundred>[0-5]\d))\s*\(?<zone>\)?"),
            ("clock", "n", build.clock, rf"{CLOCK}:(?P<minute>[0-5]\d)(?![:\d])"),
            ("clock", "c", build.clock, r"<noon>(?:\s+<zone>)?"),
        )  # fmt: skip


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
