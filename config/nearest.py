"""Pure. What somebody meant who wrote something unknown."""

from collections.abc import Mapping
from difflib import get_close_matches

CUTOFF = 0.6  # difflib's own default: "fyed" is near "feed", "UK" is not near "UA"


def nearest(word: str, spellings: Mapping[str, str]) -> str | None:
    """Give the valid name whose spelling is nearest to the word, in any case; none where nothing is near."""
    folded = {spelling.casefold(): name for spelling, name in spellings.items()}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=CUTOFF)
    return folded[found[0]] if found else None


def plain(*names: str) -> dict[str, str]:
    """Give names that are spelled one way only."""
    return {name: name for name in names}
