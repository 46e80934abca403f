"""Unit tests of tasks/detect/places.py."""

import pytest

from tasks.detect.places import PlaceFinder
from tests.support.reading import TALKS, knowledge

FINDER = PlaceFinder(("Norway", "yellow line", "Gotland"), knowledge(TALKS).languages["en"].arguments)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("along the border with Norway", "border with Norway"),
        ("near the yellow  line", "near the yellow line"),
        ("Yellow line crossed", "Yellow line"),
        ("Norwayland", None),
        ("norway", None),
        ("in Denmark", None),
    ],
)
def test_a_place_in_the_words_of_the_text(text: str, place: str | None) -> None:
    """A place is a watch's name as it is written, with the words that belong to it."""
    assert FINDER.find(text) == place


@pytest.mark.parametrize(
    ("text", "place"), [("Gotland soldiers reach Norway", "Norway"), ("Gotland soldiers wait", "Gotland")]
)
def test_where_a_force_is_from(text: str, place: str | None) -> None:
    """A place that only says where a force is from comes last."""
    start = text.index("soldiers")
    assert FINDER.find(text, (start, start + len("soldiers"))) == place


def test_a_watch_without_places() -> None:
    """A watch that asks for no place finds none."""
    assert PlaceFinder((), knowledge(TALKS).languages["en"].arguments).find("in Norway") is None
