"""Unit tests of tasks/detect/triggers.py: on the built-in packs, every exclusion with what it must not silence."""

from typing import Any

import pytest

from tasks.detect.triggers import TriggerFinder
from tasks.detect.words import Tense
from tests.support.reading import RATES, RECALLS, TALKS, TROOPS, knowledge


def finder(watches: str, *exclude: str) -> TriggerFinder:
    known = knowledge(watches)
    return TriggerFinder(known.watches[0].event, known.languages["en"], exclude)


TALK, TROOP, RATE, RECALL = finder(TALKS), finder(TROOPS), finder(RATES), finder(RECALLS)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The delegations met", [("met", Tense.PAST)]),
        ("They meet today", [("meet", Tense.BASE)]),
        ("She meets the envoy", [("meets", Tense.PRESENT)]),
        ("Talks with Sweden ended", [("Talks with", Tense.NOUN)]),
        ("They will talk with Sweden", [("talk with", Tense.BASE)]),
        ("The visit is off", [("visit", Tense.NOUN)]),
        ("They plan to visit Oslo", [("visit", Tense.BASE)]),
        ("A meeting in Oslo", [("meeting", Tense.NOUN)]),
        ("All travel to Oslo stopped", []),
    ],
)
def test_verb_or_noun(sentence: str, found: Any) -> None:
    """What stands before a form that is verb and noun decides which of them it is."""
    assert [(one.text, one.tense) for one in TALK.find(sentence)] == found


@pytest.mark.parametrize(
    ("silenced", "heard"),
    [
        ("A talk show about Oslo", "Talks show progress"),
        ("The minister calls on Oslo", "The minister's call lasted an hour"),
        ("The annual meeting of shareholders", "The ministers' meeting"),
        ("Off the negotiating table", "Negotiations resumed"),
        ("A press call on tariffs", "A phone call on tariffs"),
        ("A negotiated settlement", "They negotiated a settlement"),
    ],
)
def test_exclusions_silence_stock_phrases_only(silenced: str, heard: str) -> None:
    """Each excluded phrase is silent, and the event's own words beside it are heard."""
    assert list(TALK.find(silenced)) == []
    assert list(TALK.find(heard))


def test_a_watch_excludes_phrases_of_its_own() -> None:
    """What a watch excludes is silent for it."""
    assert list(finder(TALKS, "harbour talks").find("Harbour talks begin")) == []


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        ("Sweden sends 2,000 more soldiers to Gotland", [("sends", "soldiers")]),
        ("Troops were sent to Gotland", [("sent", "Troops")]),
        ("Tanks advance on the town", [("advance", "Tanks")]),
        ("The army advances on the town", [("advances", "army")]),
        ("Deployment of troops", [("Deployment", "troops")]),
        ("Troops to leave Gotland", [("leave", "Troops")]),
        ("The army told people to leave the town", []),
        ("Sweden sends letters about troops", []),
        ("The soldiers, he said, sends regards", []),
        ("A fire station near the troops", []),
        ("The deployed troops are cold", []),
        ("Sweden deploys a plan", []),
        ("Deployment of a website", []),
        ("Army sends tanks", [("sends", "tanks")]),
        ("The army sends regards", []),
    ],
)
def test_a_movement_governs_what_moves(sentence: str, pairs: list[tuple[str, str]]) -> None:
    """A movement counts where it governs a force: as its object, as the subject of a passive or of a verb of moving."""
    found = [(one.text, sentence[slice(*one.object)] if one.object else "") for one in TROOP.find(sentence)]
    assert found == pairs


@pytest.mark.parametrize(
    ("sentence", "triggers"),
    [
        ("Bank raises interest rates", ["raises"]),
        ("Rates left unchanged", ["left"]),
        ("Questions on rates raise doubts", []),
        ("The bank raises questions about rates", []),
        ("The mortgage rates rise, the bank cuts staff", []),
    ],
)
def test_a_decision_governs_a_rate(sentence: str, triggers: list[str]) -> None:
    """A decision verb counts where it governs a rate, never across a topic."""
    assert [one.text for one in RATE.find(sentence)] == triggers


def test_words_for_the_prefilter() -> None:
    """Every form that can trigger is told to the prefilter."""
    assert {"met", "visiting", "summit", "sat down with"} <= set(TALK.words)


@pytest.mark.parametrize(
    "sentence", ["He recalled how it began", "The recall election is near", "Troops: recall troops now"]
)
def test_other_meanings_of_recall(sentence: str) -> None:
    """A memory, an election and an ambassador are no recall of a product."""
    assert list(RECALL.find(sentence)) == []
