"""Pure. Entry and page to the article they make."""

from datetime import datetime

from tasks.model.feed import Article, Entry, FeedSpec, Page, Provenance
from tasks.stories import canonical_url


def article_of(entry: Entry, page: Page | None, spec: FeedSpec, first_seen: datetime) -> Article:
    """Make the article of an entry; what the feed says goes before what the page says, the page's text before the feed's."""
    published, provenance = stamp_of(entry, page)
    known = page or Page()
    return Article(
        id=canonical_url(entry.link) or f"{spec.url}#{entry.key}",
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


def stamp_of(entry: Entry, page: Page | None) -> tuple[datetime | None, Provenance]:
    """Give the publishing time and where it comes from."""
    if entry.published:
        return entry.published, Provenance.FEED
    if page and page.published:
        return page.published, Provenance.PAGE
    return None, Provenance.FIRST_SEEN
