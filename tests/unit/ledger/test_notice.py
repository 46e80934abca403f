"""Unit tests of tasks/ledger/notice.py: the subject is the identity. Hour 0 is noon of 6 May 2031."""

from typing import Any

import pytest

from tasks.ledger import fold
from tasks.model.mention import Status
from tasks.model.watch import Shape
from tests.support.nouns import watch
from tests.support.telling import steps, told

WATCH = watch(shape=Shape.NOTICE)
CHEESE = {"subject": "Northfield Dairy soft cheese listeria"}
OUT, OVER = Status.ANNOUNCED, Status.ENDED
Row = tuple[float, Status, dict[str, Any]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, OUT, {}), (5, OUT, {"subject": "Northfield cheeses"})], ["new"]),
        ([(0, OUT, {}), (5, OUT, {"subject": "Brightway heaters"})], ["new", "new"]),
        ([(0, OUT, {}), (5, OUT, {"subject": "listeria"})], ["new"]),
        ([(0, OUT, {}), (5, OUT, {"subject": None})], ["new", "new"]),
        ([(0, OUT, {}), (24 * 15, OUT, {})], ["new", "new"]),
        ([(0, OUT, {}), (5, OUT, {"more": True})], ["new"]),
        ([(0, OUT, {}), (20, OUT, {"more": True})], ["new", "expanded"]),
        ([(0, OUT, {}), (20, OUT, {"outcome": "narrowed"})], ["new", "narrowed"]),
        ([(0, OUT, {}), (20, OVER, {}), (25, OVER, {})], ["new", "ended"]),
        ([(0, OVER, {})], ["ended"]),
    ],
)
def test_versions_of_a_notice(rows: list[Row], expected: list[str]) -> None:
    """The same subject within a fortnight is one notice; it grows, shrinks and ends."""
    facts = [told(hours, status, **{**CHEESE, **given}) for hours, status, given in rows]
    assert [change for change, _ in steps(fold(WATCH, facts))] == expected


def test_an_article_tells_of_a_notice_once() -> None:
    """Two mentions in one article are one version."""
    given = {**CHEESE, "of": "https://a.example/one"}
    facts = [told(-20, OUT, **CHEESE), told(0, OUT, start=0, more=True, **given), told(0, OVER, start=20, **given)]
    assert len(fold(WATCH, facts).updates) == 2
