"""What a URL says about itself."""

import pytest

from tasks.urls import host_of, is_http_url, masked


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/feed", "https://example.org/feed"),
        ("https://ann:s3cret@example.org/feed", "https://***@example.org/feed"),
        ("https://token@example.org", "https://***@example.org"),
        ("https://ann:s3/cret@example.org/feed", "https://***@example.org/feed"),
        ("https://ann:s3@cret@example.org/feed", "https://***@example.org/feed"),
        ("https://example.org/@ann/feed", "https://example.org/@ann/feed"),
        ("https://example.org:8443/@ann/feed", "https://example.org:8443/@ann/feed"),
        ("https://[::1]:80/@ann", "https://[::1]:80/@ann"),
        ("//ann:s3cret@example.org", "//***@example.org"),
        ("ann@example.org", "ann@example.org"),
    ],
)
def test_user_info_is_masked(url: str, shown: str) -> None:
    """A URL is shown without user info, also where a password makes it malformed; an @ in a path is none."""
    assert masked(url) == shown


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.ORG/feed", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://example.org:80/", "example.org:80"),
        ("https://ann:s3cret@example.org:8443/", "example.org:8443"),
        ("http://[2001:DB8::1]:8080/x", "[2001:db8::1]:8080"),
        ("ftp://example.org/", ""),
        ("/feed", ""),
        ("http://", ""),
        ("http:///feed", ""),
        ("http://example.org:port/", ""),
        ("http://[::1/", ""),
        ("http://in\\@out/", ""),
        ("http://example.org/\n", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_hosts_are_named(url: str, host: str) -> None:
    """A host is named with its port where that is unusual; what is no http(s) URL has none."""
    assert host_of(url) == host
    assert is_http_url(url) == bool(host)
