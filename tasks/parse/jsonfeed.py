"""Pure. JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from typing import Any

from tasks.errors import ParseError
from tasks.parse.raw import RawEntry, RawFeed

Item = Mapping[str, Any]  # JSON ends in this module


def read_json(body: bytes, *, url: str) -> RawFeed:
    """Read a JSON Feed; it stands or falls as a whole, for a cut JSON text has no readable part."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ParseError(url, f"not JSON: {error}") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise ParseError(url, "JSON without a list of items: no JSON Feed")
    known = [item for item in items if isinstance(item, dict)]
    return RawFeed(
        title=_text(document, "title"),
        language=_text(document, "language"),
        entries=tuple(_entry(item) for item in known),
        dropped=len(items) - len(known),
        older=_text(document, "next_url"),
    )


def _entry(item: Item) -> RawEntry:
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        published=_text(item, "date_published") or _text(item, "date_modified"),
        author=", ".join(filter(None, (_text(author, "name") for author in _authors(item)))),
        language=_text(item, "language"),
    )


def _authors(item: Item) -> tuple[Item, ...]:
    """Give the authors of version 1.1, or the one of version 1."""
    authors = item.get("authors") or [item.get("author")]
    return tuple(author for author in authors if isinstance(author, dict)) if isinstance(authors, list) else ()


def _text(item: Item, name: str) -> str:
    """Look a text up; ids are numbers in many feeds."""
    value = item.get(name)
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int) else ""
