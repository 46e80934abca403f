"""Single stages over files: order kept, one bad line is an error line, every line fits its closed format."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support import schemas
from tests.support.command import Said, tocsin
from tests.support.site import Item, feed, wordpress_page

PUBLISHED = "2031-03-04T09:30:00Z"
WATCH = """
[[watch]]
id = "squid-talks"
title = "Japan–South Korea talks"
shape = "occasion"
event = "talks"
parties = [["JP"], ["KR"]]
channels = ["nobody-knows-this-one"]
"""
TALKS = "Japan and South Korea will hold talks about squid in Osaka on"
PARAGRAPHS = (
    "The harbour of Bergen was closed for two days while divers looked for a lost anchor below the fish market.",
    "It was found on the third morning, a metre from where it had been dropped, and nobody was much surprised by that.",
)
HALF = "\\ud83d"  # half a character, as JSON can spell it
# What may stand between good lines, with what is then said; the id is given back where there is one.
BAD = (
    ("{]", None, "no JSON"),
    ('["a"]', None, "no JSON object"),
    ('{"title": "no id"}', None, "id is missing"),
    ('{"id": "wrong", "title": 5}', "wrong", "title is no text"),
    ('{"id": "date", "title": "t", "published": "soon"}', "date", "published is no ISO 8601 time: 'soon'"),
    (f'{{"id": "{HALF}", "title": "t"}}', "\ud83d", "id is no valid text"),
    ("[" * 50_000, None, "no JSON"),
)


def article(name: str, **fields: Any) -> str:
    """Write an article as a line."""
    return json.dumps({"id": name, **fields})


def mixed(good: Sequence[str]) -> list[str]:
    """Put a bad line behind each good one, until all have been."""
    rows = [line for pair in zip(good, (raw for raw, _, _ in BAD), strict=False) for line in pair]
    return rows + list(good[len(BAD) :]) + [raw for raw, _, _ in BAD[len(good) :]]


def write(folder: Path, rows: Sequence[str], watches: str = WATCH) -> Path:
    """Write articles, and watches beside them."""
    (folder / "watches.toml").write_text(watches, encoding="utf-8")
    path = folder / "articles.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def check(kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """Hold each row against its format, or that of errors; the bad ones say what was wrong with them."""
    for row in rows:
        schemas.check("error" if "dates" not in row and row.get("error") else kind, row)
    errors = [(row["id"], row["error"].partition(": ")[2]) for row in rows if row.get("error")]
    assert [name for name, _ in errors] == [name for _, name, _ in BAD]
    assert all(said.startswith(wanted) for (_, said), (_, _, wanted) in zip(errors, BAD, strict=True)), errors


GOOD = (
    article(
        "title", title=f"{TALKS} May 12", published=PUBLISHED, source="Pacific Wire", url="https://pacific.example/1"
    ),
    article("summary", summary=f"{TALKS} May 13.", published="2031-03-05T08:00"),
    article("text", text=f"Squid are scarce.\n\n{TALKS} May 14.", published="2031-03-06"),
    article("undated", title=f"{TALKS} May 15, 2031"),
    article("null", title=None, summary=None, text=f"{TALKS} May 16, 2031.", published=None, source=None, url=None),
    f'{{"id": "half", "title": "Half {HALF} and \\u0000 nothing", "text": "{TALKS} 17 May 2031 {HALF} as planned."}}',
    article("large", title="squid " * 170_000, author=["an", "extra"], score={"any": "thing"}),
    article("empty"),
)


def names(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Give the ids of the lines that are no error, in order."""
    return [row["id"] for row in rows if not row.get("error")]


def test_stories_files_every_good_line_in_order(tmp_path: Path) -> None:
    """Whatever fields an article has, it is filed; copies are told by their first; bad lines keep their places."""
    copy = article(
        "copy", title=f"{TALKS} May 12", published=PUBLISHED, source="Atlantic", url="https://pacific.example/1"
    )
    said = tocsin("stories", "--jsonl", write(tmp_path, mixed((*GOOD, copy))))
    assert (said.code, said.err) == (1, "")
    check("stories", said.lines)
    assert names(said.lines) == [*(json.loads(one)["id"] for one in GOOD), "copy"]
    assert said.lines[-1]["duplicate_of"] == "title"
    assert said.lines[1]["error"].startswith("line 2: ")


