"""Pure. When to ask a feed again, and what state an answer leaves it in. It backs off, but never stops asking."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tasks.model.feed import FeedSpec, FeedState, ParsedFeed

_DAY = timedelta(hours=24)  # no server and no failure keeps us away for longer; rss-fetcher's and miniflux's bound too
_WEEK = timedelta(days=7)  # gone feeds do come back
_SHORTEST_RETRY = timedelta(minutes=1)  # "Retry-After: 0" is no invitation
_JITTER = 0.1  # of a back-off, so that feeds which failed together do not come back together

_GONE = frozenset({FeedState.GONE, FeedState.DEAD})
_SECONDS = re.compile(r"\d{1,9}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """How a poll went, as far as the next one depends on it. `failures` in a row count this one."""

    state: FeedState
    failures: int = 0
    ttl: timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    retry_after: str = ""


def next_poll(now: datetime, spec: FeedSpec, poll: Poll, *, jitter: float = 0.0) -> datetime:
    """Say when a feed is due again; `jitter`, from 0 to 1, spreads those that failed."""
    if poll.state in _GONE:
        return now + max(_WEEK, spec.interval)
    if not poll.failures:
        return now + max(spec.interval, min(_DAY, _asked_for(poll)))
    wait = _back_off(spec.interval, poll.failures)
    told = retry_at(now, poll.retry_after)
    wait = max(wait, told - now) if told else wait
    return now + wait * (1 + _JITTER * jitter)


def retry_at(now: datetime, retry_after: str) -> datetime | None:
    """Read a Retry-After header, seconds or date, between a minute and a day; None where it names no time to come."""
    wait = _wait(now, retry_after.strip())
    if wait is None or wait < timedelta(0):
        return None
    return now + min(max(wait, _SHORTEST_RETRY), _DAY)


def state_of(feed: ParsedFeed) -> FeedState:
    """Name the state that a feed document leaves its feed in."""
    if feed.problem:
        return FeedState.PARTIAL
    if not feed.entries:
        return FeedState.EMPTY
    if all(entry.published is None for entry in feed.entries):
        return FeedState.UNDATED
    return FeedState.OK


def body_digest(body: bytes) -> str:
    """Name a body by its content: servers that ignore validators send the same one again."""
    return hashlib.sha256(body).hexdigest()


def _asked_for(poll: Poll) -> timedelta:
    """Take the longest pause that the feed itself or its server asks for."""
    age = _MAX_AGE.search(poll.headers.get("cache-control", ""))
    return max(poll.ttl or timedelta(0), timedelta(seconds=int(age[1])) if age else timedelta(0))


def _back_off(interval: timedelta, failures: int) -> timedelta:
    """Grow linearly: doubling is too harsh on feeds that are back in an hour."""
    return max(interval, min(_DAY, interval * min(failures + 1, _DAY // _SHORTEST_RETRY)))


def _wait(now: datetime, retry_after: str) -> timedelta | None:
    if _SECONDS.fullmatch(retry_after):
        return timedelta(seconds=int(retry_after))
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, IndexError, OverflowError):  # the standard library's ways to say that it is no date
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
