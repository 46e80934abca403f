"""Pure. News sitemaps: a urlset whose entries carry news:news (https://www.google.com/schemas/sitemap-news/0.9)."""

from io import BytesIO

from lxml import etree

from tasks.errors import ParseError
from tasks.parse.raw import RawEntry, RawFeed, torn


def read_sitemap(body: bytes, *, url: str) -> RawFeed:
    """Read a news sitemap; entries without news are counted, and a sitemap that has only such is refused."""
    context = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag="{*}url",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    entries = [_entry(element) for _, element in context]
    whole = entries[:-1] if torn(body) else entries
    news = tuple(entry for entry in whole if entry)
    if b"<sitemapindex" in body or (entries and not any(entries)):
        raise ParseError(url, "a sitemap without news")
    return RawFeed(entries=news, dropped=len(entries) - len(news), problem=_problem(context.error_log))


def _problem(log: etree._ListErrorLog) -> str:
    return f"damaged XML, line {log[0].line}: {log[0].message}" if len(log) else ""


def _entry(element: etree._Element) -> RawEntry | None:
    """Read one url and let its memory go."""
    news = element.find("{*}news")
    entry = (
        None
        if news is None
        else RawEntry(
            link=_text(element, "{*}loc"),
            title=_text(news, "{*}title"),
            published=_text(news, "{*}publication_date"),
            source=_text(news, "{*}publication/{*}name"),
            language=_text(news, "{*}publication/{*}language"),
        )
    )
    element.clear()
    return entry


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
