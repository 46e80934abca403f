"""Pure. RSS and Atom, through feedparser."""

import re
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.sax import SAXException, SAXParseException

import feedparser

from tasks.errors import ParseError
from tasks.model.feed import FeedState
from tasks.parse.raw import RawEntry, RawFeed, torn

# Complaints that do not mean damage: a document read in another encoding than it declares, or sent as text/html.
HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
ENTRIES_READ = 1_000  # twice what is kept, for some repeat others or say nothing
ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
PERIODS = {
    "hourly": 60,
    "daily": 1440,
    "weekly": 10080,
    "monthly": 43200,
    "yearly": 525600,
}  # minutes, RSS 1.0 syndication module
OLDER = ("prev-archive", "next")  # RFC 5005: archived feeds, paged feeds
LONGEST_TTL = timedelta(days=366)
Words = Mapping[str, Any]  # feedparser's dictionaries end in this module


def read_syndication(body: bytes, *, url: str, content_type: str) -> RawFeed:
    """Read RSS or Atom; from a damaged document, the entries before the damage."""
    body, cut = _shortened(body)
    found = _feedparser(body, url=url, content_type=content_type)
    entries, problem = found.entries, _problem(found.get("bozo_exception"))
    if not entries and (problem or not found.get("version")):
        raise _unreadable(body, url, problem)
    whole = entries[:-1] if problem and torn(body) else entries
    return RawFeed(
        title=_text(found.feed, "title"),
        language=_text(found.feed, "language") or _text(found.feed.get("title_detail", {}), "language"),
        ttl=_ttl(found.feed),
        entries=tuple(_entry(entry) for entry in whole),
        dropped=cut + len(entries) - len(whole),
        problem=problem,
        older=older_page(found.feed, url),
    )


def older_page(feed: Words, url: str) -> str:
    """Say where a feed's older entries are: as it says itself (RFC 5005), or as WordPress numbers its pages."""
    links = {str(link.get("rel")): str(link.get("href") or "") for link in feed.get("links", ())}
    named = next((links[rel] for rel in OLDER if links.get(rel)), "")
    if named or "wordpress" not in _text(feed, "generator").lower():
        return named
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = int(asked["paged"]) if asked.get("paged", "").isdecimal() else 1
    return urlunsplit(parts._replace(query=urlencode({**asked, "paged": page + 1})))


def _shortened(body: bytes) -> tuple[bytes, int]:
    """Cut surplus entries out of a document, and count them: feedparser takes ten seconds for 300,000."""
    ends = [end.end() for end in ENTRY_END.finditer(body)]
    if len(ends) <= ENTRIES_READ:
        return body, 0
    return body[: ends[ENTRIES_READ - 1]] + body[ends[-1] :], len(ends) - ENTRIES_READ


def _feedparser(body: bytes, *, url: str, content_type: str) -> Any:
    """Parse; always from BytesIO, for feedparser opens files and addresses that bytes and str happen to name.

    No Content-Location goes in: guids that are no addresses would be resolved against it.
    """
    headers = {"content-type": content_type} if content_type else {}
    try:
        return feedparser.parse(
            BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # on hostile bodies feedparser raises whatever it stumbles over
        raise ParseError(url, f"cannot be read: {type(error).__name__}: {error}") from error


def _unreadable(body: bytes, url: str, problem: str) -> ParseError:
    if b"<html" in body.lower():
        return ParseError(url, "a web page, not a feed", state=FeedState.HTML)
    return ParseError(url, problem or "no known feed format")


def _problem(error: object) -> str:
    if error is None or isinstance(error, HARMLESS):
        return ""
    where = f" XML, line {error.getLineNumber()}" if isinstance(error, SAXParseException) else ""
    what = error.getMessage() if isinstance(error, SAXException) else error
    return f"damaged{where}: {what}"


def _entry(entry: Words) -> RawEntry:
    link = _text(entry, "link")
    borrowed = entry.get("guidislink") and not link.startswith(("http://", "https://"))  # a guid that is no address
    contents = [_text(part, "value") for part in entry.get("content", ()) if _readable(part)]
    summary = _text(entry, "summary")  # feedparser copies the content where there is none
    contents = [_text(part, "value") for part in entry.get("content", ()) if _readable(part)]
    summary = _text(entry, "summary")  # feedparser copies the content where there is none
    return RawEntry(
        guid=_text(entry, "id"),
        link="" if borrowed else link,
        title=_text(entry, "title"),
        summary="" if summary in contents else summary,
        content=max(contents, key=len, default=""),
        published=_text(entry, "published") or _text(entry, "updated") or _text(entry, "created"),
        author=_text(entry.get("author_detail", {}), "name") or _text(entry, "author"),
        source=_text(entry.get("source", {}), "title"),
        language=_text(entry, "language") or _text(entry.get("title_detail", {}), "language"),
    )


def _readable(part: Words) -> bool:
    kind = _text(part, "type")
    return not kind or kind.startswith("text/") or "html" in kind


def _text(words: Words, name: str) -> str:
    """Look a text up; by `in` first, for `get` answers `updated` with `published` and a warning."""
    value = words[name] if name in words else ""  # noqa: SIM401 - see above
    return value if isinstance(value, str) else ""


def _ttl(feed: Words) -> timedelta | None:
    minutes = _number(_text(feed, "ttl"))
    if not minutes and (period := PERIODS.get(_text(feed, "sy_updateperiod").strip().lower())):
        minutes = period // (_number(_text(feed, "sy_updatefrequency")) or 1)
    return min(timedelta(minutes=minutes), LONGEST_TTL) if minutes else None


def _number(text: str) -> int:
    """Read a whole number; 0 where it is none, or longer than any sane one."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("100000000") else 0
