"""Unit tests of tasks/detect/forces.py: whose force moves."""

import pytest

from tests.support.reading import TROOPS, mentions


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("Swedish troops arrive in Norway.", ("SE",)),
        ("Sweden's troops arrive in Norway.", ("SE",)),
        ("Tanks of Sweden will arrive in Norway.", ("SE",)),
        ("Sweden sends troops to Norway.", ("SE",)),
        ("Swedes are gathering troops in Norway.", ("SE",)),
        ("The Norwegian army pushes back Swedish soldiers near Trondheim.", ("NO",)),
        ("Denmark says Sweden moves its tanks into Norway.", ("SE",)),
        ("Finland wrote about Sweden: troops arrive in Norway.", ()),
        ("Near Norway, troops arrive.", ()),
    ],
)
def test_whose_force_moves(sentence: str, owners: tuple[str, ...]) -> None:
    """The owner is in the force's own name, else it is the subject of the movement; one who is driven moves nothing."""
    [one] = mentions(TROOPS, sentence)
    assert one.parties == owners


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("Sweden says the truce holds as troops leave Trondheim.", ("SE",)),
        ("Sweden and Denmark say the truce holds as troops leave Trondheim.", ()),
    ],
)
def test_a_force_without_owner(sentence: str, owners: tuple[str, ...]) -> None:
    """In a side clause it is of the only one whom the sentence names."""
    [one] = mentions(TROOPS, sentence)
    assert one.parties == owners


@pytest.mark.parametrize(
    ("sentence", "more"), [("Swedish troops arrive in Norway.", True), ("Sweden sends troops to Norway.", False)]
)
def test_arrival_is_a_further_step(sentence: str, more: bool) -> None:
    """What was sent arrives: that is news after the sending."""
    [one] = mentions(TROOPS, sentence)
    assert one.more is more
