"""Entry and page to the article they make."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tasks.articles import article_of, stamp_of
from tasks.model.feed import Page, Provenance
from tests.support.nouns import DAY, HOUR, NOON, entry, feed

PAGE = Page(
    title="Page title",
    text="Page text.",
    published=NOON - HOUR,
    language="fr",
    canonical_url="https://a.example/canonical",
    author="Page author",
)
FULL = entry(content="Feed text.", language="de", author="Feed author", source="Wire", published=NOON)


@pytest.mark.parametrize(
    ("given", "page", "name", "expected"),
    [
        (FULL, PAGE, "title", "Title 1"),
        (entry(title=""), PAGE, "title", "Page title"),
        (FULL, PAGE, "text", "Page text."),
        (FULL, Page(), "text", "Feed text."),
        (FULL, None, "text", "Feed text."),
        (FULL, PAGE, "summary", "Short."),
        (FULL, PAGE, "author", "Feed author"),
        (entry(), PAGE, "author", "Page author"),
        (FULL, PAGE, "language", "de"),
        (entry(), PAGE, "language", "fr"),
        (FULL, PAGE, "source", "Wire"),
        (entry(), PAGE, "source", "Feed 1"),
        (FULL, PAGE, "id", "https://a.example/canonical"),
        (FULL, None, "id", "https://a.example/1"),
        (FULL, PAGE, "url", "https://a.example/1"),
        (FULL, PAGE, "first_seen", NOON),
        (entry(link=""), None, "id", "https://feeds.example/1.xml#guid-1"),
    ],
)
def test_feed_and_page_make_the_article(given: Any, page: Page | None, name: str, expected: object) -> None:
    """What the feed says goes before what the page says, but the page has the text, and the address it can claim."""
    assert getattr(article_of(given, page, feed(), NOON), name) == expected


def test_the_feed_lends_what_is_known_of_it() -> None:
    """Family, side, timezone come from the feed's line, and its language goes before any other."""
    spec = feed(family="House", side="RU", timezone="Europe/Berlin", language="en")
    made = article_of(FULL, PAGE, spec, NOON)
    assert (made.family, made.side, made.timezone, made.language) == ("House", "RU", "Europe/Berlin", "en")


def test_an_address_made_of_a_feed_s_url_carries_no_secret() -> None:
    """An entry without a link is named after its feed, whose user info stays out."""
    made = article_of(entry(link=""), None, feed(url="https://me:hunter2@feeds.example/1.xml"), NOON)
    assert "hunter2" not in made.id


@pytest.mark.parametrize(
    ("of_entry", "of_page", "expected"),
    [
        (NOON, NOON - HOUR, (NOON, Provenance.FEED)),
        (None, NOON - HOUR, (NOON - HOUR, Provenance.PAGE)),
        (None, NOON + 2 * DAY, (None, Provenance.FIRST_SEEN)),
        (None, datetime(1970, 1, 1, tzinfo=UTC), (None, Provenance.FIRST_SEEN)),
        (None, None, (None, Provenance.FIRST_SEEN)),
    ],
)
def test_a_stamp_has_a_provenance(
    of_entry: datetime | None, of_page: datetime | None, expected: tuple[datetime | None, Provenance]
) -> None:
    """The feed's stamp, else the page's where it can be true, else none."""
    assert stamp_of(entry(published=of_entry), Page(published=of_page), NOON) == expected


def test_without_a_page_there_is_the_feed_s_stamp_or_none() -> None:
    """A page that was not read states nothing."""
    assert stamp_of(entry(), None, NOON) == (None, Provenance.FIRST_SEEN)
