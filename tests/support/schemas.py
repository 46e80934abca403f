"""JSON Schemas of the closed formats: `check("alert", line)` holds a line that a command printed against its own.

They are written out here, not derived from the nouns: other programs rely on them, so a change of a noun must not change them.
"""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Schema = dict[str, Any]

CHANGES = [
    "new", "refined", "confirmed", "moved", "postponed", "cancelled", "reinstated", "under_way", "held",
    "contradicted", "lapsed", "retracted", "escalated", "deescalated", "quantity", "denied", "ended", "expanded",
    "narrowed",
]  # fmt: skip
STATUSES = [
    "rumoured", "tentative", "announced", "confirmed", "under_way", "held", "postponed", "cancelled", "refused",
    "lapsed", "reported", "escalating", "receding", "denied", "ended",
]  # fmt: skip
FEED_STATES = [
    "new", "ok", "unchanged", "partial", "empty", "html", "undated", "stale", "volume-low", "limited", "blocked",
    "refused", "broken", "unreachable", "gone", "dead",
]  # fmt: skip
DELIVERY_STATES = ["pending", "sent", "held", "dead"]
GRAINS = ["year", "quarter", "month", "week", "day", "hour"]
BOUNDS = ["on", "by", "not_before", "until"]
FIELDS = ["title", "summary", "text"]

_DAY = r"\d{4}-\d\d-\d\d"
_CLOCK = r"T\d\d:\d\d(:\d\d(\.\d+)?)?"
_OFFSET = r"([+-]\d\d:\d\d|Z)"

TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT}
MOMENT: Schema = {"type": "string", "pattern": f"^{_DAY}({_CLOCK}({_OFFSET})?)?$"}
INSTANT: Schema = {"type": "string", "pattern": f"^{_DAY}{_CLOCK}{_OFFSET}$"}


def _object(**properties: Schema) -> Schema:
    """Describe an object that has all of these; more is allowed."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": True}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(*schemas: Schema) -> Schema:
    return {"anyOf": [*schemas, {"type": "null"}]}


WHEN = _object(low=MOMENT, high=MOMENT, grain={"enum": GRAINS}, bound={"enum": BOUNDS})
QUANTITY = _object(value={"type": "number"}, unit=TEXT)
BEFORE = _or_null(WHEN, QUANTITY, TEXT)
SPAN: dict[str, Schema] = {"text": TEXT, "field": {"enum": FIELDS}, "start": COUNT, "end": COUNT}

ALERT = _object(
    watch=NAME,
    change={"enum": CHANGES},
    development=NAME,
    when=_or_null(WHEN),
    before=BEFORE,
    status={"enum": STATUSES},
    parties=TEXTS,
    place=_or_null(TEXT),
    quantity=_or_null(QUANTITY),
    subject=_or_null(TEXT),
    outcome=_or_null(TEXT),
    origins=COUNT,
    article=_or_null(NAME),
    at=INSTANT,
    confidence={"type": "number", "minimum": 0, "maximum": 1},
    headline={"type": "string", "minLength": 1, "pattern": r"^[^\n\r]*$"},
    why=TEXTS,
)
DELIVERY = _object(channel=NAME, state={"enum": DELIVERY_STATES}, attempts=COUNT)
ENTRY = _object(id=NAME, title=TEXT, link=TEXT, published=_or_null(INSTANT), summary=TEXT, content=TEXT)
MENTION = _object(
    watch=NAME,
    trigger=TEXT,
    when=_or_null(WHEN),
    status={"enum": STATUSES},
    parties=TEXTS,
    place=_or_null(TEXT),
    evidence=TEXT,
    accepted=FLAG,
    why=TEXTS,
)

SCHEMAS: Mapping[str, Schema] = {
    "alert": ALERT,
    "alert_row": {"allOf": [ALERT, _object(deliveries=_list(DELIVERY))]},
    "parse-feed": _object(file=NAME, ok=FLAG, error=_or_null(TEXT), title=TEXT, entries=_list(ENTRY)),
    "extract": _object(
        id=NAME, title=TEXT, text=TEXT, published=_or_null(INSTANT), language=_or_null(TEXT), error=_or_null(TEXT)
    ),
    "stories": _object(id=NAME, story=NAME, origin=TEXT, duplicate_of=_or_null(NAME)),
    "explain": _object(
        id=NAME,
        dates=_list(_object(**SPAN, low=MOMENT, high=MOMENT, grain={"enum": GRAINS})),
        actors=_list(_object(actor=NAME, **SPAN)),
        mentions=_list(MENTION),
    ),
    "error": _object(error=NAME),
    "feed": _object(
        url=NAME,
        name=TEXT,
        state={"enum": FEED_STATES},
        error=_or_null(TEXT),
        entries=COUNT,
        next_poll=_or_null(INSTANT),
    ),
    "development": _object(id=NAME, watch=NAME, status={"enum": STATUSES}, when=_or_null(WHEN), parties=TEXTS),
    "history": _object(at=INSTANT, change=NAME, before=BEFORE, article=_or_null(NAME), who=TEXT, why=TEXTS),
    "status": _object(name=NAME, ok=FLAG, detail=TEXT),
    "run": _object(feeds=COUNT, entries=COUNT, articles=COUNT, alerts=COUNT, errors=COUNT),
    "problem": _object(file=TEXT, place=TEXT, problem=NAME, nearest=_or_null(TEXT)),
}


def problems(kind: str, line: object) -> list[str]:
    """List what is wrong with a line of this kind."""
    validator = Draft202012Validator(SCHEMAS[kind], format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(line)]


def check(kind: str, line: object) -> None:
    """Hold a line against the schema of its kind."""
    found = problems(kind, line)
    assert not found, f"{kind}: {found}"
