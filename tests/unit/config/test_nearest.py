"""What somebody meant."""

import pytest

from config.nearest import nearest, plain

CASES = [
    ("shpae", plain("shape", "event"), "shape"),
    ("OCCASION", plain("occasion", "activity"), "occasion"),
    ("zzz", plain("shape", "event"), None),
    ("russia", {"Russia": "RU", "RU": "RU", "US": "US"}, "RU"),
    ("x", {}, None),
]


@pytest.mark.parametrize(("word", "spellings", "expected"), CASES)
def test_nearest(word: str, spellings: dict[str, str], expected: str | None) -> None:
    """The nearest spelling in any case gives its name; nothing near gives nothing."""
    assert expected == nearest(word, spellings)
