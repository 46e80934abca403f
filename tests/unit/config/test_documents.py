"""TOML files, and what is wrong with them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from config.documents import Document, Findings, read
from config.forms import WatchesForm
from tasks.errors import ConfigError, Problem


def test_read(tmp_path: Path) -> None:
    """A TOML file is read, also with the mark that editors on Windows put first."""
    path = tmp_path / "talks.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    document = read(path, "packs/talks.toml")
    assert document.data == {"a": 1}
    assert document.id == "talks"


@pytest.mark.parametrize(
    ("content", "place"),
    [(b"a = 1\nb = = 2\n", "line 2"), (b"[a]\n[a]\n", "line 2"), (b'a = "', "line 1"), (b"a = '\xff'", "byte 5")],
)
def test_read_refuses_what_is_no_toml(tmp_path: Path, content: bytes, place: str) -> None:
    """What is no TOML is a problem with its line, or byte."""
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read(path, "x.toml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("x.toml", place)


def test_read_names_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that cannot be read is a problem with its path."""
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        read(tmp_path, "watches.toml")


def test_findings_go_on_after_a_broken_file(tmp_path: Path) -> None:
    """A broken file is noted, counts as an empty form, and is not complained of twice."""
    (tmp_path / "x.toml").write_text("= 1")
    found = Findings()
    document = found.read(tmp_path / "x.toml", "x.toml")
    assert found.form(WatchesForm, document) == WatchesForm()
    assert len(found.problems) == 1
    with pytest.raises(ConfigError):
        found.refuse()


def test_an_optional_file_may_be_absent(tmp_path: Path) -> None:
    """A file that may be absent is an empty document."""
    found = Findings()
    assert found.read_optional(tmp_path / "x.toml", "x.toml") == Document(file="x.toml")
    found.refuse()


def test_a_form_reads_dates(tmp_path: Path) -> None:
    """Dates stay days; times without a zone are UTC."""
    text = """
    [[watch]]
    id = "a"
    shape = "notice"
    event = { verbs = ["recall"] }
    examples.match = [
      { text = "x", published = 2021-12-22 }, { text = "x", published = 2021-12-22T00:00:00 },
      { text = "x", published = 2021-12-22T10:00:00+03:00 },
    ]
    """
    (tmp_path / "x.toml").write_text(text)
    found = Findings()
    form = found.form(WatchesForm, found.read(tmp_path / "x.toml", "x.toml"))
    assert [one.published for one in form.watch[0].examples.match] == [
        date(2021, 12, 22),
        datetime.fromisoformat("2021-12-22T00:00:00+00:00"),
        datetime.fromisoformat("2021-12-22T10:00:00+03:00"),
    ]


def test_tables_are_as_written() -> None:
    """Tables are given as far as they are tables, so that positions stay right."""
    assert Document(file="x", data={"a": [{"b": 1}, 2]}).tables("a") == ({"b": 1}, {})
    assert Document(file="x", data={"a": {"b": 1}}).tables("a") == ()


def test_a_document_places_its_problems() -> None:
    """A problem of a document has its file and line."""
    document = Document(file="x.toml", text="a = 1\nb = 2\n")
    assert document.problem(("b",), "no", "c") == Problem(file="x.toml", place="b (line 2)", problem="no", nearest="c")
