"""What a run did, in words."""

from collections import Counter

from flows.report import blind_feeds, result
from flows.route.counts import Counts
from tasks.model.feed import FeedState
from tasks.model.report import FeedRow


def test_a_run_in_one_line() -> None:
    """Feeds by state, the most frequent first; one of a thing is singular."""
    counts = Counts(feeds=3, entries=1, articles=12, alerts=1, errors=1, states=Counter(unreachable=1, ok=2))
    assert result(counts) == "3 feeds (2 ok, 1 unreachable): 1 entry, 12 articles, 1 alert, 1 error"


def test_a_run_without_work() -> None:
    """Nothing due is told as such."""
    assert result(Counts()) == "0 feeds: 0 entries, 0 articles, 0 alerts, 0 errors"


def test_blind_is_what_brings_nothing() -> None:
    """A damaged or undated feed still brings entries; an empty, refused or silent one does not."""
    rows = [FeedRow(url=state, name="", state=state) for state in FeedState]
    assert {row.state for row in rows} - {row.state for row in blind_feeds(rows)} == {
        FeedState.NEW, FeedState.OK, FeedState.UNCHANGED, FeedState.PARTIAL, FeedState.UNDATED, FeedState.VOLUME_LOW,
    }  # fmt: skip
