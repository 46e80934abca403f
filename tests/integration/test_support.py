"""The tests' own tools: the network guard, and the site on loopback."""

import asyncio
import socket
import urllib.error
import urllib.request
from datetime import UTC, datetime

import feedparser
import pytest
import trafilatura

from tests.support.guard import NetworkRefused
from tests.support.site import Answer, Comment, Item, Site, feed, wordpress_page

ELSEWHERE = "192.0.2.1"  # RFC 5737: for documentation, nobody's
DAY = datetime(2022, 3, 4, 9, 30, tzinfo=UTC)
PARAGRAPHS = (
    "The ferry company said on Friday that its boats would return to the northern islands next week.",
    "Islanders have waited since January, when a storm took away the larger of the two piers.",
    "Repairs were paid for by the county, which had argued with the port for most of the winter.",
)


def get(url: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    """Ask once and give status, body and entity tag, also of errors."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read(), answer.headers.get("ETag", "")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), ""


def test_connections_beyond_loopback_are_refused(refusals: list[str]) -> None:
    """A connection to any other machine raises and is remembered."""
    with pytest.raises(NetworkRefused, match=ELSEWHERE):
        socket.create_connection((ELSEWHERE, 80), timeout=1)
    assert refusals == [f"connect to {ELSEWHERE}, port 80"]
    refusals.clear()


def test_lookups_are_refused_in_asyncio_too(refusals: list[str]) -> None:
    """A name is not looked up, nor is the refusal an OSError that a caller would expect."""
    with pytest.raises(NetworkRefused, match=r"example\.org"):
        asyncio.run(asyncio.open_connection("example.org", 80))
    assert refusals == ["look up example.org"]
    refusals.clear()


def test_an_invalid_name_is_unknown() -> None:
    """Names under .invalid fail as a resolver would have them fail, without one."""
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 80)


def test_site_answers_and_remembers() -> None:
    """A page is served with its query, its ETag earns a 304, what is missing is a 404, and all is in the log."""
    with Site() as site:
        url = site.put("/feed?page=2", b"news", conditional=True)
        site.pages["/gone"] = Answer(status=410, headers={"Retry-After": "60"})
        status, body, tag = get(url)
        assert (status, body) == (200, b"news")
        assert get(url, {"If-None-Match": tag}) == (304, b"", "")
        assert [get(site.url(path))[0] for path in ("/gone", "/missing")] == [410, 404]
        assert [request.status for request in site.asked("/feed?page=2")] == [200, 304]


def test_feed_is_read_by_feedparser() -> None:
    """The feed builder writes RSS that parses without a complaint."""
    items = (Item(title="Boats & piers", link="http://127.0.0.1/1", published=DAY, summary="Back <soon>", guid="one"),)
    found = feedparser.parse(feed("Harbour", items))
    assert not found.bozo
    entry = found.entries[0]
    assert (entry.title, entry.id, entry.published) == ("Boats & piers", "one", "Fri, 04 Mar 2022 09:30:00 GMT")


def test_page_is_an_article_among_chrome() -> None:
    """The page builder's article can be told from its comments, form, banner and sidebar."""
    page = wordpress_page(
        "Boats return",
        PARAGRAPHS,
        DAY,
        comments=(Comment(author="Old salt", text="They said the same last summer and nothing came of it."),),
        neighbours=("Council argues over parking in the old town",),
    )
    text = trafilatura.extract(page.decode(), include_comments=False, favor_precision=True) or ""
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert not any(word in text for word in ("Old salt", "last summer", "Reply", "parking", "cookies"))
