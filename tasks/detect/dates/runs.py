"""Pure. Where to look: runs of neighbouring date words, so that the rules read little of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from tasks.detect.dates.patterns import vocabulary
from tasks.model.language import DateWords

TOKEN = re.compile(r"[^\W_]+")
GAP = re.compile(r"[\s,.\-–—/:()'’]{0,4}")
LONGEST_RUN = 1000  # characters; what goes on longer is no prose, and is passed over
JOINER = ""  # a word that may stand in a run but makes none
# The tables that do not open or hold a date together: tense, what is no date.
OUTSIDE = frozenset((
    "future", "past", "present", "past_endings", "not_past", "infinitive", "not_infinitive", "possessives", "genitives",
    "clause_openers", "dead", "counted", "spans", "moves",
        "negations", "compared", "of_week", "before_ordinal", "open_range", "appointed", "had_been", "done_infinitives", "fell_through",
        "turned", "sets", "sets_after", "ambiguous",
    "determiners", "be",
))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text that is made of date words, and the kinds of them."""

    start: int
    end: int
    kinds: str


class Runs:
    """Finds the runs of one language."""

    def __init__(self, words: DateWords) -> None:
        tables = [getattr(words, field.name) for field in fields(words) if field.name not in OUTSIDE]
        joiners = vocabulary([[table] if isinstance(table, str) else table for table in tables])
        self._kinds = dict.fromkeys(joiners | {"s"}, JOINER)
        self._suffixes = frozenset(
            (*words.ordinal_suffixes, *words.decade_suffixes, *(half.replace(".", "") for half in words.half_days))
        )
        self._quarter = words.quarter_prefix
        for kind, table in (
            ("n", (phrase.split()[-1] for phrase in words.spoken_years)), ("d", words.now), ("c", words.clock_words), ("h", words.holidays), ("s", words.seasons), ("u", words.units), ("u", words.plurals),
            ("d", words.days), ("w", words.weekdays), ("m", words.months),
        ):  # fmt: skip
            self._mark(kind, table)

    def _mark(self, kind: str, table: object) -> None:
        for word in vocabulary([table]):  # type: ignore[list-item]
            self._kinds[word] = self._kinds.get(word, JOINER) + kind

    def of(self, text: str) -> Iterator[Run]:
        """Give the runs of a text that can hold a date, in order."""
        start, end, kinds = 0, -1, ""
        for match in TOKEN.finditer(text):
            if end - start > LONGEST_RUN:
                end, kinds = -1, ""
            kind = self._kind(match[0])
            if kind is None:
                continue
            if end < 0 or GAP.fullmatch(text, end, match.start()) is None:
                if kinds:
                    yield Run(start=start, end=_with_dot(text, end), kinds=kinds)
                start, kinds = match.start(), ""
            end = match.end()
            kinds += kind
        if kinds:
            yield Run(start=start, end=_with_dot(text, end), kinds=kinds)

    def _kind(self, word: str) -> str | None:
        kind = self._kinds.get(word)
        if kind is None:
            kind = self._kinds.get(word.lower())
        if kind is None and (word[0].isdigit() or word[1:2].isdigit()):
            return self._number(word.lower())
        return kind

    def _number(self, word: str) -> str | None:
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        if digits.isdecimal():
            return "n" if digits == word or word[len(digits) :] in self._suffixes else None
        return "n" if word[:1] == self._quarter and word[1:].isdecimal() else None


def _with_dot(text: str, end: int) -> int:
    """Take in the dot of an abbreviation that ends a run: "8 p.m."."""
    return end + (text[end : end + 1] == ".")
