"""Edge: files. A configuration folder into Settings and Knowledge, or every problem that it has."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from config.addresses import store_in
from config.checks import comparable, nameless, names, own_actors, renamed, repeated
from config.documents import Document, Findings
from config.forms import ChannelsForm, FeedsForm, WatchesForm, noun, watch_of
from config.knowledge import DATA, Library, extended, library, with_digest
from config.nearest import nearest, plain
from config.settings import CHANNELS, WATCHES, Settings, SettingsForm
from tasks.errors import ConfigError, Problem
from tasks.model.alert import ChannelSpec
from tasks.model.feed import FeedSpec
from tasks.model.watch import Knowledge

FEEDS, SETTINGS = "feeds.toml", "settings.toml"
_FILES = plain(WATCHES, FEEDS, CHANNELS, SETTINGS)


def load(folder: Path, *, data: Path = DATA) -> tuple[Settings, Knowledge]:
    """Read a configuration folder; raise ConfigError with all its problems."""
    folder = folder.absolute()
    _require(folder / WATCHES, WATCHES)
    found = Findings()
    found.problems += _misnamed(folder)
    watches = found.read(folder / WATCHES, WATCHES)
    channels = found.read_optional(folder / CHANNELS, CHANNELS)
    known = library(found, (data, folder), own_actors(watches))
    settings = _settings(found, folder, channels, known)
    knowledge = _knowledge(found, watches, known, channels)
    found.refuse()
    return settings, knowledge


def load_watches(path: Path, *, data: Path = DATA) -> Knowledge:
    """Read a watches file for a batch: without settings and channels, with packs, actors and languages that lie beside it."""
    _require(path, str(path))
    found = Findings()
    watches = found.read(path, str(path))
    knowledge = _knowledge(found, watches, library(found, (data, path.parent), own_actors(watches)))
    found.refuse()
    return knowledge


def builtin_knowledge(*, data: Path = DATA) -> Knowledge:
    """Give the built-in knowledge, without watches."""
    found = Findings()
    known = library(found, (data,), {})
    found.refuse()
    return with_digest(Knowledge(actors=known.actors, languages=known.languages, agencies=known.agencies))


def _require(path: Path, file: str) -> None:
    if not path.is_file():
        problem = f"no such file; `tocsin init {path.parent}` writes a configuration to start from"
        raise ConfigError((Problem(file=file, place=str(path.parent), problem=problem),))


def _misnamed(folder: Path) -> Iterator[Problem]:
    """Notice feed.toml and the like, which would count as absent without a word."""
    present = {path.name for path in folder.glob("*.toml")}
    for name in sorted(present - _FILES.keys()):
        meant = nearest(name, plain(*(_FILES.keys() - present)))
        if meant:
            yield Problem(file=name, place=str(folder), problem="no file of a configuration", nearest=meant)


def _settings(found: Findings, folder: Path, channels: Document, known: Library) -> Settings:
    feeds = found.read_optional(folder / FEEDS, FEEDS)
    form = found.form(SettingsForm, found.read_optional(folder / SETTINGS, SETTINGS))
    feed_forms = found.form(FeedsForm, feeds, known.context).feed
    channel_forms = found.form(ChannelsForm, channels).channel
    found.problems += (*repeated(feeds, "feed", "url", comparable), *repeated(channels, "channel", "name"))
    parts = {one.name: getattr(form, one.name) for one in fields(form)}
    return Settings(
        **{**parts, "store": replace(form.store, url=store_in(folder, form.store.url))},
        folder=folder,
        feeds=tuple(noun(FeedSpec, one) for one in feed_forms),
        channels=tuple(noun(ChannelSpec, one) for one in channel_forms),
    )


def _knowledge(found: Findings, watches: Document, known: Library, channels: Document | None = None) -> Knowledge:
    """Compile the watches; the names of channels are checked where channels are given and could be read."""
    context = known.context
    if channels and not channels.broken:
        context["channel"] = plain(*names(channels, "channel", "name"))
    form = found.form(WatchesForm, watches, context)
    found.problems += (
        *repeated(watches, "watch", "id"),
        *repeated(watches, "watch", "renamed_from"),
        *renamed(watches),
        *nameless(watches, known.actors),
    )
    return with_digest(
        Knowledge(
            watches=tuple(watch_of(one) for one in form.watch),
            actors=extended(known.actors, form.actors),
            languages=known.languages,
            agencies=known.agencies,
        )
    )
