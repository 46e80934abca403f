"""Types. What goes into the store and comes out of it, where no noun of the model says it (rows of commands: tasks.model.report)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tasks.model.alert import Alert, DeliveryState
from tasks.model.feed import Article, Entry, EntryState, FeedState, Page, Validators
from tasks.model.ledger import Update
from tasks.stories import Origin, Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll found and decided, for `record_poll`."""

    state: FeedState
    error: str = ""
    url: str = ""  # where permanent redirects lead, once adopted; empty: as written
    validators: Validators = field(default_factory=Validators)
    failures: int = 0
    next_poll: datetime | None = None
    retry_until: datetime | None = None  # the server named it (Retry-After)
    entries: tuple[Entry, ...] = ()
    dropped: int = 0  # entries that the parser left out
    live: bool = True  # false where history is brought in


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry under this run's lease, with how far it has come."""

    id: int
    feed_id: int
    entry: Entry
    attempts: int
    first_seen: datetime
    live: bool
    revision: int = 1
    state: EntryState = EntryState.STORED
    page: Page | None = None  # where its page was read
    reason: str = ""  # where it could not be


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCount:
    """What reading a list from the configuration changed."""

    new: int = 0
    changed: int = 0
    retired: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An article ready to be filed, with the entry that led to it (none where articles come from a file)."""

    article: Article
    sketch: Sketch
    origin: Origin
    entry_id: int | None = None
    live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledArticle:
    """Where an article was put: its revision, its story, the story's origin, and the story's first article where that is another."""

    article_id: int
    revision: int
    new_revision: bool  # true also for the first
    story_id: int
    origin: str
    duplicate_of: str | None
    first_seen: datetime  # of the article
    seen_at: datetime  # of this revision


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as it is kept: current revision, `first_seen` of that revision; the origin of its story."""

    id: int
    article: Article
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSeen:
    """An article as its updates need it: what decides whether they are announced, and what a message shows."""

    article: Article  # the current revision
    first_seen: datetime
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An update that is said."""

    update: Update
    alert: Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """An update that is not said, with its key and why."""

    update: Update
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """A person's word on a ledger: merge, split, retract, mute."""

    watch: str
    kind: str
    development: str
    who: str
    why: str
    at: datetime
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCount:
    """How many deliveries of a channel are in a state."""

    channel: str
    state: DeliveryState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCount:
    """How many entries lack something, and why."""

    reason: str
    count: int
