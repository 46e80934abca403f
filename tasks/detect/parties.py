"""Pure. Who takes part: participants told from bystanders, topics and venues.

Frames in order of trust, after detection experiments on nine replays: "between A and B", "A-B talks", "A meets B", "A and B meet",
"A's talks with B"; anything looser may open a development only where a day is named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tasks.detect.clauses import Clause
from tasks.detect.scene import Named, Scene
from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, pattern, words_between
from tasks.model.language import Language

SUBJECT_REACH = 12  # words between a subject and its verb
WHOM_REACH = 8  # words between a verb or noun of meeting and whom it is with
BESIDE = 2  # an adjective so near before the trigger takes part: "Russian-American security talks"
PART = re.compile(r"[,;:]\s")
HYPHEN = re.compile(r"\s?[-–—/]\s?")
BREAK = re.compile(r"[,;:]|\s[-–—]\s|[’']s\b")
LOOK = 60  # characters around a name that can hold its preposition and what that hangs on


class Frame(StrEnum):
    """How surely the named actors are the event's arguments."""

    EXACT = "exact"
    LOOSE = "loose"
    INHERITED = "inherited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The actors that take part, and by what frame."""

    actors: tuple[str, ...] = ()
    frame: Frame = Frame.LOOSE


def satisfies(actors: frozenset[str], groups: tuple[tuple[str, ...], ...]) -> bool:
    """Say whether one actor of each group takes part, each group by another actor."""
    if not groups:
        return True
    first, *rest = groups
    return any(satisfies(actors - {actor}, tuple(rest)) for actor in first if actor in actors)


def distinct(named: Iterable[Named]) -> tuple[str, ...]:
    """Give the actors of names, each once, in order."""
    return tuple(dict.fromkeys(one.actor for one in named))


