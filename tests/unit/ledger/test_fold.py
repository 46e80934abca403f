"""Unit tests of tasks/ledger/fold.py: a pure function of the facts, whatever way they came in."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tasks.ledger import fold
from tasks.ledger.fold import keep_ids, strong_enough
from tasks.model.ledger import Fact
from tasks.model.mention import Status
from tasks.model.watch import Confidence
from tests.support.nouns import watch
from tests.support.telling import told

WATCH = watch(parties=(("NO",), ("SE",)))
DATES = (None, ("2031-05-08",), ("2031-05-20",), ("2031-05-01", "2031-05-31"))
STATUSES = (Status.TENTATIVE, Status.ANNOUNCED, Status.HELD, Status.CANCELLED, Status.POSTPONED, Status.REFUSED)

made = st.lists(
    st.builds(
        lambda hours, status, when, article, start: told(hours, status, when=when, of=f"https://a.example/{article}", start=start),
        st.integers(0, 200), st.sampled_from(STATUSES), st.sampled_from(DATES), st.integers(1, 4), st.integers(0, 5),
    ),
    max_size=10, unique_by=lambda fact: fact.key,
)  # fmt: skip


@given(made, st.integers())
def test_any_order_of_the_facts_gives_the_same_ledger(facts: list[Fact], seed: int) -> None:
    """Late articles and backfills leave the same ledger as live ones."""
    shuffled = list(facts)
    random.Random(seed).shuffle(shuffled)
    assert fold(WATCH, shuffled) == fold(WATCH, facts)


@given(made)
def test_a_ledger_speaks_of_its_facts_only(facts: list[Fact]) -> None:
    """Every fact stands behind one development at most, and every update is one of a development."""
    ledger = fold(WATCH, facts)
    behind = [key for one in ledger.developments for key in one.facts]
    assert len(behind) == len(set(behind))
    assert {one.development.id for one in ledger.updates} == {one.id for one in ledger.developments}


def test_an_id_is_kept_through_a_refold() -> None:
    """A late article that opens a development earlier does not rename it."""
    late, first = told(0), told(5)
    [known] = fold(WATCH, [first]).developments
    again = fold(WATCH, [first, late], dict.fromkeys(known.facts, known.id))
    assert [one.id for one in again.developments] == [known.id]
    assert {one.development.id for one in again.updates} == {known.id}


def test_an_id_goes_to_one_development_only() -> None:
    """Where a refold splits a development, the larger share keeps the id, and the other gets one of its own."""
    ledger = fold(WATCH, [told(0, Status.HELD), told(1, Status.HELD), told(300, Status.HELD)])
    big, small = ledger.developments
    kept = keep_ids(ledger, dict.fromkeys((*big.facts, *small.facts), small.id))
    assert [one.id for one in kept.developments] == [small.id, f"{small.id}x"] or [
        one.id for one in kept.developments
    ] == [small.id, big.id]
    assert len({one.id for one in kept.developments}) == 2


def test_what_is_too_weak_to_be_said_changes_nothing() -> None:
    """A true but weak fact does not swallow the surer one that follows: that is the one that is announced."""
    wary = watch(parties=(("NO",), ("SE",)), min_confidence=Confidence.HIGH)
    weak, sure = told(0, confidence=0.5), told(5, confidence=0.8)
    [update] = fold(wary, [weak, sure]).updates
    assert update.confidence == 0.8
    assert strong_enough(told(0, confidence=0.1), watch(min_confidence=Confidence.LOW))
