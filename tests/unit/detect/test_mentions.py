"""Unit tests of tasks/detect/mentions.py: one reading a sentence, with the dates that it governs."""

from typing import Any

import pytest

from tests.support.reading import RATES, RECALLS, TALKS, TROOPS, mentions


@pytest.mark.parametrize(
    ("sentence", "low"),
    [
        ("Norway and Sweden will hold talks in June.", "2031-06-01"),
        ("Norway said on Monday that it will hold talks with Sweden in June.", "2031-06-01"),
        ("On May 5, Norway invited Sweden to talks.", None),
        ("Norway will hold talks with Sweden.", None),
        ("Norway and Sweden will meet on Friday, Norway said.", "2031-05-09"),
    ],
)
def test_the_date_that_the_event_governs(sentence: str, low: Any) -> None:
    """The date beside the event is its date; the reporting day is not."""
    [one] = mentions(TALKS, sentence)
    assert (str(one.when.low) if one.when else None) == low


def test_one_mention_a_sentence() -> None:
    """Of several triggers in a sentence the accepted and dated reading is kept."""
    [one] = mentions(TALKS, "The summit hall is full, and Norway and Sweden will hold talks on Friday.")
    assert (one.accepted, str(one.when and one.when.low)) == (True, "2031-05-09")


def test_evidence_is_where_the_sentence_stands() -> None:
    """The evidence is the sentence, with its place in its field."""
    text = "Herring is back. Norway and Sweden will hold talks."
    [one] = mentions(TALKS, text)
    assert (one.evidence.field, text[one.evidence.start : one.evidence.end]) == ("text", one.evidence.text)


def test_what_else_a_mention_says() -> None:
    """Quantity, place and further steps come from the sentence, the outcome from its words or its verb."""
    [one] = mentions(TROOPS, "Sweden sends 2,000 more troops to Gotland.")
    assert (one.quantity and one.quantity.value, one.place, one.more) == (2000, "Gotland", True)
    [held] = mentions(RATES, "The ECB raises interest rates.")
    assert held.outcome == "raise"
    [deal] = mentions(TALKS, "Norway met Sweden without agreement.")
    assert deal.outcome == "without agreement"
    [wider] = mentions(RECALLS, "Northfield widens its cheese recall over listeria.")
    assert wider.more
