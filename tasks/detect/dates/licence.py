"""Pure. Whether a found expression is a date here: dead names, sets, ambiguous words, bare years; and its bound."""

import re

from tasks.detect.dates import around
from tasks.detect.dates.expression import Calendar, Found, Span
from tasks.detect.dates.patterns import abbreviations, fold, one_of
from tasks.model.language import DateWords
from tasks.model.when import Bound

REACH = 40  # characters before and after that are looked at: a phrase


class Licence:
    """Refuses what only looks like a date."""

    def __init__(self, words: DateWords) -> None:
        article = f"(?:{one_of(words.articles)}\\s+)?"
        self._dead = re.compile(one_of(words.dead).replace(r"\s+", r"[\s.]+"), re.IGNORECASE)
        self._named = re.compile(rf"{one_of(words.determiners)}\s+$", re.IGNORECASE)
        self._sets_after = re.compile(
            rf"(?:\s+{one_of(words.and_)}\s+\w+)?\s+{one_of(words.sets_after)}", re.IGNORECASE
        )
        self._set = re.compile(rf"{one_of(words.sets)}\s+$", re.IGNORECASE)
        self._into = re.compile(rf"{one_of(words.into)}\s+$", re.IGNORECASE)
        self._at = re.compile(rf"(?:{one_of(words.at)}|{one_of(words.into)})\s+$", re.IGNORECASE)
        self._bound = re.compile(
            rf"(?P<bound>{one_of(words.bounds)})\s+(?:{one_of(words.at)}\s+)?{article}$", re.IGNORECASE
        )
        self._bounds = {fold(phrase): Bound(bound) for phrase, bound in words.bounds.items()}
        self._turned = re.compile(one_of(words.turned), re.IGNORECASE)
        self._negation = re.compile(one_of(words.negations), re.IGNORECASE)
        self._moves = re.compile(one_of(words.moves), re.IGNORECASE)
        self._counted = re.compile(rf"\s+{one_of(words.counted)}", re.IGNORECASE)
        self._genitive = re.compile(one_of(words.genitives).replace(r"\b", ""))
        self._article = re.compile(rf"{one_of(words.articles)}\s+$", re.IGNORECASE)
        self._short = abbreviations(words.months) | abbreviations(words.weekdays)
        self._capital = frozenset(map(fold, (*words.months, *words.weekdays)))
        self._ambiguous = frozenset(map(fold, words.ambiguous))
        self._joiners = re.compile(rf"\s(?:{one_of((*words.at, *words.into, *words.to, *words.of))})", re.IGNORECASE)
        self._compared = re.compile(rf"{one_of(words.compared)},?\s+$", re.IGNORECASE)
        self._before_ordinal = re.compile(rf"{one_of(words.before_ordinal)}\s+$", re.IGNORECASE)
        self._spans = re.compile(rf"{one_of(words.spans)}", re.IGNORECASE)

    def allows(self, text: str, found: Found) -> bool:
        """Say whether what was found is a date where it stands."""
        before, after = around.before(text, found.start, REACH), around.after(text, found.end, REACH)
        if self._set.search(before) or self._sets_after.match(after) or self._is_dead(text, found, before, after):
            return False
        if found.rule == "ago" and self._compared.search(before):
            return False
        what, words = found.what, text[found.start : found.end]
        if isinstance(what, Span) and found.rule == "years":
            return self._year(before, after)
        return not isinstance(what, Calendar) or self._allows(found, what, before, after, words)

    def _allows(self, found: Found, what: Calendar, before: str, after: str, words: str) -> bool:
        if what.only_year:
            return found.rule != "year" or self._year(before, after)
        if what.day is not None:
            whole = what.month is not None or what.weekday is not None
            return whole or (bool(self._before_ordinal.search(before)) and not self._has_noun(after))
        return what.year is not None or self._bare(words, before, after)

    def _is_dead(self, text: str, found: Found, before: str, after: str) -> bool:
        near = self._dead.finditer(text, found.start - len(before), found.end + len(after))
        return any(match.start() < found.end and match.end() > found.start for match in near)

    def _year(self, before: str, after: str) -> bool:
        """Four digits are a year after a small word or before a name: in 2022, the 1996 Games."""
        if self._counted.match(after):
            return False
        named = self._named.search(before) and re.match(r"\s[^\W\d]", after)
        return bool(self._into.search(before) or named)

    def _bare(self, name: str, before: str, after: str) -> bool:
        """A bare name: one that is also another word needs a capital, a small word before it and no name after it."""
        *shift, last = fold(name.rstrip(".")).split()
        if last not in self._ambiguous:
            return True
        if last in self._short and self._named.search(before):  # "the Sun"
            return False
        if last in self._capital and name.rsplit(maxsplit=1)[-1].islower():
            return False
        if shift:
            return True
        dot = r"\.?" if last in self._short else ""
        named = name[0].isupper() and self._named.search(before) and re.match(r"\s[a-z]", after)
        led = bool(named or self._into.search(before) or self._at.search(before))
        return led and not re.match(rf"{dot} [A-Z][a-z]", after)

    def _has_noun(self, after: str) -> bool:
        return after[:1] == " " and after[1:2].isalnum() and not self._joiners.match(after)

    def ahead(self, text: str, found: Found) -> bool:
        """Say whether "in two weeks" is a date, not a length of time ("the first time in two years")."""
        before = around.before(text, found.start, REACH)
        return not self._spans.search(before)

    def bound(self, text: str, found: Found) -> Bound:
        """Tell how the event stands to the date by the words before it; a named thing ("after Monday's talks") has no bound."""
        before, after = around.before(text, found.start, REACH), around.after(text, found.end, REACH)
        match = self._bound.search(before)
        if match is None or self._genitive.match(after) or isinstance(found.what, Span):
            return Bound.ON
        if self._turned.search(match["bound"]) and self._negation.search(before):
            return Bound.NOT_BEFORE
        if self._article.search(before) and isinstance(found.what, Calendar) and self._has_noun(after):
            return Bound.ON
        bound = self._bounds[fold(match["bound"])]
        return Bound.ON if bound is Bound.NOT_BEFORE and self._moves.search(before) else bound
