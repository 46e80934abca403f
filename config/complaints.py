"""Pure. What pydantic found wrong, in the words of people who write TOML. No complaint repeats a value: it may be a secret."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.nearest import nearest, plain
from config.places import KeyPath

TEXT, TABLE = "[text]", "[table]"  # branches of a value that may be either
_MARKS = {"[key]", TEXT, TABLE}

Complaint = tuple[KeyPath, str, str | None]  # key path, problem, nearest

_WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "unknown key",
    "bool_type": "must be true or false",
    "string_type": "must be a text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "tuple_type": "must be a list",
    "dataclass_type": "must be a table",
    "mapping_type": "must be a table",
    "string_too_short": "must not be empty",
}


def complaints(error: ValidationError, data: Any, adapter: TypeAdapter[Any]) -> Iterator[Complaint]:
    """Yield one complaint for each place that does not fit."""
    flaws: dict[KeyPath, Any] = {}
    for flaw in error.errors(include_url=False):
        flaws.setdefault(_in_document(flaw["loc"], data), flaw)  # the branches of a union complain of one value each
    near = {path: _nearest(flaw, path, adapter) for path, flaw in flaws.items()}
    meant = {(*path[:-1], near[path]) for path, flaw in flaws.items() if _is_unknown(flaw)}
    for path, flaw in flaws.items():
        if path not in meant:  # a misspelt key is not missing as well
            yield path, _problem(flaw), near[path]


def _is_unknown(flaw: Any) -> bool:
    return bool(flaw["type"] == "unexpected_keyword_argument")


def _in_document(loc: KeyPath, data: Any) -> KeyPath:
    """Leave out the steps that pydantic adds to those of the document: branches of unions, marks of keys."""
    path: KeyPath = ()
    for depth, step in enumerate(loc, start=1):
        if _has(data, step):
            path, data = (*path, step), data[step]
        elif depth == len(loc) and step not in _MARKS and isinstance(data, dict):
            path = (*path, step)  # what is missing
    return path


def _has(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)


def _problem(flaw: Any) -> str:
    kind, message = flaw["type"], flaw["msg"]
    if kind == "tuple_type" and isinstance(flaw["input"], dict):
        return "must be a list of tables: write it with two brackets, [[…]]"
    if kind == "enum":
        return f"must be {flaw['ctx']['expected']}"
    return str(_WORDS.get(kind, message[:1].lower() + message[1:]))


def _nearest(flaw: Any, path: KeyPath, adapter: TypeAdapter[Any]) -> str | None:
    if _is_unknown(flaw):
        return nearest(str(path[-1]), plain(*_keys(path[:-1], adapter.json_schema())))
    if flaw["type"] == "enum" and isinstance(flaw["input"], str):
        return nearest(flaw["input"], plain(*re.findall("'([^']+)'", flaw["ctx"]["expected"])))
    found: str | None = flaw.get("ctx", {}).get("nearest")
    return found


def _keys(path: KeyPath, schema: Any) -> list[str]:
    """Give the keys that a schema has at a path."""
    node = _resolved(schema, schema)
    for step in path:
        inner = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
        node = _resolved(inner or node.get("additionalProperties") or {}, schema)
    return list(node.get("properties", {}))


def _resolved(node: Any, schema: Any) -> Any:
    """Follow a reference, or the branch of a union that has one."""
    branches = [one for one in (*node.get("anyOf", ()), *node.get("oneOf", ())) if "$ref" in one]
    node = branches[0] if branches else node
    return schema["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
