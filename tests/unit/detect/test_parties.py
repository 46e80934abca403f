"""Unit tests of tasks/detect/parties.py: participants told from bystanders, topics, venues and reporters."""

from typing import Any

import pytest

from tasks.detect.parties import satisfies
from tests.support.reading import TALKS, mentions

PAIR = ("NO", "SE")


def parties(sentence: str) -> tuple[str, ...]:
    [one] = mentions(TALKS, sentence)
    return tuple(sorted(one.parties))


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks between Norway and Sweden begin.",
        "Norway-Sweden talks begin.",
        "Norway meets Sweden.",
        "Norway and Sweden meet.",
        "Norway's talks with Sweden begin.",
        "Norway will travel to Sweden.",
        "A third round of Norway-Sweden talks begins.",
        "An agreement is reached for Norway-Sweden talks on Friday.",
        "Officials from Norway and Sweden will meet.",
        "The Norwegian prime minister will visit Sweden.",
        "Norwegians will meet with Swedes.",
        "Norway says it will meet Sweden.",
        "Denmark says Norway will meet Sweden.",
        "Norway says talks with Sweden will begin on Friday.",
        "Norway paid a first visit to Sweden on Friday.",
        "Norway thanked the harbour after talks with Sweden.",
    ],
)
def test_who_takes_part(sentence: str) -> None:
    """Pairs, subjects with objects and those who are gone to take part."""
    assert parties(sentence) == PAIR


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Finland meets Denmark on Norway and Sweden.", ("FI",)),
        ("Finland will visit Norway and Sweden.", ("FI",)),
        ("Norway and Finland hold talks on Sweden.", ("FI", "NO")),
        ("Norway meets Denmark in Sweden.", ("DK", "NO")),
        ("Norway welcomes the end of talks over Sweden.", ("NO",)),
        ("Norwegian herring talks begin.", ("NO",)),
        ("Norway meets Denmark, the harbours of which were built when trade with Sweden grew.", ("DK", "NO")),
        ("Norway rests after a long visit.", ()),
        ("Norway rests after talks with Denmark.", ("DK",)),
        ("The invasion of Norway dims talks.", ()),
        ("Norway's war dims talks.", ()),
    ],
)
def test_who_stands_by(sentence: str, expected: Any) -> None:
    """Another pair, a topic, a venue and a subject from elsewhere make no pair of the watch."""
    assert parties(sentence) == expected


def test_a_loose_pair_weighs_less() -> None:
    """Names that only share a sentence with the event weigh less than a pair."""
    [loose] = mentions(
        TALKS, "Norway spoke of herring while Denmark told reporters that trade suffers and talks with Sweden begin."
    )
    [pair] = mentions(TALKS, "Talks between Norway and Sweden begin.")
    assert loose.confidence < pair.confidence


def test_the_talks_refer_back() -> None:
    """A definite noun takes its parties from the mention before it; another noun does not."""
    text = "Norway and Sweden will hold talks. The talks will begin on Friday. The visit will begin on Monday."
    found = mentions(
        TALKS,
        "Talks between Norway and Sweden will begin. The talks will be held on Friday. The visit will begin on Monday.",
    )
    assert [one.parties for one in found] == [PAIR, PAIR, ()]
    assert text


@pytest.mark.parametrize(
    ("actors", "groups", "fits"),
    [
        (("NO", "SE"), (("NO",), ("SE",)), True),
        (("NO",), (("NO",), ("NO", "SE")), False),
        (("NO", "SE"), (("NO", "SE"), ("NO",)), True),
        ((), (), True),
        (("DK",), (("NO",),), False),
    ],
)
def test_one_actor_of_each_group(actors: tuple[str, ...], groups: tuple[tuple[str, ...], ...], fits: bool) -> None:
    """A watch wants one actor of each group, each group another one."""
    assert satisfies(frozenset(actors), groups) is fits


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway-Sweden trade talks begin.", PAIR),
        ("Norway tells Danish farmers it will meet Sweden.", PAIR),
        ("Denmark warns of storms, Norway is calm after talks with Sweden.", PAIR),
        ("Norway, Denmark thank each other after talks with Sweden.", PAIR),
    ],
)
def test_whose_meeting_it_is(sentence: str, expected: tuple[str, ...]) -> None:
    """A hyphened pair takes part whatever the talks are on; who is told does not; a side clause goes with the part before it."""
    assert parties(sentence) == expected


@pytest.mark.parametrize(
    ("title", "accepted"),
    [
        ("Norway and Sweden swap blame as talks stall", True),
        ("Norway, Sweden and Denmark swap blame as talks stall", False),
    ],
)
def test_the_pair_of_the_main_clause(title: str, accepted: bool) -> None:
    """A side clause that names nobody is about the only pair that the sentence names."""
    [one] = mentions(TALKS, title=title)
    assert (one.confidence >= 0.4) is accepted
