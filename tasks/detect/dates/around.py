"""Pure. What stands around an expression within its sentence."""

import re

# A full stop ends a sentence after a small word, three capitals, a digit or a closing mark: "Mr.", "vs." and "U.S." do not.
SENTENCE_END = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\s[a-z]{2})(?<!vs)|(?<=[A-Z]{3})|(?<=\d[a-z])|(?<=\d[a-z]{2})|(?<=[\d)\"”’%]))[.!?]['\"”’)]*\s+(?=[\"“‘'`(]*[A-Z])|[;]\s|\n\s*\n|[.!?][\"”’]\s+(?=[A-Z\"“`])"
)


def before(text: str, start: int, reach: int) -> str:
    """Give what stands in the same sentence before a place, at most so many characters."""
    low = max(0, start - reach)
    for match in SENTENCE_END.finditer(text, low, start + 1):  # the letter that follows tells whether a sentence begins
        low = min(match.end(), start)
    return text[low:start]


def after(text: str, end: int, reach: int) -> str:
    """Give what stands in the same sentence behind a place, at most so many characters."""
    ends = SENTENCE_END.search(text, end, end + reach)
    return text[end : ends.start() if ends else end + reach]
