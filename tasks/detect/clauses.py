"""Pure. Sentences to clauses: what governs what ends where a clause does."""

import re
from dataclasses import dataclass

from tasks.detect.words import pattern
from tasks.model.language import Cues

BREAKS = re.compile(r"[;:–—]\s|\s[-–—]\s|[,.][”\"]\s|\s\|\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a sentence; offsets into the sentence. `intro` is the word that makes it a side clause, else empty."""

    start: int
    end: int
    intro: str = ""


class ClauseSplitter:
    """Splits a sentence at side-clause words and at the punctuation of titles."""

    def __init__(self, cues: Cues) -> None:
        self._side = pattern((*cues.ahead, *cues.afterwards, *cues.backdrop, *cues.relative, *cues.side_clause))
        self._guard = pattern(cues.not_side)

    def split(self, text: str) -> tuple[Clause, ...]:
        """Give the clauses in order; together they cover the sentence."""
        guarded = [match.span() for match in self._guard.finditer(text)]
        sides = (
            match
            for match in self._side.finditer(text)
            if not any(low <= match.start() < high for low, high in guarded)
        )
        cuts = [(0, ""), *((match.start(), match[0].lower()) for match in sides)]
        cuts += [(match.end(), "") for match in BREAKS.finditer(text)]
        cuts.sort()
        ends = [start for start, _ in cuts[1:]] + [len(text)]
        return tuple(
            Clause(start=start, end=end, intro=intro)
            for (start, intro), end in zip(cuts, ends, strict=True)
            if end > start
        )
