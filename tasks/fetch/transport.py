"""Edge: HTTP. The seam: httpx above, one guarded httpcore connection per request below.

No pool: with a host a feed, connections are hardly ever used twice, and scanning a pool of a thousand costs more than
the request itself (measured).
"""

import ssl
from collections.abc import AsyncIterator

import httpcore
import httpx

from tasks.fetch.backend import GuardedBackend
from tasks.fetch.fault import Fault
from tasks.fetch.stream import HEAD_BYTES, Stream
from tasks.model.feed import FeedState

_MOST_PARTS = 20_000  # of a body: 10 MB in TCP's smallest usual segments are 7,000; a flood of tiny chunks burns CPU


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends each request over a connection of its own, and lets no more than `max_bytes` of a body in."""

    def __init__(self, backend: GuardedBackend, tls: ssl.SSLContext, max_bytes: int) -> None:
        self._backend, self._tls, self._max_bytes = backend, tls, max_bytes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Connect, send, and give the answer with its body still to be read."""
        question = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
        )
        connection = httpcore.AsyncHTTPConnection(
            question.url.origin, ssl_context=self._tls, network_backend=self._backend
        )
        answer = await connection.handle_async_request(question)
        wire = answer.extensions["network_stream"]
        if isinstance(wire, Stream):  # httpcore wraps it after a 101, whose body we never read
            wire.allow(self._max_bytes + HEAD_BYTES)  # with room for what frames a body
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer, connection))

    async def aclose(self) -> None:
        """Let the look-up threads go."""
        self._backend.close()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, connection: httpcore.AsyncHTTPConnection) -> None:
        self._answer, self._connection = answer, connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        parts = 0
        async for part in self._answer.aiter_stream():
            parts += 1
            if parts > _MOST_PARTS:
                raise Fault(FeedState.BROKEN, "the answer is in too many parts")
            yield part

    async def aclose(self) -> None:
        await self._connection.aclose()
