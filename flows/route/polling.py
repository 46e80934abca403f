"""Route. Poll a feed: ask, parse, store its entries with its new state in one transaction."""

import random

from flows.route.line import Line
from tasks.errors import FeedError, FetchError, ParseError, WorkerError
from tasks.fetch import Poll, body_digest, next_poll, retry_at, state_of
from tasks.model.feed import ClaimedFeed, FeedState, ParsedFeed, Response, Validators
from tasks.store.rows import PollResult, StoredEntry
from tasks.urls import masked

NOT_MODIFIED = 304


async def poll(line: Line, feed: ClaimedFeed) -> tuple[StoredEntry, ...]:
    """Poll one feed; give its new and changed entries, stored. A failure is recorded with its reason and raises nothing."""
    line.tally["feeds"] += 1
    try:
        response = await line.fetcher.get(feed.url, validators=feed.validators, headers=feed.spec.headers)
        result = await _read(line, feed, response)
    except FeedError as error:
        line.tally["errors"] += 1
        result = failed(line, feed, error)
    stored = await line.store(line.root.store.record_poll, feed.id, result, line.root.clock())
    line.states[result.state.value] += 1
    line.tally["entries"] += len(stored)
    if result.dropped:
        line.drops["entries beyond the cap of one feed document, or empty"] += result.dropped
    return stored


async def _read(line: Line, feed: ClaimedFeed, response: Response) -> PollResult:
    digest = body_digest(response.body)
    if response.status == NOT_MODIFIED or digest == feed.validators.body_digest:
        return _answered(line, feed, response, ParsedFeed(), FeedState.UNCHANGED)
    try:
        parsed = await line.pool.parse(
            response.body,
            url=response.url,
            content_type=response.headers.get("content-type", ""),
            now=line.root.clock(),
        )
    except WorkerError as error:
        raise ParseError(masked(feed.spec.url), f"could not be read: {error.reason}", state=FeedState.BROKEN) from error
    return _answered(line, feed, response, parsed, state_of(parsed))


def _answered(line: Line, feed: ClaimedFeed, response: Response, parsed: ParsedFeed, state: FeedState) -> PollResult:
    unchanged = state is FeedState.UNCHANGED
    fresh = Validators(
        etag=response.headers.get("etag", ""),
        last_modified=response.headers.get("last-modified", ""),
        body_digest=feed.validators.body_digest if unchanged else body_digest(response.body),
    )
    schedule = Poll(state=state, ttl=parsed.ttl, headers=response.headers)
    return PollResult(
        state=state,
        error=parsed.problem,
        url=response.permanent_url or feed.url,
        validators=feed.validators if response.status == NOT_MODIFIED else fresh,
        next_poll=next_poll(
            line.began, feed.spec, schedule
        ),  # not now: the next run would find it due minutes too late
        entries=parsed.entries,
        dropped=parsed.dropped,
    )


def failed(line: Line, feed: ClaimedFeed, error: FeedError) -> PollResult:
    """Make of a failure the state it leaves the feed in, with the old validators kept."""
    now, after = line.root.clock(), error.retry_after if isinstance(error, FetchError) else ""
    schedule = Poll(state=error.state, failures=feed.failures + 1, retry_after=after)
    return PollResult(
        state=error.state,
        error=error.reason,
        url=feed.url,
        validators=feed.validators,
        failures=feed.failures + 1,
        next_poll=next_poll(now, feed.spec, schedule, jitter=random.random()),  # noqa: S311 - jitter, no secret
        retry_until=retry_at(now, after) if after else None,
    )
