"""What is only wrong in view of the whole."""

from typing import Any

import pytest

from config.checks import comparable, nameless, names, renamed, repeated
from config.documents import Document
from tasks.model.watch import Actor


def document(table: str, *rows: Any) -> Document:
    """Make a document without text, so that places are key paths alone."""
    return Document(file="x.toml", data={table: list(rows)})


def test_repeated_names_are_told() -> None:
    """Names differ by more than capitals; what is no text, or empty, is told elsewhere."""
    found = list(
        repeated(document("watch", {"id": "a"}, {"id": "A"}, {"id": 1}, {}, {"id": ""}, {"id": ""}), "watch", "id")
    )
    assert [(one.place, one.problem) for one in found] == [("watch[2].id", "watch[1] has the same id")]


def test_repeated_feeds_are_told_without_their_address() -> None:
    """Two spellings of one feed are told, and what cannot be read is left to others."""
    rows = ({"url": "http://u:pw@a.example"}, {"url": "http://u:pw@A.example:80/#x"}, {"url": "http://[x"})
    (found,) = repeated(document("feed", *rows), "feed", "url", comparable)
    assert (found.place, found.problem) == ("feed[2].url", "feed[1] has the same url")


def test_a_ledger_is_not_taken_from_a_living_watch() -> None:
    """A watch is not renamed from one that is still there."""
    (found,) = renamed(
        document("watch", {"id": "a"}, {"id": "b", "renamed_from": "a"}, {"id": "c", "renamed_from": "z"})
    )
    assert found.place == "watch[2].renamed_from"


@pytest.mark.parametrize(
    ("name", "table", "nearest"),
    [
        ("UK", {"people": []}, "GB"),
        ("XYZ", {}, None),
        ("US", {}, ...),
        ("ACME", {"names": ["Acme"]}, ...),
        ("B", 1, ...),
    ],
)
def test_a_new_actor_needs_names(name: str, table: Any, nearest: Any) -> None:
    """An id that is not built in needs names; a known one, or one that has them, is left alone."""
    watches = Document(file="watches.toml", data={"actors": {name: table}})
    actors = {"US": Actor(id="US"), "GB": Actor(id="GB", names=("UK",))}
    found = [one.nearest for one in nameless(watches, actors)]
    assert found == ([] if nearest is ... else [nearest])


def test_names() -> None:
    """Names are given as far as they are text."""
    assert names(document("channel", {"name": "a"}, {"name": 1}, {}), "channel", "name") == ("a",)
