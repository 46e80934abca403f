"""Unit tests of tasks/detect/factuality.py: what a sentence says of the event, and the traps of every list of cues."""

from typing import Any

import pytest

from tests.support.reading import TALKS, mentions

NONE = "none"  # nothing that would change a ledger


def status(sentence: str) -> str:
    [one] = mentions(TALKS, sentence)
    return str(one.status) if one.accepted else NONE


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway and Sweden will hold talks on Friday.", "announced"),
        ("Norway and Sweden are to meet in Oslo.", "announced"),
        ("Norway is set to host talks with Sweden.", "announced"),
        ("Talks between Norway and Sweden may take place in June.", "tentative"),
        ("Norway invited Sweden to talks in Oslo.", "tentative"),
        ("Talks between Norway and Sweden are likely to begin in June.", "tentative"),
        ("Norway confirmed talks with Sweden.", "confirmed"),
        ("Talks between Norway and Sweden have begun in Oslo.", "under_way"),
        ("Norway met Sweden in Oslo.", "held"),
        ("Norway meets Sweden in Oslo.", "held"),
        ("Norway and Sweden meet to discuss herring.", "held"),
        ("The talks between Norway and Sweden ended in Oslo.", "held"),
        ("Norway announced that it met Sweden.", "held"),
        ("Herring is scarce before talks between Norway and Sweden.", "announced"),
        ("Norway praised the deal after talks with Sweden.", "held"),
        ("Norway called off talks with Sweden.", "cancelled"),
        ("Talks between Norway and Sweden were cancelled.", "cancelled"),
        ("Norway postponed talks with Sweden.", "postponed"),
        ("Norway refuses to meet Sweden.", "refused"),
        ("Norway will not visit Sweden.", "refused"),
        ("Talks between Norway and Sweden are back on.", "announced"),
        ("Norway-Sweden talks in Oslo on Friday.", "announced"),
    ],
)
def test_what_a_sentence_says_of_the_event(sentence: str, expected: Any) -> None:
    """Time, certainty and polarity of the cue that governs the event decide its status."""
    assert status(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "A year ago talks between Norway and Sweden were cancelled.",
        "Last year talks between Norway and Sweden were cancelled.",
        "Could talks between Norway and Sweden be cancelled?",
        "Talks between Norway and Sweden could be cancelled.",
        "Norway denies talks with Sweden were cancelled.",
        "Norway denied that talks with Sweden had been called off.",
        "Talks between Norway and Sweden were not cancelled.",
        "The talks between Norway and Sweden are not ruled out.",
    ],
)
def test_no_cancelled_state_from_a_trap(sentence: str) -> None:
    """Old, asked, possible, denied and negated breaks cancel nothing."""
    assert status(sentence) not in ("cancelled", "refused", "postponed")


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway is ready for talks with Sweden.",
        "Norway urged talks with Sweden.",
        "If herring returns, Norway will meet Sweden.",
        "Norway would hold talks with Sweden.",
        "Norway never met Sweden.",
        "Norway is not likely to visit Sweden.",
        "Norway and Sweden had been scheduled to meet on Friday.",
        "Norway-Sweden talks on 12 March ended badly.",
        "Norway will meet Sweden on 5 May 2031, it said.",
        "The herring war and talks between Norway and Sweden.",
        "The hall where Norway met Sweden burned.",
        "It is not possible that talks between Norway and Sweden begin.",
        "Norway recalled the anniversary of talks with Sweden.",
    ],
)
def test_what_is_no_news_of_the_event(sentence: str) -> None:
    """Wishes, conditions, negations, old plans, the past beyond three days and mere mentions say nothing new."""
    assert status(sentence) == NONE


@pytest.mark.parametrize(
    ("sentence", "low", "moved", "previous"),
    [
        ("Talks between Norway and Sweden were moved to 20 May.", "2031-05-20", True, None),
        ("The talks between Norway and Sweden, originally planned for 12 May, will now be held on 20 May.", "2031-05-20", True, "2031-05-12"),
        ("Norway postponed talks with Sweden, they will now be held on 20 May.", "2031-05-20", True, None),
        ("Norway and Sweden will hold talks on 20 May.", "2031-05-20", False, None),
    ],
)  # fmt: skip
def test_another_date(sentence: str, low: Any, moved: bool, previous: str | None) -> None:
    """A cue of moving and a named old value are told with the new date; the month of May is no doubt."""
    [one] = mentions(TALKS, sentence)
    assert one.when
    assert (one.status, str(one.when.low), one.moved) == ("announced", low, moved)
    assert (str(one.previous.low) if one.previous else None) == previous


def test_reinstated() -> None:
    """What is on again is announced, and said to be so."""
    [one] = mentions(TALKS, "Talks between Norway and Sweden are back on.")
    assert one.reinstated


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway praised Sweden in a long phone call.", "held"),
        ("Norway urged Sweden to fish less in a phone call.", "held"),
        ("Norway thanked Sweden during the state visit.", "held"),
        ("Norway fails to win Sweden over at a summit.", "held"),
        ("Norway to press Sweden at a summit.", "announced"),
        ("Norway may press Sweden at a summit.", "tentative"),
        ("Norway wants to press Sweden at a summit.", NONE),
        ("Norway sees no progress in trade talks with Sweden.", NONE),
        ("Norway discussed the course of negotiations with Sweden.", NONE),
        ("Norway pitches a meeting with Sweden.", "tentative"),
        ("Norway won't say whether it will meet Sweden.", NONE),
        ("Norway says talks with Sweden are at a dead end.", "postponed"),
        ("Norway is holding talks with Sweden.", "under_way"),
    ],
)
def test_what_is_said_in_a_meeting(sentence: str, expected: str) -> None:
    """A meeting in which something is said took place, unless that is to come; one that is talked about says nothing."""
    assert status(sentence) == expected
