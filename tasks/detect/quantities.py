"""Pure. Quantities with their units: "up to 175,000 troops", "three battalions", "a dozen warships"."""

import re

from tasks.detect.words import folded, pattern
from tasks.model.language import QuantityWords
from tasks.model.mention import Quantity
from tasks.model.watch import EventPack

DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
# "2,000 more National Guard troops": what may stand between a number and its unit.
BETWEEN = r"(?:\s+[\w-]+){0,3}?\s+"
NOTHING = r"(?!)"
YEAR = re.compile(r"(?:19|20)\d\d")


class QuantityFinder:
    """Finds the quantities of one pack's objects."""

    def __init__(self, pack: EventPack, words: QuantityWords, unit: str = "") -> None:
        self._numbers, self._scales = words.numbers, words.scales
        number, scale = pattern(words.numbers).pattern, "|".join(map(re.escape, words.scales)) or NOTHING
        units = pattern((*pack.objects, unit) if unit else pack.objects)
        self._pattern = re.compile(
            rf"(?<![\w.,-])(?P<number>{DIGITS}|{number})(?:[\s-]?(?P<scale>{scale})\b)?{BETWEEN}(?P<unit>{units.pattern})",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Quantity | None:
        """Give the first quantity of the text."""
        for match in self._pattern.finditer(text):
            if match["scale"] or not YEAR.fullmatch(match["number"]):
                return Quantity(value=self._value(match["number"], match["scale"]), unit=match["unit"].lower())
        return None

    def _value(self, number: str, scale: str | None) -> float:
        """Read "94,000", "1.2 million", "dozen"."""
        plain = folded(number).replace(",", "")
        return float(self._numbers.get(plain) or float(plain)) * self._scales.get(folded(scale or ""), 1)
