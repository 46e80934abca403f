"""Unit tests of tasks/detect/levels.py: which way activities and notices go."""

from typing import Any

import pytest

from tests.support.reading import RECALLS, TROOPS, mentions


def status(watches: str, sentence: str) -> str:
    [one] = mentions(watches, sentence)
    return str(one.status) if one.accepted else "none"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sweden deploys troops near Norway.", "escalating"),
        ("Sweden sends soldiers to Norway.", "escalating"),
        ("Sweden withdraws troops from Norway.", "receding"),
        ("Swedish troops leave Norway.", "receding"),
        ("Sweden transfers troops within Norway.", "reported"),
        ("Sweden may send troops to Norway.", "tentative"),
        ("Sweden denies sending troops to Norway.", "denied"),
        ("Swedish exercises ended in Norway, the troops say.", "ended"),
        ("A judge blocks Sweden from sending troops to Norway.", "receding"),
        ("Deployment of Swedish troops in Norway was unlawful, judge rules.", "receding"),
        ("A court allows Sweden to deploy soldiers in Norway.", "escalating"),
        ("A court halts withdrawal of Swedish troops from Norway.", "escalating"),
        ("Sweden deploys troops in Norway to stop thefts.", "escalating"),
    ],
)
def test_which_way_a_movement_goes(sentence: str, expected: Any) -> None:
    """Verb, hedge, denial and ruling decide; a ruling turns the movement round or lets it go ahead."""
    assert status(TROOPS, sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Sweden has no plans to send troops to Norway.",
        "Sweden wants to send troops to Norway.",
        "Sweden did not send troops to Norway.",
        "Mayors sue over Swedish troops sent to Norway.",
        "The mayor spoke about deployment of Swedish troops in Norway.",
        "Barracks in Norway where Swedish troops were deployed burn.",
    ],
)
def test_no_movement(sentence: str) -> None:
    """What is wished, negated, sued over, only spoken of or told of before moves nothing."""
    assert status(TROOPS, sentence) == "none"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Northfield recalls cheese over listeria.", "announced"),
        ("Northfield widens its cheese recall over listeria.", "announced"),
        ("The recall of Northfield cheese ended.", "ended"),
    ],
)
def test_versions_of_a_notice(sentence: str, expected: Any) -> None:
    """A notice is out, or over."""
    assert status(RECALLS, sentence) == expected
