"""What a run did adds up."""

from collections import Counter
from dataclasses import fields

from flows.route.counts import TOTALS, Counts
from tasks.model.report import RunRow


def test_counts_add_up() -> None:
    """The counts of two steps are the sum of each, of states and reasons too."""
    one = Counts(feeds=2, errors=1, states=Counter(ok=1, html=1), drops=Counter(late=3))
    other = Counts(feeds=1, sent=4, states=Counter(ok=1), drops=Counter(late=1, closed=2))
    both = one + other
    assert (both.feeds, both.errors, both.sent, both.alerts) == (3, 1, 4, 0)
    assert both.states == Counter(ok=2, html=1)
    assert both.drops == Counter(late=4, closed=2)


def test_adding_changes_neither_side() -> None:
    """A step's own counts stay as they were."""
    one, other = Counts(drops=Counter(late=3)), Counts(drops=Counter(late=1))
    assert one + other == Counts(drops=Counter(late=4))
    assert (one, other) == (Counts(drops=Counter(late=3)), Counts(drops=Counter(late=1)))


def test_totals_name_every_plain_count() -> None:
    """No number is left out of the totals, and they begin with nothing."""
    assert set(TOTALS) == {one.name for one in fields(Counts)} - {"states", "drops"}
    assert set(Counts().totals().values()) == {0}


def test_a_row_is_what_programs_read_of_a_run() -> None:
    """The row carries the counts of the same names."""
    counts = Counts(feeds=5, entries=4, articles=3, stories=2, mentions=9, alerts=2, sent=2, errors=1)
    assert counts.row() == RunRow(feeds=5, entries=4, articles=3, alerts=2, errors=1)
