"""Servers that break, drip, flood, lie and bomb: each is one error in a bounded time, and its neighbours notice nothing."""

import asyncio
import gc
import gzip
import re
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.errors import FetchError
from tasks.fetch.client import Fetcher, FetchOptions
from tasks.model.feed import FeedState, Response
from tests.support.raw import RawServer, Talk, answer, drips, floods, resets, says

DEADLINE = 0.6
SLACK = 0.4  # for a loaded machine
MOST = 1_000_000
OPTIONS = FetchOptions(
    user_agent="tocsin/1",
    timeout=timedelta(seconds=DEADLINE),
    max_bytes=MOST,
    allow_private=True,
    host_gap=timedelta(0),
)
BODY = b"<rss><channel><title>Harbour news</title></channel></rss>"
UNREACHABLE, BROKEN = FeedState.UNREACHABLE, FeedState.BROKEN
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TWICE = gzip.compress(gzip.compress(BODY))


async def breaks_off(writer: asyncio.StreamWriter) -> None:
    """Reset in the middle of a body."""
    writer.write(answer(BODY)[:-10])
    await writer.drain()
    await asyncio.sleep(0.05)
    await resets(writer)


async def is_silent(writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    await asyncio.sleep(60)


FAULTS: dict[str, tuple[Talk, FeedState, str]] = {
    "silence": (is_silent, UNREACHABLE, "in time"),
    "drip of a head": (drips(HEAD + b"X-Slow: ", b"y"), UNREACHABLE, "in time"),
    "drip of a body": (drips(HEAD + b"\r\n", b"x"), UNREACHABLE, "in time"),
    "drip of 1xx": (drips(b"", b"HTTP/1.1 102 Processing\r\n\r\n"), UNREACHABLE, "in time"),
    "reset": (resets, UNREACHABLE, "broke off"),
    "reset in a body": (breaks_off, UNREACHABLE, "broke off"),
    "no answer": (says(), UNREACHABLE, "without an answer"),
    "cut off head": (says(HEAD + b"X-Cut"), BROKEN, "not HTTP, or is cut off"),
    "cut off body": (says(answer(BODY)[:-10]), BROKEN, "not HTTP, or is cut off"),
    "cut off chunks": (says(CHUNKED, b"5\r\nharbo"), BROKEN, "not HTTP, or is cut off"),
    "another protocol": (says(b"SSH-2.0-OpenSSH_9.2\r\n"), BROKEN, "not HTTP"),
    "binary": (says(bytes(range(256)) * 10), BROKEN, "not HTTP"),
    "flood of headers": (floods(HEAD, b"X-Flood: " + b"y" * 990 + b"\r\n"), BROKEN, "larger than allowed"),
    "endless header": (floods(HEAD + b"X-Flood: ", b"y" * 1000), BROKEN, "larger than allowed"),
    "flood of 1xx": (floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 40), BROKEN, "larger than allowed"),
    "endless body": (floods(HEAD + b"\r\n", b"x" * 65536), BROKEN, "larger than 1 MB"),
    "endless chunks": (floods(CHUNKED, b"2710\r\n" + b"x" * 10_000 + b"\r\n"), BROKEN, "larger than 1 MB"),
    "chunk extensions": (floods(CHUNKED, b"1;" + b"e" * 5000 + b"\r\nx\r\n"), BROKEN, "larger than allowed"),
    "announced too large": (says(HEAD + b"Content-Length: 1000001\r\n\r\n"), BROKEN, "larger than 1 MB"),
    "length of 30 digits": (says(HEAD + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n"), BROKEN, "not HTTP"),
    "contradicting lengths": (says(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), BROKEN, "not HTTP"),
    "gzip as a transfer": (says(HEAD + b"Transfer-Encoding: gzip\r\n\r\n"), BROKEN, "not HTTP"),
    "upgrade unasked": (says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), BROKEN, "not HTTP"),
    "unknown status": (says(answer(BODY, "799 Whatever")), BROKEN, "answered 799"),
    "damaged gzip": (says(answer(b"\x1f\x8b" + BODY, Content_Encoding="gzip")), BROKEN, "damaged"),
    "cut off gzip": (says(answer(TWICE[:-9], Content_Encoding="gzip")), BROKEN, "cut off"),
    "gzip in gzip": (says(answer(TWICE, Content_Encoding="gzip, gzip")), BROKEN, "not asked for"),
    "fifty encodings": (says(answer(TWICE, Content_Encoding=", ".join(["gzip"] * 50))), BROKEN, "not asked for"),
    "brotli": (says(answer(BODY, Content_Encoding="br")), BROKEN, "not asked for"),
    "redirect to a file": (says(answer(status="302 Found", Location="file:///etc/passwd")), FeedState.REFUSED, "http"),
    "redirect to a script": (
        says(answer(status="302 Found", Location="javascript:alert(1)")),
        FeedState.REFUSED,
        "http",
    ),
    "redirect to nonsense": (says(answer(status="302 Found", Location="http://[::")), FeedState.REFUSED, "valid URL"),
    "redirect with backslash": (
        says(answer(status="302 Found", Location="http://a\\@b/")),
        FeedState.REFUSED,
        "backsl",
    ),
    "redirect to bad IDNA": (
        says(answer(status="302 Found", Location="http://xn--\xff.org/")),
        FeedState.REFUSED,
        "URL",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_error(fault: str) -> None:
    """A broken server costs one error with state and reason, in its deadline, leaves no connection, harms no neighbour."""
    talk, state, reason = FAULTS[fault]

    async def ask() -> tuple[FetchError, Response, float, int]:
        fetcher = Fetcher(OPTIONS)
        async with RawServer(talk) as server, RawServer(says(answer(BODY))) as neighbour:
            start = time.monotonic()
            error, response = await asyncio.gather(
                fetcher.get(server.url), fetcher.get(neighbour.url), return_exceptions=True
            )
            took = time.monotonic() - start
            assert isinstance(error, FetchError), error
            assert isinstance(response, Response), response
            await until(lambda: talk is is_silent or not server.clients)
        await fetcher.close()
        return error, response, took, server.clients

    error, response, took, _ = asyncio.run(ask())
    assert error.state == state
    assert reason in error.reason
    assert response.body == BODY
    assert took < DEADLINE + SLACK


async def until(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(5):
        while not so():  # noqa: ASYNC110 - a socket's end has no event here
            await asyncio.sleep(0.01)


def test_the_deadline_is_kept() -> None:
    """A request ends at its deadline, however many redirects it is led through."""

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(DEADLINE / 2.5)
        writer.write(answer(status="302 Found", Location="/on"))

    async def ask() -> float:
        fetcher = Fetcher(OPTIONS)
        async with RawServer(slow) as server:
            start = time.monotonic()
            with pytest.raises(FetchError, match="in time"):
                await fetcher.get(server.url)
            took = time.monotonic() - start
        await fetcher.close()
        return took

    assert DEADLINE - 0.01 <= asyncio.run(ask()) < DEADLINE + SLACK


def test_tiny_chunks_are_counted() -> None:
    """A body in more parts than any honest one is refused: each costs us much more than it costs its server."""
    options = replace(OPTIONS, timeout=timedelta(seconds=20))

    async def ask() -> None:
        fetcher = Fetcher(options)
        async with RawServer(floods(CHUNKED, b"1\r\nx\r\n" * 1000)) as server:
            with pytest.raises(FetchError, match="too many parts"):
                await fetcher.get(server.url)
        await fetcher.close()

    asyncio.run(ask())


def test_who_gives_up_leaves_nothing_behind() -> None:
    """A cancelled request closes its connection, and gives its host's turn back."""

    async def ask() -> None:
        fetcher = Fetcher(OPTIONS)
        async with RawServer(drips(HEAD + b"\r\n", b"x")) as server:
            task = asyncio.create_task(fetcher.get(server.url))
            await until(lambda: bool(server.heads))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await until(lambda: not server.clients)
            with pytest.raises(FetchError):
                await fetcher.get(server.url)
        await fetcher.close()

    asyncio.run(ask())


def test_a_closed_port_is_unreachable() -> None:
    """Where nobody listens, the feed is unreachable, and says why."""

    async def ask() -> None:
        fetcher = Fetcher(OPTIONS)
        async with RawServer(says()) as server:
            url = server.url
        with pytest.raises(FetchError, match="does not take connections") as caught:
            await fetcher.get(url)
        assert caught.value.state == UNREACHABLE
        await fetcher.close()

    asyncio.run(ask())


def bomb(megabytes: int) -> bytes:
    """Compress so many megabytes of nothing, without ever holding them."""
    squeeze = zlib.compressobj(level=1, wbits=31)
    nothing = bytes(1_000_000)
    return b"".join([*(squeeze.compress(nothing) for _ in range(megabytes)), squeeze.flush()])


def peak() -> int:
    """Read this process's peak memory in kB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1])


def test_a_bomb_does_not_go_off() -> None:
    """What inflates to 500 MB is refused at 10 MB, with less than 32 MB of memory."""
    options = replace(OPTIONS, timeout=timedelta(seconds=20), max_bytes=10_000_000)
    packed = answer(bomb(500), Content_Encoding="gzip")

    async def ask() -> int:
        fetcher = Fetcher(options)
        async with RawServer(says(answer(BODY, "404 Not Found"), b"")) as warm:
            with pytest.raises(FetchError):
                await fetcher.get(warm.url)
        async with RawServer(says(packed)) as server:
            gc.collect()
            reset_peak()
            before = peak()
            with pytest.raises(FetchError, match="larger than 10 MB"):
                await fetcher.get(server.url)
            after = peak()
        await fetcher.close()
        return after - before

    grown = asyncio.run(ask())
    print(f"grown by {grown} kB")
    assert grown < 32_000


def reset_peak() -> None:
    """Forget the peak so far; skip the test where the system does not let us."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pytest.skip("peak memory cannot be reset here")
