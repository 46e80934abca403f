"""Pure. Who is named in a text: countries and organisations by name, adjective, seat and organ, and their office-holders.

Every word of every actor stands in one automaton; case and word boundaries decide, the longest match wins. A person counts while in
office. What only looks like an actor (Washington Post, pro-Russian, Ron Johnson) is told by phrases in the data and the rules here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

from tasks.detect.names import FIRST_NAMES, FUNCTION_WORDS, OTHER_TITLES, TITLES, word_set
from tasks.model.mention import ActorMention
from tasks.model.watch import Actor, Person

# Winners of elections speak for their country before they take over; the longest usual wait (Washington, November to January) is 79 days.
ELECT = timedelta(days=80)
# Shorter words in capitals throughout are abbreviations of something else.
MIN_CAPITALS = 4
# A line is in title case where this share of its longer words has a capital (headlines keep "to", "with", "over" small).
TITLE_SHARE = 0.75
TITLE_LETTERS = 4

NOT_PREFIXES = word_set("al anti el ex inter intra neo non post pre pro trans un")
BRANDS = word_set("Airlines Airways Daily Herald Marathon Philharmonic Post Symphony Times Tribune University")
# With a first name before it, one of these is a person's surname: Jim Jordan, Tom Holland.
NAMESAKES = word_set("Berlin Chad France Holland Ireland Israel Jordan London Paris Washington")
# A seat with one of these is a place or a document that was signed there, not the government.
VENUES = word_set(
    """
    accord accords agreement agreements airport conference convention declaration format games memorandum metro oblast olympics
    pact process protocol region statute suburb suburbs summit treaty
    """
)

_GAP = re.compile(r"\s{2,}")
_PREFIX = re.compile(r"([a-z]+)-$")
_HYPHENATED = re.compile(r"-[a-z]")
_GOES_ON = re.compile(r"'(?!s\b)[a-z]")  # Xi'an
_GIVEN_NAME = re.compile(r" [A-Z]\w+-[a-z]")  # Kim Dae-ho is not Kim Jong Un
_NEXT = re.compile(r" (\w+)")
_PREVIOUS = re.compile(r"([^\W\d_][\w'-]*)(\.?)(?: [A-Z]\.)* $")
_LONGEST_PREVIOUS = 40  # characters looked at before a surname
_LONGEST_TITLE = 200  # characters looked at on each side of it
_LONG_WORD = re.compile(rf"[^\W\d_]{{{TITLE_LETTERS},}}")


class Sense(IntEnum):
    """What a word says of an actor, in order of precedence where one word has several."""

    NAME = 0
    PERSON = 1
    SURNAME = 2
    ORGAN = 3
    SEAT = 4
    ADJECTIVE = 5
    NOT_IN = 6
    NOT_WITH = 7


KINDS = {
    Sense.NAME: "name",
    Sense.PERSON: "person",
    Sense.SURNAME: "person",
    Sense.ORGAN: "organ",
    Sense.SEAT: "seat",
    Sense.ADJECTIVE: "adjective",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a word may mean."""

    sense: Sense
    actor: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A meaning where it stands in the flat text."""

    start: int
    end: int
    meaning: Meaning


# Where a phrase covers an actor's words: how far, from each of its places on.
Traps: TypeAlias = dict[tuple[str, int], int]


class ActorFinder:
    """Finds actors; build one per process, it compiles its automaton when made."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._meanings = _meanings(actors.values())
        self._words = tuple(self._meanings)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def find(self, text: str, field: str, at: date | None) -> tuple[ActorMention, ...]:
        """Give the actors that a whole field names, in order, as of a day; without a day surnames alone name nobody."""
        flat = FlatText(text)
        hits = self._hits(flat.text)
        chosen = list(self._chosen(flat.text, [hit for hit in hits if hit.meaning.sense in KINDS], _traps(hits), at))
        doubtful = {hit.meaning.actor for hit in hits if hit.meaning.sense is Sense.NOT_WITH} - {
            hit.meaning.actor for hit in chosen if hit.meaning.sense is not Sense.NAME
        }
        return tuple(
            _mention(flat, field, hit)
            for hit in chosen
            if hit.meaning.sense is not Sense.NAME or hit.meaning.actor not in doubtful
        )

    def _hits(self, text: str) -> list[Hit]:
        """Give every meaning of every whole word, by place, the longer and the stronger first."""
        found = (
            (start, -end, word)
            for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _whole(text, start, end)
        )
        return [
            Hit(start, -end, meaning)
            for start, end, word in sorted(found)
            for meaning in self._meanings[self._words[word]]
        ]

    def _chosen(self, text: str, hits: list[Hit], traps: Traps, at: date | None) -> Iterator[Hit]:
        """Yield the hits that mean what they say and do not overlap."""
        taken = 0
        introduced: set[str] = set()
        for hit in hits:
            if hit.start < taken or _trapped(hit, traps) or _looks_other(text, hit):
                continue
            if hit.meaning.person and not self._counts(text, hit, at, introduced):
                continue
            if hit.meaning.person:
                introduced.add(hit.meaning.person.name)
            taken = hit.end
            yield hit

    def _counts(self, text: str, hit: Hit, at: date | None, introduced: set[str]) -> bool:
        person = hit.meaning.person
        if person is None:
            return True
        if hit.meaning.sense is Sense.PERSON:
            return at is None or serves(person, at, early=ELECT)
        if at is None or not serves(person, at):
            return False
        return self._alone(text, hit, person, known=person.name in introduced)

    def _alone(self, text: str, hit: Hit, person: Person, *, known: bool) -> bool:
        """Say whether a surname stands for its office-holder: no other name before it; a usual one needs a title or an introduction."""
        if _GIVEN_NAME.match(text, hit.end):
            return False
        word, dot = _word_before(text, hit.start)
        titled = word.lower() in TITLES
        if person.common and not (titled or known):
            return False
        if titled or not word or word in OTHER_TITLES:
            return word not in OTHER_TITLES
        return dot or not word[0].isupper() or self._no_first_name(text, hit, person, word)

    def _no_first_name(self, text: str, hit: Hit, person: Person, word: str) -> bool:
        if word.endswith("'s") or word.lower() in FUNCTION_WORDS or word in self._meanings:
            return True
        if any(word in name.split() for name in (person.name, *person.also)):
            return True
        return word.capitalize() not in FIRST_NAMES and _in_title_case(text, hit.start)


