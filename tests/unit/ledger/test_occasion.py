"""Unit tests of tasks/ledger/occasion.py: identity, date lattice, status lattice. Hour 0 is noon of 6 May 2031."""

from dataclasses import replace
from typing import Any

import pytest

from tasks.ledger import fold
from tasks.model.mention import Attribution, Status
from tasks.model.watch import EventPack
from tests.support.nouns import watch
from tests.support.telling import steps, told

WATCH = watch(parties=(("NO",), ("SE",)))
JUNE, TENTH, TWENTIETH = ("2031-06-01", "2031-06-30"), ("2031-06-10",), ("2031-06-20",)
TODAY, TOMORROW = ("2031-05-06",), ("2031-05-07",)
NORWAY, SWEDEN = Attribution(speaker="Dahl", side="NO"), Attribution(speaker="Berg", side="SE")
Row = tuple[float, Status, dict[str, Any]]
A, T, C, H, U, X, P, R = (
    Status.ANNOUNCED, Status.TENTATIVE, Status.CONFIRMED, Status.HELD, Status.UNDER_WAY, Status.CANCELLED, Status.POSTPONED, Status.REFUSED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "change", "low"),
    [
        (JUNE, TENTH, "refined", "2031-06-10"),
        (TENTH, JUNE, None, "2031-06-10"),
        (TENTH, TENTH, None, "2031-06-10"),
        (None, TENTH, "refined", "2031-06-10"),
        (TENTH, None, None, "2031-06-10"),
        (("2031-06-09", "2031-06-15"), ("2031-06-12", "2031-06-18"), None, "2031-06-09"),
    ],
)
def test_the_date_lattice(first: Any, second: Any, change: str | None, low: str) -> None:
    """A finer date refines; the same, a coarser or a missing one only stands behind what is known."""
    found = fold(WATCH, [told(0, when=first), told(5, when=second)])
    assert [str(one.change) for one in found.updates] == ["new", *([change] if change else [])]
    assert [str(one.when and one.when.low) for one in found.developments] == [low]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"moved": True}, ["new", "moved"]),
        ({"previous": TENTH}, ["new", "moved"]),
        ({"previous": ("2031-07-01",)}, ["new", "new"]),
        ({}, ["new", "new"]),
    ],
)
def test_another_day(given: dict[str, Any], expected: list[str]) -> None:
    """Another day moves the occasion with a cue or the known old value; without, it is a second occasion."""
    found = fold(WATCH, [told(0, when=TENTH), told(5, when=TWENTIETH, **given)])
    assert [str(one.change) for one in found.updates] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, T, {}), (5, A, {"origin": "b"})], ["new tentative", "confirmed confirmed"]),
        ([(0, A, {"attribution": NORWAY}), (5, C, {"attribution": SWEDEN})], ["new announced", "confirmed confirmed"]),
        ([(0, A, {"attribution": NORWAY}), (5, C, {"attribution": NORWAY})], ["new announced"]),
        ([(0, A, {}), (5, T, {})], ["new announced"]),
        ([(0, A, {}), (5, U, {})], ["new announced", "under_way under_way"]),
        ([(0, U, {}), (5, H, {})], ["under_way under_way", "held held"]),
        ([(0, A, {"when": TODAY}), (5, H, {}), (9, A, {}), (20, H, {})], ["new announced", "held held"]),
        ([(0, A, {}), (5, X, {}), (9, X, {}), (20, A, {})], ["new announced", "cancelled cancelled"]),
        ([(0, A, {}), (5, R, {})], ["new announced", "cancelled refused"]),
        ([(0, A, {"when": TENTH}), (5, P, {}), (9, A, {"when": TWENTIETH, "moved": True})], ["new announced", "postponed postponed", "moved announced"]),
        ([(0, A, {"when": TENTH}), (5, P, {}), (9, P, {})], ["new announced", "postponed postponed"]),
        ([(0, A, {"when": TENTH}), (5, P, {}), (9, A, {"reinstated": True})], ["new announced", "postponed postponed", "reinstated announced"]),
        ([(0, A, {}), (5, X, {}), (9, A, {"reinstated": True})], ["new announced", "cancelled cancelled", "reinstated announced"]),
        ([(0, T, {"when": JUNE}), (5, A, {"when": TENTH})], ["new tentative", "refined announced"]),
    ],
)  # fmt: skip
def test_the_status_lattice(rows: list[Row], expected: list[str]) -> None:
    """Only forward moves are updates; late titles never step back; breaks end a plan, and it may be on again."""
    facts = []
    for hours, status, given in rows:
        origin = given.pop("origin", "a") if "origin" in given else "a"
        facts.append(replace(told(hours, status, **given), origin=origin))
    assert [" ".join(step) for step in steps(fold(WATCH, facts))] == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(H, "held"), (U, "under_way"), (X, "cancelled"), (P, "postponed"), (T, "new"), (C, "new"), (R, None)],
)
def test_what_opens_a_development(status: Status, expected: str | None) -> None:
    """Half of all occasions are first heard of as held; a refusal of what nobody planned opens none."""
    assert [str(one.change) for one in fold(WATCH, [told(0, status)]).updates] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("first", "second", "developments"),
    [
        ((0, H, {}), (20, A, {}), 1),
        ((0, H, {}), (30, A, {}), 2),
        ((0, H, {}), (30, H, {}), 1),
        ((0, H, {}), (60, H, {}), 2),
        ((0, H, {"when": TODAY}), (5, H, {"when": TOMORROW}), 1),
        ((0, H, {"when": TODAY}), (5, H, {"when": TENTH}), 2),
        ((0, H, {"when": TODAY}), (5, A, {"when": TOMORROW}), 1),
        ((0, H, {"when": TODAY}), (5, A, {"when": TENTH}), 2),
        ((0, X, {}), (100, X, {}), 1),
        ((0, X, {}), (200, X, {}), 2),
        ((0, X, {}), (60, A, {}), 2),
        ((0, X, {}), (5, H, {}), 2),
        ((0, A, {}), (24 * 9, A, {}), 2),
        ((0, A, {}), (24 * 9, H, {}), 1),
        ((0, A, {}), (24 * 11, A, {}), 2),
        ((0, A, {"when": TODAY}), (24 * 4, A, {}), 2),
        ((0, A, {"when": TENTH}), (5, H, {}), 2),
        ((0, A, {"when": TENTH}), (5, H, {"when": TODAY}), 2),
        ((0, A, {"when": TODAY}), (5, H, {"when": TODAY}), 1),
        ((0, A, {}), (5, A, {"parties": ("NO", "SE", "DK")}), 1),
        ((0, A, {}), (5, A, {"parties": ("NO", "FI")}), 2),
    ],
)
def test_the_same_occasion_or_another(first: Row, second: Row, developments: int) -> None:
    """Party set, date and time since the last news tell whether it is the same occasion."""
    facts = [told(hours, status, **given) for hours, status, given in (first, second)]
    watch_ = replace(WATCH, parties=(("NO",), ("SE", "FI")))
    assert len(fold(watch_, facts).developments) == developments


