"""A socket that is counted, paused and closed at once."""

import asyncio
import ssl

import httpcore
import pytest

from tasks.fetch.fault import Fault
from tasks.fetch.stream import HEAD_BYTES, Stream, Wire


class FakeTransport(asyncio.Transport):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def pause_reading(self) -> None:
        """Remember."""
        self.told.append("pause")

    def resume_reading(self) -> None:
        """Remember."""
        self.told.append("resume")

    def abort(self) -> None:
        """Remember."""
        self.told.append("abort")


def connected() -> tuple[Wire, FakeTransport]:
    """Give a wire with nothing behind it."""
    wire, transport = Wire(), FakeTransport()
    wire.connection_made(transport)
    return wire, transport


def test_a_fast_server_is_paused() -> None:
    """A socket that runs ahead of its reader is not read until the reader has caught up."""
    wire, transport = connected()
    wire.data_received(b"x" * 100_000)
    assert transport.told == ["pause"]
    assert len(asyncio.run(wire.take(10_000))) == 10_000
    assert transport.told == ["pause"]
    assert len(asyncio.run(wire.take(64 * 1024))) == 65_536
    assert transport.told == ["pause", "resume"]


def test_bytes_come_before_the_end() -> None:
    """What came in before a reset is still read; then the reset is told."""
    wire, _ = connected()
    wire.data_received(b"harbour")
    wire.connection_lost(ConnectionResetError())
    assert asyncio.run(wire.take(100)) == b"harbour"
    with pytest.raises(Fault, match="broke off"):
        asyncio.run(wire.take(100))


def test_bytes_are_counted() -> None:
    """A head may be so long, and a body as long as allowed on top."""
    wire, _ = connected()
    stream = Stream(wire)
    stream.allow(10)
    wire.data_received(b"x" * (HEAD_BYTES + 11))
    assert len(asyncio.run(stream.read(HEAD_BYTES + 10))) == HEAD_BYTES + 10
    with pytest.raises(Fault, match="larger"):
        asyncio.run(stream.read(1))


def test_nothing_is_sent_on_a_dead_connection() -> None:
    """Writing after the end raises httpcore's own error, so that it still reads an early answer."""
    wire, _ = connected()
    wire.connection_lost(None)
    with pytest.raises(httpcore.WriteError):
        asyncio.run(Stream(wire).write(b"GET"))


def test_what_comes_before_the_handshake_is_not_read_after_it() -> None:
    """A server that speaks before TLS does is left at once."""
    wire, transport = connected()
    wire.data_received(b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(Fault, match="does not speak TLS"):
        asyncio.run(Stream(wire).start_tls(ssl.create_default_context(), "example.org"))
    assert transport.told == ["abort"]
    assert not wire.buffer


def test_closing_lets_go() -> None:
    """A closed connection is aborted once and keeps nothing."""
    wire, transport = connected()
    wire.data_received(b"harbour")
    asyncio.run(Stream(wire).aclose())
    asyncio.run(Stream(wire).aclose())
    assert transport.told == ["abort"]
    assert (wire.transport, bytes(wire.buffer), Stream(wire).get_extra_info("peername")) == (None, b"", None)
