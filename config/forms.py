"""Types. The nouns as people write them: each form is its noun, with stricter fields, and gives it with `noun`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Annotated, Never, TypeVar, cast

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, ValidationInfo
from pydantic.json_schema import SkipJsonSchema

from config.addresses import WebAddress
from config.complaints import TABLE, TEXT
from config.nearest import nearest, plain
from config.values import (
    ActorId,
    ChannelName,
    Digest,
    Headers,
    LanguageCode,
    Name,
    NewActorId,
    PositiveDuration,
    QuietHours,
    Zone,
)
from config.wrong import wrong
from tasks.model.alert import TERMINAL, ChannelAddress, ChannelSpec
from tasks.model.feed import FeedSpec
from tasks.model.language import Language
from tasks.model.outlet import Agency
from tasks.model.watch import CHANGES, Actor, Change, EventPack, Measure, Shape, Watch

T = TypeVar("T")

# Nouns within a form inherit its configuration.
STRICT = ConfigDict(extra="forbid", strict=True)
# An empty word would be found everywhere.
STRICT_WORDS = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True, str_min_length=1)

# Which branch a value takes, so that only what is wrong with that one is told.
TEXT_OR_TABLE = Discriminator(lambda value: TEXT if isinstance(value, str) else TABLE)

_ENV = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BLOCK = re.compile(r"[a-z0-9-]+")  # what Prefect allows as the name of a block
NO_TRIGGER = "an event needs nouns, verbs or frames to be found by"
_NO_URL = 'a channel\'s URL is a secret and never written here: name its place, { env = "…" } or { file = "…" }'


def noun(kind: type[T], form: T, **more: object) -> T:
    """Give the noun that a form stands for."""
    values = {one.name: getattr(form, one.name) for one in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    return kind(**{**values, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedForm(FeedSpec):
    """One `[[feed]]`."""

    url: WebAddress
    language: LanguageCode = ""
    timezone: Zone = ""
    interval: PositiveDuration = timedelta(minutes=15)
    side: ActorId = ""
    headers: Headers = field(default_factory=dict)
    proxy: WebAddress = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsForm:
    """feeds.toml."""

    __pydantic_config__ = STRICT
    feed: tuple[FeedForm, ...] = ()


def _no_url(_: str) -> Never:
    raise wrong(_NO_URL)


def _one_place(address: ChannelAddress) -> ChannelAddress:
    """Refuse an address without exactly one place, or with something else than a name in it."""
    if sum(map(bool, (address.env, address.file, address.prefect_secret))) != 1:
        raise wrong("must have exactly one of env, file and prefect_secret")
    names = not address.env or _ENV.fullmatch(address.env)
    blocks = not address.prefect_secret or _BLOCK.fullmatch(address.prefect_secret)
    if not names or not blocks or ":/" in str(address.file or ""):  # Path folds the slashes of ://
        raise wrong(_NO_URL)
    return address


def _free_name(name: str) -> str:
    if name == TERMINAL:
        raise wrong(f"{TERMINAL!r} is the channel of a configuration without channels: choose another name")
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelForm(ChannelSpec):
    """One `[[channel]]`."""

    name: Annotated[Name, AfterValidator(_free_name)]
    url: Annotated[
        Annotated[str, AfterValidator(_no_url), Tag(TEXT)]
        | Annotated[ChannelAddress, AfterValidator(_one_place), Tag(TABLE)],
        TEXT_OR_TABLE,
    ]  # type: ignore[assignment]  # a text never passes
    quiet_hours: QuietHours = ""
    timezone: Zone = ""
    digest: Digest = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsForm:
    """channels.toml."""

    __pydantic_config__ = STRICT
    channel: tuple[ChannelForm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventForm(EventPack):
    """packs/ID.toml, or the inline `event` of a watch: it gives no id itself."""

    __pydantic_config__ = STRICT_WORDS
    id: SkipJsonSchema[str] = field(default="", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageForm(Language):
    """languages/ID.toml."""

    __pydantic_config__ = STRICT
    id: SkipJsonSchema[str] = field(default="", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyForm(Agency):
    """One `[[agency]]` of origins/*.toml."""

    __pydantic_config__ = STRICT_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginsForm:
    """origins/*.toml."""

    __pydantic_config__ = STRICT
    agency: tuple[AgencyForm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorForm(Actor):
    """One `[ID]` of actors/*.toml, or `[actors.ID]` of a watches file."""

    __pydantic_config__ = STRICT_WORDS
    id: SkipJsonSchema[str] = field(default="", init=False)
    members: tuple[ActorId, ...] = ()


def has_trigger(event: EventPack) -> bool:
    """Say whether an event has a word that it can be found by."""
    return any((event.nouns, event.verbs, event.frames))


def _some_trigger(event: EventPack) -> EventPack:
    if not has_trigger(event):
        raise wrong(NO_TRIGGER)
    return event


def _known_pack(name: str, info: ValidationInfo) -> EventPack:
    """Give the event pack of this id."""
    packs: Mapping[str, EventPack] = (info.context or {}).get("pack", {})
    if name not in packs:
        raise wrong(f"unknown event pack {name!r}", nearest(name, plain(*packs)))
    return packs[name]


def _no_empty_group(group: tuple[str, ...]) -> tuple[str, ...]:
    if not group:
        raise wrong("a group of parties names at least one actor")
    return group


def _parties_of_shape(parties: tuple[tuple[str, ...], ...], info: ValidationInfo) -> tuple[tuple[str, ...], ...]:
    if not parties and info.data.get("shape") is Shape.OCCASION:
        raise wrong("an occasion needs parties: one actor of each group takes part")
    return parties


def _places_of_shape(places: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    if not places and info.data.get("shape") is Shape.ACTIVITY and info.data.get("parties") == ():
        raise wrong("an activity needs parties or places")
    return places


def _about_if_required(required: bool, info: ValidationInfo) -> bool:
    if required and info.data.get("about") == ():
        raise wrong("require_about needs words in `about`")
    return required


def _change_of_shape(change: Change, info: ValidationInfo) -> Change:
    shape = info.data.get("shape")
    if shape and change not in CHANGES[shape]:
        raise wrong(f"{change!s} is no change of the shape {shape!s}")
    return change


def _some_change(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    if not changes:
        raise wrong("must not be empty; without it, every change but lapsed is announced")
    return changes


def _share(measure: Measure | None) -> Measure | None:
    if measure and not measure.change > 0:
        raise wrong("change is a share above 0, such as 0.2 for a fifth")
    return measure


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchForm(Watch):
    """One `[[watch]]`; its event is resolved while it is read."""

    __pydantic_config__ = STRICT_WORDS
    id: Name
    event: Annotated[
        Annotated[str, AfterValidator(_known_pack), Tag(TEXT)]
        | Annotated[EventForm, AfterValidator(_some_trigger), Tag(TABLE)],
        TEXT_OR_TABLE,
    ]  # type: ignore[assignment]  # an EventPack comes out
    parties: Annotated[
        tuple[Annotated[tuple[ActorId, ...], AfterValidator(_no_empty_group)], ...],
        Field(validate_default=True),
        AfterValidator(_parties_of_shape),
    ] = ()
    places: Annotated[tuple[str, ...], Field(validate_default=True), AfterValidator(_places_of_shape)] = ()
    require_about: Annotated[bool, AfterValidator(_about_if_required)] = False
    channels: tuple[ChannelName, ...] = ()
    alert_on: Annotated[
        tuple[Annotated[Change, AfterValidator(_change_of_shape)], ...], AfterValidator(_some_change)
    ] = ()
    measure: Annotated[Measure | None, AfterValidator(_share)] = None
    renamed_from: Name = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchesForm:
    """watches.toml."""

    __pydantic_config__ = STRICT
    watch: tuple[WatchForm, ...] = ()
    actors: Mapping[NewActorId, ActorForm] = field(default_factory=dict)


ActorTables = dict[NewActorId, ActorForm]  # a file of actors/


def watch_of(form: WatchForm) -> Watch:
    """Give the watch: an inline event is named after it, and silence about `alert_on` means every change but lapsed."""
    every = tuple(change for change in CHANGES[form.shape] if change is not Change.LAPSED)
    event = cast("EventPack", form.event)  # the pack, where the id of one was written
    named = event if event.id else noun(EventPack, event, id=form.id)
    return noun(Watch, form, event=named, alert_on=form.alert_on or every)
