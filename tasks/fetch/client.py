"""Edge: HTTP. Ask for a URL and get a bounded, decoded answer or a FetchError, in a bounded time.

check the URL → wait for its host's turn → look up, check, connect → head → body → decode
   ↑                                                                 │
   └──────────────── redirect, at most five ────────────────────────┘
"""

import asyncio
import logging
import ssl
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType

import httpx

from tasks.errors import FetchError
from tasks.fetch.backend import GuardedBackend, Lookup, system_lookup
from tasks.fetch.decode import ACCEPT_ENCODING, decoded
from tasks.fetch.fault import too_large
from tasks.fetch.gate import HostGate
from tasks.fetch.hops import Hop, check, conditional, first_hop, next_hop
from tasks.fetch.translate import translated
from tasks.fetch.transport import GuardedTransport
from tasks.model.feed import FeedState, Response, Validators
from tasks.urls import masked

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"

_NONE: Mapping[str, str] = MappingProxyType({})
_OK, _NOT_MODIFIED, _SERVICE_UNAVAILABLE = 200, 304, 503
_STATES = {
    401: FeedState.BLOCKED,
    403: FeedState.BLOCKED,
    410: FeedState.GONE,
    429: FeedState.LIMITED,
    451: FeedState.BLOCKED,
}
_KNOWN = frozenset(HTTPStatus)
_RETRY_AFTER_CHARS = 100  # a date has 29


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How we ask, and how much we take. `timeout` is for a whole request with its redirects, without waiting its turn."""

    user_agent: str
    timeout: timedelta
    max_bytes: int  # of a body, on the wire and decoded
    allow_private: bool
    host_gap: timedelta
    ports: tuple[int, ...] = (80, 443)  # any port, where private addresses are allowed


class Fetcher:
    """The one way out to the web. Use it inside one event loop, and close it."""

    def __init__(
        self, options: FetchOptions, *, lookup: Lookup = system_lookup, tls: ssl.SSLContext | None = None
    ) -> None:
        logging.getLogger("httpcore").setLevel(logging.WARNING)  # below, it logs headers and URLs
        self._options = options
        self._gate = HostGate(options.host_gap)
        backend = GuardedBackend(lookup, allow_private=options.allow_private)
        context = tls or httpx.create_ssl_context(trust_env=False)  # one for all: making one takes 15 ms
        self._transport = GuardedTransport(backend, context, options.max_bytes)
        self._headers = {
            b"user-agent": options.user_agent.encode(),
            b"accept-encoding": ACCEPT_ENCODING.encode(),
            b"connection": b"close",
        }

    async def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        headers: Mapping[str, str] = _NONE,
        accept: str = ACCEPT_FEED,
    ) -> Response:
        """Ask for a URL; raise FetchError for whatever is neither a whole 200 nor the 304 that validators asked for."""
        with translated(url):
            public = {**self._headers, b"accept": accept.encode(), **conditional(validators)}
            return await self._follow(url, first_hop(url, public, headers))

    async def close(self) -> None:
        """Let everything go."""
        await self._transport.aclose()

    async def _follow(self, asked: str, hop: Hop) -> Response:
        left = self._options.timeout.total_seconds()
        clock = asyncio.get_running_loop().time
        while True:
            with translated(asked, str(hop.url) if hop.number else ""):
                check(hop.url, self._options.ports, allow_private=self._options.allow_private)
                async with self._gate(str(hop.url)):
                    started = clock()
                    answer = await self._ask(hop, left)
                    left -= clock() - started
            following = next_hop(hop, answer.status, answer.headers.get("location", ""))
            if following is None:
                return _judged(asked, hop, answer)
            hop = following

    async def _ask(self, hop: Hop, seconds: float) -> Response:
        request = httpx.Request("GET", hop.url, headers={**hop.headers, **hop.private})
        async with asyncio.timeout(seconds), aclosing(await self._transport.handle_async_request(request)) as answer:
            return Response(
                url=str(hop.url),
                status=answer.status_code,
                headers=_texts(answer.headers.raw),
                body=await _body(answer, self._options.max_bytes) if answer.status_code == _OK else b"",
                permanent_url=hop.permanent_url,
            )


async def _body(answer: httpx.Response, most: int) -> bytes:
    if int(answer.headers.get("content-length", "0")) > most:  # h11 has made sure that it is a number
        raise too_large(most)
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part
        if len(body) > most:
            raise too_large(most)
    return decoded(bytes(body), answer.headers.get_list("content-encoding"), most)


def _texts(headers: Sequence[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Read headers byte for byte (Latin-1 loses none), those that come twice joined."""
    texts: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        texts[name] = f"{texts[name]}, {value}" if name in texts else value
    return texts


def _judged(asked: str, hop: Hop, answer: Response) -> Response:
    if answer.status == _OK or (answer.status == _NOT_MODIFIED and hop.is_conditional):
        return answer
    retry_after = answer.headers.get("retry-after", "")[:_RETRY_AFTER_CHARS]
    told_to_wait = answer.status == _SERVICE_UNAVAILABLE and retry_after
    state = FeedState.LIMITED if told_to_wait else _STATES.get(answer.status, FeedState.BROKEN)
    reason = f"the server answered {answer.status} {_phrase(answer.status)}".strip()
    raise FetchError(masked(asked), reason, state=state, status=answer.status, retry_after=retry_after)


def _phrase(status: int) -> str:
    """Name a status ourselves: the server's own words are not to be trusted."""
    return HTTPStatus(status).phrase if status in _KNOWN else ""