def serves(person: Person, at: date, *, early: timedelta = timedelta(0)) -> bool:
    """Say whether a person is in office on a day, or is to be so soon."""
    begun = person.since is None or person.since - early <= at
    return begun and (person.until is None or at <= person.until)


class FlatText:
    """A text with straight apostrophes and single spaces, so that words are found across wrapped lines, and the way back."""

    def __init__(self, text: str) -> None:
        self._gaps: list[int] = [0]  # places in the flat text from which on …
        self._lost: list[int] = [0]  # … so many characters are missing
        flat = _GAP.sub(self._close, text)
        self.text = flat.replace("\n", " ").replace("\u00a0", " ").replace("’", "'").replace("\u2029", "\n")
        self._original = text

    def _close(self, gap: re.Match[str]) -> str:
        self._gaps.append(gap.start() - self._lost[-1] + 1)
        self._lost.append(self._lost[-1] + len(gap.group()) - 1)
        return "\u2029" if gap.group().count("\n") > 1 else " "  # no name runs over the end of a paragraph

    def place(self, position: int) -> int:
        """Give the original place of a character."""
        return position + self._lost[bisect_right(self._gaps, position) - 1]

    def original(self, start: int, end: int) -> str:
        """Give a slice of the original."""
        return self._original[start:end]


