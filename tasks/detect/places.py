"""Pure. The places that a watch asks for, as the text names them: "along the border with Ukraine"."""

import re
from collections.abc import Iterable

from tasks.detect.words import words_between
from tasks.model.language import ArgumentWords

# A place so near before a force is where it is from: "Texas National Guard troops".
ORIGIN_REACH = 1


class PlaceFinder:
    """Finds the places of one watch; a name counts as it is written, small words also at the start of a title."""

    def __init__(self, places: Iterable[str], words: ArgumentWords) -> None:
        named = sorted(
            {form for place in places for form in (place, place[:1].upper() + place[1:])}, key=len, reverse=True
        )
        heads = "|".join(
            r"\s+".join(map(re.escape, head.split())) for head in sorted(words.place_heads, key=len, reverse=True)
        )
        lead = rf"(?:(?P<head>(?i:{heads}))\s+(?:the\s+)?)?" if heads else ""
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in named)
        self._pattern = re.compile(rf"(?<!\w){lead}(?P<name>{names})(?!\w)") if named else re.compile(r"(?!)")

    def find(self, text: str, force: tuple[int, int] | None = None) -> str | None:
        """Give the first place in the words of the text; one that only says whose force it is comes last."""
        found = list(self._pattern.finditer(text))
        if not found:
            return None
        elsewhere = [match for match in found if not self._names_force(text, match, force)]
        return " ".join((elsewhere or found)[0][0].split())

    def _names_force(self, text: str, match: re.Match[str], force: tuple[int, int] | None) -> bool:
        return (
            force is not None and match.end() <= force[0] and words_between(text, match.span(), force) <= ORIGIN_REACH
        )
