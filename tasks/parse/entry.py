"""Pure. Raw entries to entries: who is who within the feed, absolute links, plain text, plausible dates, bounds."""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from tasks.model.feed import Entry, ParsedFeed
from tasks.parse.raw import RawEntry, RawFeed
from tasks.plain import from_html, one_line
from tasks.stamps import plausible, read_stamp
from tasks.urls import is_http_url, masked

ENTRY_CAP = 500  # a poll's worth: the busiest real feeds carry 300
TITLE_CAP = 500
SUMMARY_CAP = 20_000
CONTENT_CAP = 200_000
NAME_CAP = 200  # authors, outlets, stamps
GUID_CAP = 500
LINK_CAP = 4096  # longer ones are data, not addresses
FEED_CAP = 6_000_000  # bytes of text in all, so that the answer stays below the pool's 8 MB
UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# Parameters that say how a reader came, not what the page is (Urchin, AT Internet, Facebook, Google, Mailchimp, comScore).
TRACKING = re.compile(r"(?:utm_\w+|at_\w+|fbclid|gclid|mc_[ce]id|ns_\w+|xtor)", re.IGNORECASE)


def finish(raw: RawFeed, *, url: str, now: datetime) -> ParsedFeed:
    """Clean a document; entries without text and link, repeated ones and those beyond the bounds are counted, not kept."""
    resolved = (_resolved(entry, url) for entry in raw.entries)
    wanted = tuple(islice(_distinct(entry for entry in resolved if _says_something(entry)), ENTRY_CAP))
    clashes = _clashes(wanted)
    entries = tuple(_within(FEED_CAP, (_entry(entry, entry_key(entry, clashes), now) for entry in wanted)))
    return ParsedFeed(
        title=_line(raw.title, TITLE_CAP),
        language=_language(raw.language),
        ttl=raw.ttl,
        entries=entries,
        dropped=raw.dropped + len(raw.entries) - len(entries),
        problem=one_line(raw.problem, NAME_CAP),
        older=absolute(raw.older, url) if raw.older else "",
    )


def entry_key(entry: RawEntry, clashes: Container[str] = ()) -> str:
    """Name an entry within its feed: by its guid, else its link, else what it says; a name that others bear too is passed over."""
    return next(name for name in _names(entry) if name not in clashes)


def absolute(link: str, base: str) -> str:
    """Resolve a link against its document; empty where that is no plain http(s) address."""
    try:
        found = urljoin(base, link.strip().replace(" ", "%20"))
    except ValueError:  # brackets
        return ""
    plain = is_http_url(found) and masked(found) == found and not UNSAFE.search(found)  # user info names no page
    return found if plain and len(found) <= LINK_CAP else ""


def canonical(link: str) -> str:
    """Write a link in the form that its copies share: no fragment, no tracking, parameters in order."""
    names = (part.partition("=")[0] for part in urlsplit(link).query.split("&"))
    tracking = [name for name in names if TRACKING.fullmatch(name)]
    return str(canonicalize_url(url_query_cleaner(link, tracking, remove=True) if tracking else link))


def _resolved(entry: RawEntry, base: str) -> RawEntry:
    guid = one_line(entry.guid, len(entry.guid))
    return replace(entry, guid=guid, link=absolute(entry.link, base) if entry.link.strip() else "")


def _says_something(entry: RawEntry) -> bool:
    return any(text.strip() for text in (entry.title, entry.summary, entry.content, entry.link))


def _distinct(entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """Let each entry through once: told apart by guid, link and title, or by all it says where it has neither guid nor link."""
    seen: set[object] = set()
    for entry in entries:
        what = (entry.guid, entry.link, entry.title) if entry.guid or entry.link else entry
        if what not in seen:
            seen.add(what)
            yield entry


def _names(entry: RawEntry) -> Iterator[str]:
    """Give an entry's names, best first; the last one always holds."""
    if entry.guid:
        yield f"guid:{entry.guid if len(entry.guid) <= GUID_CAP else _digest(entry.guid)}"
    if entry.link:
        yield f"link:{canonical(entry.link)}"
    yield f"hash:{_digest(entry.title, entry.published, entry.summary or entry.content, entry.guid, entry.link)}"


def _clashes(entries: tuple[RawEntry, ...]) -> frozenset[str]:
    """Find the names that several entries of a document bear: first names, and second ones of those whose first clashes."""
    first = Counter(next(_names(entry)) for entry in entries)
    borne = Counter(first)
    for entry in entries:
        borne.update(list(_names(entry))[1:] if first[next(_names(entry))] > 1 else ())
    return frozenset(name for name, number in borne.items() if number > 1)


def _within(room: int, entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        room -= sum(len(text.encode()) for text in (entry.title, entry.summary, entry.content))
        if room < 0:
            return
        yield entry


def _entry(raw: RawEntry, key: str, now: datetime) -> Entry:
    return Entry(
        key=key,
        guid=raw.guid[:GUID_CAP],
        link=raw.link,
        title=_line(raw.title, TITLE_CAP),
        summary=from_html(raw.summary, SUMMARY_CAP),
        content=from_html(raw.content, CONTENT_CAP),
        published=plausible(read_stamp(raw.published), now),
        published_raw=one_line(raw.published, NAME_CAP),
        author=_line(raw.author, NAME_CAP),
        source=_line(raw.source, NAME_CAP),
        language=_language(raw.language),
    )


def _line(markup: str, cap: int) -> str:
    return one_line(from_html(markup, cap), cap)


def _language(code: str) -> str:
    found = LANGUAGE.fullmatch(code.strip())
    return found[0] if found else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
