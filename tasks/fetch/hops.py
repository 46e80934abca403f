"""Edge: HTTP. Which URLs may be asked for, what goes along on each hop, where a redirect leads; asks nobody itself."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes

import httpx

from tasks.fetch.fault import Fault
from tasks.model.feed import FeedState, Validators
from tasks.urls import DEFAULT_PORTS, has_forbidden

MOST_REDIRECTS = 5
_ANY_PORT = range(1, 65536)
_PERMANENT = frozenset({301, 308})
_VALIDATORS = frozenset({b"if-none-match", b"if-modified-since"})
_REDIRECTS = _PERMANENT | {302, 303, 307}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A URL to ask for, without user info or fragment; `private` headers go to the host they were given for only."""

    url: httpx.URL
    headers: Mapping[bytes, bytes]
    private: Mapping[bytes, bytes] = field(default_factory=dict)
    number: int = 0
    permanent: bool = True  # so far, permanent redirects alone led here
    permanent_url: str = ""
    adoptable: bool = True  # the next poll may start from `permanent_url`

    @property
    def is_conditional(self) -> bool:
        """Say whether a 304 is an answer to it."""
        return not _VALIDATORS.isdisjoint(self.headers)


def first_hop(url: str, headers: Mapping[bytes, bytes], private: Mapping[str, str]) -> Hop:
    """Start at a URL; its user info becomes an Authorization header."""
    target = _parsed(url)
    login = {b"authorization": _basic(target.userinfo)} if target.userinfo else {}
    own = {name.lower().encode(): value.encode() for name, value in private.items()}
    # A URL without its user info is no place to start the next poll from, and user info is not stored.
    return Hop(url=_bare(target), headers=headers, private={**login, **own}, adoptable=not login)


def next_hop(hop: Hop, status: int, location: str) -> Hop | None:
    """Follow a redirect; None where the answer is none."""
    if status not in _REDIRECTS or not location:
        return None
    if hop.number == MOST_REDIRECTS:
        raise Fault(FeedState.REFUSED, f"more than {MOST_REDIRECTS} redirects")
    target = _parsed(_as_text(location), hop.url)
    stays = _same_place(hop.url, target)
    permanent = hop.permanent and status in _PERMANENT
    # Adopting another host's URL would send it the private headers next time.
    adoptable = hop.adoptable and (stays or not hop.private)
    return replace(
        hop,
        url=_bare(target),
        private=hop.private if stays else {},
        number=hop.number + 1,
        permanent=permanent,
        permanent_url=str(_bare(target)) if permanent and adoptable else hop.permanent_url,
        adoptable=adoptable,
    )


def check(url: httpx.URL, ports: tuple[int, ...], *, allow_private: bool) -> None:
    """Refuse what may not be asked for, before anyone is asked: schemes, missing hosts, ports."""
    if url.scheme not in DEFAULT_PORTS or not url.raw_host:
        raise Fault(FeedState.REFUSED, "not an http or https URL")
    port = url.port or DEFAULT_PORTS[url.scheme]
    if port not in (_ANY_PORT if allow_private else ports):
        raise Fault(FeedState.REFUSED, f"port {port} is not one of the web")


def conditional(validators: Validators | None) -> dict[bytes, bytes]:
    """Write the headers of a conditional request; as bytes, since servers put what they like into an ETag."""
    if validators is None:
        return {}
    headers = {b"if-none-match": validators.etag, b"if-modified-since": validators.last_modified}
    return {name: value.encode("latin-1", "replace") for name, value in headers.items() if value}


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """Read a URL with the one parser that also sends it."""
    if has_forbidden(url):
        raise Fault(FeedState.REFUSED, "the URL carries a backslash or a control character")
    try:
        return base.join(url) if base else httpx.URL(url)
    except ValueError as error:  # of the standard library, which `join` asks too
        raise Fault(FeedState.REFUSED, "not a valid URL") from error


def _as_text(header: str) -> str:
    """Read a header that holds UTF-8, as many Location headers do, though read byte for byte."""
    raw = header.encode("latin-1")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return header


def _bare(url: httpx.URL) -> httpx.URL:
    return url.copy_with(userinfo=b"", fragment=None)


def _basic(userinfo: bytes) -> bytes:
    return b"Basic " + b64encode(unquote_to_bytes(userinfo))


def _same_place(here: httpx.URL, there: httpx.URL) -> bool:
    """Say whether secrets may go along: the same host and port, or the same host's usual step up to https."""
    if here.raw_host != there.raw_host:
        return False
    steps_up = (here.scheme, here.port, there.scheme, there.port) == ("http", None, "https", None)
    return steps_up or (here.scheme, here.port) == (there.scheme, there.port)
