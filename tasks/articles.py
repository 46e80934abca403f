"""Pure. Entry and page to the article they make."""

from datetime import datetime

from tasks.model.feed import Article, Entry, FeedSpec, Page, Provenance
from tasks.stamps import plausible
from tasks.stories import address_of
from tasks.urls import masked


def article_of(entry: Entry, page: Page | None, spec: FeedSpec, first_seen: datetime) -> Article:
    """Make the article of an entry; what the feed says goes before what the page says, the page's text before the feed's."""
    published, provenance = stamp_of(entry, page, first_seen)
    known = page or Page()
    return Article(
        id=address_of(entry.link, known.canonical_url) or f"{masked(spec.url)}#{entry.key}",
        title=entry.title or known.title,
        summary=entry.summary,
        text=known.text or entry.content,
        published=published,
        provenance=provenance,
        first_seen=first_seen,
        language=spec.language or entry.language or known.language,
        source=entry.source or spec.name,
        family=spec.family,
        side=spec.side,
        author=entry.author or known.author,
        url=entry.link,
        timezone=spec.timezone,
    )


def stamp_of(entry: Entry, page: Page | None, now: datetime) -> tuple[datetime | None, Provenance]:
    """Give the publishing time and where it comes from; what a page claims of the far future is not believed."""
    if entry.published:
        return entry.published, Provenance.FEED
    if page and (stated := plausible(page.published, now)):
        return stated, Provenance.PAGE
    return None, Provenance.FIRST_SEEN
