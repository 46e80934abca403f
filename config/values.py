"""Pure. Single values as people write them: durations, zones, names, hours."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from config.nearest import nearest, plain
from config.wrong import wrong

# [0-9], for \d takes the digits of every script.
_DURATION = re.compile(r"([0-9]{1,6})([smhd])")  # six digits keep every unit within what a timedelta holds
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # safe in file names, links and command lines
_ACTOR = re.compile(r"[A-Z][A-Z0-9_-]*")
_LANGUAGE = re.compile(r"[a-z]{2}")
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = re.compile(f"{_CLOCK}-{_CLOCK}")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token of RFC 9110
_HEADER_VALUE = re.compile(r"[\x20-\x7e\t]*")


def duration(value: object) -> timedelta:
    """Read "48h", "15m", "1s" or "2d"."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise wrong('must be a duration: a whole number and s, m, h or d, such as "15m"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _positive(value: timedelta) -> timedelta:
    if not value:
        raise wrong("must be longer than nothing")
    return value


def zone(name: str) -> str:
    """Refuse what is no time zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # malformed, unknown or a folder of zones
        pass
    except LookupError:
        pass
    else:
        return name
    raise wrong(f"unknown time zone {name!r}", nearest(name, plain(*sorted(available_timezones()))))


def language(code: str) -> str:
    """Refuse what is no ISO 639-1 code."""
    if _LANGUAGE.fullmatch(code):
        return code
    start = re.split("[-_]", code.lower())[0]
    raise wrong("must be an ISO 639-1 code of two small letters", start if _LANGUAGE.fullmatch(start) else None)


def name(value: str) -> str:
    """Refuse a name that would need quoting somewhere."""
    if not _NAME.fullmatch(value):
        raise wrong(
            "must be letters, digits, dots, dashes and underscores", re.sub(r"\W+", "-", value).strip("-") or None
        )
    return value


def actor_id(value: str) -> str:
    """Refuse an actor id that is not in capitals."""
    if not _ACTOR.fullmatch(value):
        raise wrong(
            "an actor id is in capitals, such as US or NATO", re.sub(r"\W+", "-", value.upper()).strip("-") or None
        )
    return value


def quiet_hours(value: str) -> str:
    """Refuse what is no span of the clock."""
    start, _, end = value.partition("-")
    if not _HOURS.fullmatch(value) or start == end:
        raise wrong('must be a span of the clock, such as "22:00-07:00"')
    return value


def digest(value: str) -> str:
    """Refuse what is neither a time of day nor a duration."""
    if not re.fullmatch(_CLOCK, value) and not _DURATION.fullmatch(value):
        raise wrong('must be a time of day such as "07:30", or a duration such as "4h"')
    return value


def headers(given: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse headers that could break out of their line; never repeat a value."""
    for header, value in given.items():
        if not _HEADER.fullmatch(header):
            raise wrong("a header's name must be letters, digits and dashes")
        if not _HEADER_VALUE.fullmatch(value):
            raise wrong(f"the value of {header} has characters that no header can carry")
    return given


def header_value(value: str) -> str:
    """Refuse what no header can carry."""
    if not value.strip() or not _HEADER_VALUE.fullmatch(value):
        raise wrong("must be printable ASCII text")
    return value


def known(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Make the check that a name is known; the spellings come with the context, and nothing is checked without them."""

    def check(value: str, info: ValidationInfo) -> str:
        spellings: Mapping[str, str] | None = (info.context or {}).get(kind)
        if spellings is not None and spellings.get(value) != value:
            raise wrong(f"unknown {kind} {value!r}", nearest(value, spellings))
        return value

    return check


Duration = Annotated[timedelta, BeforeValidator(duration)]
PositiveDuration = Annotated[Duration, AfterValidator(_positive)]
Zone = Annotated[str, AfterValidator(zone)]
LanguageCode = Annotated[str, AfterValidator(language)]
Name = Annotated[str, AfterValidator(name)]
NewActorId = Annotated[str, AfterValidator(actor_id)]
ActorId = Annotated[str, AfterValidator(known("actor"))]
ChannelName = Annotated[str, AfterValidator(known("channel"))]
QuietHours = Annotated[str, AfterValidator(quiet_hours)]
Digest = Annotated[str, AfterValidator(digest)]
Headers = Annotated[Mapping[str, str], AfterValidator(headers)]
HeaderValue = Annotated[str, AfterValidator(header_value)]
