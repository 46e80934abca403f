"""Redirects and what goes along."""

import httpx
import pytest

from tasks.fetch.fault import Fault
from tasks.fetch.hops import Hop, check, conditional, first_hop, next_hop
from tasks.fetch.translate import FAULTS
from tasks.model.feed import Validators

FEED = "https://example.org/feed"


def follow(*steps: tuple[int, str], start: str = FEED, private: dict[str, str] | None = None) -> Hop:
    """Follow redirects, all of which must be ones."""
    hop = first_hop(start, {}, private or {})
    for status, location in steps:
        following = next_hop(hop, status, location)
        assert following is not None
        hop = following
    return hop


@pytest.mark.parametrize(
    ("steps", "url", "permanent"),
    [
        ([], FEED, ""),
        ([(301, "/new")], "https://example.org/new", "https://example.org/new"),
        ([(308, "//example.net/a#top")], "https://example.net/a", "https://example.net/a"),
        ([(302, "/new")], "https://example.org/new", ""),
        ([(301, "/a"), (302, "/b"), (301, "/c")], "https://example.org/c", "https://example.org/a"),
        ([(307, "/a"), (301, "/b")], "https://example.org/b", ""),
        ([(301, "/caf\xc3\xa9")], "https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ([(301, "/caf\xe9")], "https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ([(301, "https://ann:pw@example.org/a")], "https://example.org/a", "https://example.org/a"),
    ],
)
def test_redirects_lead_on(steps: list[tuple[int, str]], url: str, permanent: str) -> None:
    """A redirect's target is resolved and bared; what permanent ones alone lead to, from the start, is noted."""
    hop = follow(*steps)
    assert (str(hop.url), hop.permanent_url) == (url, permanent)


@pytest.mark.parametrize(("status", "location"), [(200, "/x"), (304, "/x"), (300, "/x"), (302, "")])
def test_other_answers_end_the_way(status: int, location: str) -> None:
    """An answer that is no redirect, or leads nowhere, is the last."""
    assert next_hop(follow(), status, location) is None


def test_redirects_end() -> None:
    """Five redirects are followed, the sixth is refused."""
    hop = follow(*[(302, "/again")] * 5)
    with pytest.raises(Fault, match="more than 5"):
        next_hop(hop, 302, "/again")


@pytest.mark.parametrize(
    ("location", "stays"),
    [
        ("/new", True),
        ("https://EXAMPLE.org:443/new", True),
        ("https://example.net/", False),
        ("https://www.example.org/", False),
        ("https://example.org:8443/", False),
        ("http://example.org/", False),
    ],
)
def test_secrets_stay_with_their_host(location: str, stays: bool) -> None:
    """Headers of a feed's own go to the same host, port and scheme only."""
    hop = follow((301, location), private={"X-Key": "s3cret"})
    assert hop.private == ({b"x-key": b"s3cret"} if stays else {})
    assert bool(hop.permanent_url) == stays  # else the next poll would send them there


def test_secrets_step_up_to_https() -> None:
    """The usual redirect from http to https keeps them."""
    hop = follow((301, "https://example.org/feed"), start="http://example.org/feed", private={"X-Key": "s3cret"})
    assert hop.private


def test_user_info_is_sent_as_basic() -> None:
    """User info leaves the URL and becomes Basic auth; such a feed always starts from its own URL."""
    hop = follow(start="https://ann:p%40ss@example.org/feed")
    assert hop.private == {b"authorization": b"Basic YW5uOnBAc3M="}
    assert str(hop.url) == FEED
    assert not follow((301, "/new"), start="https://ann:p%40ss@example.org/feed").permanent_url


@pytest.mark.parametrize("url", ["http://in\\@out/", "http://example.org/\0", "http://example.org/a\r\nHost: x"])
def test_what_parsers_disagree_on_is_refused(url: str) -> None:
    """Backslashes and control characters are refused, in a feed's URL and in a redirect."""
    with pytest.raises(Fault, match="backslash"):
        first_hop(url, {}, {})
    with pytest.raises(Fault, match="backslash"):
        next_hop(follow(), 302, url)


@pytest.mark.parametrize("location", ["http://[::1].example.org/", "//\u2100"])
def test_a_malformed_redirect_is_a_fault(location: str) -> None:
    """What cannot be read as a URL is one of the expected errors, whichever parser stumbles."""
    with pytest.raises(FAULTS):
        next_hop(follow(), 301, location.encode().decode("latin-1"))


@pytest.mark.parametrize(
    ("url", "private", "reason"),
    [
        ("https://example.org/", False, ""),
        ("http://example.org:443/", False, ""),
        ("http://example.org:22/", False, "port 22"),
        ("http://example.org:6379/", False, "port 6379"),
        ("http://127.0.0.1:8080/", True, ""),
        ("http://127.0.0.1:99999/", True, "port 99999"),
        ("file:///etc/passwd", True, "not an http"),
        ("javascript:alert(1)", True, "not an http"),
        ("http:///feed", True, "not an http"),
        ("/feed", True, "not an http"),
    ],
)
def test_check(url: str, private: bool, reason: str) -> None:
    """Only http and https, with a host, on the web's ports (on any, where private addresses are allowed)."""
    target = httpx.URL(url)
    if not reason:
        check(target, (80, 443), allow_private=private)
        return
    with pytest.raises(Fault, match=reason):
        check(target, (80, 443), allow_private=private)


def test_conditional() -> None:
    """Validators go back byte for byte; what cannot be sent does no harm."""
    assert conditional(None) == {}
    assert conditional(Validators()) == {}
    assert conditional(Validators(etag='"\xe9t\xe9"', last_modified="x")) == {
        b"if-none-match": b'"\xe9t\xe9"',
        b"if-modified-since": b"x",
    }
    assert conditional(Validators(etag="\u2603")) == {b"if-none-match": b"?"}
