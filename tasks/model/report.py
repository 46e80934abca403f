"""Types. Rows of the reading commands: what the store hands to `feeds`, `alerts`, `developments`, `history`, `status` and `run`."""

from dataclasses import dataclass
from datetime import datetime

from tasks.model.alert import AlertLine, DeliveryOutcome
from tasks.model.feed import Article, EntryState, FeedState
from tasks.model.ledger import Development
from tasks.model.mention import Quantity
from tasks.model.watch import Change
from tasks.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed as `tocsin feeds` shows it; `url` as written in feeds.toml, user info masked."""

    url: str
    name: str
    state: FeedState
    error: str | None = None
    entries: int = 0
    next_poll: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry that leads to an article, as `tocsin explain` shows it: how far it came, and what was left out."""

    feed: str  # the feed's name, or its url
    state: EntryState
    attempts: int = 0
    page_reason: str = ""  # why its page was not read
    drop_reason: str = ""  # why it was given up


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """An article that came in: whose report it carries where that is another's, and the watches that it speaks to."""

    article: Article
    copy_of: Article | None = None
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert that was recorded, with how far it came on each channel."""

    line: AlertLine
    deliveries: tuple[DeliveryOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentRow:
    """A development as `tocsin developments` shows it."""

    development: Development
    retired: bool = False  # its watch is no longer in watches.toml


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One step of a development's ledger: an update, or what a person did (then `who` is the person)."""

    at: datetime
    change: Change | str  # a str for what a person did: merge, split
    before: When | Quantity | str | None = None
    article: str | None = None
    who: str = ""
    why: tuple[str, ...] = ()
    silent: str = ""  # why an update was not announced


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One thing that is alive or not."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """What one monitoring run did, in counts."""

    feeds: int = 0
    entries: int = 0
    articles: int = 0
    alerts: int = 0
    errors: int = 0
