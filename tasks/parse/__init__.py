"""Pure. Response bodies to entries: the one door for RSS, Atom, JSON Feed and news sitemaps.

    body ─sniff→ reader (syndication | jsonfeed | sitemap) ─→ RawFeed ─finish→ ParsedFeed

Hostile bodies take quadratic time and memory in every XML library: run this in the worker pool.
"""

import re
from codecs import BOM_UTF8
from datetime import datetime

from tasks.errors import ParseError
from tasks.model.feed import FeedState, ParsedFeed
from tasks.parse.entry import finish
from tasks.parse.jsonfeed import read_json
from tasks.parse.raw import RawFeed
from tasks.parse.sitemap import read_sitemap
from tasks.parse.syndication import read_syndication

SHORTEST_FEED = 20  # bytes of <rss version="2.0"/>; servers under strain answer 200 with a word or two
SNIFFED = 2048  # bytes looked at to tell what a body is
PROLOGUE = rb"(?:\s|<\?[^>]*>|<!--.*?-->)*+"
FEED_ROOT = rb"(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b"
# A few feeds carry an HTML doctype (a site generator's slip), many web pages no <html>.
WEB_PAGE = re.compile(
    PROLOGUE + rb"(?:<!doctype\s+html[^>]*>" + PROLOGUE + rb"<(?!" + FEED_ROOT + rb")[a-z]|<(?:html|head|body)\b)",
    re.IGNORECASE | re.DOTALL,
)
DOCTYPE = rb"(?:<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)?"
SITEMAP = re.compile(PROLOGUE + DOCTYPE + PROLOGUE + rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.DOTALL)


def parse_feed(body: bytes, *, url: str, content_type: str, now: datetime) -> ParsedFeed:
    """Read a feed document; raise ParseError for a web page, an empty answer, or what cannot be read."""
    mark = BOM_UTF8 if body.startswith(BOM_UTF8) else b""
    body = body.removeprefix(mark).lstrip()  # careless templates put blank lines before the XML declaration
    if len(body) < SHORTEST_FEED:
        raise ParseError(url, f"the answer is empty ({len(body)} bytes)", state=FeedState.EMPTY)
    head = body[:SNIFFED]
    if WEB_PAGE.match(head):
        raise ParseError(url, "a web page, not a feed", state=FeedState.HTML)
    return finish(_read(mark + body, head, url=url, content_type=content_type), url=url, now=now)


def _read(body: bytes, head: bytes, *, url: str, content_type: str) -> RawFeed:
    if head.startswith((b"{", b"[")):
        return read_json(body, url=url)
    if SITEMAP.match(head):
        return read_sitemap(body, url=url)
    return read_syndication(body, url=url, content_type=content_type)
