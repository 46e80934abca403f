"""Unit tests of tasks/detect/words.py."""

from typing import Any

import pytest

from tasks.detect.words import Tense, pattern, regular_forms, verb_forms, words_between


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("host", ("hosts", "hosted", "hosting")),
        ("convene", ("convenes", "convened", "convening")),
        ("carry", ("carries", "carried", "carrying")),
        ("deploy", ("deploys", "deployed", "deploying")),
        ("dispatch", ("dispatches", "dispatched", "dispatching")),
        ("scrub", ("scrubs", "scrubbed", "scrubbing")),
        ("show", ("shows", "showed", "showing")),
        ("go", ("gos", "goed", "going")),
    ],
)
def test_the_forms_of_a_regular_verb(lemma: str, forms: tuple[str, ...]) -> None:
    """A regular verb's forms follow its ending."""
    assert regular_forms(lemma) == forms


def test_the_forms_of_an_irregular_frame() -> None:
    """A frame is inflected by its first word, irregular forms come from the table, each with its tense."""
    assert verb_forms("meet up", {"meet": ("meets", "met", "meeting")}) == {
        "meets up": Tense.PRESENT,
        "met up": Tense.PAST,
        "meeting up": Tense.ING,
        "meet up": Tense.BASE,
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("peace talks resume", "peace talks"),
        ("the talks", "talks"),
        ("small-talks", None),
        ("talks-show", None),
        ("talkshow", None),
        ("PEACE\n talks", "PEACE\n talks"),
        ("they'll meet", "'ll"),
        ("ask: why", "ask:"),
    ],
)
def test_a_phrase_is_matched_whole(text: str, found: Any) -> None:
    """Phrases match whole words over any space and case, the longest first; a hyphen makes another word."""
    match = pattern(("talks", "peace talks", "'ll", "ask:")).search(text)
    assert (match[0] if match else None) == found


def test_no_phrase_matches_nothing() -> None:
    """A list without phrases matches nothing at all."""
    assert pattern(()).search("anything") is None


@pytest.mark.parametrize(("one", "two", "count"), [((0, 3), (12, 16), 2), ((12, 16), (0, 3), 2), ((0, 3), (2, 5), 0)])
def test_words_between_spans(one: tuple[int, int], two: tuple[int, int], count: int) -> None:
    """Words are counted between two spans in either order; spans that touch have none."""
    assert words_between("one two, on four", one, two) == count
