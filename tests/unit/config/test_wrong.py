"""What validators raise."""

from config.wrong import wrong


def test_wrong_keeps_braces() -> None:
    """A problem is said as it is, braces too, with what would be right."""
    error = wrong("unknown actor '{x}'", "US")
    assert error.message() == "unknown actor '{x}'"
    assert error.context == {"problem": "unknown actor '{x}'", "nearest": "US"}
