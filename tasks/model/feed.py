"""Types. Feeds, what they answer, and what their entries lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class FeedState(StrEnum):
    """What a feed is in, as `tocsin feeds` shows it."""

    NEW = "new"  # never polled
    OK = "ok"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"  # entries were read, but the document is damaged
    EMPTY = "empty"
    HTML = "html"  # a web page where the feed should be
    UNDATED = "undated"  # no entry carries a date
    STALE = "stale"
    VOLUME_LOW = "volume-low"
    LIMITED = "limited"  # 429, or 503 with Retry-After
    BLOCKED = "blocked"  # 401, 403, 451: the server does not want us
    REFUSED = "refused"  # we do not want it: private address, port, scheme, too many redirects
    BROKEN = "broken"  # an answer that cannot be read, or another 4xx/5xx
    UNREACHABLE = "unreachable"  # no answer
    GONE = "gone"  # 410
    DEAD = "dead"


class EntryState(StrEnum):
    """How far an entry has come: its feed's own text kept, its page read (or the reason why not), understood."""

    STORED = "stored"
    READ = "read"
    UNDERSTOOD = "understood"


class Provenance(StrEnum):
    """Where an article's publishing time comes from."""

    FEED = "feed"
    PAGE = "page"
    FIRST_SEEN = "first_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed as written in feeds.toml."""

    url: str
    name: str = ""
    family: str = ""  # owner or outlet family: its members are one origin
    language: str = ""
    timezone: str = ""
    interval: timedelta = timedelta(minutes=15)
    side: str = ""  # the actor whose voice it is
    full_text: bool = False  # the feed carries whole articles: pages are not read
    headers: Mapping[str, str] = field(default_factory=dict)
    proxy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the last good answer left for the next conditional request."""

    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedFeed:
    """A feed under this run's lease; `url` is where it answers now (after permanent redirects)."""

    id: int
    spec: FeedSpec
    url: str
    validators: Validators
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An HTTP answer, decoded and bounded; header names in lower case. A 304 is a Response without a body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    permanent_url: str = ""  # where permanent redirects alone lead, if any did


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as its feed gave it, cleaned. `key` is its identity within the feed; `link` is absolute http(s) or empty."""

    key: str
    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""  # plain text
    content: str = ""  # plain text of the full content, where the feed carries it
    published: datetime | None = None
    published_raw: str = ""
    author: str = ""
    source: str = ""  # the outlet that <source> names (aggregators)
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed document as read. `problem` says in words what was damaged, where entries could still be read."""

    title: str = ""
    language: str = ""
    ttl: timedelta | None = None
    entries: tuple[Entry, ...] = ()
    dropped: int = 0  # entries beyond the cap, or without any text and link
    problem: str = ""
    older: str = ""  # the address of the document with the entries before these; absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The article found in a web page. `published` is null where the page states none."""

    title: str = ""
    text: str = ""
    published: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    author: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an entry leads to, or a line of a batch. `id` is the canonical URL, or the given id in a batch."""

    id: str
    title: str = ""
    summary: str = ""
    text: str = ""
    published: datetime | None = None
    provenance: Provenance = Provenance.FEED
    first_seen: datetime | None = None
    language: str = ""
    source: str = ""  # the outlet's name
    family: str = ""
    side: str = ""
    author: str = ""
    url: str = ""  # clickable, as the feed gave it
    timezone: str = ""  # of the feed, for relative dates
    revision: int = 1
