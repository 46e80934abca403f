"""Edge: files. TOML documents as written, and what is found wrong with them while the rest is still read."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from config.complaints import complaints
from config.places import KeyPath, error_place, place
from tasks.errors import ConfigError, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A TOML file: its name as problems show it, its text, and what it says (nothing, where it is `broken`)."""

    file: str
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    broken: bool = False

    @property
    def id(self) -> str:
        """The file's name without its ending, which is the id of a pack or language."""
        return Path(self.file).stem

    def problem(self, path: KeyPath, problem: str, nearest: str | None = None) -> Problem:
        """Say what is wrong at a key path."""
        return Problem(file=self.file, place=place(path, self.text), problem=problem, nearest=nearest)

    def tables(self, name: str) -> tuple[dict[str, Any], ...]:
        """Give the tables `[[name]]` as written; nothing where it is no list of tables."""
        found = self.data.get(name, [])
        return tuple(table if isinstance(table, dict) else {} for table in found) if isinstance(found, list) else ()


def read(path: Path, file: str) -> Document:
    """Read a TOML file; raise ConfigError with the line where it is no TOML."""
    try:
        text = path.read_text("utf-8-sig")  # editors on Windows put a mark first
    except OSError as error:
        raise _unreadable(file, str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _unreadable(file, f"byte {error.start}", "is not UTF-8") from error
    try:
        return Document(file=file, text=text, data=tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        where, what = error_place(error, text)
        raise _unreadable(file, where, what) from error


def _unreadable(file: str, where: str, what: str) -> ConfigError:
    return ConfigError((Problem(file=file, place=where, problem=what),))


class Findings:
    """Collects problems, so that one check tells everything."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, path: Path, file: str) -> Document:
        """Read a TOML file; a broken one is noted and counts as empty."""
        try:
            return read(path, file)
        except ConfigError as error:
            self.problems += error.problems
            return Document(file=file, broken=True)

    def read_optional(self, path: Path, file: str) -> Document:
        """Read a TOML file that may be absent."""
        return self.read(path, file) if path.exists() else Document(file=file)

    def form(self, kind: type[T], document: Document, context: Mapping[str, object] | None = None) -> T:
        """Read a document as a form; what does not fit is noted, and an empty form stands for it."""
        if document.broken:
            return kind()
        adapter = _adapter(kind)  # type: ignore[arg-type]  # every class is hashable
        try:
            found: T = adapter.validate_json(_as_json(document.data), context=context)
        except ValidationError as error:
            self.problems += (document.problem(*complaint) for complaint in complaints(error, document.data, adapter))
            found = kind()
        return found

    def refuse(self) -> None:
        """Raise ConfigError where anything is wrong."""
        if self.problems:
            raise ConfigError(tuple(self.problems))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _as_json(data: dict[str, Any]) -> str:
    """Write TOML data as JSON: pydantic's strict mode then reads lists as tuples and texts as enums, but "yes" as no bool."""
    return json.dumps(data, default=_moment)


def _moment(value: Any) -> str:
    """Write a TOML date or time as text; a time without a zone is UTC."""
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return str(value.isoformat())
