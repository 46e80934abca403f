"""Private addresses are refused before anyone connects, and the address that was checked is the one connected to."""

import _socket
import asyncio
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.errors import FetchError
from tasks.fetch import backend
from tasks.fetch.backend import Lookup
from tasks.fetch.client import Fetcher, FetchOptions
from tasks.model.feed import FeedState, Response
from tests.support.guard import NetworkRefused
from tests.support.raw import RawServer, answer, drips, says

BODY = b"<rss><channel><title>Harbour news</title></channel></rss>"
PUBLIC = "93.184.216.34"


def options(*, allow_private: bool = False, seconds: float = 3) -> FetchOptions:
    """Ask as usual, with private addresses refused."""
    return FetchOptions(
        user_agent="tocsin/1",
        timeout=timedelta(seconds=seconds),
        max_bytes=1_000_000,
        allow_private=allow_private,
        host_gap=timedelta(0),
    )


class Internet:
    """Every connection that anyone tries to make; `routes` leads public addresses to ports on loopback."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.routes: dict[str, int] = {}

    def routed(self, address: tuple[str, int]) -> tuple[str, int]:
        """Note an address, and say where it really leads."""
        self.tried.append(address[0])
        return ("127.0.0.1", self.routes[address[0]]) if address[0] in self.routes else address


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    """Play the internet: below the look-up and the check, above the socket."""
    made = Internet()
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda sock, address: connect(sock, made.routed(address)))
    return made


class Names:
    """A resolver that knows some names, answers in turn, and remembers what it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """Give the next answer."""
        self.asked.append(host)
        return self._answers.pop(0)


def numeric(host: str, port: int) -> Sequence[str]:
    """Resolve as the system does, but numbers only, so that nobody is asked."""
    found = _socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
    return [str(address[0]) for *_, address in found]


def get(url: str, how: FetchOptions, lookup: Lookup, tls: ssl.SSLContext | None = None) -> Response:
    """Ask once, in an event loop of its own."""

    async def ask() -> Response:
        fetcher = Fetcher(how, lookup=lookup, tls=tls)
        try:
            return await fetcher.get(url)
        finally:
            await fetcher.close()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0", "10.0.0.1", "192.168.1.1", "172.16.0.1"),
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]"),
    ],
)
def test_private_addresses_are_refused(host: str, internet: Internet) -> None:
    """However a private address is written, it is refused and not connected to."""
    with pytest.raises(FetchError, match="private address") as caught:
        get(f"http://{host}/feed", options(), numeric)
    assert caught.value.state == FeedState.REFUSED
    assert internet.tried == []


@pytest.mark.parametrize("answers", [("127.0.0.1",), (PUBLIC, "127.0.0.1"), (PUBLIC, "64:ff9b::a00:1"), ("nonsense",)])
def test_names_of_private_addresses_are_refused(answers: tuple[str, ...], internet: Internet) -> None:
    """A name with one address that is not public is refused as a whole."""
    with pytest.raises(FetchError, match="private address"):
        get("https://feeds.example.org/", options(), Names(answers))
    assert internet.tried == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_rebinding_does_not_help(scheme: str, internet: Internet, refusals: list[str]) -> None:
    """A name is looked up once, and the very address that was checked is connected to."""
    names = Names((PUBLIC,), ("127.0.0.1",))
    with pytest.raises(NetworkRefused):  # by the guard of the tests: nothing leaves this machine
        get(f"{scheme}://feeds.example.org/", options(), names)
    refusals.clear()
    assert internet.tried == [PUBLIC]
    assert names.asked == ["feeds.example.org"]


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("//[::1]/", "[::1]"),
        ("http://metadata.example.org/", "metadata.example.org"),
        ("http://feeds.example.org/again", "feeds.example.org"),  # which has become another's address
    ],
)
def test_redirects_are_checked_again(target: str, where: str, internet: Internet) -> None:
    """A redirect to a private address is refused too, and the error names where it led."""
    names = Names((PUBLIC,), ("169.254.169.254",))
    lookup = {"feeds.example.org": names, "metadata.example.org": names}

    async def ask() -> FetchError:
        fetcher = Fetcher(options(), lookup=lambda host, port: lookup.get(host, numeric)(host, port))
        async with RawServer(says(answer(status="302 Found", Location=target))) as server:
            internet.routes[PUBLIC] = server.port
            with pytest.raises(FetchError) as caught:
                await fetcher.get("http://feeds.example.org/")
        await fetcher.close()
        return caught.value

    error = asyncio.run(ask())
    assert error.state == FeedState.REFUSED
    assert error.reason == f"the host is a private address, or names one (redirected to {where})"
    assert internet.tried == [PUBLIC]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://feeds.example.org:22/", "port 22"),
        ("http://feeds.example.org:6379/", "port 6379"),
        ("http://in\\@out/", "backslash"),
        ("file:///etc/passwd", "not an http"),
        ("http://999.1.1.1/", "not a valid URL"),
        ("http://[::1/", "not a valid URL"),
        ("http://xn--\u00ff/", "not a valid URL"),
        (f"http://{'a' * 70_000}/", "not a valid URL"),
    ],
)
def test_odd_urls_are_refused_unasked(url: str, reason: str, internet: Internet) -> None:
    """What is no decent URL is refused before its name is looked up."""
    names = Names()
    with pytest.raises(FetchError, match=reason) as caught:
        get(url, options(), names)
    assert caught.value.state == FeedState.REFUSED
    assert (names.asked, internet.tried) == ([], [])


