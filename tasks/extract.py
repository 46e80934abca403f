"""Pure. Web pages to the article in them: its text alone, when the page says it was published, and what it is called.

Hostile pages take quadratic time and crash libxml2: run this in the worker pool.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from tasks.errors import ExtractError
from tasks.model.feed import Page
from tasks.plain import clean, one_line
from tasks.stamps import EARLIEST, read_stamp
from tasks.urls import is_http_url, masked

TEXT_CAP = 200_000
SHORTEST_TEXT = 100  # characters; less is a menu or an error message, and a flash as short stands in its feed
TITLE_CAP = 500
NAME_CAP = 200
LINK_CAP = 4096

# What readers write, the forms they write it in, captions and neighbours, by the names that WordPress, Disqus, Drupal and others
# give them. Whole names only: "has-comments" often stands on the body itself.
PRUNED_NAMES = (
    "comments comment-list commentlist comments-area comments-section comment-respond comment-form commentform respond reply disqus_thread "
    "wp-caption-text caption photo-credit related-posts related-articles jp-relatedposts sharedaddy newsletter-signup"
)
PRUNED = "//figcaption | //li[contains(@class, 'comment')] | " + " | ".join(
    f"//body//*[@id='{name}' or contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    for name in PRUNED_NAMES.split()
)
ARTICLE = re.compile(
    "Article|BlogPosting|Report|NewsItem"
)  # types of schema.org; a WebPage's own date comes after theirs
META_STAMPS = (  # the names that publishers give to the time of first publication, the most exact ones first
    "article:published_time", "og:article:published_time", "og:published_time", "datePublished", "date.available", "parsely-pub-date",
    "sailthru.date", "cXenseParse:recs:publishtime", "publish-date", "publishdate", "pubdate", "dcterms.created", "DC.date.issued",
    "dc.date", "date.created", "date",
)  # fmt: skip
ZONED = re.compile(r":\d\d.*(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$", re.IGNORECASE)
SAME_DAY = timedelta(hours=38)  # between a day's midnight in UTC and an instant of that day in any zone
# What trafilatura does where the page states no stamp: header and address, not guessing from numbers in the text.
DAY = {"original_date": True, "extensive_search": False, "min_date": "2000-01-01"}
TIME_STAMPS = (
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//article//header//time/@datetime",
    "//article//time/@datetime",
)


def extract_page(page: bytes, *, url: str) -> Page:
    """Find the article in a page; raise ExtractError where there is none."""
    tree = load_html(page)
    if tree is None:
        raise ExtractError("no HTML")
    for node in tree.xpath(PRUNED):
        node.drop_tree()
    stamp, language = published(tree), _language(tree)  # now: trafilatura takes the tree apart
    address = _canonical(tree, url)
    found = _trafilatura(tree, url)
    text = clean(found.text or "", TEXT_CAP) if found else ""
    if not found or len(text) < SHORTEST_TEXT:
        raise ExtractError("no article in the page")
    title = one_line(found.title or "", TITLE_CAP)
    return Page(
        title=title,
        text=_without_headline(text, title),
        published=stamp or read_stamp(found.date or ""),
        language=language,
        canonical_url=address,
        author=one_line(found.author or "", NAME_CAP),
        site=one_line(found.sitename or "", NAME_CAP),
    )


def _trafilatura(tree: html.HtmlElement, url: str) -> Document | None:
    try:
        found = bare_extraction(tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=DAY)
    except MemoryError:
        raise
    except Exception as error:  # on hostile pages trafilatura raises whatever it stumbles over
        raise ExtractError(f"cannot be read: {type(error).__name__}: {error}") from error
    return found if isinstance(found, Document) else None


def _without_headline(text: str, title: str) -> str:
    """Drop a first line that says what the title says: one statement is one, not two."""
    first, _, rest = text.partition("\n")
    return rest if rest and title.startswith(first) else text


def published(tree: html.HtmlElement) -> datetime | None:
    """Read when the page says it was published: its first stamp decides on the day, a more exact one of that day refines it."""
    stamps = [(raw.strip(), stamp) for raw in _stamps(tree) if (stamp := read_stamp(raw)) and stamp >= EARLIEST]
    if not stamps:
        return None
    agreeing = (pair for pair in stamps if abs(pair[1] - stamps[0][1]) <= SAME_DAY)
    return min(agreeing, key=lambda pair: _vagueness(pair[0]))[1]


def _vagueness(raw: str) -> int:
    """Grade a stamp: an instant, a time without zone, a day."""
    return 0 if ZONED.search(raw) else 1 if ":" in raw else 2


def _stamps(tree: html.HtmlElement) -> Iterator[str]:
    yield from _linked_stamps(tree)
    metas = {_name(meta): str(meta.get("content")) for meta in reversed(tree.xpath("//meta[@content]"))}
    yield from (metas[name.lower()] for name in META_STAMPS if name.lower() in metas)
    for path in TIME_STAMPS:
        yield from tree.xpath(path)[:1]


def _name(meta: html.HtmlElement) -> str:
    return str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()


def _linked_stamps(tree: html.HtmlElement) -> list[str]:
    """Give the datePublished of JSON-LD, those of articles first; not of the images and comments in it."""
    things = [
        thing for script in tree.xpath("//script[@type='application/ld+json']/text()") for thing in _things(script)
    ]
    things.sort(key=lambda thing: not ARTICLE.search(str(thing.get("@type"))))
    return [thing["datePublished"] for thing in things if isinstance(thing.get("datePublished"), str)]


def _things(script: str) -> list[dict[str, Any]]:
    """Read the things that a JSON-LD script is about: in a list, in a graph, as a page's main entity, or alone."""
    try:
        found = json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return []
    tops = [thing for thing in _listed(found) if isinstance(thing, dict)]
    inner = [part for top in tops for name in ("@graph", "mainEntity") for part in _listed(top.get(name))]
    return tops + [thing for thing in inner if isinstance(thing, dict)]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _language(tree: html.HtmlElement) -> str:
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", str(tree.get("lang") or "").strip())
    return found[0] if found else ""


def _canonical(tree: html.HtmlElement, url: str) -> str:
    """Read the canonical address; empty where it is none, or leads to the front page as careless templates have it."""
    link = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    try:
        found = urljoin(url, str(link).strip())
    except ValueError:  # brackets
        return ""
    sound = link and is_http_url(found) and masked(found) == found and urlsplit(found).path.strip("/")
    return found if sound and len(found) <= LINK_CAP else ""
