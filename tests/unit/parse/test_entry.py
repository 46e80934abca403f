"""Who is who within a feed."""

from datetime import UTC, datetime

import pytest

from tasks.parse.entry import canonical, entry_key, finish
from tasks.parse.raw import RawEntry, RawFeed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
A, B = "https://a.example/1", "https://a.example/2"


def keys(*entries: RawEntry) -> list[str]:
    """Give the kinds of keys that a document's entries get, with a hash shortened."""
    feed = finish(RawFeed(entries=entries), url="https://a.example/feed", now=NOW)
    found = [entry.key for entry in feed.entries]
    assert len(set(found)) == len(found)
    return [key if not key.startswith("hash:") else "hash" for key in found]


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (RawEntry(guid="g", link=A), "guid:g"),
        (RawEntry(guid="", link=A), f"link:{A}"),
        (RawEntry(guid="\x00 ", link=A), f"link:{A}"),
        (RawEntry(guid="", link="/1"), f"link:{A}"),
        (RawEntry(link="javascript:x", title="T"), "hash"),
        (RawEntry(title="T"), "hash"),
    ],
)
def test_key(entry: RawEntry, key: str) -> None:
    """The guid names an entry, else its link, else what it says; an empty guid is none."""
    assert keys(entry) == [key]


def test_one_guid_two_stories() -> None:
    """A guid that two entries bear names neither; both are kept, by their links, and whichever comes first."""
    first, second = RawEntry(guid="g", link=A, title="A"), RawEntry(guid="g", link=B, title="B")
    assert keys(first, second) == [f"link:{A}", f"link:{B}"]
    assert keys(second, first) == [f"link:{B}", f"link:{A}"]


def test_one_guid_one_link_two_titles() -> None:
    """Where the link does not tell either, what they say does."""
    assert keys(RawEntry(guid="g", link=A, title="A"), RawEntry(guid="g", link=A, title="B")) == ["hash", "hash"]


def test_one_link_two_items() -> None:
    """Two items of one link are two entries: by guid, or by what they say."""
    assert keys(RawEntry(guid="1", link=A, title="A"), RawEntry(guid="2", link=A, title="B")) == ["guid:1", "guid:2"]
    assert keys(RawEntry(link=A, title="A"), RawEntry(link=A, title="B")) == ["hash", "hash"]


def test_a_link_that_another_falls_back_to() -> None:
    """Keys stay different where an entry falls back to the link that names another one."""
    assert (
        len(
            keys(
                RawEntry(link=A, title="0"),
                RawEntry(guid="g", link=A, title="A"),
                RawEntry(guid="g", link=B, title="B"),
            )
        )
        == 3
    )


def test_repeated() -> None:
    """The same item twice is one entry, and counted."""
    entry = RawEntry(guid="g", link=A, title="A")
    feed = finish(RawFeed(entries=(entry, entry)), url=A, now=NOW)
    assert (len(feed.entries), feed.dropped) == (1, 1)


def test_nothing_said() -> None:
    """An item without text and link is counted, not kept."""
    feed = finish(RawFeed(entries=(RawEntry(guid="g", published="2026-01-01"), RawEntry(title=" "))), url=A, now=NOW)
    assert (feed.entries, feed.dropped) == ((), 2)


def test_the_hash_is_stable() -> None:
    """What it says names an entry the same way tomorrow: title, date, summary."""
    entry = RawEntry(title="T", published="P", summary="S")
    assert entry_key(entry) == "hash:" + entry_key(RawEntry(title="T", published="P", summary="S")).removeprefix(
        "hash:"
    )
    assert entry_key(entry) != entry_key(RawEntry(title="T", published="P", summary="other"))


def test_a_long_guid() -> None:
    """A guid too long to be kept still tells entries apart."""
    one, other = keys(RawEntry(guid="g" * 600 + "1", title="A"), RawEntry(guid="g" * 600 + "2", title="B"))
    assert one != other
    assert len(one) < 100


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://A.example/x?b=2&a=1#top", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?utm_source=rss&id=5&fbclid=z", "https://a.example/x?id=5"),
        ("https://a.example/x?utm_source=rss", "https://a.example/x"),
    ],
)
def test_canonical(link: str, expected: str) -> None:
    """Copies of a link are the same link."""
    assert canonical(link) == expected


def test_the_text_of_all_entries_is_bounded() -> None:
    """A feed's text in all stays below what a worker may answer; entries beyond are counted."""
    entries = tuple(RawEntry(title=f"T{number}", content="д" * 190_000) for number in range(20))
    feed = finish(RawFeed(entries=entries), url=A, now=NOW)
    assert (len(feed.entries), feed.dropped) == (15, 5)


@pytest.mark.parametrize(("code", "language"), [("en-GB", "en-GB"), (" de ", "de"), ("English!", ""), ("", "")])
def test_language(code: str, language: str) -> None:
    """A language code that is none is left out."""
    assert finish(RawFeed(language=code), url=A, now=NOW).language == language