class PartyFinder:
    """Finds the arguments of a trigger in its clause."""

    def __init__(self, language: Language) -> None:
        words = language.arguments
        modifiers = f"(?:(?:{pattern(words.modifiers).pattern})\\s+)*"
        heads, diplomatic = pattern(words.topic_heads).pattern, pattern(words.diplomatic).pattern
        before = pattern((*words.topic, *words.venue)).pattern
        self._preposition = re.compile(f"(?P<head>{diplomatic})?\\s*(?:{before})\\s+{modifiers}$", re.IGNORECASE)
        self._topic = re.compile(f"(?:{pattern(words.topic).pattern})\\s+{modifiers}$", re.IGNORECASE)
        self._towards = re.compile(f"\\s*(?:{pattern(words.towards).pattern})\\s+{modifiers}", re.IGNORECASE)
        self._about = pattern((*words.topic, *words.of))
        self._modifiers = re.compile(f"\\s+{modifiers}", re.IGNORECASE)
        self._topic_of = re.compile(f"(?:{heads})\\s+(?:{pattern(words.of).pattern})\\s+{modifiers}$", re.IGNORECASE)
        self._topic_head = re.compile(f"(?:[’']s?)?\\s+(?:(?!{before})[\\w-]+\\s+)?(?:{heads})", re.IGNORECASE)
        self._diplomatic = re.compile(f"(?:[’']s?)?\\s+(?:{diplomatic})", re.IGNORECASE)
        self._any_preposition = re.compile(before, re.IGNORECASE)
        joined = pattern(words.joined).pattern
        self._joined = re.compile(
            f"(?:[’']s)?(?:\\s+[\\w’'.-]+){{0,3}}?(?:\\s*,|\\s+(?:{joined}))+\\s+{modifiers}(?:[\\w.-]+\\s+){{0,1}}",
            re.IGNORECASE,
        )
        self._pronoun = re.compile(f"\\s*(?:[\\w’'-]+\\s+){{0,3}}?(?:{pattern(words.pronouns).pattern})", re.IGNORECASE)
        self._say = pattern(language.attribution.say)

    def arguments(self, scene: Scene, clause: Clause, trigger: Trigger, watched: frozenset[str]) -> Arguments:
        """Give the participants that the clause names, the surest frame that holds."""
        text = scene.text
        named = [one for one in scene.actors_in(clause) if self._takes_part(text, one, trigger)]
        named = self._without_reporter(text, clause, named, trigger)
        subject, whom = self._subject(text, named, trigger), self._whom(text, named, trigger)
        beside = distinct((*subject, *whom))
        if trigger.tense is not Tense.NOUN and subject and whom and not {one.actor for one in subject} & watched:
            return Arguments(actors=distinct(subject), frame=Frame.EXACT)  # somebody else meets, calls or visits them
        if len(beside) > 1 or (beside and len(distinct(named)) == 1):
            return Arguments(actors=beside, frame=Frame.EXACT)
        return Arguments(actors=distinct(named), frame=Frame.LOOSE)

    def subject_of(self, scene: Scene, clause: Clause) -> tuple[str, ...]:
        """Give the subject of the part of the sentence before a side clause: whose meeting the side clause tells of."""
        before = [one for one in scene.actors if one.end <= clause.start]
        ends = {one.end for one in before}  # "Oslo, Bern will …" is a list
        parts = [match.end() for match in PART.finditer(scene.text, 0, clause.start) if match.start() not in ends]
        last = next((place for place in reversed(parts) if any(one.start >= place for one in before)), 0)
        return tuple(one.actor for one in before if one.start >= last)[:1]

    def _takes_part(self, text: str, one: Named, trigger: Trigger) -> bool:
        before, after = text[max(0, one.start - LOOK) : one.start], text[one.end : one.end + LOOK]
        if self._joint(text, one, trigger):
            return True
        if self._topic_head.match(after) or self._topic_of.search(before):
            return False
        if self._beside(text, one, trigger):
            return True
        bound = self._preposition.search(before)
        if bound and not bound["head"] and (self._topic.search(before) or self._is_place(text, one, trigger)):
            return False
        return one.kind != "adjective" or one.text.endswith("s") or bool(self._diplomatic.match(after))

    def _joint(self, text: str, one: Named, trigger: Trigger) -> bool:
        """Say whether a pair of names stands right before the trigger, whatever word is between: "Oslo-Bern trade talks"."""
        hyphen = HYPHEN.search(text[max(0, one.start - 3) : one.start])
        paired = hyphen is not None and not hyphen[0].endswith(" ")
        between = text[one.end : trigger.start]
        near = one.end <= trigger.start and words_between(text, (one.start, one.end), trigger.span) <= BESIDE
        return paired and near and trigger.tense is Tense.NOUN and not BREAK.search(between)

    def _beside(self, text: str, one: Named, trigger: Trigger) -> bool:
        """Say whether a name belongs to the trigger whatever stands before it: "for Trump-Putin talks"."""
        paired = HYPHEN.match(text, one.end) or HYPHEN.search(text[max(0, one.start - 3) : one.start])
        between = text[one.end : trigger.start]
        near = one.end <= trigger.start and words_between(text, (one.start, one.end), trigger.span) <= BESIDE
        return bool(paired) or (near and "," not in between and not self._any_preposition.search(between))

    def _is_place(self, text: str, one: Named, trigger: Trigger) -> bool:
        """Say whether a country or seat is only where it happens; one gone to is a party: "visit to Ukraine"."""
        towards = one.start >= trigger.end and (
            self._towards.fullmatch(text, trigger.end, one.start)
            or self._modifiers.fullmatch(text, trigger.end, one.start)
        )
        return one.kind in ("name", "seat") and not towards

    def _without_reporter(self, text: str, clause: Clause, named: list[Named], trigger: Trigger) -> list[Named]:
        """Drop the A of "A says B will meet C", but keep that of "A says he will meet C" and "A says talks with B"."""
        say = next((m for m in self._say.finditer(text, clause.start, clause.end) if m.end() <= trigger.start), None)
        if say is None or trigger.start < say.end():
            return named
        if pronoun := self._pronoun.match(text, say.end()):  # whom it is told takes no part
            return [one for one in named if not say.end() <= one.start < pronoun.end()]
        later = [one for one in named if one.start >= say.end()]
        return later if len(distinct(later)) > 1 else named

    def _subject(self, text: str, named: list[Named], trigger: Trigger) -> list[Named]:
        """Give the names that stand together nearest before the trigger."""
        before = [one for one in named if one.start < trigger.start]
        if not before or words_between(text, (before[-1].start, before[-1].end), trigger.span) > SUBJECT_REACH:
            return []
        chain = [before[-1]]
        for one in reversed(before[:-1]):
            if not self._together(text, one, chain[0]):
                break
            chain.insert(0, one)
        return chain

    def _whom(self, text: str, named: list[Named], trigger: Trigger) -> list[Named]:
        """Give the names that stand together first after the trigger."""
        after = [one for one in named if one.start >= trigger.end]
        if not after or words_between(text, trigger.span, (after[0].start, after[0].end)) > WHOM_REACH:
            return []
        if trigger.tense is not Tense.NOUN and self._about.search(text, trigger.end, after[0].start):
            return []  # "welcomes the suspension of B"
        chain = [after[0]]
        for one in after[1:]:
            if not self._together(text, chain[-1], one):
                break
            chain.append(one)
        return chain

    def _together(self, text: str, one: Named, two: Named) -> bool:
        """Say whether two names stand as a pair or belong to one: "A and B", "A-B", "Ukraine's Zelensky"."""
        between = text[one.end : two.start]
        return one.actor == two.actor or bool(HYPHEN.fullmatch(between) or self._joined.fullmatch(between))
