"""Pure. Which updates are announced: seen live, in time, wanted, and never announced before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tasks.model.ledger import Ledger, Update
from tasks.model.watch import Change

# Facts that only add to what was announced: once a later state is out, they are history.
OVERTAKEN = (Change.NEW, Change.REFINED, Change.CONFIRMED, Change.UNDER_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How an update's article came in: `published` as it states it, none where it states nothing."""

    first_seen: datetime
    published: datetime | None = None
    live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An update with its key, and why it stays silent; announced where `silent` is empty."""

    update: Update
    key: str
    silent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What decides on announcing, handed in: the key of an update, the watch's own gate, the window, and what was said before."""

    key: Callable[[Update], str]
    gate: Callable[[Update], str]  # "" or the watch's reason for silence: unwanted change, low confidence
    window: timedelta
    announced: frozenset[str] = frozenset()
    silenced: Mapping[str, str] = field(default_factory=dict)  # keys that were left unsaid, with the reason then


def announcements(ledger: Ledger, settings: Mapping[str, Setting], policy: Policy) -> tuple[Announcement, ...]:
    """Decide on every update of a ledger, in order; `settings` by article."""
    said = set(policy.announced)
    latest = _latest(ledger, policy)
    found = []
    for update in ledger.updates:
        key = policy.key(update)
        silent = "" if key in policy.announced else _silence(update, settings, policy, latest)
        if not silent and key in said - policy.announced:
            silent = "the same change was announced before"
        said |= {key} if not silent else set()
        found.append(Announcement(update=update, key=key, silent=silent))
    return tuple(found)


def _latest(ledger: Ledger, policy: Policy) -> Mapping[str, datetime]:
    """By development, the as-of of the last update that was announced."""
    return {update.development.id: update.at for update in ledger.updates if policy.key(update) in policy.announced}


def _hours(window: timedelta) -> str:
    return f"{window / timedelta(hours=1):g}"


def _silence(update: Update, settings: Mapping[str, Setting], policy: Policy, latest: Mapping[str, datetime]) -> str:
    if before := policy.silenced.get(policy.key(update)):
        return before  # else a change of the watch would say what is long over
    setting = settings.get(update.article or "")
    if setting and not setting.live:
        return "brought in by a backfill"
    if setting and setting.published and setting.first_seen - setting.published > policy.window:
        return f"first seen more than {_hours(policy.window)} hours after it was published"
    last = latest.get(update.development.id)
    if last and update.at < last and update.change in OVERTAKEN:
        return "a later state of the development was announced already"
    return policy.gate(update)