def explained(folder: Path, rows: Sequence[str], *words: object) -> Said:
    """Explain articles for a watch."""
    return tocsin("explain", "--jsonl", write(folder, rows), *words)


def test_explain_sees_dates_actors_and_mentions_of_every_field(tmp_path: Path) -> None:
    """Title, summary and text alone are each enough."""
    rows = [one for one in GOOD if json.loads(one)["id"] != "large"]
    said = explained(tmp_path, mixed(rows), "--watches", tmp_path / "watches.toml")
    assert (said.code, said.err) == (1, "")
    check("explain", said.lines)
    assert names(said.lines) == [json.loads(one)["id"] for one in rows]
    found = {row["id"]: row for row in said.lines}
    for name, field, day in (
        ("title", "title", 12),
        ("summary", "summary", 13),
        ("text", "text", 14),
        ("half", "text", 17),
    ):
        assert [(one["field"], one["low"]) for one in found[name]["dates"]] == [(field, f"2031-05-{day}")]
        assert {one["actor"] for one in found[name]["actors"]} >= {"JP", "KR"}
        [mention] = (one for one in found[name]["mentions"] if one["accepted"])
        assert mention["watch"] == "squid-talks"
        assert mention["why"]
    assert found["empty"] == {"id": "empty", "dates": [], "actors": [], "mentions": []}


def test_offsets_count_the_characters_of_the_given_text(tmp_path: Path) -> None:
    """Emoji, half characters, controls and blank lines before a date move nothing."""
    text = f"\U0001f991\U0001f991 Squid!\n\n\u0000 A\u0301 \ud83d {TALKS} 12 May 2031."
    said = explained(tmp_path, [article("a", text=text, title="\U0001f991 Tokyo")])
    assert said.code == 0
    [row] = said.lines
    [day] = row["dates"]
    assert text[day["start"] : day["end"]] == day["text"] == "12 May 2031"
    for actor in row["actors"]:
        assert {"text": text, "title": "\U0001f991 Tokyo"}[actor["field"]][actor["start"] : actor["end"]] == actor[
            "text"
        ]


def test_without_watches_there_are_dates_and_actors_but_no_mention(tmp_path: Path) -> None:
    """No configuration is needed."""
    [row] = explained(tmp_path, [GOOD[0]]).lines
    assert row["dates"]
    assert row["actors"]
    assert row["mentions"] == []


