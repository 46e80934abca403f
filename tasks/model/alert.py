"""Types. What is said about an update, to whom, and how far each delivery has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tasks.model.mention import Quantity, Status
from tasks.model.watch import Change, Confidence, Severity
from tasks.model.when import When

TERMINAL = "terminal"  # the channel of a configuration without channels.toml


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAddress:
    """Where a channel's URL is kept: exactly one of the three; never the URL itself."""

    env: str = ""
    file: Path | None = None
    prefect_secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSpec:
    """A channel as written in channels.toml."""

    name: str
    url: ChannelAddress
    operator: bool = False
    quiet_hours: str = ""  # "22:00-07:00", in `timezone`
    timezone: str = ""
    digest: str = ""
    min_confidence: Confidence = Confidence.LOW
    template: str = ""


class DeliveryState(StrEnum):
    """How far one alert to one channel has come."""

    PENDING = "pending"
    SENT = "sent"
    HELD = "held"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """An alert as programs read it: one line of `backtest` and of `alerts --json` (a closed format)."""

    watch: str
    change: Change
    development: str
    when: When | None
    before: When | Quantity | str | None
    status: Status
    parties: tuple[str, ...]
    place: str | None
    quantity: Quantity | None
    subject: str | None
    outcome: str | None
    origins: int
    article: str | None
    at: datetime
    confidence: float
    headline: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What is said about an update. `key` identifies it for ever: development, change, digest of the value."""

    key: str
    line: AlertLine
    body: str  # the message below the headline, plain text
    severity: Severity = Severity.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one channel (a row of the outbox)."""

    id: int
    channel: str
    alert: Alert
    attempts: int  # made before
    created: datetime  # when the alert was recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOutcome:
    """How a delivery's attempts stand, as `alerts --json` shows it."""

    channel: str
    state: DeliveryState
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrySchedule:
    """How long a channel that fails is tried: full jitter between 0 and first·2ⁿ, at most `most`, given up after `give_up`."""

    first: timedelta = timedelta(seconds=30)
    most: timedelta = timedelta(hours=6)
    give_up: Annotated[timedelta, Field(gt=timedelta(0))] = timedelta(hours=24)
