"""Pure. Past or future: the tense and the cues around an expression, within its sentence."""

import re
from dataclasses import dataclass

from tasks.detect.dates import around
from tasks.detect.dates.patterns import one_of
from tasks.detect.dates.resolve import FUTURE, NEAREST, PAST
from tasks.model.language import DateWords

TAIL = 60  # characters before an expression, or a verb, that hold the phrase it ends
REACH = 250  # characters of a sentence that are looked at on either side: a long clause of news prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """-1 past, 0 nearest (no cue), 1 future, with the words that decided."""

    sign: int
    cue: str = ""

    def __str__(self) -> str:
        name = {PAST: "past", NEAREST: "nearest", FUTURE: "future"}[self.sign]
        return f"{name}: {self.cue}" if self.cue else name


class Compass:
    """Tells the direction of an expression in its text."""

    def __init__(self, words: DateWords) -> None:
        modal = set(words.future) & set(words.ambiguous)  # "may": with a capital it is a month
        future = f"(?i:{one_of(set(words.future) - modal)})|{one_of(modal)}"
        past = f"(?i:{one_of(words.past)})|\\b(?!{one_of(words.not_past)})[a-z]+(?:{'|'.join(words.past_endings) or '(?!)'})\\b"
        participle = rf"(?:(?:\s+[a-z]+){{0,2}}?\s+{one_of(words.be)}(?:\s+[a-z]+ly)?\s+(?:{past}))?"
        to = rf"(?i:{one_of(words.infinitive)})\s+(?!{one_of(words.not_infinitive)})"
        # A verb begins where a word does, or with an apostrophe: said once, else every alternative is tried at every letter.
        self._verb = re.compile(
            rf"(?=\b[^\W\d]|[^\w\s])(?:(?P<future>(?:{future}){participle})|(?P<past>{past})"
            rf"|(?P<infinitive>{to}(?:{one_of(words.be)}\s+(?:{past})|[a-z]+(?:[^s\W]|ss)\b))"
            rf"|(?P<present>(?i:{one_of(words.present)})(?:\s+(?:{past}))?))"
        )
        self._appointed = re.compile(one_of(words.appointed), re.IGNORECASE)
        self._fell_through = re.compile(rf"\s*{one_of(words.fell_through)}", re.IGNORECASE)
        self._done = re.compile(rf"{one_of(words.done_infinitives)}\s+$", re.IGNORECASE)
        self._had_been = re.compile(rf"{one_of(words.had_been)}\s+(?:{one_of(words.appointed)}\s+)?$", re.IGNORECASE)
        self._moved = re.compile(
            rf"{one_of(words.moves)}\s.*{one_of((*words.infinitive, *words.turned))}\s+$", re.IGNORECASE | re.DOTALL
        )
        self._possessive = re.compile(rf"{one_of(words.possessives)}(?:\s+[a-z]+)?\s+$", re.IGNORECASE)
        self._named = re.compile(rf"{one_of(words.determiners)}\s+$", re.IGNORECASE)
        self._genitive = re.compile(one_of(words.genitives).replace(r"\b", ""))
        self._fronted = re.compile(
            rf"(?:^|(?:{'|'.join(map(re.escape, words.clause_openers))}))\s*(?:{one_of(words.at)}|{one_of(words.into)})?\s*$",
            re.IGNORECASE,
        )

    def of(self, text: str, start: int, end: int) -> Direction:
        """Tell the direction of what stands between two places of a text."""
        before, after = around.before(text, start, REACH), around.after(text, end, REACH)
        possessive = _ends(self._possessive, before)
        if possessive:
            return Direction(sign=PAST, cue=possessive[0].strip())
        moved = self._moved.search(before)
        if moved:
            return Direction(sign=FUTURE, cue=moved[0].split()[0])
        if self._is_name(before, after):
            return self._of_name(before, after)
        first, then = self._last(before, after), self._first(after)
        if then.sign and _ends(self._fronted, before):
            return then
        return first if first.cue else then

    def _is_name(self, before: str, after: str) -> bool:
        """Say whether the expression names a thing: "Sunday's summit", "the June summit"."""
        follows = after[:1] == " " and after[1:2].islower()
        return bool(self._genitive.match(after) or (follows and _ends(self._named, before)))

    def _of_name(self, before: str, after: str) -> Direction:
        """A named occasion is past unless a verb on either side puts it ahead."""
        for match in (self._last_verb(before), self._verb.search(after)):
            if match and match.lastgroup == "future":
                return _direction(match)
        return Direction(sign=PAST, cue="named")

    def _last(self, before: str, after: str) -> Direction:
        match = self._last_verb(before)
        if match and match.lastgroup != "past" and self._is_undone(before[: match.start()], match[0], after):
            return Direction(sign=NEAREST, cue=match[0])
        if match and match.lastgroup == "infinitive" and _ends(self._done, before[: match.start()]):
            return Direction(sign=PAST, cue=match[0])
        return _direction(match)

    def _is_undone(self, before: str, cue: str, after: str) -> bool:
        """Say whether a plan is told as one of the past, so that its day may be over: "had been due to meet on Friday"."""
        planned = self._appointed.match(cue) and self._fell_through.match(after)
        return bool(planned or _ends(self._had_been, before))

    def _last_verb(self, before: str) -> re.Match[str] | None:
        found = list(self._verb.finditer(before))
        return found[-1] if found else None

    def _first(self, after: str) -> Direction:
        return _direction(self._verb.search(after))


def _direction(match: re.Match[str] | None) -> Direction:
    if match is None:
        return Direction(sign=NEAREST)
    sign = PAST if match.lastgroup == "past" else FUTURE
    return Direction(sign=sign, cue=match[0])


def _ends(phrase: re.Pattern[str], before: str) -> re.Match[str] | None:
    return phrase.search(before, max(0, len(before) - TAIL))
