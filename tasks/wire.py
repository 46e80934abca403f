"""Pure. Nouns to JSON and back, where they cross a process or go into a row."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dumps(value: object) -> bytes:
    """Write a noun as JSON."""
    kind: Any = type(value)
    return _adapter(kind).dump_json(value, by_alias=True)


def loads(kind: type[T], data: bytes | str) -> T:
    """Read a noun of this kind from JSON; raise ValueError where it does not fit."""
    wanted: Any = kind
    found: T = _adapter(wanted).validate_json(data)
    return found
