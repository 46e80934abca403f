"""Pydantic's findings in the words of people who write TOML."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from config.complaints import Complaint, complaints
from config.forms import ActorTables, ChannelsForm, WatchesForm

WATCH = {"id": "a", "shape": "notice", "event": {"verbs": ["recall"]}}


def found(kind: Any, data: Any) -> list[Complaint]:
    """Give the complaints about data."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        adapter.validate_python(data, strict=False)
    except ValidationError as error:
        return list(complaints(error, data, adapter))
    return []


CASES: list[tuple[Any, Any, list[Complaint]]] = [
    (WatchesForm, {"wacth": []}, [(("wacth",), "unknown key", "watch")]),
    (WatchesForm, {"zzz": []}, [(("zzz",), "unknown key", None)]),
    (
        WatchesForm,
        {"watch": {"id": "a"}},
        [(("watch",), "must be a list of tables: write it with two brackets, [[…]]", None)],
    ),
    (WatchesForm, {"watch": [1]}, [(("watch", 0), "must be a table", None)]),
    (WatchesForm, {"watch": [{**WATCH, "about": "x"}]}, [(("watch", 0, "about"), "must be a list", None)]),
    (
        WatchesForm,
        {"watch": [{**WATCH, "measure": {"unit": "x", "chnage": 1}}]},
        [(("watch", 0, "measure", "chnage"), "unknown key", "change")],
    ),
    (
        ActorTables,
        {"US": {"people": [{"form": "2021-01-01", "name": "x"}]}},
        [(("US", "people", 0, "form"), "unknown key", "from")],
    ),
    (ActorTables, {"US": {"id": "US"}}, [(("US", "id"), "unknown key", None)]),
    (ChannelsForm, {"channel": [{"name": "a"}]}, [(("channel", 0, "url"), "is missing", None)]),
    (ChannelsForm, {"channel": [{"name": "a", "ulr": {}}]}, [(("channel", 0, "ulr"), "unknown key", "url")]),
]


@pytest.mark.parametrize(("kind", "data", "expected"), CASES)
def test_complaints(kind: Any, data: Any, expected: list[Complaint]) -> None:
    """Every place that does not fit gets one complaint, with the nearest valid key."""
    assert expected == found(kind, data)


def test_one_complaint_for_a_value_of_several_kinds() -> None:
    """A value that may be a day or a time, and is neither, gets one complaint, at its own place."""
    example = {"text": "x", "published": "soon"}
    ((path, _, _),) = found(WatchesForm, {"watch": [{**WATCH, "examples": {"match": [example]}}]})
    assert path == ("watch", 0, "examples", "match", 0, "published")
