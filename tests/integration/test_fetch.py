"""Asking for feeds and pages of well-behaved servers."""

import asyncio
import gzip
import logging
import time
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest

from tasks.errors import FetchError
from tasks.fetch.client import ACCEPT_PAGE, Fetcher, FetchOptions
from tasks.model.feed import FeedState, Response, Validators
from tests.support.raw import RawServer, answer, says
from tests.support.site import Answer, Site

OPTIONS = FetchOptions(
    user_agent="tocsin/1",
    timeout=timedelta(seconds=5),
    max_bytes=1_000_000,
    allow_private=True,
    host_gap=timedelta(0),
)
BODY = b"<rss><channel><title>Harbour news</title></channel></rss>"


def get(url: str, options: FetchOptions = OPTIONS, **how: Any) -> Response:
    """Ask once, in an event loop of its own."""

    async def ask() -> Response:
        fetcher = Fetcher(options)
        try:
            return await fetcher.get(url, **how)
        finally:
            await fetcher.close()

    return run(ask())


def run(work: Coroutine[Any, Any, Response]) -> Response:
    """Run until done."""
    return asyncio.run(work)


def test_a_feed_is_had(site: Site) -> None:
    """A 200 gives body, headers in lower case, and the URL that answered; we say who we are and leave no trace else."""
    response = get(site.put("/feed", BODY, "application/rss+xml"))
    assert (response.status, response.body, response.url) == (200, BODY, site.url("/feed"))
    assert response.headers["content-type"] == "application/rss+xml"
    sent = site.asked("/feed")[0].headers
    assert sent["user-agent"] == "tocsin/1"
    assert set(sent) == {"host", "accept", "accept-encoding", "connection", "user-agent"}


def test_a_page_is_asked_for_as_one(site: Site) -> None:
    """What we would like to get can be said."""
    get(site.put("/page", BODY), accept=ACCEPT_PAGE)
    assert site.asked("/page")[0].headers["accept"].startswith("text/html")


def test_an_unchanged_feed_is_a_304(site: Site) -> None:
    """Validators go along, also through a redirect, and a 304 is a response without a body."""
    url = site.put("/feed", BODY, conditional=True)
    site.pages["/old"] = Answer(status=301, headers={"Location": "/feed"})
    first = get(url)
    known = Validators(etag=first.headers["etag"], last_modified="Wed, 22 Dec 2021 12:00:00 GMT")
    for path in ("/feed", "/old"):
        second = get(site.url(path), validators=known)
        assert (second.status, second.body, second.headers["etag"]) == (304, b"", known.etag)
    assert site.asked("/feed")[1].headers["if-modified-since"] == known.last_modified


def test_an_odd_etag_goes_back_byte_for_byte() -> None:
    """An ETag that is no ASCII is sent back as the bytes it came in."""

    async def ask() -> Response:
        fetcher = Fetcher(OPTIONS)
        async with RawServer(says(answer(BODY, ETag='"h\xe4fen"'))) as server:
            first = await fetcher.get(server.url)
            response = await fetcher.get(server.url, validators=Validators(etag=first.headers["etag"]))
        await fetcher.close()
        assert b'if-none-match: "h\xe4fen"' in server.heads[1].lower()
        return response

    assert run(ask()).status == 200


def test_a_compressed_feed_is_decoded(site: Site) -> None:
    """Gzip is undone."""
    site.pages["/feed"] = Answer(body=gzip.compress(BODY), headers={"Content-Encoding": "gzip"})
    assert get(site.url("/feed")).body == BODY


def test_cookies_are_not_kept(site: Site) -> None:
    """A cookie is not sent back, so a watch list is not tied together by one."""
    site.pages["/feed"] = Answer(body=BODY, headers={"Set-Cookie": "reader=4711; Path=/"})

    async def ask() -> Response:
        fetcher = Fetcher(OPTIONS)
        await fetcher.get(site.url("/feed"))
        response = await fetcher.get(site.url("/feed"))
        await fetcher.close()
        return response

    run(ask())
    assert all("cookie" not in request.headers for request in site.requests)


