"""Types. A watch's event as found in an article revision: a stored fact."""

from dataclasses import dataclass
from enum import StrEnum

from tasks.model.when import Timex, When


class Status(StrEnum):
    """Where a development stands; the closed lists per shape are in DEVELOPMENT_STATUSES of the ledger."""

    RUMOURED = "rumoured"
    TENTATIVE = "tentative"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under_way"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    LAPSED = "lapsed"
    REPORTED = "reported"
    ESCALATING = "escalating"
    RECEDING = "receding"
    DENIED = "denied"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit: 94,000 troops."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence that states it; offsets count code points of `field` (title, summary or text)."""

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so: the speaker with role and side (an actor id), and the outlet it is carried by."""

    speaker: str = ""
    role: str = ""
    side: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """An actor named in a text. `kind` is name, adjective, seat, organ or person."""

    actor: str
    text: str
    field: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One statement about a watch's event. A mention that is not accepted says why and goes no further."""

    watch: str
    trigger: str
    status: Status
    evidence: Evidence
    when: When | None = None
    previous: When | None = None  # the old value, where the text names it
    moved: bool = False  # a cue says that the date changed
    parties: tuple[str, ...] = ()
    place: str | None = None
    quantity: Quantity | None = None
    subject: str | None = None
    outcome: str | None = None
    more: bool = False  # an ordinal or "more": a further step of the same activity
    reinstated: bool = False
    attribution: Attribution = Attribution()
    confidence: float = 0.5  # 0 to 1
    accepted: bool = True
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What detection found in one article."""

    dates: tuple[Timex, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
