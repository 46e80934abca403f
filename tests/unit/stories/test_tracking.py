"""Tracking parameters."""

import pytest

from tasks.stories.tracking import NAMES, PREFIXES, is_tracking


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("utm_source", True),
        ("FBCLID", True),
        ("at_medium", True),
        ("id", False),
        ("p", False),
        ("page", False),
        ("ref", False),
    ],
)
def test_what_tracks(name: str, expected: bool) -> None:
    """What says where a reader came from tracks; what may choose an article does not."""
    assert is_tracking(name) is expected


def test_table_is_in_lower_case() -> None:
    """The table is compared in lower case."""
    assert all(name == name.lower() for name in (*NAMES, *PREFIXES))
