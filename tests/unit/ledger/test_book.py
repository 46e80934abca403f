"""Unit tests of tasks/ledger/book.py."""

from dataclasses import replace

from tasks.ledger.book import Book, merged
from tasks.model.watch import Change
from tests.support.nouns import watch
from tests.support.telling import told


def test_what_is_merged_is_there_once() -> None:
    """Only what is new and not empty is added, in order."""
    assert merged(("a", "b"), ("b", "", "c")) == ("a", "b", "c")


def test_a_book_keeps_who_stands_behind_a_development() -> None:
    """Each fact adds its origin, outlet and key, changing or not; a change keeps what it does not say."""
    book = Book(watch())
    first = replace(told(0, place="Oslo"), origin="agency", outlet="Paper")
    book.open(first, Change.NEW)
    [opened] = book.latest_first()
    book.corroborate(opened, replace(told(1), origin="agency", outlet="Radio"))
    [backed] = book.latest_first()
    book.change(backed, Change.REFINED, replace(told(2), origin="paper", outlet="Paper"), None)
    ledger = book.ledger()
    [now] = ledger.developments
    assert (now.origins, now.outlets, len(now.facts)) == (("agency", "paper"), ("Paper", "Radio"), 3)
    assert (now.place, now.opened_at, now.changed_at) == ("Oslo", told(0).at, told(2).at)
    assert [one.change for one in ledger.updates] == [Change.NEW, Change.REFINED]