@pytest.mark.parametrize("known", [False, True])
def test_an_unknown_name_is_unreachable(known: bool) -> None:
    """A name that does not resolve, or to nothing, is the feed's trouble and may pass."""

    def lookup(host: str, port: int) -> Sequence[str]:
        if known:
            return ()
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(FetchError, match="has no address") as caught:
        get("https://feeds.example.org/", options(), lookup)
    assert caught.value.state == FeedState.UNREACHABLE


def test_the_systems_resolver_is_asked() -> None:
    """Without a fake, names are looked up by the system."""

    async def ask() -> None:
        fetcher = Fetcher(options(allow_private=True))
        async with RawServer(says(answer(BODY))) as server:
            response = await fetcher.get(server.url.replace("127.0.0.1", "localhost"))
            assert response.body == BODY
            with pytest.raises(FetchError, match="has no address"):
                await fetcher.get("http://nowhere.invalid/")
        await fetcher.close()

    asyncio.run(ask())


def test_a_stuck_resolver_is_cut_short() -> None:
    """The deadline holds for the look-up too."""
    go_on = threading.Event()

    def lookup(host: str, port: int) -> Sequence[str]:
        go_on.wait(10)
        return ()

    with pytest.raises(FetchError, match="in time"):
        get("https://feeds.example.org/", options(seconds=0.2), lookup)
    go_on.set()


def test_the_next_address_is_tried() -> None:
    """Where one address of a name takes no connection, the next one does."""

    async def ask() -> None:
        async with RawServer(says(answer(BODY))) as server:
            fetcher = Fetcher(options(allow_private=True), lookup=Names(("127.0.0.2", "::1", "127.0.0.1")))
            response = await fetcher.get(f"http://feeds.example.org:{server.port}/")
            await fetcher.close()
        assert response.body == BODY

    asyncio.run(ask())


def test_a_silent_address_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one address of a name does not answer at all, the next one is tried in time."""
    monkeypatch.setattr(backend, "_CONNECT_SECONDS", 0.1)

    async def ask() -> None:
        fetcher = Fetcher(options(allow_private=True), lookup=Names(("127.0.0.2", "127.0.0.1"), ("127.0.0.2",)))
        async with RawServer(says(answer(BODY))) as server:
            with full_house("127.0.0.2", server.port):
                response = await fetcher.get(f"http://feeds.example.org:{server.port}/")
                assert response.body == BODY
                with pytest.raises(FetchError, match="no answer"):
                    await fetcher.get(f"http://feeds.example.org:{server.port}/")
        await fetcher.close()

    asyncio.run(ask())


@contextmanager
def full_house(host: str, port: int) -> Iterator[None]:
    """Listen, but let nobody more in."""
    with socket.socket() as listener, ExitStack() as guests:
        listener.bind((host, port))
        listener.listen(0)
        for _ in range(3):
            guest = guests.enter_context(socket.socket())
            guest.setblocking(False)
            guest.connect_ex((host, port))
        yield


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a self-signed certificate for localhost, with its key, in one file."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here")
    folder = tmp_path_factory.mktemp("tls")
    key, cert, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*make.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    both.write_text(key.read_text() + cert.read_text())
    return both


async def over_tls(certificate: Path, *, trusted: bool, host: str) -> Response:
    """Ask a server with this certificate for a feed."""
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(certificate)
    ours = ssl.create_default_context(cafile=certificate) if trusted else None
    fetcher = Fetcher(options(allow_private=True), lookup=lambda *_: ("127.0.0.1",), tls=ours)
    async with RawServer(says(answer(BODY)), tls=server_side) as server:
        try:
            return await fetcher.get(f"https://{host}:{server.port}/feed")
        finally:
            await fetcher.close()
            assert len(server.heads) == trusted * (host == "localhost")


def test_a_trusted_certificate_is_taken(certificate: Path) -> None:
    """A feed is had over TLS, where certificate and host name are in order."""
    assert asyncio.run(over_tls(certificate, trusted=True, host="localhost")).body == BODY


@pytest.mark.parametrize(
    ("trusted", "host", "reason"),
    [(False, "localhost", "self-signed"), (True, "feeds.example.org", "Hostname mismatch")],
)
def test_other_certificates_are_not(certificate: Path, trusted: bool, host: str, reason: str) -> None:
    """An unknown issuer and another host's certificate are refused, before anything is sent."""
    with pytest.raises(FetchError, match=f"certificate is not trusted: .*{reason}") as caught:
        asyncio.run(over_tls(certificate, trusted=trusted, host=host))
    assert caught.value.state == FeedState.UNREACHABLE


def test_a_plain_server_is_not_spoken_to_in_tls() -> None:
    """A server that speaks first, speaks no TLS, or drips its handshake is left, in time."""

    async def greets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ready\r\n")
        await reader.read()
        writer.close()

    async def ask() -> None:
        fetcher = Fetcher(options(allow_private=True, seconds=0.5))
        async with await asyncio.start_server(greets, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(FetchError, match="TLS"):
                await fetcher.get(f"https://127.0.0.1:{port}/")
        async with RawServer(drips(b"", b"x")) as quiet:
            with pytest.raises(FetchError, match="in time"):
                await fetcher.get(f"https://127.0.0.1:{quiet.port}/")
        await fetcher.close()

    asyncio.run(ask())
