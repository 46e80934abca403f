"""Addresses as people write them."""

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from config.addresses import same_address, store_in, store_url, web_address

GOOD = [
    "https://example.org/rss",
    "HTTP://Example.org",
    "http://user:pass@example.org:8080/x?y#z",
    "http://[::1]:80/",
    "https://bücher.example/feed",
]
BAD = [
    ("example.org/rss", None),
    ("", None),
    ("htps://example.org", "https"),
    ("ftp://example.org", None),
    ("//example.org", None),
    ("https:///rss", None),
    ("https://", None),
    ("http://example.org:99999/", None),
    ("http://example.org:x/", None),
    ("http://[::1/", None),
    ("http://example.org\\x", None),
    ("http://exam ple.org", None),
    ("http://example.org/\n", None),
    ("http://example.org/\x00", None),
    ("javascript:alert(1)", None),
]


@pytest.mark.parametrize("url", GOOD)
def test_web_address_is_kept(url: str) -> None:
    """An absolute http or https address with a host is kept as written."""
    assert url == web_address(url)


@pytest.mark.parametrize(("url", "nearest"), BAD)
def test_web_address_is_refused(url: str, nearest: str | None) -> None:
    """Anything else is refused, with the scheme that was meant where it can be told."""
    with pytest.raises(PydanticCustomError) as caught:
        web_address(url)
    assert nearest == (caught.value.context or {})["nearest"]


def test_a_refused_address_is_not_repeated() -> None:
    """The problem does not repeat the address, which may hold a password."""
    with pytest.raises(PydanticCustomError) as caught:
        web_address("http://user:hunter2@exam ple.org")
    assert "hunter2" not in str(caught.value)


SAME = [
    ("HTTPS://Example.org:443", "https://example.org/"),
    ("https://example.org/a#b", "https://example.org/a"),
    ("http://[::1]:80/x", "http://[::1]/x"),
]
OTHER = [
    ("http://example.org/", "https://example.org/"),
    ("http://a@example.org/", "http://b@example.org/"),
    ("https://example.org/?a", "https://example.org/?b"),
    ("https://example.org/A", "https://example.org/a"),
    ("http://example.org:81/", "http://example.org/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_address(one: str, other: str) -> None:
    """Spellings that every server takes for one address are equal."""
    assert same_address(one) == same_address(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_address(one: str, other: str) -> None:
    """What a server could tell apart is not equal."""
    assert same_address(one) != same_address(other)


STORES = [
    ("sqlite:///tocsin.db", "sqlite:////etc/t/tocsin.db"),
    ("sqlite:///a/b.db?timeout=5", "sqlite:////etc/t/a/b.db?timeout=5"),
    ("sqlite:////var/t.db", "sqlite:////var/t.db"),
    ("postgresql+psycopg://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
]


@pytest.mark.parametrize(("url", "expected"), STORES)
def test_store_in(url: str, expected: str) -> None:
    """The file of an SQLite store is found from the configuration folder."""
    assert expected == store_in(Path("/etc/t"), store_url(url))


@pytest.mark.parametrize(
    ("url", "nearest"),
    [
        ("tocsin.db", None),
        ("sqlte:///x.db", "sqlite"),
        ("postgres://h/db", "postgresql"),
        ("sqlite://", None),
        ("sqlite:///", None),
        ("sqlite:///:memory:", None),
        ("sqlite://x.db", "sqlite:///"),
    ],
)
def test_store_url_is_refused(url: str, nearest: str | None) -> None:
    """A store that is no file and no Postgres database is refused."""
    with pytest.raises(PydanticCustomError) as caught:
        store_url(url)
    assert nearest == (caught.value.context or {})["nearest"]
