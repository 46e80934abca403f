"""Pure. Whose force moves: the owner that its name carries, else the subject of the movement."""

import re

from tasks.detect.clauses import Clause
from tasks.detect.parties import Arguments, Frame
from tasks.detect.scene import Named, Scene
from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, pattern, words_between
from tasks.model.language import Language

LOOK = 60  # characters before a name that can hold its preposition
OWNER_REACH = 3  # words between an adjective and its force: "Russian airborne assault troops"
SUBJECT_REACH = 12
BREAK = re.compile(r"[;:]|,\s")
# "The Norwegian army pushes": an adjective so near before the verb stands for whom it describes.
DESCRIBED_REACH = 3


class ForceFinder:
    """Finds the owner of the force that a trigger moves."""

    def __init__(self, language: Language) -> None:
        words = language.arguments
        self._of = re.compile(
            f"(?:\\s+[\\w-]+)?\\s+(?:{pattern(words.of).pattern})\\s+(?:[\\w’'-]+\\s+){{0,3}}?", re.IGNORECASE
        )
        self._aside = re.compile(
            f"(?:{pattern((*words.topic, *words.venue)).pattern})\\s+(?:[\\w’'-]+\\s+)?$", re.IGNORECASE
        )

    def arguments(self, scene: Scene, clause: Clause, trigger: Trigger) -> Arguments:
        """Give the owner of the force; else who moves it; else, loosely, who is named at all."""
        force = trigger.object or trigger.span
        owners = [one for one in scene.actors if self._owns(scene.text, one, force)]
        named = [one for one in scene.actors_in(clause) if not self._stands_aside(scene.text, one)]
        subject = [one for one in named if self._moves(scene.text, one, trigger)]
        moves = trigger.tense is not Tense.NOUN and force[0] >= trigger.end  # "Oslo sends Danish troops"
        driven = moves and subject and subject[-1].actor not in {one.actor for one in owners}
        if owners and not driven:
            return Arguments(actors=tuple(dict.fromkeys(one.actor for one in owners)), frame=Frame.EXACT)
        if subject:
            return Arguments(actors=(subject[-1].actor,), frame=Frame.EXACT)
        elsewhere = {one.actor for one in scene.actors if not self._stands_aside(scene.text, one)}
        if clause.intro and not named and len(elsewhere) == 1:  # "Oslo says the truce holds as troops leave"
            return Arguments(actors=tuple(elsewhere), frame=Frame.INHERITED)
        return Arguments(actors=tuple(dict.fromkeys(one.actor for one in named)), frame=Frame.LOOSE)

    def _owns(self, text: str, one: Named, force: tuple[int, int]) -> bool:
        if one.start < force[1] and force[0] < one.end:
            return True
        if one.start >= force[1]:
            return bool(self._of.fullmatch(text, force[1], one.start))
        between = text[one.end : force[0]]
        reach = OWNER_REACH if one.kind == "adjective" or between.startswith(("'s", "’s")) else 0
        return words_between(text, (one.start, one.end), force) <= reach and not BREAK.search(between)

    def _moves(self, text: str, one: Named, trigger: Trigger) -> bool:
        described = one.kind == "adjective" and not one.text.endswith("s")
        reach = DESCRIBED_REACH if described else SUBJECT_REACH
        return one.end <= trigger.start and words_between(text, (one.start, one.end), trigger.span) <= reach

    def _stands_aside(self, text: str, one: Named) -> bool:
        return bool(self._aside.search(text[max(0, one.start - LOOK) : one.start])) and one.kind != "person"
