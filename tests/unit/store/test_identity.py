"""Which entry an item of a feed is."""

import pytest

from tasks.model.feed import Entry
from tasks.store.identity import (
    Known,
    content_digest,
    indexable,
    items_of,
    new_key,
    same_entry,
    with_user_of,
    without_user,
)
from tests.support.nouns import entry


def known(of: Entry, number: int = 1) -> Known:
    """Remember an entry."""
    [item] = items_of([of])
    return Known(id=number, key=item.key, guid=item.guid, link=item.link, title=item.title, digest=item.digest)


BARE = entry(1, guid="", link="", key="hash-1")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (entry(1), entry(1), True),
        (entry(1), entry(1, title="Other title"), True),
        (entry(1), entry(1, link="https://a.example/moved"), True),
        (entry(1), entry(1, link="https://a.example/moved", title="Other title"), False),
        (entry(1), entry(1, guid="new", key="new"), True),
        (entry(1), entry(1, guid="new", key="new", title="Other title"), True),
        (entry(1), entry(1, guid="new", key="new", link="https://www.a.example/1?utm_source=rss"), True),
        (entry(1), entry(2), False),
        (entry(1, link=""), entry(1, link="", title="Other title"), True),
        (entry(1, guid=""), entry(1, guid="", title="Other title"), True),
        (
            entry(1, link="https://a.example/"),
            entry(2, link="https://a.example/"),
            False,
        ),  # a front page is no identity
        (BARE, BARE, True),
        (BARE, entry(2, guid="", link="", key="hash-2"), False),
    ],
)
def test_same_entry(old: Entry, new: Entry, same: bool) -> None:
    """By known guid, else by known link, else by content; a guid that moves on to a new link and title is another entry."""
    [item] = items_of([new])
    assert (same_entry(item, [known(old)]) is not None) is same


def test_shared_signs_tell_nothing() -> None:
    """A link or guid under which one document has several items tells none of them."""
    linked = items_of([entry(n, link="https://a.example/live") for n in range(3)])
    assert {item.link for item in linked} == {""}
    named = items_of([entry(n, guid="same", key="same", link="") for n in range(3)])
    assert {item.guid for item in named} == {""}
    assert len({item.key for item in named}) == 3


def test_one_item_twice_is_no_sharing() -> None:
    """The same item twice in a document keeps its guid and link."""
    assert {(item.guid, bool(item.link)) for item in items_of([entry(1), entry(1)])} == {("guid-1", True)}


def test_new_key() -> None:
    """A key that is taken is told apart by link, then by content."""
    [item] = items_of([entry(1)])
    first, second = f"guid-1 {item.link}", f"guid-1 {item.digest}"
    assert [new_key(item, taken) for taken in ([], ["guid-1"], ["guid-1", first], ["guid-1", first, second])] == [
        "guid-1",
        first,
        second,
        second,
    ]


def test_what_an_entry_says() -> None:
    """Title and summary count, the content only where there is no summary; dates and guids do not."""
    assert content_digest(entry(1)) == content_digest(entry(1, guid="x", content="counter: 5"))
    assert content_digest(entry(1)) != content_digest(entry(1, summary="Longer."))
    assert content_digest(entry(1, summary="", content="a")) != content_digest(entry(1, summary="", content="b"))


def test_indexable() -> None:
    """Long texts keep their start and are told apart by a digest; NUL goes."""
    long = [indexable("é" * 10_000 + end) for end in "ab"]
    assert long[0] != long[1]
    assert all(len(text.encode()) < 2_700 for text in long)
    assert indexable("a\0b") == "ab"


@pytest.mark.parametrize(
    ("url", "written", "expected"),
    [
        ("https://a.example/new", "https://me:pw@a.example/old", "https://me:pw@a.example/new"),
        ("https://b.example/new", "https://me:pw@a.example/old", "https://b.example/new"),
        ("https://a.example/new", "https://a.example/old", "https://a.example/new"),
    ],
)
def test_user_info(url: str, written: str, expected: str) -> None:
    """User info goes back into an address of the same host only."""
    assert with_user_of(url, written) == expected
    assert without_user(expected) == url
