"""Pure. Words as matchers: the forms of a lemma, and phrase lists as one pattern."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

VOWELS = "aeiou"


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
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile("|".join(_bounded(phrase) for phrase in ordered), re.IGNORECASE)


@cache
def _bounded(phrase: str) -> str:
    inner = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![\w-])" if phrase[:1].isalnum() else ""
    after = r"(?!\w|-\w)" if phrase[-1:].isalnum() else ""
    return f"{before}{inner}{after}"


def words_between(text: str, one: tuple[int, int], two: tuple[int, int]) -> int:
    """Count the words between two spans of a text; 0 where they touch or overlap."""
    low, high = min(one[1], two[1]), max(one[0], two[0])
    return len(re.findall(r"\w+", text[low:high])) if low < high else 0
