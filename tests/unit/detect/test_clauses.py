"""Unit tests of tasks/detect/clauses.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.detect.clauses import ClauseSplitter
from tests.support.reading import TALKS, knowledge

SPLITTER = ClauseSplitter(knowledge(TALKS).languages["en"].cues)


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Norway meets Sweden", [("Norway meets Sweden", "")]),
        ("Norway waits ahead of the talks", [("Norway waits ", ""), ("ahead of the talks", "ahead of")]),
        ("After talks, Norway waits", [("After talks, Norway waits", "after")]),
        ("Norway: no talks", [("Norway: ", ""), ("no talks", "")]),
        ("Talks are over - minister", [("Talks are over - ", ""), ("minister", "")]),
        ("Norway meets Sweden as soon as Monday", [("Norway meets Sweden as soon as Monday", "")]),
        ("Norway acts as Sweden waits", [("Norway acts ", ""), ("as Sweden waits", "as")]),
        ("The hall where they met", [("The hall ", ""), ("where they met", "where")]),
        ('He has "no plans" to go', [('He has "no plans" to go', "")]),
    ],
)
def test_the_clauses_of_a_sentence(sentence: str, parts: list[tuple[str, str]]) -> None:
    """A sentence is cut at side-clause words and at the punctuation of titles, not inside stock phrases or quoted words."""
    assert [(sentence[one.start : one.end], one.intro) for one in SPLITTER.split(sentence)] == parts


@given(st.text(min_size=1, max_size=80))
def test_clauses_cover_the_sentence(sentence: str) -> None:
    """Whatever the sentence, its clauses follow each other and cover it."""
    clauses = SPLITTER.split(sentence)
    assert "".join(sentence[one.start : one.end] for one in clauses) == sentence
