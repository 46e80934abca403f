"""Pure. Words as matchers: the forms of a lemma, and phrase lists as one pattern."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache

VOWELS = "aeiou"
WORD = re.compile(r"\w+")
# What a pattern that ignores case takes for i and s, and lower() does not: "MEETİNG".
LOOK_ALIKES = str.maketrans("İıſ", "iis")
REMEMBERED = 16  # texts whose words are kept: the sentence at hand


class Tense(StrEnum):
    """Which form of its verb a word is; a form that is both base and past counts as base."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    ING = "ing"
    NOUN = "noun"


def regular_forms(lemma: str) -> tuple[str, ...]:
    """Make the present, past and -ing forms of a regular English verb."""
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    ending = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    doubled = lemma + lemma[-1] if doubles(lemma) else lemma
    return lemma + ending, doubled + "ed", doubled + "ing"


def doubles(lemma: str) -> bool:
    """Say whether a verb of one syllable doubles its last consonant: scrub, scrubbed; not host, hosted."""
    vowels = sum(letter in VOWELS for letter in lemma)
    return len(lemma) > 2 and vowels == 1 and lemma[-2] in VOWELS and lemma[-1] not in VOWELS + "wxy"  # noqa: PLR2004


def tense_of(form: str, lemma: str) -> Tense:
    """Tell the tense of a form by its ending."""
    if form == lemma:
        return Tense.BASE
    if form.endswith("ing"):
        return Tense.ING
    return Tense.PRESENT if form.endswith("s") else Tense.PAST


def verb_forms(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> Mapping[str, Tense]:
    """Give every form of a verb, or of a frame by its first word, with its tense."""
    head, _, tail = verb.partition(" ")
    tail = f" {tail}" if tail else ""
    forms = irregular.get(head) or regular_forms(head)
    return {form + tail: tense_of(form, head) for form in (*forms, head)}


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases to one pattern that matches whole words, the longest phrase first; nothing where there is none."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    words = by_head(phrase for phrase in ordered if phrase[0].isalnum())
    marks = by_head(phrase for phrase in ordered if not phrase[0].isalnum())  # "'ll"
    whole = [rf"(?<![\w-])(?:{'|'.join(words)})"] if words else []
    return re.compile("|".join((*whole, *marks)) or r"(?!)", re.IGNORECASE)


def by_head(phrases: Iterable[str]) -> list[str]:
    """Group phrases by first letter: else the engine tries every one at every place of a text, forty times as slow."""
    tails: dict[str, list[str]] = {}
    for phrase in phrases:
        tails.setdefault(phrase[0].lower(), []).append(_tail(phrase))
    return [f"{re.escape(head)}(?:{'|'.join(rest)})" for head, rest in tails.items()]


@cache
def _tail(phrase: str) -> str:
    inner = r"\s+".join(re.escape(word) for word in phrase.split())
    after = r"(?!\w|-\w)" if phrase[-1].isalnum() else ""
    return inner.removeprefix(re.escape(phrase[0])) + after


def folded(text: str) -> str:
    """Bring matched words to the form of the lists: small letters, single blanks."""
    return " ".join(text.translate(LOOK_ALIKES).lower().split())


def words_between(text: str, one: tuple[int, int], two: tuple[int, int]) -> int:
    """Count the words between two spans of a text; 0 where they touch or overlap."""
    low, high = min(one[1], two[1]), max(one[0], two[0])
    if low >= high:
        return 0
    begun, ended = _words(text)
    return bisect_left(begun, high) - bisect_right(ended, low)


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give where the words of a text begin and end; found once, because distances are asked for by the hundred."""
    spans = [match.span() for match in WORD.finditer(text)]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)
