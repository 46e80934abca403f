"""Pure. Who takes part: participants told from bystanders, topics and venues.

Frames in order of trust, after detection experiments on nine replays: "between A and B", "A-B talks", "A meets B", "A and B meet",
"A's talks with B"; anything looser may open a development only where a day is named.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tasks.detect.clauses import Clause
from tasks.detect.scene import Named, Scene
from tasks.detect.triggers import Trigger
from tasks.detect.words import pattern, words_between
from tasks.model.language import Language

SUBJECT_REACH = 12  # words between a subject and its verb
OBJECT_REACH = 6  # words between a verb and whom it meets
HYPHEN = re.compile(r"\s?[-–—/]\s?")
MODIFIERS = r"(?:(?:the|a|an|its|his|her|their|new|top|senior|former)\s+)*"


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


class PartyFinder:
    """Finds the arguments of a trigger in its clause."""

    def __init__(self, language: Language) -> None:
        words = language.arguments
        self._topic = re.compile(f"(?:{pattern(words.topic).pattern})\\s+{MODIFIERS}$", re.IGNORECASE)
        self._venue = re.compile(f"(?:{pattern(words.venue).pattern})\\s+{MODIFIERS}$", re.IGNORECASE)
        self._topic_head = re.compile(
            f"(?:[’']s?)?\\s+(?:\\w+\\s+)?(?:{pattern(words.topic_heads).pattern})", re.IGNORECASE
        )
        self._diplomatic = re.compile(f"\\s+(?:{pattern(words.diplomatic).pattern})", re.IGNORECASE)
        self._joined = re.compile(f"[,\\s]*(?:{pattern(words.joined).pattern})[,\\s]*(?:the\\s+)?", re.IGNORECASE)
        self._pronoun = re.compile(f"\\s*(?:that\\s+)?(?:{pattern(words.pronouns).pattern})", re.IGNORECASE)
        self._say = pattern(language.attribution.say)

    def arguments(self, scene: Scene, clause: Clause, trigger: Trigger) -> Arguments:
        """Give the participants that the clause names."""
        named = [one for one in scene.actors_in(clause) if self._takes_part(scene.text, one, trigger)]
        named = self._without_reporter(scene.text, clause, named, trigger)
        frame = Frame.EXACT if self._exact(scene.text, named, trigger) else Frame.LOOSE
        return Arguments(actors=tuple(dict.fromkeys(one.actor for one in named)), frame=frame)

    def _takes_part(self, text: str, one: Named, trigger: Trigger) -> bool:
        before, after = text[max(0, one.start - 40) : one.start], text[one.end : one.end + 40]
        if self._topic.search(before) or self._topic_head.match(after):
            return False
        if self._venue.search(before) and one.kind in ("name", "seat") and not trigger.lemma.endswith((" to", " in")):
            return False
        return one.kind != "adjective" or self._adjective_takes_part(text, one, trigger)

    def _adjective_takes_part(self, text: str, one: Named, trigger: Trigger) -> bool:
        after = text[one.end : one.end + 40]
        if HYPHEN.match(after) or HYPHEN.search(text[max(0, one.start - 3) : one.start]):
            return True
        beside = 0 <= words_between(text, (one.start, one.end), trigger.span) <= 2 and one.end <= trigger.start  # noqa: PLR2004
        return beside or bool(self._diplomatic.match(after))

    def _without_reporter(self, text: str, clause: Clause, named: list[Named], trigger: Trigger) -> list[Named]:
        """Drop the A of "A says B will meet C", but keep that of "A says he will meet C"."""
        say = next((m for m in self._say.finditer(text, clause.start, clause.end) if m.end() <= trigger.start), None)
        if say is None or trigger.start < say.end() or self._pronoun.match(text, say.end()):
            return named
        later = [one for one in named if one.start >= say.end()]
        return later or named

    def _exact(self, text: str, named: list[Named], trigger: Trigger) -> bool:
        before = [one for one in named if one.end <= trigger.start]
        after = [one for one in named if one.start >= trigger.end]
        return (
            any(self._pair(text, one, two) for one, two in pairwise(named))
            or (bool(before) and bool(after) and self._reaches(text, before[-1], after[0], trigger))
            or (len(named) == 1 and (bool(before) or bool(after)) and self._near(text, named[0], trigger))
        )

    def _pair(self, text: str, one: Named, two: Named) -> bool:
        """Say whether two names stand as a pair: "between A and B", "A-B", "A and B"."""
        between = text[one.end : two.start]
        return bool(HYPHEN.fullmatch(between) or self._joined.fullmatch(between))

    def _reaches(self, text: str, subject: Named, whom: Named, trigger: Trigger) -> bool:
        return (
            words_between(text, (subject.start, subject.end), trigger.span) <= SUBJECT_REACH
            and words_between(text, trigger.span, (whom.start, whom.end)) <= OBJECT_REACH
        )

    def _near(self, text: str, one: Named, trigger: Trigger) -> bool:
        return words_between(text, (one.start, one.end), trigger.span) <= SUBJECT_REACH
