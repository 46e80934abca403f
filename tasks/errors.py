"""Types. The tree of expected errors; anything else that is raised is a bug and escapes.

TocsinError
├── ConfigError          a configuration that cannot be used: its problems, each with file and place
├── FeedError            a feed or page that could not be had: url, reason, state
│   ├── FetchError       the network's part of it
│   └── ParseError       an answer that is no feed
├── ExtractError         a page without an article
├── WorkerError          an item that its worker process did not survive
├── DeliveryError        a channel that did not take an alert
└── StoreError           the database
    ├── StoreBusy        another run holds the store
    └── StoreNewer       the store was written by a newer release
"""

from dataclasses import dataclass
from datetime import datetime

from tasks.model.feed import FeedState


class TocsinError(Exception):
    """Root of everything that Tocsin expects to go wrong."""

    def __reduce__(self) -> tuple[object, ...]:
        """Survive pickling with keyword-only constructors."""
        return _rebuild, (type(self), self.args, self.__dict__.copy())


def _rebuild(kind: type[TocsinError], args: tuple[object, ...], state: dict[str, object]) -> TocsinError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a configuration: where it stands, what it is, and the nearest thing that would be right."""

    file: str
    place: str  # line or key path, for example "feed[2].ulr" or "line 7"
    problem: str
    nearest: str | None = None

    def __str__(self) -> str:
        hint = f" (did you mean {self.nearest!r}?)" if self.nearest else ""
        return f"{self.file}: {self.place}: {self.problem}{hint}"


class ConfigError(TocsinError):
    """A configuration that cannot be used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class FeedError(TocsinError):
    """A feed or page that could not be had; `state` is what the feed is then in."""

    def __init__(self, url: str, reason: str, *, state: FeedState = FeedState.BROKEN) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason, self.state = url, reason, state


class FetchError(FeedError):
    """The network's part: unreachable, refused, too large, too slow; `retry_after` is the server's header, unread."""

    def __init__(  # noqa: PLR0913 - what is known of a fault
        self,
        url: str,
        reason: str,
        *,
        state: FeedState = FeedState.UNREACHABLE,
        status: int | None = None,
        retry_at: datetime | None = None,
        retry_after: str = "",
    ) -> None:
        super().__init__(url, reason, state=state)
        self.status, self.retry_at, self.retry_after = status, retry_at, retry_after


class ParseError(FeedError):
    """An answer that is no feed: HTML, empty or broken beyond reading."""


class ExtractError(TocsinError):
    """A page in which no article was found."""


class WorkerError(TocsinError):
    """An item that its worker process did not survive; `deadline` where it took too long, else a crash or memory."""

    def __init__(self, reason: str, *, deadline: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.deadline = reason, deadline


class DeliveryError(TocsinError):
    """A channel that did not take an alert; `permanent` where trying again cannot help. Never carries its address."""

    def __init__(self, channel: str, reason: str, *, permanent: bool = False) -> None:
        super().__init__(f"channel {channel}: {reason}")
        self.channel, self.reason, self.permanent = channel, reason, permanent


class StoreError(TocsinError):
    """The database could not be used."""


class StoreBusy(StoreError):
    """Another run holds the store."""


class StoreNewer(StoreError):
    """The store was written by a newer release of Tocsin."""
