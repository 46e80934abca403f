"""Lines of key paths."""

import tomllib

import pytest

from config.places import KeyPath, error_place, place, spelled

TEXT = '''\
# a comment
title = "x"

[[watch]]
id = "a"
about = [
  "one",
  "[two]",
]
examples.match = [{ text = """
[[watch]]
""" }]

[watch.measure]
unit = "troops"

[[watch]]
id = "b\u2028c"
[watch.measure]
unit = "tanks"
[actors."odd key".people]
x.y = 1
'''

CASES: list[tuple[KeyPath, str]] = [
    (("title",), "title (line 2)"),
    (("watch",), "watch (line 4)"),
    (("watch", 0, "id"), "watch[1].id (line 5)"),
    (("watch", 0, "about", 1), "watch[1].about[2] (line 6)"),
    (("watch", 0, "examples", "match", 0, "text"), "watch[1].examples.match[1].text (line 10)"),
    (("watch", 0, "measure", "unit"), "watch[1].measure.unit (line 15)"),
    (("watch", 1, "shape"), "watch[2].shape (line 17)"),
    (("watch", 1, "id"), "watch[2].id (line 18)"),
    (("watch", 1, "measure", "unit"), "watch[2].measure.unit (line 20)"),
    (("actors", "odd key", "people", "x", "y"), 'actors."odd key".people.x.y (line 22)'),
    (("nowhere",), "nowhere"),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "expected"), CASES)
def test_place(path: KeyPath, expected: str, line_end: str) -> None:
    """A key path is spelled with the line of the statement that it, or what is around it, stands in."""
    assert expected == place(path, TEXT.replace("\n", line_end))


def test_spelled_counts_from_one() -> None:
    """People count list positions from 1."""
    assert spelled(("watch", 0, "parties", 1, 0)) == "watch[1].parties[2][1]"


@pytest.mark.parametrize(("text", "expected"), [("a = 1\nb =\nc = 2", "line 2"), ('a = 1\nb = """\n', "line 3")])
def test_error_place(text: str, expected: str) -> None:
    """A syntax error tells its line, the last one where the text ends too early."""
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    where, what = error_place(caught.value, text)
    assert expected == where
    assert "line" not in what
    assert what
