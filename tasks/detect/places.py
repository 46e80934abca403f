"""Pure. The places that a watch asks for, as the text names them: "along the border with Ukraine"."""

import re
from collections.abc import Iterable

from tasks.model.language import ArgumentWords


class PlaceFinder:
    """Finds the places of one watch; a name counts as it is written, small words also at the start of a title."""

    def __init__(self, places: Iterable[str], words: ArgumentWords) -> None:
        named = sorted(
            {form for place in places for form in (place, place[:1].upper() + place[1:])}, key=len, reverse=True
        )
        heads = "|".join(re.escape(head) for head in sorted(words.place_heads, key=len, reverse=True))
        lead = rf"(?:(?P<head>(?i:{heads}))\s+(?:the\s+)?)?" if heads else ""
        names = "|".join(re.escape(name) for name in named)
        self._pattern = re.compile(rf"(?<!\w){lead}(?P<name>{names})(?!\w)") if named else re.compile(r"(?!)")

    def find(self, text: str) -> tuple[str, str] | None:
        """Give the first place as (name, words of the text)."""
        match = self._pattern.search(text)
        return (match["name"], " ".join(match[0].split())) if match else None
