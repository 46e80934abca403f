"""Types. What this folder raises inside itself; others see `FetchError`."""

from tasks.model.feed import FeedState


class Fault(Exception):
    """Our own finding: the state that the feed is then in, and the reason in words."""

    def __init__(self, state: FeedState, reason: str) -> None:
        super().__init__(reason)
        self.state, self.reason = state, reason


def too_large(most: int) -> Fault:
    """Tell that an answer is larger than we take."""
    return Fault(FeedState.BROKEN, f"the answer is larger than {most / 1_000_000:g} MB")
