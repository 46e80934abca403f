"""Route. Claim feeds: each under this run's lease, so that runs may overlap."""

from flows.root import Root
from tasks.model.feed import ClaimedFeed

MOST_FEEDS = 100_000  # of one run: ten times the largest list this is built for


class Claimed:
    """The feeds of one run, in a box that Prefect does not look into."""

    __slots__ = ("feeds",)

    def __init__(self, feeds: tuple[ClaimedFeed, ...]) -> None:
        self.feeds = feeds


def claim(root: Root, *, due_only: bool) -> Claimed:
    """Claim every enabled feed, or only those due."""
    return Claimed(root.store.claim_feeds(root.settings.feeds, root.clock(), due_only=due_only, limit=MOST_FEEDS))
