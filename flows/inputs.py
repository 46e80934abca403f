"""Edge: files. JSON Lines as input: each line checked, a bad one named and passed on as such."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tasks.errors import ConfigError, Problem
from tasks.model.feed import Article

FIELDS = ("title", "summary", "text", "source", "url")  # of the format: what is no text makes the line a bad one
EXTRAS = ("author", "language", "family")  # beyond the format: used where they are texts
DAY = len("2022-01-10")
YEARS = range(1600, 3000)  # news is printed since 1605; the other end leaves room for reckoning with dates
# What no text can hold (controls, lone surrogates, non-characters). Each becomes a space: offsets count what was given.
UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")


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
        """Its id, a text or a whole number, if it has one."""
        given = self.values.get("id")
        return str(given) if isinstance(given, str | int) and not isinstance(given, bool) else None


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a file; raise ConfigError where it cannot be read."""
    try:
        with path.open("rb") as handle:
            for number, raw in enumerate(handle, start=1):
                if raw.strip():
                    yield _line(number, raw, path.parent)
    except OSError as error:
        raise ConfigError((Problem(file=str(path), place="file", problem=error.strerror or str(error)),)) from error


def _line(number: int, raw: bytes, folder: Path) -> Line:
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return Line(number=number, values={}, folder=folder, fault=f"no JSON: {error}")
    if not isinstance(values, dict):
        return Line(number=number, values={}, folder=folder, fault="no JSON object")
    return Line(number=number, values=values, folder=folder)


def article_of(line: Line) -> Article:
    """Read a line as an article; raise BadLine where it is none."""
    known = id_of(line)
    title, summary, text, source, url = (_text(line, name) for name in FIELDS)
    author, language, family = (_extra(line, name) for name in EXTRAS)
    return Article(
        id=known,
        title=title,
        summary=summary,
        text=text,
        published=published_of(line),
        source=source,
        url=url,
        author=author,
        language=language,
        family=family,
        timezone=_zone(line),
    )


def page_file(line: Line) -> Path:
    """Give the page that a line names; a relative path is relative to the file of lines."""
    id_of(line)
    name = line.values.get("html_file")
    if not isinstance(name, str) or not name:
        raise bad(line, "html_file is missing")
    if UNSOUND.search(name):
        raise bad(line, "html_file names no file")
    return line.folder / name


def id_of(line: Line) -> str:
    """Give the id of a line; raise BadLine where it has none."""
    if line.fault:
        raise bad(line, line.fault)
    if not line.id:
        raise bad(line, "id is no text" if line.values.get("id") else "id is missing")
    if SURROGATE.search(line.id):
        raise bad(line, "id is no valid text: it holds half a character")
    return line.id


def bad(line: Line, problem: str) -> BadLine:
    """Say what is wrong, and on which line."""
    return BadLine(f"line {line.number}: {problem}")


def sound(text: str) -> str:
    """Put a space in the place of everything that no text can hold; every offset stays."""
    return UNSOUND.sub(" ", text)


def _text(line: Line, name: str) -> str:
    given = line.values.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise bad(line, f"{name} is no text")
    return sound(given)


def _extra(line: Line, name: str) -> str:
    given = line.values.get(name)
    return sound(given) if isinstance(given, str) else ""


def _zone(line: Line) -> str:
    """Give the feed's zone, an extra: only where it is one."""
    name = line.values.get("timezone")
    try:
        return ZoneInfo(name).key if isinstance(name, str) else ""
    except (ValueError, OSError, LookupError):
        return ""


def published_of(line: Line) -> datetime | None:
    """Read an instant, a time without zone (UTC), or a day (00:00 UTC); None where there is none."""
    given = line.values.get("published")
    if given in (None, ""):
        return None
    if not isinstance(given, str):
        raise bad(line, "published is no text")
    try:
        moment = _moment(given)
    except ValueError:
        raise bad(line, f"published is no ISO 8601 time: {given[:40]!r}") from None
    if moment.year not in YEARS:
        raise bad(line, f"published is out of range: {moment.year}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(given: str) -> datetime:
    return datetime.combine(date.fromisoformat(given), time()) if len(given) == DAY else datetime.fromisoformat(given)