def test_a_watch_without_parties_has_one_party_set() -> None:
    """Where a watch names no parties, its occasions are told apart by date alone."""
    found = fold(replace(WATCH, parties=()), [told(0), told(5, parties=("DK",))])
    assert len(found.developments) == 1


@pytest.mark.parametrize(
    ("hours", "given", "count"), [(24 * 20, {}, 1), (24 * 22, {}, 2), (24 * 5, {"when": TENTH}, 2)]
)
def test_regular_occasions_come_no_nearer_than_their_spacing(hours: float, given: dict[str, Any], count: int) -> None:
    """Within the spacing of a regular occasion, what is said of one is about the last."""
    regular = replace(WATCH, event=EventPack(id="e", nouns=("cut",), spacing_days=21))
    assert len(fold(regular, [told(0, H), told(hours, A if given else H, **given)]).developments) == count


def test_one_article_tells_of_two_days() -> None:
    """Two days of the same parties in one article are two occasions."""
    facts = [
        told(0, when=day, start=start, of="https://a.example/both") for start, day in ((0, TENTH), (20, TWENTIETH))
    ]
    assert [len(one.facts) for one in fold(WATCH, facts).developments] == [1, 1]


def test_an_undated_plan_beside_what_was_held_today() -> None:
    """An undated plan in the article that tells of a distant plan and of talks just held opens nothing of its own."""
    article: dict[str, Any] = {"of": "https://a.example/all"}
    facts = [told(0, H, when=TODAY, start=0, **article), told(0, A, start=20, **article)]
    assert len(fold(WATCH, facts).developments) == 1


@pytest.mark.parametrize(
    ("second", "developments"),
    [(("NO", "SE"), 1), (("NO", "SE", "FI"), 1), (("NO", "DK", "SE"), 2), (("DK", "NO"), 2)],
)
def test_the_whole_party_set_tells_occasions_apart(second: tuple[str, ...], developments: int) -> None:
    """A meeting of three of the watched is another than that of two of them; one nobody asked for changes nothing."""
    wide = watch(parties=(("NO",), ("SE", "DK")))
    found = fold(wide, [told(0, parties=("NO", "SE")), told(5, parties=second)])
    assert len(found.developments) == developments


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, U, {}), (20, A, {})], ["under_way"]),
        ([(0, U, {}), (60, A, {})], ["under_way", "new"]),
        ([(0, U, {}), (60, U, {})], ["under_way", "under_way"]),
        ([(0, U, {}), (60, H, {})], ["under_way", "held"]),
        ([(0, A, {}), (60, A, {})], ["new"]),
        ([(0, A, {}), (80, A, {})], ["new", "new"]),
        ([(0, A, {}), (80, A, {"when": TENTH})], ["new", "refined"]),
        ([(0, A, {}), (5, P, {}), (9, A, {"when": TENTH})], ["new", "postponed", "new"]),
        ([(0, A, {"when": TOMORROW}), (5, H, {})], ["new"]),
        ([(0, A, {"when": TOMORROW}), (5, H, {}), (26, H, {})], ["new", "held"]),
    ],
)
def test_another_round(rows: list[Row], expected: list[str]) -> None:
    """What began two days ago, was planned three days ago or stalled is over for a plan told now; the eve of a day is not the day."""
    found = fold(WATCH, [told(hours, status, **given) for hours, status, given in rows])
    assert [change for change, _ in steps(found)] == expected


@pytest.mark.parametrize(
    ("planned", "low", "high"),
    [
        (("2031-05-05", "2031-05-11"), "2031-05-06", "2031-05-07"),
        (("2031-05-07", "2031-05-13"), "2031-05-07", "2031-05-07"),
        (TODAY, "2031-05-06", "2031-05-06"),
    ],
)
def test_the_day_of_a_meeting_in_a_named_week(planned: Any, low: str, high: str) -> None:
    """Reported as held without a day, it was today or yesterday, in the week that was named; a day stays that day."""
    [one] = fold(WATCH, [told(0, when=planned), told(24, H)]).developments
    assert one.when
    assert (str(one.when.low), str(one.when.high)) == (low, high)
