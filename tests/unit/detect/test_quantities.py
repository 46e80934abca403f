"""Unit tests of tasks/detect/quantities.py."""

import pytest

from tasks.detect.quantities import QuantityFinder
from tasks.model.mention import Quantity
from tasks.model.watch import EventPack
from tests.support.reading import TALKS, knowledge

WORDS = knowledge(TALKS).languages["en"].quantities
FINDER = QuantityFinder(EventPack(id="e", objects=("troops", "warships", "tanks")), WORDS, "soldiers")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("about 175,000 troops", 175_000, "troops"),
        ("1.2 million soldiers", 1_200_000, "soldiers"),
        ("90k troops", 90_000, "troops"),
        ("a dozen warships", 12, "warships"),
        ("Hundreds of extra tanks", 100, "tanks"),
        ("2,000 more National Guard troops", 2_000, "troops"),
        ("In 2031 troops left, then 300 tanks", 300, "tanks"),
        ("2031 thousand troops", 2_031_000, "troops"),
    ],
)
def test_a_quantity(text: str, value: float, unit: str) -> None:
    """A number in figures or words with what it counts is a quantity; a year is none."""
    assert FINDER.find(text) == Quantity(value=value, unit=unit)


@pytest.mark.parametrize(
    "text", ["troops", "12 cities lost their old troops", "1.5.2031 troops", "In 2031 troops left"]
)
def test_no_quantity(text: str) -> None:
    """Without a number of its own a force has no quantity."""
    assert FINDER.find(text) is None


def test_nothing_to_count() -> None:
    """A pack without objects counts nothing."""
    assert QuantityFinder(EventPack(id="e"), WORDS).find("300 tanks") is None
