"""Edge: HTTP. Ask for feeds and pages: guarded, bounded, politely (`client`); decide when to ask again (`schedule`)."""

from tasks.fetch.client import ACCEPT_FEED, ACCEPT_PAGE, Fetcher, FetchOptions
from tasks.fetch.schedule import Poll, body_digest, next_poll, retry_at, state_of

__all__ = [
    "ACCEPT_FEED",
    "ACCEPT_PAGE",
    "FetchOptions",
    "Fetcher",
    "Poll",
    "body_digest",
    "next_poll",
    "retry_at",
    "state_of",
]
