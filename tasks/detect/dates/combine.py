"""Pure. Neighbouring pieces to one expression: weekday and date, day and clock time, ranges, "first Friday in January"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeGuard

from tasks.detect.dates import around
from tasks.detect.dates.expression import (
    MONTHS_OF_QUARTER,
    At,
    Calendar,
    Clock,
    Expression,
    Found,
    Length,
    Now,
    Nth,
    Offset,
    Ordinal,
    Part,
    PartOf,
    Shifted,
    Span,
    Unit,
    WeekOf,
)  # fmt: skip
from tasks.detect.dates.patterns import fold, one_of
from tasks.model.language import DateWords

MOVE_REACH = 60  # characters before "from X to Y" in which a verb of moving makes it two dates
DASHES = frozenset("-–—")
NO_DATES = (Clock, Ordinal, Length, Now)  # alone

Join = Callable[[Found, Found, str], Expression | None]


class Combiner:
    """Joins the pieces of one run, left to right, as long as something joins."""

    def __init__(self, words: DateWords) -> None:
        self._at = {"", ",", "(", *words.at, *(f", {word}" for word in words.at)}
        self._articles = {"", ",", *words.articles, *(f", {word}" for word in words.articles)}
        self._next_word = re.compile(r" ([a-z]+)")
        self._joiners = {*words.at, *words.into, *words.to, *words.of}
        self._small = self._at | self._articles
        self._before, self._after = (
            {*table, *(f"{word} {the}" for word in table for the in words.articles)}
            for table in (words.before, words.after)
        )
        self._of = {*words.of, *(f"{of} {the}" for of in words.of for the in words.articles), ""}
        self._to = {*words.to, *DASHES, *(f"{to} {the}" for to in words.to for the in words.articles)}
        self._genitive = re.compile(one_of(words.genitives).replace(r"\b", ""))
        self._opens = re.compile(rf"{one_of(words.open_range)}\s+(?:{one_of(words.articles)}\s+)?$", re.IGNORECASE)
        self._and = set(words.and_)
        self._between = re.compile(rf"{one_of(words.between)}\s+$", re.IGNORECASE)
        self._moves = re.compile(one_of(words.moves), re.IGNORECASE)
        self._week_of = re.compile(rf"{one_of(words.week_of)}\s+(?:{one_of(words.articles)}\s+)?$", re.IGNORECASE)
        self._part = re.compile(
            rf"(?P<part>{one_of(words.parts)})[\s-]+(?:{one_of(words.articles)}\s+)?$", re.IGNORECASE
        )
        self._parts = {fold(word): Part(part) for word, part in words.parts.items()}

    def combine(self, text: str, pieces: list[Found]) -> list[Found]:
        """Join what belongs together; what is left of clock times and counting words is no date."""
        for join in (self._yeared, self._dated_weekday, self._weekday_of_week, self._counted):
            pieces = self._joined(text, pieces, join)
        pieces = [self._day_of_month(text, piece) for piece in pieces]
        for join in (self._clocked, self._offset):
            pieces = self._joined(text, pieces, join)
        pieces = self._ranged(text, list(self._all_headed(text, pieces)))
        return [piece for piece in pieces if not isinstance(piece.what, NO_DATES)]

    def _joined(self, text: str, pieces: list[Found], join: Join) -> list[Found]:
        done: list[Found] = []
        for piece in pieces:
            what = join(done[-1], piece, self._gap(text, done[-1], piece)) if done else None
            if what is None:
                done.append(piece)
            else:
                last = done.pop()
                closed = self._gap(text, last, piece) == "(" and text[piece.end : piece.end + 1] == ")"
                done.append(
                    Found(start=last.start, end=piece.end + closed, what=what, rule=f"{last.rule}, {piece.rule}")
                )
        return done

    def _gap(self, text: str, left: Found, right: Found) -> str:
        """Give what stands between two pieces; a full stop if a sentence begins there: "at 8 p.m. On Monday"."""
        next_word = text[left.end : right.end].split(maxsplit=1)[:1]
        if text[left.end - 1] == "." and next_word and next_word[0][0].isupper() and fold(next_word[0]) in self._small:
            return "."
        return fold(text[left.end : right.start])

    def _yeared(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join "June last year", "the first quarter of next year", "Q3 2022" and "this year's third quarter"."""
        a, b = left.what, right.what
        if isinstance(a, Calendar) and a.month and a.year is None and isinstance(b, Shifted) and b.unit is Unit.YEAR:
            return replace(a, year_by=b.by, shift=None) if between in self._of | {","} else None
        for quarter, year in ((a, b), (b, a)):
            if isinstance(quarter, Calendar) and quarter.months == MONTHS_OF_QUARTER and quarter.year is None:
                if isinstance(year, Calendar) and year.only_year and not between:
                    return replace(quarter, year=year.year)
                if isinstance(year, Shifted) and year.unit is Unit.YEAR and self._genitive.match(between):
                    return replace(quarter, year_by=year.by)
        return None

    def _dated_weekday(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join "Monday, January 10", "Monday the 10th" and "January 10 (Monday"."""
        a, b = left.what, right.what
        if isinstance(a, Calendar) and isinstance(b, Calendar):
            if a.only_weekday and b.day and b.weekday is None and between in self._articles | {"("}:
                return replace(b, weekday=a.weekday)
            if b.only_weekday and a.day and a.weekday is None and between in {"(", ","}:
                return replace(a, weekday=b.weekday)
        if (
            isinstance(a, Calendar)
            and a.only_weekday
            and isinstance(b, Ordinal)
            and b.unit is None
            and between in {"", ","}
        ):
            return Calendar(day=b.n, weekday=a.weekday)
        return None

    def _weekday_of_week(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join "Tuesday of next week" and "next week on Tuesday"."""
        for day, week in ((left.what, right.what), (right.what, left.what)):
            if not (
                isinstance(day, Calendar) and day.only_weekday and isinstance(week, Shifted) and week.unit is Unit.WEEK
            ):
                continue
            if between in self._of | self._at and day.weekday is not None:
                return Nth(n=1, unit=day.weekday, of=week)
        return None

    def _counted(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join "the 10th of next month", "the first Friday in January", "the second week of March"."""
        count, of = left.what, right.what
        if isinstance(count, Shifted) and count.by == -1 and between:  # "last week of July" counts from its end
            count = Ordinal(n=-1, unit=count.unit)
        if not (isinstance(count, Ordinal) and isinstance(of, (Shifted, Calendar)) and between in self._of):
            return None
        if isinstance(of, Shifted) and of.unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
            return None
        if isinstance(of, Calendar) and (of.day or of.only_weekday):
            return None
        return Nth(n=count.n, unit=Unit.DAY if count.unit is None else count.unit, of=of)

    def _day_of_month(self, text: str, piece: Found) -> Found:
        """Read a lone "the 10th" as a day; a lone "the tenth" and "the 10th round" count anything."""
        what = piece.what
        if not isinstance(what, Ordinal) or what.unit is not None:
            return piece
        follows = self._next_word.match(text, piece.end)
        counts = follows and follows[1] not in self._joiners
        digits = any(map(str.isdigit, text[piece.start : piece.end]))
        return replace(piece, what=Calendar(day=what.n), rule="ordinal day") if digits and not counts else piece

    def _offset(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join "two weeks before 10 January" and "three days from tomorrow"."""
        length, of = left.what, right.what
        if not (isinstance(length, Length) and _is_day(of)):
            return None
        sign = (between in self._after) - (between in self._before)
        return Offset(unit=length.unit, by=sign * length.count, of=of) if sign else None

    def _clocked(self, left: Found, right: Found, between: str) -> Expression | None:
        """Join a day and its clock time, in either order."""
        for day, clock in ((left.what, right.what), (right.what, left.what)):
            if isinstance(clock, Clock) and _is_day(day) and between in self._at:
                return At(day=day, clock=clock)
        return None

    def _all_headed(self, text: str, pieces: list[Found]) -> Iterator[Found]:
        """Take in the words before each, but none of the date before: "Apr second half of May"."""
        free = 0
        for piece in pieces:
            yield self._headed(text, piece, free)
            free = free if isinstance(piece.what, NO_DATES) else piece.end

    def _headed(self, text: str, piece: Found, free: int) -> Found:
        """Take in the words before: "early", "week of"."""
        what = piece.what
        before = around.before(text, piece.start, min(MOVE_REACH, piece.start - free))
        if isinstance(what, NO_DATES):
            return piece
        week = self._week_of.search(before)
        if week and _is_day(what):
            return _grown(piece, len(week[0]), WeekOf(day=what), "week of")
        part = self._part.search(before)
        if part and _is_long(what):
            found = self._parts[fold(part["part"])]
            return _grown(piece, len(part[0]), PartOf(part=found, of=what), found.value)
        return piece

    def _ranged(self, text: str, pieces: list[Found]) -> list[Found]:
        """Join "from X to Y", "X-Y", "between X and Y"; after a verb of moving they stay two."""
        done: list[Found] = []
        for piece in pieces:
            what = self._range(text, done[-1], piece) if done else None
            if what:
                last = done.pop()
                done.append(Found(start=last.start, end=piece.end, what=what, rule=f"{last.rule} to {piece.rule}"))
            else:
                done.append(piece)
        return done

    def _range(self, text: str, left: Found, right: Found) -> Span | None:
        if not self._is_range(text, left, right):
            return None
        return _span(
            left.what, right.what, opened=bool(self._opens.search(around.before(text, left.start, MOVE_REACH)))
        )

    def _is_range(self, text: str, left: Found, right: Found) -> bool:
        joint, before = fold(text[left.end : right.start]), around.before(text, left.start, MOVE_REACH)
        if joint in self._and:
            return bool(self._between.search(before))
        # fold makes a blank of a plain dash
        dash = bool(text[left.end : right.start].strip()) and text[left.end : right.start].strip() in DASHES
        return dash or (joint in self._to and not self._moves.search(before))


def _grown(piece: Found, by: int, what: Expression, name: str) -> Found:
    return Found(start=piece.start - by, end=piece.end, what=what, rule=f"{name} {piece.rule}")


def _is_day(what: object) -> TypeGuard[Calendar | Shifted | Nth]:
    match what:
        case Calendar():
            return what.day is not None or what.weekday is not None
        case Shifted():
            return what.unit is Unit.DAY
        case Nth():
            return what.unit is not Unit.WEEK
        case _:
            return False


def _is_long(what: object) -> bool:
    match what:
        case Calendar():
            return what.day is None and what.weekday is None
        case Shifted():
            return what.unit is not Unit.DAY
        case _:
            return False


def _span(first: object, last: object, *, opened: bool) -> Span | None:
    """Make a range of two expressions, of one size unless a word opens it; each lends the other the month and year that it lacks."""
    if opened:
        first, last = (Shifted(unit=Unit.DAY, by=0) if isinstance(end, Now) else end for end in (first, last))
    waiting = (*NO_DATES, At, Span)
    if isinstance(first, waiting) or isinstance(last, waiting) or not (opened or _size(first) == _size(last)):
        return None
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        return Span(first=_lent(first, last), last=_lent(last, replace(first, year=None)))
    return Span(first=first, last=last)  # type: ignore[arg-type]  # what has a size is an expression


def _size(what: object) -> str:
    """Name how long an expression is; its parts count as it does."""
    match what:
        case PartOf():
            return _size(what.of)
        case Calendar() if what.only_year:
            return Unit.YEAR
        case Calendar() if what.day is None and what.weekday is None:
            return Unit.MONTH
        case Shifted() if what.unit is not Unit.DAY:
            return what.unit
        case _:
            return Unit.DAY


def _lent(first: Calendar, last: Calendar) -> Calendar:
    """Fill in the month and year that the other end names."""
    if first.only_weekday or first.only_year or first.shift is not None:
        return first
    month = first.month or last.month
    if first.year or not last.year:
        return replace(first, month=month)
    wraps = (month or 0, first.day or 0) > (last.month or 0, last.day or 0)
    return replace(first, month=month, year=last.year - 1 if wraps else last.year)
