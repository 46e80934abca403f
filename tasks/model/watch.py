"""Types. What users track, and the knowledge it is compiled against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from tasks.model.language import Language
from tasks.model.outlet import Agency


class Shape(StrEnum):
    """What kind of thing a watch follows: it has a date; a level; a versioned set."""

    OCCASION = "occasion"
    ACTIVITY = "activity"
    NOTICE = "notice"


class Confidence(StrEnum):
    """Confidence as people set it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def least(self) -> float:
        """The number from which on a confidence is so called.

        First guesses, to be replaced by calibration: .4 is about what one hedged, unattributed report gets, .7 what a named
        speaker with a day gets.
        """
        return {"low": 0.0, "medium": 0.4, "high": 0.7}[self.value]


class Severity(StrEnum):
    """Whether quiet hours let an alert through."""

    NORMAL = "normal"
    CRITICAL = "critical"


class Change(StrEnum):
    """What an update changes. The closed lists per shape stand in CHANGES."""

    NEW = "new"
    REFINED = "refined"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    UNDER_WAY = "under_way"
    HELD = "held"
    CONTRADICTED = "contradicted"
    LAPSED = "lapsed"
    RETRACTED = "retracted"
    ESCALATED = "escalated"
    DEESCALATED = "deescalated"
    QUANTITY = "quantity"
    DENIED = "denied"
    ENDED = "ended"
    EXPANDED = "expanded"
    NARROWED = "narrowed"


CHANGES: Mapping[Shape, tuple[Change, ...]] = {
    Shape.OCCASION: (
        Change.NEW, Change.REFINED, Change.CONFIRMED, Change.MOVED, Change.POSTPONED, Change.CANCELLED,
        Change.REINSTATED, Change.UNDER_WAY, Change.HELD, Change.CONTRADICTED, Change.LAPSED, Change.RETRACTED,
    ),
    Shape.ACTIVITY: (
        Change.NEW, Change.ESCALATED, Change.DEESCALATED, Change.QUANTITY, Change.DENIED, Change.ENDED,
    ),
    Shape.NOTICE: (Change.NEW, Change.EXPANDED, Change.NARROWED, Change.ENDED, Change.RETRACTED),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who speaks or acts for an actor, while in office (`from` and `to` in TOML, days inclusive).

    In office the surname stands for the person; a `common` one only after a title, or once the full name was given.
    """

    name: str
    also: tuple[str, ...] = ()  # other spellings of the full name
    short: tuple[str, ...] = ()  # what the person is called alone, where that is not the last word of the name
    common: bool = False  # the surname is a usual word or name: May, Li, Johnson
    role: str = ""
    since: Annotated[date | None, Field(alias="from")] = None
    until: Annotated[date | None, Field(alias="to")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A country or organisation. `id` is ISO 3166-1 alpha-2, or the usual abbreviation in capitals."""

    id: str
    names: tuple[str, ...] = ()  # what it is called, and aliases
    adjectives: tuple[str, ...] = ()  # Russian, Russians
    seats: tuple[str, ...] = ()  # capitals and seats that stand for it: Moscow, Kremlin
    organs: tuple[str, ...] = ()  # State Department, Bundestag
    people: tuple[Person, ...] = ()
    members: tuple[str, ...] = ()  # actor ids, of an organisation
    not_in: tuple[str, ...] = ()  # phrases in which its names are something else: Washington Post
    not_with: tuple[str, ...] = ()  # words beside which its bare name is something else: Atlanta, for Georgia


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPack:
    """The words of one event type. Verbs are lemmas; all in lower case but proper names."""

    id: str
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()  # light-verb frames: "sit down with", "hold talks"
    exclude: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()  # one must be governed by the trigger: troops, tanks
    movers: tuple[str, ...] = ()  # what moves by itself but is not moved: army, military
    steps: tuple[str, ...] = ()  # verbs that are a further step of what was told before: arrive
    intransitive: tuple[str, ...] = ()  # verbs that an object can be the subject of: arrive, advance
    stops: tuple[str, ...] = ()  # what turns a movement round: blocks, scraps, unlawful
    starts: tuple[str, ...] = ()  # what lets it go ahead: allows, approves
    only_talk: tuple[str, ...] = ()  # what makes it only spoken of: sues, protests, looms
    spacing_days: int = 0  # of regular occasions: no two of one body come nearer, and talk without a date opens none
    up: tuple[str, ...] = ()  # direction words of an activity; widening words of a notice
    down: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()  # of a notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A quantity worth telling when it changes by this share."""

    unit: str
    change: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that a watch must match or reject, as if published then."""

    text: str
    published: date | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """What `tocsin check` runs a watch over."""

    match: tuple[Example, ...] = ()
    reject: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a user tracks, with its event pack resolved."""

    id: str
    shape: Shape
    event: EventPack
    title: str = ""
    parties: tuple[tuple[str, ...], ...] = ()  # one actor of each group must take part
    places: tuple[str, ...] = ()  # one is required, where any is given
    about: tuple[str, ...] = ()
    require_about: bool = False
    exclude: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()  # all where empty
    alert_on: tuple[Change, ...] = ()  # resolved: every change of the shape but lapsed, where absent
    min_confidence: Confidence = Confidence.MEDIUM
    severity: Severity = Severity.NORMAL
    measure: Measure | None = None
    examples: Examples = field(default_factory=Examples)
    renamed_from: str = ""

    @property
    def name(self) -> str:
        """What people read: the title, else the id."""
        return self.title or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that detection and ledger know: handed to every step, and once to each worker process."""

    watches: tuple[Watch, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    agencies: tuple[Agency, ...] = ()
    digest: str = ""  # of all of the above
