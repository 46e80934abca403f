"""Types. What the readers of each format give: a document's words as they stand in it, before any cleaning."""

import re
from dataclasses import dataclass
from datetime import timedelta

CLOSINGS = re.compile(rb"<(/?)(?:item|entry|url)[\s>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One item in its feed's own words; summary and content may be HTML."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    author: str = ""
    source: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A document with at most as many entries as are wanted; `dropped` counts the others."""

    title: str = ""
    language: str = ""
    ttl: timedelta | None = None
    entries: tuple[RawEntry, ...] = ()
    dropped: int = 0
    problem: str = ""
    older: str = ""  # where the document with the entries before these is, as it says


def torn(body: bytes) -> bool:
    """Say whether the document ends inside an entry: what was read of that one may lack its guid or link."""
    tags = CLOSINGS.findall(body)
    return bool(tags) and tags[-1] == b""
