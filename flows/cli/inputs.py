"""Commands. JSON Lines as input: each line checked, a bad one named and passed on as such."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tasks.errors import ConfigError, Problem
from tasks.model.feed import Article

TEXTS = ("title", "summary", "text", "source", "url", "author", "language", "family", "timezone")
DAY = len("2022-01-10")


class BadLine(Exception):
    """Why a line of input cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of input; `fault` says why it is no JSON object."""

    number: int
    values: dict[str, Any]
    folder: Path
    fault: str = ""

    @property
    def id(self) -> str | None:
        """Its id, if it has one."""
        given = self.values.get("id")
        return None if given is None else str(given)


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a file; raise ConfigError where there is no such file."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise ConfigError((Problem(file=str(path), place="file", problem=error.strerror or str(error)),)) from error
    with opened as handle:
        for number, raw in enumerate(handle, start=1):
            if raw.strip():
                yield _line(number, raw, path.parent)


def _line(number: int, raw: bytes, folder: Path) -> Line:
    try:
        values = json.loads(raw)
    except ValueError as error:
        return Line(number=number, values={}, folder=folder, fault=f"line {number}: no JSON: {error}")
    if not isinstance(values, dict):
        return Line(number=number, values={}, folder=folder, fault=f"line {number}: no JSON object")
    return Line(number=number, values=values, folder=folder)


def article_of(line: Line) -> Article:
    """Read a line as an article; raise BadLine where it is none."""
    _sound(line)
    texts = {name: line.values.get(name) for name in TEXTS}
    for name, text in texts.items():
        if text is not None and not isinstance(text, str):
            raise BadLine(f"line {line.number}: {name} is no text")
    given = {name: text for name, text in texts.items() if text}
    return Article(id=line.id or "", published=published_of(line), **given)


def page_file(line: Line) -> Path:
    """Give the page that a line names; a relative path is relative to the file of lines."""
    _sound(line)
    name = line.values.get("html_file")
    if not isinstance(name, str) or not name:
        raise BadLine(f"line {line.number}: html_file is missing")
    return line.folder / name


def _sound(line: Line) -> None:
    if line.fault:
        raise BadLine(line.fault)
    if line.id is None:
        raise BadLine(f"line {line.number}: id is missing")


def published_of(line: Line) -> datetime | None:
    """Read an instant, a time without zone (UTC), or a day (00:00 UTC); None where there is none."""
    given = line.values.get("published")
    if given in (None, ""):
        return None
    try:
        text = str(given)
        moment = (
            datetime.combine(date.fromisoformat(text), datetime.min.time())
            if len(text) == DAY
            else datetime.fromisoformat(text)
        )
    except ValueError:
        raise BadLine(f"line {line.number}: published is no ISO 8601 time: {given!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
