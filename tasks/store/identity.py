"""Pure. Which entry an item of a feed is, and which feed an address is."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from tasks.model.feed import Entry
from tasks.stories import canonical_url

_LONGEST = 600  # characters: at most 2,400 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store remembers of an entry for telling it again."""

    id: int
    key: str
    guid: str
    link: str  # canonical
    title: str
    digest: str
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry with what it is told by: `guid` and `link` are empty where they do not tell it from its neighbours."""

    entry: Entry
    key: str
    guid: str
    link: str
    title: str
    digest: str


def items_of(entries: Sequence[Entry]) -> tuple[Item, ...]:
    """Prepare a document's entries; what several different ones share (a home page as link) tells none of them."""
    links = [_telling(canonical_url(entry.link)) for entry in entries]
    many_guids, many_links = _shared([entry.guid for entry in entries], entries), _shared(links, entries)
    return tuple(
        _item(entry, "" if entry.guid in many_guids else entry.guid, "" if link in many_links else link)
        for entry, link in zip(entries, links, strict=True)
    )


def _item(entry: Entry, guid: str, link: str) -> Item:
    digest = content_digest(entry)
    told = guid or link or not (entry.guid or entry.link)
    key = entry.key if told else f"{entry.key} {digest}"
    title = indexable(entry.title)
    return Item(entry=entry, key=indexable(key), guid=indexable(guid), link=indexable(link), title=title, digest=digest)


def _telling(link: str) -> str:
    """Leave out a front page: it is the link of everything, and of nothing."""
    parts = urlsplit(link)
    return link if parts.path.strip("/") or parts.query else ""


def _shared(signs: Sequence[str], entries: Sequence[Entry]) -> set[str]:
    """Find the signs under which one document has items with different titles; the same title twice is one item twice."""
    titles = Counter(sign for sign, _ in {(sign, entry.title) for sign, entry in zip(signs, entries, strict=True)})
    return {sign for sign, count in titles.items() if count > 1}


def same_entry(item: Item, known: Iterable[Known]) -> Known | None:
    """Find the entry that an item is: by known guid, else by known link, else by its key (a content hash).

    A known guid on a new link with a new title is a new entry; a new guid on a known link is the same one.
    """
    others = tuple(known)
    return (
        next((one for one in others if item.guid and one.guid == item.guid and not _moved_on(item, one)), None)
        or next((one for one in others if item.link and one.link == item.link), None)
        or next((one for one in others if not item.guid and not item.link and one.key == item.key), None)
    )


def _moved_on(item: Item, known: Known) -> bool:
    return bool(item.link) and item.link != known.link and item.title != known.title


def new_key(item: Item, taken: Iterable[str]) -> str:
    """Give a new entry its key: the feed's own, or with its link, then its content, where that is taken."""
    used = set(taken)
    forms = (item.key, indexable(f"{item.key} {item.link}"), indexable(f"{item.key} {item.digest}"))
    return next((form for form in forms if form not in used), forms[-1])


def indexable(text: str) -> str:
    """Bound a text that identifies: an index row of PostgreSQL takes 2,700 bytes, and its texts no NUL."""
    clean = text.replace("\0", "")
    if len(clean) <= _LONGEST:
        return clean
    return f"{clean[: _LONGEST // 2]} {hashlib.sha256(clean.encode('utf-8', 'replace')).hexdigest()}"


def content_digest(entry: Entry) -> str:
    """Digest what an entry says: its title, and its summary, or its content where it has none."""
    said = "\x1f".join((entry.title, entry.summary or entry.content))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def without_user(url: str) -> str:
    """Leave out the user info of a URL."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def with_user_of(url: str, written: str) -> str:
    """Put the user info of the URL as written into where it leads, on the same host only."""
    own, other = urlsplit(written), urlsplit(url)
    user, at, host = own.netloc.rpartition("@")
    return urlunsplit(other._replace(netloc=f"{user}@{host}")) if at and host == other.netloc else url
