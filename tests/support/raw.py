"""A raw TCP server on loopback: it takes a request's head and then writes, or does not write, whatever a test likes."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Serves `talk` to every client; `heads` are the requests' heads as they came in."""

    def __init__(self, talk: Talk, *, tls: ssl.SSLContext | None = None) -> None:
        self.heads: list[bytes] = []
        self._talk, self._tls = talk, tls
        self._open: set[asyncio.Task[None] | None] = set()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """An address of the server."""
        return f"http://127.0.0.1:{self.port}/feed"

    @property
    def clients(self) -> int:
        """How many connections are open."""
        return len(self._open)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._open.add(task)
        try:
            self.heads.append(await reader.readuntil(b"\r\n\r\n"))
            await self._talk(writer)
            await writer.drain()
        except (OSError, EOFError):
            pass  # the client hung up, which is often what a test is about
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            self._open.discard(task)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.close()
        left = [task for task in self._open if task]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._server.wait_closed()
        await asyncio.sleep(0.01)  # transports close in the loop's next rounds


def says(*parts: bytes) -> Talk:
    """Write these bytes and close."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return talk


def drips(start: bytes, drop: bytes, gap: float = 0.02) -> Talk:
    """Write a start and then a drop at a time, for ever."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(gap)

    return talk


def floods(start: bytes, wave: bytes) -> Talk:
    """Write a start and then the same bytes over and over, as fast as they are taken."""

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(wave)
            await writer.drain()

    return talk


async def resets(writer: asyncio.StreamWriter) -> None:
    """Break the connection off, with a reset."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Write a whole answer; underscores in header names stand for hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
