"""Pure. Quantities with their units: "up to 175,000 troops", "three battalions", "a dozen warships"."""

import re

from tasks.detect.words import pattern
from tasks.model.mention import Quantity
from tasks.model.watch import EventPack

WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "dozen": 12, "hundreds": 100,
    "thousands": 1000,
}  # fmt: skip
SCALE = {"thousand": 1_000, "million": 1_000_000, "k": 1_000}
NUMBER = (
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(WORDS) + r")(?:[\s-]?(?P<scale>thousand|million|k)\b)?"
)
BETWEEN = r"(?:\s+(?:of|more|additional|extra|[\w-]+)){0,3}?\s+"
YEAR = re.compile(r"(?:19|20)\d\d")


class QuantityFinder:
    """Finds the quantities of one pack's objects."""

    def __init__(self, pack: EventPack, unit: str = "") -> None:
        units = pattern((*pack.objects, unit) if unit else pack.objects)
        self._pattern = re.compile(rf"(?<![\w.,-]){NUMBER}{BETWEEN}(?P<unit>{units.pattern})", re.IGNORECASE)
        self._empty = not pack.objects and not unit

    def find(self, text: str) -> Quantity | None:
        """Give the first quantity of the text."""
        if self._empty:
            return None
        for match in self._pattern.finditer(text):
            if not (YEAR.fullmatch(match["number"]) and not match["scale"]):
                return Quantity(value=value_of(match["number"], match["scale"]), unit=match["unit"].lower())
        return None


def value_of(number: str, scale: str | None) -> float:
    """Read "94,000", "1.2 million", "dozen"."""
    plain = number.lower().replace(",", "")
    return float(WORDS.get(plain) or float(plain)) * SCALE.get((scale or "").lower(), 1)