def test_backtest_prints_what_would_be_sent_in_order_of_time(tmp_path: Path) -> None:
    """Undated articles take the time before them, days begin at midnight, channels do not matter, the store is not touched."""
    rows = [GOOD[2], GOOD[3], GOOD[1], *GOOD[6:], GOOD[0]]
    path = write(tmp_path, mixed(rows))
    said = tocsin("backtest", "--articles", path, "--watches", tmp_path / "watches.toml", "--jsonl")
    assert (said.code, said.err) == (1, "")
    check("alert", said.lines)
    alerts = [row for row in said.lines if not row.get("error")]
    assert [(row["article"], row["at"]) for row in alerts] == [
        ("title", "2031-03-04T09:30:00+00:00"),
        ("summary", "2031-03-05T08:00:00+00:00"),
        ("text", "2031-03-06T00:00:00+00:00"),
        ("undated", "2031-03-06T00:00:00+00:00"),
    ]
    assert [row["when"]["low"] for row in alerts] == ["2031-05-12", "2031-05-13", "2031-05-14", "2031-05-15"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["articles.jsonl", "watches.toml"]


def test_backtest_can_be_read_by_people(tmp_path: Path) -> None:
    """A table, and bad lines on standard error."""
    path = write(tmp_path, [GOOD[0], "{]"])
    said = tocsin("backtest", "--articles", path, "--watches", tmp_path / "watches.toml")
    assert said.code == 1
    assert "2031-03-04 09:30  NEW · Japan–South Korea talks: 12 May 2031" in said.out
    assert said.err.startswith("line 2: no JSON")
    path.write_text(article("dull", title="Rain in Bergen"))
    said = tocsin("backtest", "--articles", path, "--watches", tmp_path / "watches.toml")
    assert (said.code, said.out) == (0, "Nothing would have been sent.\n")


def test_one_id_twice_is_two_articles(tmp_path: Path) -> None:
    """Nothing fails, and nothing is said twice."""
    path = write(tmp_path, [GOOD[0], GOOD[0]])
    said = tocsin("backtest", "--articles", path, "--watches", tmp_path / "watches.toml", "--jsonl")
    assert (said.code, len(said.lines)) == (0, 1)


def test_extract_finds_pages_beside_the_file_of_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths begin where the lines are, wherever the command is typed; what is missing is an error line."""
    (tmp_path / "pages").mkdir()
    page = wordpress_page("An anchor is found", PARAGRAPHS, datetime(2031, 3, 4, 9, 30, tzinfo=UTC))
    (tmp_path / "pages/a.html").write_bytes(page)
    (tmp_path / "menu.html").write_text("<html><body><nav>Home</nav></body></html>")
    rows = [
        article("beside", html_file="pages/a.html", url="https://gazette.example/anchor"),
        article("absent", html_file="pages/b.html"),
        "{]",
        article("nameless"),
        article("odd", html_file="a\0b"),
        article("folder", html_file="pages"),
        article("menu", html_file="menu.html"),
        article("whole", html_file=str(tmp_path / "pages/a.html")),
    ]
    path = write(tmp_path, rows)
    monkeypatch.chdir("/")
    said = tocsin("extract", "--jsonl", path)
    assert (said.code, said.err) == (1, "")
    for row in said.lines:
        schemas.check("error" if row["id"] is None else "extract", row)
    assert [row["id"] for row in said.lines] == ["beside", "absent", None, "nameless", "odd", "folder", "menu", "whole"]
    errors = [row["error"] for row in said.lines]
    assert errors[0] is errors[7] is None
    for error, wanted in zip(
        errors[1:7],
        ("b.html: No such file", "no JSON", "html_file is missing", "html_file", "Is a directory", "no article"),
        strict=True,
    ):
        assert wanted in error
    assert said.lines[0]["title"] == "An anchor is found"
    assert said.lines[0]["published"] == "2031-03-04T09:30:00+00:00"
    assert "lost anchor" in said.lines[0]["text"]


def test_parse_feed_reads_files_as_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is given back as it was typed; a file that is missing or no feed is said, and the others are read."""
    when = datetime(2031, 3, 4, 9, 30, tzinfo=UTC)
    items = (
        Item(title="An anchor is found", link="https://gazette.example/anchor", published=when),
        Item(title="x", link=""),
    )
    (tmp_path / "good.xml").write_bytes(feed("Gazette", items))
    (tmp_path / "page.xml").write_bytes(b"<!doctype html><html><body><p>No feed here, sorry.</p></body></html>")
    monkeypatch.chdir(tmp_path)
    given = ("./good.xml", "page.xml", ".//absent.xml", ".")
    said = tocsin("parse-feed", *given, "--json", TOCSIN_NOW="2031-03-05T00:00:00Z")
    assert (said.code, said.err) == (1, "")
    for row in said.lines:
        schemas.check("parse-feed", row)
    assert [(row["file"], row["ok"]) for row in said.lines] == [
        (given[0], True),
        *((name, False) for name in given[1:]),
    ]
    assert said.lines[0]["entries"][0]["published"] == "2031-03-04T09:30:00+00:00"
    assert [row["error"] for row in said.lines[1:3]] == ["a web page, not a feed", "No such file or directory"]
    shown = tocsin("parse-feed", "good.xml")
    assert shown.code == 0
    assert "good.xml: Gazette: 2 entries" in shown.out


@pytest.mark.parametrize(
    "words",
    [
        ("stories", "--jsonl", "absent.jsonl"),
        ("explain", "--jsonl", "absent.jsonl"),
        ("extract", "--jsonl", "absent.jsonl"),
        ("backtest", "--articles", "absent.jsonl", "--watches", "absent.toml", "--jsonl"),
    ],
)
def test_a_missing_file_is_exit_3_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Nothing on standard output, one line on standard error."""
    monkeypatch.chdir(tmp_path)
    said = tocsin(*words)
    assert (said.code, said.out, len(said.err.splitlines())) == (3, "", 1)
    assert said.err.startswith("absent.")


def test_a_broken_watches_file_is_exit_3_with_its_problems(tmp_path: Path) -> None:
    """As `check` would say them."""
    path = write(tmp_path, [GOOD[0]], watches=WATCH + "paries = 1\n")
    for words in (("backtest", "--articles", path), ("explain", "--jsonl", path)):
        said = tocsin(*words, "--watches", tmp_path / "watches.toml")
        assert (said.code, said.out) == (3, "")
        assert "watch[1].paries (line 9): unknown key (did you mean 'parties'?)" in said.err
