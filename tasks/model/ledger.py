"""Types. Developments and their updates: what the fold makes of mentions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from tasks.model.mention import Attribution, Evidence, Mention, Quantity, Status
from tasks.model.watch import Change, Shape
from tasks.model.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A mention with where it stands: the article revision, as of when, and who is behind it."""

    mention: Mention
    article: str  # canonical URL, or the given id in a batch
    at: datetime  # as-of: published, else first seen; for a later revision the time it was seen
    revision: int = 1
    outlet: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """Identity of the fact: article revision, watch and evidence span."""
        span = self.mention.evidence
        parts = (self.article, str(self.revision), self.mention.watch, span.field, str(span.start), str(span.end))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """The real-world thing behind mentions, with its current values."""

    id: str
    watch: str
    shape: Shape
    status: Status
    when: When | None = None
    parties: tuple[str, ...] = ()
    place: str | None = None
    quantity: Quantity | None = None
    subject: str | None = None
    outcome: str | None = None
    attribution: Attribution = Attribution()
    origins: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # keys, in order
    opened_at: datetime
    changed_at: datetime
    maybe_same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One change of a development: its state after the change, the old value, and the fact that brought it."""

    change: Change
    at: datetime
    development: Development
    before: When | Quantity | str | None = None
    article: str | None = None  # null for lapsed
    revision: int = 1
    attribution: Attribution = Attribution()
    evidence: Evidence | None = None
    confidence: float = 0.5
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Of one watch: its developments and their updates in order, the fold of its facts."""

    developments: tuple[Development, ...] = ()
    updates: tuple[Update, ...] = ()
