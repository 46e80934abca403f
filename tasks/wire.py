"""Pure. Nouns to JSON and back, where they cross a process or go into a row."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type that pydantic can read
    return TypeAdapter(kind)


def dumps(value: object) -> bytes:
    """Write a noun as JSON."""
    return _adapter(type(value)).dump_json(value)


def loads(kind: type[T], data: bytes | str) -> T:
    """Read a noun of this kind from JSON; raise ValueError where it does not fit."""
    found: T = _adapter(kind).validate_json(data)
    return found
