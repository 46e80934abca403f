"""How commands print."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from flows.cli.output import minute, print_lines, print_table

LONG = f"https://example.org/{'a' * 400}"


def test_a_piped_row_is_one_line_with_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is cut off or folded, nothing is coloured, and no spaces trail."""
    print_table(("name", "why", "url"), [("Pacific", "", LONG), ("A", "[bold]no markup[/]", "x")])
    assert capsys.readouterr().out.splitlines() == [
        "name     why                 url",
        f"Pacific                      {LONG}",
        "A        [bold]no markup[/]  x",
    ]


def test_a_cell_cannot_break_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Newlines and escapes in a text from outside stay within their cell, harmless."""
    print_table(("title", "n"), [("one\ntwo \x1b[31mred", None)])
    assert capsys.readouterr().out.splitlines() == ["title            n", "one two [31mred"]


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is nothing, a sentence stands, not a head without rows."""
    print_table(("a",), [], empty="Nothing yet.")
    assert capsys.readouterr().out == "Nothing yet.\n"


def test_json_lines_are_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    """Newlines are escaped, other scripts are not, half a character is."""
    rows = [{"id": "a\nb"}, {"id": "서울"}, {"id": "\ud800"}]
    print_lines(rows)
    printed = capsys.readouterr().out
    assert [json.loads(line) for line in printed.splitlines()] == rows
    assert "서울" in printed


def test_minutes_are_shown_in_utc() -> None:
    """An instant of another zone is turned; none is nothing."""
    assert minute(datetime(2031, 3, 4, 9, 30, 59, tzinfo=UTC)) == "2031-03-04 09:30"
    assert minute(datetime(2031, 3, 4, 1, tzinfo=timezone(timedelta(hours=9)))) == "2031-03-03 16:00"
    assert minute(None) == ""
