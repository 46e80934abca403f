"""Unit tests of tasks/ledger/activity.py: the state per place and force. Hour 0 is noon of 6 May 2031."""

from dataclasses import replace
from typing import Any

import pytest

from tasks.ledger import fold
from tasks.ledger.activity import place_keys
from tasks.model.mention import Quantity, Status
from tasks.model.watch import EventPack, Measure, Shape
from tests.support.nouns import watch
from tests.support.telling import steps, told

WATCH = watch(
    shape=Shape.ACTIVITY, parties=(("SE",),), places=("Los Angeles", "LA", "D.C.", "DC", "Gotland", "West Gotland"),
    event=EventPack(id="troops", nouns=("deployment",)), measure=Measure(unit="troops"),
)  # fmt: skip
UP, DOWN, MAYBE, SEEN, NO, OVER = (
    Status.ESCALATING, Status.RECEDING, Status.TENTATIVE, Status.REPORTED, Status.DENIED, Status.ENDED,
)  # fmt: skip
Row = tuple[float, Status, dict[str, Any]]


def troops(value: float, unit: str = "troops") -> Quantity:
    return Quantity(value=value, unit=unit)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, UP, {}), (5, UP, {})], ["new"]),
        ([(0, UP, {}), (60, UP, {})], ["new", "escalated"]),
        ([(0, UP, {}), (60, SEEN, {})], ["new"]),
        ([(0, UP, {}), (5, UP, {"more": True})], ["new"]),
        ([(0, UP, {}), (20, UP, {"more": True})], ["new", "escalated"]),
        ([(0, UP, {}), (5, DOWN, {})], ["new", "deescalated"]),
        ([(0, DOWN, {}), (5, UP, {})], ["deescalated", "escalated"]),
        ([(0, DOWN, {}), (5, MAYBE, {})], ["deescalated"]),
        ([(0, UP, {}), (5, NO, {}), (6, NO, {})], ["new", "denied"]),
        ([(0, UP, {}), (5, OVER, {})], ["new", "ended"]),
        ([(0, UP, {"quantity": troops(100)}), (5, UP, {"quantity": troops(110)})], ["new"]),
        ([(0, UP, {"quantity": troops(100)}), (5, UP, {"quantity": troops(150)})], ["new", "quantity"]),
        ([(0, UP, {}), (5, UP, {"quantity": troops(150)})], ["new", "quantity"]),
        ([(0, UP, {}), (5, UP, {"quantity": troops(3, "tanks")})], ["new"]),
        ([(0, UP, {}), (24 * 15, UP, {})], ["new", "new"]),
        ([(0, UP, {}), (5, UP, {"place": "LA"})], ["new"]),
        ([(0, UP, {}), (5, UP, {"place": "LA", "more": True})], ["new", "new"]),
        ([(0, UP, {}), (5, DOWN, {"place": "LA"})], ["new", "deescalated"]),
        ([(0, UP, {}), (20, UP, {"place": "LA"})], ["new"]),
        ([(0, UP, {}), (30, UP, {"place": "LA"})], ["new", "new"]),
        ([(0, UP, {}), (5, UP, {"parties": ("DK",)})], ["new", "new"]),
    ],
)
def test_steps_of_an_activity(rows: list[Row], expected: list[str]) -> None:
    """Direction, quantity, ordinal and a new place are steps; retellings within two days, and elsewhere within hours, are not."""
    facts = [told(hours, status, **{"parties": ("SE",), "place": "Gotland", **given}) for hours, status, given in rows]
    assert [change for change, _ in steps(fold(WATCH, facts))] == expected


def test_without_a_measure_a_first_number_is_no_step() -> None:
    """Where a watch measures nothing, only a changed number of the same kind is a step."""
    plain = replace(WATCH, measure=None)
    given: dict[str, Any] = {"parties": ("SE",), "place": "Gotland"}
    facts = [told(n, UP, quantity=quantity, **given) for n, quantity in enumerate((None, troops(10), troops(13)))]
    assert [change for change, _ in steps(fold(plain, facts))] == ["new"]
    assert [change for change, _ in steps(fold(plain, facts[1:]))] == ["new", "quantity"]


def test_an_article_tells_of_one_change_each_way() -> None:
    """One article that names two places tells of one movement up and one down."""
    given: dict[str, Any] = {"parties": ("SE",), "of": "https://a.example/one"}
    facts = [
        told(0, UP, place="Gotland", start=0, **given),
        told(0, UP, place="LA", start=20, more=True, **given),
        told(0, DOWN, place="DC", start=40, **given),
    ]
    assert sorted(change for change, _ in steps(fold(WATCH, facts))) == ["deescalated", "new"]


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("L.A.", {"los angeles"}),
        ("Los Angeles", {"los angeles"}),
        ("near DC", {"dc"}),
        ("D.C.", {"dc"}),
        ("West Gotland", {"west gotland"}),
        (None, {""}),
    ],
)
def test_one_place_by_several_names(place: str | None, keys: set[str]) -> None:
    """Dots, initials and the words around it change no place; the longest name counts."""
    assert place_keys(place, WATCH) == keys


def test_without_parties_any_force_is_meant() -> None:
    """A watch without parties follows whoever moves."""
    facts = [told(n, UP, place="Gotland", parties=(side,)) for n, side in enumerate(("SE", "DK"))]
    assert len(fold(replace(WATCH, parties=()), facts).developments) == 1
