"""Unit tests of tasks/detect/weigh.py: every gate, and what a confidence is made of."""

import pytest

from tests.support.reading import RATES, TALKS, TROOPS, knowledge, mentions, piece, reader

STRICT = TALKS + "require_about = true\n"


@pytest.mark.parametrize(
    ("watches", "title", "reason"),
    [
        (TALKS, "Norway and Denmark to hold talks", "refused: parties NO, DK do not fit the watch"),
        (TALKS, "Peace talks to begin", "refused: parties none do not fit the watch"),
        (TROOPS, "Sweden deploys troops", "refused: none of the watch's places"),
        (STRICT, "Norway and Sweden to hold talks", "refused: none of the watch's topic words"),
        (TALKS, "Will Norway and Sweden hold talks?", "refused: a question"),
        (TALKS, "Opinion: Norway and Sweden will hold talks", "refused: an explainer or opinion"),
        (RATES, "ECB to cut rates", "refused: talk of a regular decision without its day"),
        (RATES, "ECB has cut rates, and savers learn", "refused: a look back at a regular decision"),
    ],
)
def test_gates(watches: str, title: str, reason: str) -> None:
    """A mention that does not pass a gate is kept with the reason."""
    [one] = mentions(watches, title=title)
    assert (one.accepted, one.why[0]) == (False, reason)


@pytest.mark.parametrize(
    "title", ["ECB raises rates", "ECB expected to cut rates on 20 May", "Euro falls after ECB rate cut"]
)
def test_regular_decisions_that_pass(title: str) -> None:
    """A decision in the present, one with its day, and one that others follow pass."""
    [one] = mentions(RATES, title=title)
    assert one.accepted


def test_the_parts_of_a_confidence() -> None:
    """Each part of a confidence is a reason, and what is surer weighs more."""
    day = mentions(TALKS, title="Norway and Sweden to hold talks on Friday on fishing quotas")[0]
    month = mentions(TALKS, title="Norway and Sweden to hold talks in June")[0]
    plain = mentions(TALKS, title="Norway and Sweden meet")[0]
    side = mentions(TALKS, title="Herring scarce as Norway and Sweden meet")[0]
    backdrop = mentions(TALKS, title="Herring scarce amid talks between Norway and Sweden in June")[0]
    assert day.confidence > month.confidence > backdrop.confidence
    assert plain.confidence > side.confidence
    assert day.why == (
        "trigger: hold talks", "parties exact: NO, SE", "status announced: infinitive: to", "date: 2031-05-09..2031-05-09 day", "about: fishing quotas",
        "lead",
    )  # fmt: skip


def test_the_prefilter_spares_other_articles() -> None:
    """An article without any of a watch's words has no mention; explain reads it all the same."""
    assert reader(TALKS).read(piece("Herring is back in Norway.")).mentions == ()
    assert knowledge(TALKS).watches[0].id == "talks"


ROCKETS = """
[[watch]]
id = "rockets"
shape = "occasion"
event = { nouns = ["launch"], verbs = ["launch"] }
parties = [["SPACE"]]
about = ["rocket", "moon"]

[actors.SPACE]
names = ["Norway", "space office"]
"""


@pytest.mark.parametrize(
    ("title", "loud"),
    [
        ("Norway launches rockets", True),
        ("Norway to launch a rocket", True),
        ("Space office to launch a rocket", True),
        ("Norway launches a probe into salmon", False),
        ("Norway to launch trade talks", False),
    ],
)
def test_one_party_alone_needs_a_topic_word(title: str, loud: bool) -> None:
    """Where a watch asks for one party, its topic words, plural or not, make the event; its own names win over the built-in ones."""
    [one] = mentions(ROCKETS, title=title)
    assert one.parties == ("SPACE",)
    assert (one.confidence >= 0.4) is loud