def _mention(flat: FlatText, field: str, hit: Hit) -> ActorMention:
    start, end = flat.place(hit.start), flat.place(hit.end - 1) + 1
    kind = "adjective" if _HYPHENATED.match(flat.text, hit.end) else KINDS[hit.meaning.sense]  # Beijing-backed
    return ActorMention(
        actor=hit.meaning.actor, text=flat.original(start, end), field=field, start=start, end=end, kind=kind
    )


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether a match is not a part of a longer word; an edge that is no letter bounds itself (U.S.)."""
    begins = start == 0 or not (text[start].isalnum() and text[start - 1].isalnum())
    ends = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return begins and ends and not _GOES_ON.match(text, end)


def _traps(hits: list[Hit]) -> Traps:
    traps: Traps = {}
    for hit in hits:
        if hit.meaning.sense is Sense.NOT_IN:
            for place in range(hit.start, hit.end):
                key = (hit.meaning.actor, place)
                traps[key] = max(hit.end, traps.get(key, 0))
    return traps


def _trapped(hit: Hit, traps: Traps) -> bool:
    return hit.end <= traps.get((hit.meaning.actor, hit.start), 0)


def _looks_other(text: str, hit: Hit) -> bool:
    """Say whether what stands around it makes it something else: pro-Russian, Moscow Times, Beijing Summit."""
    prefix = _PREFIX.search(text, max(0, hit.start - _LONGEST_PREVIOUS), hit.start)
    if prefix and prefix.group(1) in NOT_PREFIXES:
        return True
    if hit.meaning.person:
        return False
    if text[hit.start : hit.end] in NAMESAKES and _word_before(text, hit.start)[0] in FIRST_NAMES:
        return True
    following = _NEXT.match(text, hit.end)
    word = following.group(1) if following else ""
    return word in BRANDS or (hit.meaning.sense is Sense.SEAT and word.lower() in VENUES)


def _word_before(text: str, position: int) -> tuple[str, bool]:
    """Give the word directly before, past initials, and whether a dot ends it."""
    found = _PREVIOUS.search(text, max(0, position - _LONGEST_PREVIOUS), position)
    return (found.group(1), bool(found.group(2))) if found else ("", False)


def _in_title_case(text: str, position: int) -> bool:
    start = max(text.rfind("\n", 0, position) + 1, position - _LONGEST_TITLE)
    line, _, _ = text[start : position + _LONGEST_TITLE].partition("\n")
    words: list[str] = _LONG_WORD.findall(line)
    return sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words)


def _meanings(actors: Iterable[Actor]) -> dict[str, tuple[Meaning, ...]]:
    """Give the words of all actors, as written and in capitals, each with its meanings, the strongest first."""
    meanings: dict[str, dict[Meaning, None]] = {}
    for actor in reversed(tuple(actors)):  # of two with one name the one that a watch file adds
        for word, meaning in _words(actor):
            for form in _forms(word, loose=meaning.sense is Sense.NAME):
                meanings.setdefault(form, {})[meaning] = None
    return {form: tuple(sorted(found, key=lambda meaning: meaning.sense)) for form, found in meanings.items()}


def _words(actor: Actor) -> Iterator[tuple[str, Meaning]]:
    lists = (
        (Sense.NAME, actor.names),
        (Sense.ADJECTIVE, actor.adjectives),
        (Sense.SEAT, actor.seats),
        (Sense.ORGAN, actor.organs),
        (Sense.NOT_IN, actor.not_in),
        (Sense.NOT_WITH, actor.not_with),
    )
    for sense, words in lists:
        for word in words:
            yield word, Meaning(sense, actor.id)
    for person in actor.people:
        for word in (person.name, *person.also):
            yield word, Meaning(Sense.PERSON, actor.id, person)
        for word in surnames(person):
            yield word, Meaning(Sense.SURNAME, actor.id, person)


def surnames(person: Person) -> tuple[str, ...]:
    """Give what a person is called alone."""
    return person.short or tuple(dict.fromkeys(name.split()[-1] for name in (person.name, *person.also)))


def _forms(word: str, *, loose: bool) -> tuple[str, ...]:
    straight = word.replace("’", "'")
    small = (straight.lower(), straight.capitalize()) if loose and " " in straight else ()  # "national guard"
    return (straight, *((straight.upper(),) if len(straight) >= MIN_CAPITALS else ()), *small)
