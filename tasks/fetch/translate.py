"""Edge: HTTP. Everything that can go wrong on the way, told once, in plain words and without foreign text.

The libraries' own messages carry header values and whole lines of the answer, so none of them is passed on.
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpcore
import httpx

from tasks.errors import FetchError
from tasks.fetch.fault import Fault
from tasks.model.feed import FeedState
from tasks.urls import host_of, masked

_UNREACHABLE, _BROKEN, _REFUSED = FeedState.UNREACHABLE, FeedState.BROKEN, FeedState.REFUSED

# The nearest class in an exception's line of ancestors counts.
WORDS: Mapping[type[Exception], tuple[FeedState, str]] = {
    TimeoutError: (_UNREACHABLE, "no complete answer in time"),
    OSError: (_UNREACHABLE, "the connection failed"),
    UnicodeError: (_REFUSED, "not a host name that can be looked up"),
    zlib.error: (_BROKEN, "the compressed body is damaged"),
    httpcore.TimeoutException: (_UNREACHABLE, "no complete answer in time"),
    httpcore.NetworkError: (_UNREACHABLE, "the connection broke off"),
    httpcore.ProxyError: (_UNREACHABLE, "the proxy does not work"),
    httpcore.ProtocolError: (_BROKEN, "the answer is not HTTP, or is cut off"),
    httpcore.LocalProtocolError: (_REFUSED, "a header of this feed cannot be sent"),
    httpcore.UnsupportedProtocol: (_REFUSED, "neither http nor https"),
    httpcore.ConnectionNotAvailable: (_UNREACHABLE, "no connection was free"),
    httpx.HTTPError: (_BROKEN, "the exchange failed"),
    httpx.TimeoutException: (_UNREACHABLE, "no complete answer in time"),
    httpx.NetworkError: (_UNREACHABLE, "the connection broke off"),
    httpx.ProxyError: (_UNREACHABLE, "the proxy does not work"),
    httpx.ProtocolError: (_BROKEN, "the answer is not HTTP, or is cut off"),
    httpx.LocalProtocolError: (_REFUSED, "a header of this feed cannot be sent"),
    httpx.UnsupportedProtocol: (_REFUSED, "neither http nor https"),
    httpx.TooManyRedirects: (_REFUSED, "too many redirects"),
    httpx.InvalidURL: (_REFUSED, "not a valid URL"),
    httpx.CookieConflict: (_BROKEN, "contradicting cookies"),
    httpx.StreamError: (_BROKEN, "the body was read twice"),
}
FAULTS: tuple[type[Exception], ...] = (Fault, *WORDS)


def fetch_error(url: str, error: Exception, redirected_to: str = "") -> FetchError:
    """Tell a fault as what the rest of Tocsin understands."""
    state, reason = (error.state, error.reason) if isinstance(error, Fault) else _words_for(type(error))
    if redirected_to:
        reason += f" (redirected to {host_of(redirected_to) or 'no web address'})"
    return FetchError(masked(url), reason, state=state)


def _words_for(kind: type[Exception]) -> tuple[FeedState, str]:
    return next(WORDS[ancestor] for ancestor in kind.__mro__ if ancestor in WORDS)


@contextmanager
def translated(url: str, redirected_to: str = "") -> Iterator[None]:
    """Turn every fault of a request for this URL into a FetchError; without its cause, which may quote a secret."""
    try:
        yield
    except FAULTS as error:
        raise fetch_error(url, error, redirected_to) from None
