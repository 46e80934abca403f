"""Edge: HTTP. Connect where it is allowed: one look-up, every address checked, and to the very address checked.

A second look-up at connect time would be the door for DNS rebinding, so there is none.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpcore

from tasks.fetch.addresses import is_public
from tasks.fetch.fault import Fault
from tasks.fetch.stream import Stream, Wire
from tasks.model.feed import FeedState

Lookup = Callable[[str, int], Sequence[str]]

# Threads of our own: in asyncio's default pool a look-up waited 4 s behind twelve stuck ones (measured).
_LOOKUPS = 32
_CONNECT_SECONDS = 8.0  # for one address: a silent one leaves time for the next within the usual 30 s
_MOST_TRIED = 3  # addresses of one name


def system_lookup(host: str, port: int) -> tuple[str, ...]:
    """Ask the system's resolver for a host's addresses. Bytes, or Python would put the name through its old IDNA codec."""
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses only, unless private ones are allowed."""

    def __init__(self, lookup: Lookup, *, allow_private: bool) -> None:
        self._lookup, self._allow_private = lookup, allow_private
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="lookup")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's
        local_address: str | None = None,  # noqa: ARG002 - httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - httpcore's
    ) -> Stream:
        """Look a host up, check what it names, connect."""
        addresses = await self._addresses(host, port)
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise Fault(FeedState.REFUSED, "the host is a private address, or names one")
        return await _connected(addresses[:_MOST_TRIED], port)

    def close(self) -> None:
        """Let the look-up threads go; a stuck one ends with the resolver's own patience."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        try:
            addresses = await loop.run_in_executor(self._threads, self._lookup, host, port)
        except socket.gaierror as error:
            raise Fault(FeedState.UNREACHABLE, "the host name has no address") from error
        if not addresses:
            raise Fault(FeedState.UNREACHABLE, "the host name has no address")
        return addresses


async def _connected(addresses: Sequence[str], port: int) -> Stream:
    reason = ""
    for address in addresses:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                # A literal address is not looked up again.
                _, wire = await asyncio.get_running_loop().create_connection(Wire, address, port)
        except TimeoutError:
            reason = "the server does not take connections (no answer)"
        except OSError as error:
            reason = f"the server does not take connections ({error.strerror or 'failed'})"
        else:
            return Stream(wire)
    raise Fault(FeedState.UNREACHABLE, reason)
