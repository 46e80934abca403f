"""JSON Lines as input: what is used, what is refused and why."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from flows.inputs import BadLine, Line, article_of, lines_of, page_file, published_of
from tasks.errors import ConfigError


def line(**values: Any) -> Line:
    """Make the third line of a file."""
    return Line(number=3, values=values, folder=Path("/data/news"))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"not JSON", "line 1: no JSON: Expecting value"),
        (b'{"id": "a"', "line 1: no JSON: "),
        (b"\xff\xfe\xfd", "line 1: no JSON: "),
        (b"[" * 100_000, "line 1: no JSON: "),
        (b"[1]", "line 1: no JSON object"),
        (b"null", "line 1: no JSON object"),
        (b'{"title": "t"}', "line 1: id is missing"),
        (b'{"id": null}', "line 1: id is missing"),
        (b'{"id": ""}', "line 1: id is missing"),
        (b'{"id": ["a"]}', "line 1: id is no text"),
        (b'{"id": true}', "line 1: id is no text"),
        (b'{"id": "\\ud83d"}', "line 1: id is no valid text"),
        (b'{"id": "a", "title": 5}', "line 1: title is no text"),
        (b'{"id": "a", "title": NaN}', "line 1: title is no text"),
        (b'{"id": "a", "summary": {}}', "line 1: summary is no text"),
        (b'{"id": "a", "text": ["t"]}', "line 1: text is no text"),
        (b'{"id": "a", "source": false}', "line 1: source is no text"),
        (b'{"id": "a", "url": 1}', "line 1: url is no text"),
        (b'{"id": "a", "published": "yesterday"}', "line 1: published is no ISO 8601 time: 'yesterday'"),
        (b'{"id": "a", "published": "2031-02-30"}', "line 1: published is no ISO 8601 time: '2031-02-30'"),
        (b'{"id": "a", "published": 1924905600}', "line 1: published is no text"),
        (b'{"id": "a", "published": "0001-01-01"}', "line 1: published is out of range: 1"),
        (b'{"id": "a", "published": "9999-12-31T23:59:59-12:00"}', "line 1: published is out of range: 9999"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(tmp_path: Path, raw: bytes, problem: str) -> None:
    """Whatever a line holds, it is refused with its number and one reason."""
    (tmp_path / "articles.jsonl").write_bytes(raw + b"\n")
    [found] = lines_of(tmp_path / "articles.jsonl")
    with pytest.raises(BadLine) as error:
        article_of(found)
    assert str(error.value).startswith(problem)
    assert "\n" not in str(error.value)


def test_lines_are_numbered_as_editors_do(tmp_path: Path) -> None:
    """Empty lines are passed over and count; a byte order mark is no fault."""
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "a"}\n\n  \n{"id": "b"}\r\n{"id": 7}')
    assert [(one.number, article_of(one).id) for one in lines_of(tmp_path / "a.jsonl")] == [
        (1, "a"),
        (4, "b"),
        (5, "7"),
    ]


@pytest.mark.parametrize("name", ["absent.jsonl", "."])
def test_a_file_that_cannot_be_read_is_a_configuration_error(tmp_path: Path, name: str) -> None:
    """No file, or a folder: the error names it."""
    with pytest.raises(ConfigError) as error:
        list(lines_of(tmp_path / name))
    assert str(tmp_path) in str(error.value)


def test_an_article_takes_what_is_there() -> None:
    """All fields are optional but the id; null is absent; what is not in the format is passed over."""
    assert article_of(line(id="a", title=None, text="")).title == ""
    full = article_of(line(id="a", title="t", summary="s", text="x", source="Gazette", url="https://e.org/1", score=7))
    assert (full.title, full.summary, full.text, full.source, full.url) == ("t", "s", "x", "Gazette", "https://e.org/1")


def test_extras_never_make_a_line_bad() -> None:
    """Fields beyond the format are used where they can be, and are no reason to refuse."""
    used = article_of(line(id="a", language="en", timezone="Asia/Seoul", author="Ann", family="Pacific"))
    assert (used.language, used.timezone, used.author, used.family) == ("en", "Asia/Seoul", "Ann", "Pacific")
    for zone in ("Mars/Base", "../../etc/passwd", "", "Europe", 7, "a\0b"):
        passed = article_of(line(id="a", language=3, timezone=zone, author=["Ann"], family={}))
        assert (passed.language, passed.timezone, passed.author, passed.family) == ("", "", "", "")


def test_what_no_text_can_hold_becomes_a_space() -> None:
    """Half characters and controls are taken out, and every offset stays."""
    text = json.loads('"half \\ud800 a\\u0000b\\u001b[31m \\udfff end\\n\\tline"')
    found = article_of(line(id="a", text=text)).text
    assert found == "half   a b [31m   end\n\tline"
    assert len(found) == len(text)
    found.encode()


def test_whole_characters_stay() -> None:
    """A pair of escapes is one character; accents, emoji and joiners are left alone."""
    text = json.loads('"\\ud83d\\ude00 Zu\\u0308rich \\u200d \\u00a0 \\u05d0"')
    assert article_of(line(id="a", title=text)).title == text


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2031-03-04T09:30:00Z", datetime(2031, 3, 4, 9, 30, tzinfo=UTC)),
        ("2031-03-04T09:30:00+09:00", datetime(2031, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=9)))),
        ("2031-03-04T09:30", datetime(2031, 3, 4, 9, 30, tzinfo=UTC)),
        ("2031-03-04 09:30:15", datetime(2031, 3, 4, 9, 30, 15, tzinfo=UTC)),
        ("2031-03-04", datetime(2031, 3, 4, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_published_may_be_an_instant_a_time_a_day_or_nothing(given: str | None, moment: datetime | None) -> None:
    """A time without zone is UTC, a day its first minute."""
    found = published_of(line(id="a", published=given))
    assert found == moment
    assert moment is None or (found and found.utcoffset() == moment.utcoffset())


def test_a_page_s_path_is_relative_to_the_file_of_lines() -> None:
    """A relative path begins where the lines are, an absolute one where it says."""
    assert page_file(line(id="a", html_file="pages/a.html")) == Path("/data/news/pages/a.html")
    assert page_file(line(id="a", html_file="/pages/a.html")) == Path("/pages/a.html")


@pytest.mark.parametrize("name", [None, "", 5, ["a"], "a\0b", "a\ud800"])
def test_a_page_without_a_path_is_a_bad_line(name: object) -> None:
    """A path that is missing, or that no file can have, is refused."""
    with pytest.raises(BadLine, match="line 3: html_file"):
        page_file(line(id="a", html_file=name))
