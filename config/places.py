"""Pure. Where in a TOML text something stands: key paths as people read them, and their lines.

A statement is read by itself: it begins where the last one ended and ends at the first line with which it parses.
So the TOML library decides what a statement is, and a value of many lines is found by the line on which it begins.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

KeyPath = tuple[str | int, ...]  # list positions count from 0, as in the data

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def spelled(path: KeyPath) -> str:
    """Write a key path as people read it; list positions count from 1: `watch[2].shape`."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{_key(step)}" for step in path)
    return "".join(parts).removeprefix(".")


def _key(step: str) -> str:
    return step if _BARE.fullmatch(step) else f'"{step}"'


def place(path: KeyPath, text: str) -> str:
    """Write a key path with the line on which it, or the nearest thing around it, stands."""
    lines = _lines(text)
    around = [lines[outer] for outer in _prefixes(path) if outer in lines]
    return f"{spelled(path)} (line {around[-1]})" if around else spelled(path)


def error_place(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, str]:
    """Split a syntax error into its line and what is wrong there."""
    message = str(error)
    found = _ERROR_LINE.search(message)
    line = int(found[1]) if found else text.count("\n") + 1
    return f"line {line}", _ERROR_LINE.sub("", message).replace("(at end of document)", "").strip()


@lru_cache(maxsize=16)  # the files of one check
def _lines(text: str) -> Mapping[KeyPath, int]:
    """Map every key path of a valid text to its line."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, statement, is_header in _statements(text):
        if is_header:
            table = _open(statement, counts)
            for outer in _prefixes(table):
                lines.setdefault(outer, number)
        else:
            for path in _paths(statement):
                lines.setdefault(table + path, number)
    return MappingProxyType(lines)


def _prefixes(path: KeyPath) -> Iterator[KeyPath]:
    return (path[:depth] for depth in range(1, len(path) + 1))


def _statements(text: str) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """Yield every statement with its first line, its meaning, and whether it is a table header."""
    start, lines = 0, [f"{line}\n" for line in text.split("\n")]
    for end in range(1, len(lines) + 1):
        chunk = "".join(lines[start:end])
        try:
            statement = tomllib.loads(chunk)
        except tomllib.TOMLDecodeError:
            continue  # goes on in the next line
        if statement:
            yield start + 1, statement, chunk.lstrip().startswith("[")
        start = end


def _open(header: Any, counts: dict[KeyPath, int]) -> KeyPath:
    """Give the path of the table that a header opens, counting the tables of each list."""
    path: KeyPath = ()
    while header:
        key, header = next(iter(header.items()))
        path += (key,)
        if isinstance(header, list):
            counts[path] = counts.get(path, -1) + 1
            header = header[0]
        if path in counts:
            path += (counts[path],)
    return path


def _paths(value: Any) -> Iterator[KeyPath]:
    """Yield every key path in a value."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (key,)
        yield from ((key, *path) for path in _paths(inner))
