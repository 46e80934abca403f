"""Edge: environment. The settings of a configuration folder, and all that the environment decides.

The only module that reads the environment: which folder, the as-of clock, the secrets of channels.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import ConfigDict, Field

from config.addresses import PublicUrl, StoreUrl
from config.values import Duration, HeaderValue, PositiveDuration
from tasks.errors import ConfigError, Problem
from tasks.model.alert import ChannelSpec
from tasks.model.feed import FeedSpec

WATCHES = "watches.toml"  # what makes a folder a configuration
CHANNELS = "channels.toml"
_CONFIG = "TOCSIN_CONFIG"
_NOW = "TOCSIN_NOW"
_STRICT = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
_OTHERS = 0o077  # the rights of group and others
_APPRISE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """`[store]`."""

    __pydantic_config__ = _STRICT
    url: StoreUrl = field(default="sqlite:///tocsin.db", repr=False)  # may hold a password
    """Where everything is kept: sqlite:///FILE, relative to the configuration folder, or postgresql+psycopg://…."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """`[fetch]`."""

    __pydantic_config__ = _STRICT
    allow_private: bool = False
    """Let loopback and private addresses, on any port, through (for labs and tests)."""
    host_gap: Duration = timedelta(seconds=1)
    """The pause between two requests to one host."""
    timeout: PositiveDuration = timedelta(seconds=30)
    """How long one request may take in all."""
    max_bytes: Annotated[int, Field(gt=0)] = 10_000_000
    """The largest answer that is read, on the wire and decoded."""
    concurrency: Annotated[int, Field(gt=0)] = 64
    """How many requests may be under way at once, over all hosts."""
    user_agent: HeaderValue = field(default_factory=lambda: f"tocsin/{version('tocsin')}")
    """What requests say they come from; it names nobody unless it is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """`[alerts]`."""

    __pydantic_config__ = _STRICT
    window: PositiveDuration = timedelta(hours=48)
    """Articles that are older when first seen are filed and folded, but not announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """`[board]`."""

    __pydantic_config__ = _STRICT
    public_url: PublicUrl = ""
    """What links in messages start with; without it, messages link to the articles alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefectSettings:
    """`[prefect]`."""

    __pydantic_config__ = _STRICT
    port: Annotated[int, Field(gt=0, lt=65_536)] = 4200
    """The port on 127.0.0.1 of the Prefect server, with its UI, that `tocsin up` starts."""
    api_url: PublicUrl = ""
    """A Prefect server of your own to use instead, such as https://prefect.example.org/api; `tocsin up` then starts none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsForm:
    """settings.toml."""

    __pydantic_config__ = _STRICT
    store: StoreSettings = field(default_factory=StoreSettings)
    """The store."""
    fetch: FetchSettings = field(default_factory=FetchSettings)
    """Polling feeds and reading pages."""
    alerts: AlertSettings = field(default_factory=AlertSettings)
    """What is announced."""
    board: BoardSettings = field(default_factory=BoardSettings)
    """The board, its feed and calendar."""
    prefect: PrefectSettings = field(default_factory=PrefectSettings)
    """Where schedules run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(SettingsForm):
    """A configuration folder but its knowledge; the store's URL is absolute."""

    folder: Path
    feeds: tuple[FeedSpec, ...] = ()
    channels: tuple[ChannelSpec, ...] = ()


def find_folder(given: Path | None = None) -> Path:
    """Give the configuration folder: the given one, else TOCSIN_CONFIG's, else this one if it has watches, else the user's."""
    named = given or os.environ.get(_CONFIG)
    if named:
        return Path(named).expanduser().absolute()
    here = Path.cwd()
    return here if (here / WATCHES).is_file() else platformdirs.user_config_path("tocsin")


def fixed_now() -> datetime | None:
    """Give the as-of time of TOCSIN_NOW in UTC, if it is set; raise ConfigError where it has no zone or is no time."""
    text = os.environ.get(_NOW)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    problem = "must be ISO 8601 with a zone, such as 2021-12-22T12:00:00Z"
    raise ConfigError((Problem(file="environment", place=_NOW, problem=problem),))


def secrets(settings: Settings) -> Mapping[str, str]:
    """Give the URL of every channel whose secret is kept here (not in Prefect); raise ConfigError where one is missing."""
    problems = secret_problems(settings)
    if problems:
        raise ConfigError(problems)
    return {spec.name: _secret(spec, settings.folder) for spec in settings.channels if not spec.url.prefect_secret}


def secret_problems(settings: Settings) -> tuple[Problem, ...]:
    """Name every channel whose secret cannot be had, with its variable or file; never a secret."""
    problems = []
    for number, spec in enumerate(settings.channels, start=1):
        try:
            _secret(spec, settings.folder)
        except _NoSecretError as error:
            problem = f"channel {spec.name!r}: {error}"
            problems.append(Problem(file=CHANNELS, place=f"channel[{number}].url", problem=problem))
    return tuple(problems)


class _NoSecretError(Exception):
    """Why a secret cannot be had."""


def _secret(spec: ChannelSpec, folder: Path) -> str:
    """Give a channel's URL; nothing where Prefect keeps it."""
    if spec.url.prefect_secret:
        return ""
    if spec.url.file:
        file = folder / spec.url.file.expanduser()
        return _checked(_kept_in(file), f"the file {file}")
    return _checked(os.environ.get(spec.url.env, ""), f"the environment variable {spec.url.env}")


def _kept_in(file: Path) -> str:
    """Read a file that nobody else may read."""
    try:
        if file.stat().st_mode & _OTHERS:
            raise _NoSecretError(f"the file {file} can be read by others: chmod 600 {file}")
        return file.read_text("utf-8")
    except OSError as error:
        raise _NoSecretError(f"the file {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise _NoSecretError(f"the file {file} is no text") from None  # the cause would show its bytes


def _checked(text: str, where: str) -> str:
    """Refuse what is no URL, without repeating it."""
    secret = text.strip()
    if not secret:
        raise _NoSecretError(f"{where} is not set or empty")
    if not _APPRISE_URL.fullmatch(secret):
        raise _NoSecretError(f"{where} does not hold a single URL (scheme://…)")
    return secret
