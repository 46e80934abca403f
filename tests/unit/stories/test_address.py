"""Addresses: one form for all the links that lead to an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import urls

from tasks.stories.address import address_of, canonical_url, host_of

PLAIN = "https://example.com/news/a"


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/news/a",
        " https://example.com/news/a\n",
        "http://example.com/news/a",
        "HTTPS://WWW.Example.COM:443/news/a/",
        "http://example.com:80/news/./b/../a",
        "https://m.example.com/news/a",
        "https://amp.example.com/news/a",
        "https://www.m.example.com/news/a",
        "https://example.com./news/a",
        "https://me:hush@example.com/news/a",
        "https://example.com/news/a#comments",
        "https://example.com/news/a?utm_source=rss&utm_medium=feed&fbclid=1",
        "https://example.com/news/a?at_medium=RSS&at_campaign=KARANGA",
        "https://example.com/news/a?AMP=1",
        "https://example.com/news/a/amp",
        "https://example.com/news/a/amp/",
        "https://example.com/news/a.amp",
        "https://www.google.com/amp/s/www.example.com/news/a/amp",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/a",
    ],
)
def test_one_article(link: str) -> None:
    """Scheme, side doors, ports, tracking, fragments and accelerated pages make no other article."""
    assert canonical_url(link) == PLAIN


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/news/b",
        "https://example.com/news/a?page=2",
        "https://example.com/news/a?id=7",
        "https://example.com/News/a",
        "https://news.example.com/news/a",
        "https://example.org/news/a",
        "https://example.com:8443/news/a",
        "https://example.com/amp",
        "https://example.com/news/a.html",
    ],
)
def test_another_article(link: str) -> None:
    """Path, parameters that choose, hosts and ports of their own make another article."""
    assert canonical_url(link) != PLAIN


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/?b=2&a=1", "https://example.com/?a=1&b=2"),
        ("https://example.com/story.amp.html", "https://example.com/story.html"),
        ("https://www.bbc.co.uk/news/world-1", "https://bbc.com/news/world-1"),
        ("https://www.co.uk/x", "https://www.co.uk/x"),  # a suffix is no house with a side door
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_forms(link: str, expected: str) -> None:
    """Each part has one form."""
    assert canonical_url(link) == expected


@pytest.mark.parametrize(
    "link",
    ["", "x", "ftp://example.com/a", "javascript:alert(1)", "https://", "https://example.com:99999/", "http://[::1"],
)
def test_no_address(link: str) -> None:
    """What is no web address has no form."""
    assert canonical_url(link) == ""


def test_overlong_stays() -> None:
    """A link that is too long to be read is kept whole: two that differ at the end are two."""
    link = f"https://www.example.com/{'a' * 3000}"
    assert canonical_url(link) == link


TRICKY = st.builds(
    "http://{}/{}?{}".format,
    st.sampled_from(
        ["www.m.example.com", "amp.bbc.co.uk", "www.google.com", "x.cdn.ampproject.org", "[::1]:80", "1.2.3.4"]
    ),
    st.text(alphabet="/amp.htmlscv%20é+;:", max_size=30),
    st.text(alphabet="utm_a=&%2B+ é;x1", max_size=20),
)


@given(urls() | st.text() | TRICKY)
def test_form_of_a_form(link: str) -> None:
    """The form of a form is itself."""
    once = canonical_url(link)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("link", "claimed", "expected"),
    [
        ("https://example.com/a?id=1", "https://www.example.com/story", "https://example.com/story"),
        ("https://example.com/a", "", "https://example.com/a"),
        ("https://example.com/a", "https://example.com/", "https://example.com/a"),  # careless: the front page
        ("https://example.com/a", "https://elsewhere.example/b", "https://example.com/a"),  # hostile: another's article
        ("https://news.example.com/a", "https://example.com/b", "https://example.com/b"),
        ("", "https://example.com/b", "https://example.com/b"),
    ],
)
def test_claims(link: str, claimed: str, expected: str) -> None:
    """A page's claim counts within its own domain, and not for a front page."""
    assert address_of(link, claimed) == expected


def test_host() -> None:
    """The host is bare."""
    assert host_of("https://www.example.com/a") == "example.com"