@pytest.mark.parametrize(
    ("status", "headers", "state"),
    [
        (401, {}, FeedState.BLOCKED),
        (403, {}, FeedState.BLOCKED),
        (451, {}, FeedState.BLOCKED),
        (404, {}, FeedState.BROKEN),
        (410, {}, FeedState.GONE),
        (429, {"Retry-After": "120"}, FeedState.LIMITED),
        (429, {}, FeedState.LIMITED),
        (500, {}, FeedState.BROKEN),
        (503, {}, FeedState.BROKEN),
        (503, {"Retry-After": "Wed, 22 Dec 2021 12:00:00 GMT"}, FeedState.LIMITED),
        (204, {}, FeedState.BROKEN),
        (304, {}, FeedState.BROKEN),  # nobody asked for it
        (302, {}, FeedState.BROKEN),  # nowhere to go
        (302, {"Location": ""}, FeedState.BROKEN),
    ],
)
def test_statuses_become_states(site: Site, status: int, headers: dict[str, str], state: FeedState) -> None:
    """An answer that is no feed is an error with the feed's state, the status, and what the server said of waiting."""
    site.pages["/feed"] = Answer(status=status, headers=headers)
    with pytest.raises(FetchError, match=f"the server answered {status}") as caught:
        get(site.url("/feed"))
    error = caught.value
    assert (error.state, error.status) == (state, status)
    assert error.retry_after == headers.get("Retry-After", "")


def test_a_permanent_redirect_is_told(site: Site) -> None:
    """A feed that moved for good says where it is now."""
    site.pages["/old"] = Answer(status=301, headers={"Location": "/newer"})
    site.pages["/newer"] = Answer(status=308, headers={"Location": site.put("/feed", BODY)})
    response = get(site.url("/old"))
    assert response.body == BODY
    assert response.url == response.permanent_url == site.url("/feed")


def test_a_redirect_loop_ends(site: Site) -> None:
    """A loop is refused after five redirects."""
    site.pages["/feed"] = Answer(status=302, headers={"Location": "/feed"})
    with pytest.raises(FetchError, match="more than 5 redirects") as caught:
        get(site.url("/feed"))
    assert caught.value.state == FeedState.REFUSED
    assert len(site.requests) == 6


def test_secrets_do_not_change_hosts(site: Site) -> None:
    """User info goes as Basic auth, with a feed's own headers, to its host and no other."""
    with Site() as other:
        site.pages["/feed"] = Answer(status=302, headers={"Location": "/inner"})
        site.pages["/inner"] = Answer(status=302, headers={"Location": other.put("/feed", BODY)})
        url = site.url("/feed").replace("http://", "http://ann:s3cret@")
        response = get(url, headers={"X-Key": "k3y"})
        assert response.body == BODY
        assert response.url == other.url("/feed")
        for path in ("/feed", "/inner"):
            sent = site.asked(path)[0].headers
            assert (sent["authorization"], sent["x-key"]) == ("Basic YW5uOnMzY3JldA==", "k3y")
        assert not {"authorization", "x-key"} & set(other.asked("/feed")[0].headers)


def test_no_secret_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a log nor an error shows user info or a feed's own headers, even where everything is logged."""
    caplog.set_level(logging.DEBUG)
    url = site.url("/nothing?token=t0ken").replace("http://", "http://ann:s3cret@")
    with pytest.raises(FetchError) as caught:
        get(url, headers={"X-Key": "k3y"})
    assert str(caught.value).startswith("http://***@127.0.0.1")
    assert not [secret for secret in ("s3cret", "k3y", "t0ken", "YW5uOnMzY3JldA") if secret in caplog.text]


def test_a_header_that_cannot_be_sent_is_refused(site: Site) -> None:
    """A line break in a feed's own header sends nothing, and its value is not told."""
    with pytest.raises(FetchError, match="header of this feed cannot be sent") as caught:
        get(site.put("/feed", BODY), headers={"X-Key": "k3y\r\nHost: example.org"})
    assert "k3y" not in str(caught.value)
    assert not site.requests


def test_a_host_is_asked_politely(site: Site) -> None:
    """Requests to one host wait for each other and keep the gap, and waiting is not held against the deadline."""
    gap, count = 0.15, 4
    options = FetchOptions(
        user_agent="tocsin/1",
        timeout=timedelta(seconds=gap),
        max_bytes=1000,
        allow_private=True,
        host_gap=timedelta(seconds=gap),
    )
    url = site.put("/feed", BODY)

    async def ask() -> list[Response]:
        fetcher = Fetcher(options)
        responses = await asyncio.gather(*(fetcher.get(url) for _ in range(count)))
        await fetcher.close()
        return responses

    start = time.monotonic()
    assert len(asyncio.run(ask())) == count
    assert time.monotonic() - start >= gap * (count - 1)
