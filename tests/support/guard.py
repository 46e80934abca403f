"""A network guard for tests: connections and look-ups stay on this machine."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest

LOOPBACK_NAMES = ("", "localhost", "localhost.localdomain", "0.0.0.0", "::")  # noqa: S104 - asked about, not bound
NOWHERE = ".invalid"  # RFC 6761: no resolver knows such a name


class NetworkRefused(AssertionError):
    """A test tried to leave this machine. No OSError, so that code which expects those does not take it for one."""


class Guard:
    """Refuses connections and look-ups beyond loopback, and remembers them in `refused`."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Put the guard before every socket of this process; asyncio's and http libraries' go through the same calls."""
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, self._guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", self._getaddrinfo(socket.getaddrinfo))

    def _guarded(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, address: Any) -> Any:
            if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
                sock.close()  # callers close it for an OSError only
                self._refuse(f"connect to {address[0]}, port {address[1]}")
            return connect(sock, address)

        return guarded

    def _getaddrinfo(self, getaddrinfo: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host or ""
            if name.endswith(NOWHERE):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            if not is_loopback(name) and not is_address(name):
                self._refuse(f"look up {name}")
            return getaddrinfo(host, *args, **kwargs)

        return guarded

    def _refuse(self, what: str) -> None:
        self.refused.append(what)
        raise NetworkRefused(f"a test tried to {what}: tests stay on this machine")


def is_address(host: str) -> bool:
    """Say whether this is a literal address, which nobody is asked about."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Say whether a connection to this host stays on this machine."""
    return host in LOOPBACK_NAMES or (is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback)
