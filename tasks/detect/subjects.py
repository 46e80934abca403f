"""Pure. The subject of a notice: the maker, brand and product around its trigger, and the hazard."""

import re

from tasks.detect.triggers import Trigger
from tasks.detect.words import pattern
from tasks.model.language import NoticeWords
from tasks.model.watch import EventPack

SUBJECT_WORDS = 8  # on each side of the trigger: beyond that a headline speaks of something else
WORD = re.compile(r"[\w’'.&-]*\w")


class SubjectFinder:
    """Reads the subject of notices."""

    def __init__(self, pack: EventPack, words: NoticeWords) -> None:
        self._hazards = pattern(pack.hazards)
        self._cause = pattern(words.cause)
        self._filler = frozenset(words.filler)

    def find(self, clause: str, trigger: Trigger, offset: int) -> str | None:
        """Give the words that tell this notice from others, in order; None where there are none."""
        start, end = trigger.start - offset, trigger.end - offset
        after = clause[end:]
        cause = self._cause.search(after)
        hazard = self._hazards.search(clause)
        pieces = [
            *WORD.findall(clause[:start])[-SUBJECT_WORDS:],
            *WORD.findall(after[: cause.start()] if cause else after)[:SUBJECT_WORDS],
        ]
        kept = [word for word in pieces if self._tells(word)]
        if hazard and hazard[0].lower() not in (word.lower() for word in kept):
            kept.append(hazard[0])
        return " ".join(kept) or None

    def _tells(self, word: str) -> bool:
        return word.lower().strip(".") not in self._filler and not word[:1].isdigit()
