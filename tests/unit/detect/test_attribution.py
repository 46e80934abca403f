"""Unit tests of tasks/detect/attribution.py: who says so, and through whom."""

import pytest

from tasks.model.mention import Attribution
from tests.support.reading import TALKS, mentions


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Talks may take place, according to Western intelligence.", Attribution(speaker="Western intelligence")),
        ("Western intelligence confirms talks in Oslo.", Attribution(speaker="Western intelligence")),
        ("The Swedish spokesman Lars Berg said talks may take place.", Attribution(speaker="Lars Berg", role="Swedish spokesman", side="SE")),
        ("Talks may take place, said Norwegian minister Kari Dahl.", Attribution(speaker="Kari Dahl", role="Norwegian minister", side="NO")),
        ("Norway said talks may take place.", Attribution(speaker="Norway", side="NO")),
        ("The announcement of talks was made by minister Kari Dahl, reports Radio Fjord.", Attribution(speaker="Kari Dahl", role="minister", via="Radio Fjord")),
        ("Talks may take place, writes Radio Fjord.", Attribution(via="Radio Fjord")),
        ("Talks may take place.", Attribution()),
        ("Talks, it said, may take place.", Attribution()),
        ("The minister said talks may take place.", Attribution(speaker="The minister")),
    ],
)  # fmt: skip
def test_who_says_so(sentence: str, said: Attribution) -> None:
    """Speaker, role, side and carrier are read around verbs of saying; pronouns and nameless ministers are none."""
    [one] = mentions(TALKS, sentence)
    assert one.attribution == said


def test_a_known_person() -> None:
    """A person of the actor table speaks for that side, with the role that the text gives."""
    known = TALKS + '[actors.NO]\npeople = [{ name = "Kari Dahl", role = "minister", from = 2030-01-01 }]\n'
    [one] = mentions(known, "The weary Kari Dahl said talks may take place.")
    assert one.attribution == Attribution(speaker="Kari Dahl", role="weary", side="NO")


def test_a_statement_refers_back() -> None:
    """A sentence about the statement before it tells who made that."""
    [one] = mentions(
        TALKS, "Talks may take place. This statement was made by Norwegian minister Kari Dahl, writes Radio Fjord."
    )
    assert (one.attribution.speaker, one.attribution.side, one.attribution.via) == ("Kari Dahl", "NO", "Radio Fjord")
