"""Edge: HTTP. A socket as httpcore wants it: counted, paused when it runs ahead of us, closed at once.

Our own and not AnyIO's, which leaves sockets in a TLS handshake when it is cancelled, and costs twice the time a
request (measured; research on the HTTP seam).
"""

import asyncio
import ssl
from typing import Any

import httpcore

from tasks.fetch.fault import Fault
from tasks.model.feed import FeedState

HEAD_BYTES = 96 * 1024  # of an answer before its body; h11 gives up a single header block at 100 kB
_FULL = 64 * 1024  # bytes waiting for us above which the socket is not read: twice a usual read


class Wire(asyncio.Protocol):
    """What came in and was not read yet, and whether more can come."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.over = False
        self.received = False
        self.transport: asyncio.Transport | None = None
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport (asyncio calls this)."""
        self.transport = transport  # type: ignore[assignment]  # a stream's transport is always a Transport

    def data_received(self, data: bytes) -> None:
        """Take what came in (asyncio calls this)."""
        self.received = True
        self.buffer += data
        if len(self.buffer) > _FULL and self.transport:
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Note that nothing more comes (asyncio calls this)."""
        self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is gone (asyncio calls this)."""
        self._end(exc)

    async def take(self, most: int) -> bytes:
        """Wait for bytes and take up to so many; b'' at the end."""
        if not self.buffer and not self.over:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if not self.buffer and self._error:
            raise Fault(FeedState.UNREACHABLE, "the connection broke off")
        data = bytes(self.buffer[:most])
        del self.buffer[:most]
        if len(self.buffer) <= _FULL and self.transport and not self.over:
            self.transport.resume_reading()
        return data

    def abort(self) -> None:
        """Close at once: an orderly end of TLS would wait for the other side. Let go of all that is kept."""
        transport, self.transport = self.transport, None
        if transport:
            transport.abort()
        self.buffer.clear()
        self._end(None)

    def _end(self, error: Exception | None) -> None:
        self.over, self._error = True, self._error or error
        self._wake()

    def _wake(self) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter and not waiter.done():
            waiter.set_result(None)


class Stream(httpcore.AsyncNetworkStream):
    """A connection whose bytes are counted; time is kept by whoever asks (one deadline for the whole request)."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._left = HEAD_BYTES

    def allow(self, body_bytes: int) -> None:
        """Let so many more bytes in: the head is there."""
        self._left += body_bytes

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109 - httpcore's
        """Read up to so many bytes; b'' at the end."""
        data = await self._wire.take(max_bytes)
        self._left -= len(data)
        if self._left < 0:
            raise Fault(FeedState.BROKEN, "the answer is larger than allowed")
        if not data and not self._wire.received:
            raise Fault(FeedState.UNREACHABLE, "the server closed the connection without an answer")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 - httpcore's
        """Send a request's head, which is small: it is not waited for."""
        if self._wire.over or not self._wire.transport:
            raise httpcore.WriteError  # httpcore then still reads an early answer
        self._wire.transport.write(buffer)

    async def aclose(self) -> None:
        """Close the connection."""
        self._wire.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's
    ) -> "Stream":
        """Encrypt from here on, with the other side's certificate verified."""
        if self._wire.received or not self._wire.transport:
            self._wire.abort()  # what came before the handshake would be read as if it came after
            raise Fault(FeedState.UNREACHABLE, "the server does not speak TLS")
        try:
            await self._handshake(self._wire.transport, ssl_context, server_hostname)
        except BaseException:
            self._wire.abort()
            raise
        return self

    async def _handshake(self, transport: asyncio.Transport, context: ssl.SSLContext, name: str | None) -> None:
        loop = asyncio.get_running_loop()
        try:
            self._wire.transport = await loop.start_tls(transport, self._wire, context, server_hostname=name)
        except ssl.SSLCertVerificationError as error:
            reason = f"the certificate is not trusted: {error.verify_message}"
            raise Fault(FeedState.UNREACHABLE, reason) from error
        except OSError as error:
            raise Fault(FeedState.UNREACHABLE, "the TLS handshake failed") from error

    def get_extra_info(self, info: str) -> Any:
        """Tell about the socket below."""
        return self._wire.transport.get_extra_info(info) if self._wire.transport else None
