"""Route. Claim feeds: each under this run's lease, so that runs may overlap."""

from dataclasses import dataclass, field

from flows.root import Root
from flows.route.counts import Tally
from tasks.model.feed import ClaimedFeed

MOST_FEEDS = 100_000  # of one run: ten times the largest list this is built for


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a run is to do: every enabled feed, or only those that are due. It counts into `tally` while it is under way."""

    due_only: bool = False
    tally: Tally = field(default_factory=Tally)


class Claimed:
    """The feeds of one run, and what the run counts, in a box that Prefect does not look into."""

    __slots__ = ("feeds", "tally")

    def __init__(self, feeds: tuple[ClaimedFeed, ...], tally: Tally) -> None:
        self.feeds, self.tally = feeds, tally


def claim(root: Root, wanted: Wanted) -> Claimed:
    """Claim every enabled feed, or only those due."""
    feeds = root.store.claim_feeds(root.settings.feeds, root.clock(), due_only=wanted.due_only, limit=MOST_FEEDS)
    return Claimed(feeds, wanted.tally)
