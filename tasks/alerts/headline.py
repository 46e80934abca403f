"""Pure. One line that says what changed, old → new."""

from tasks.alerts.safety import clip, neutral
from tasks.alerts.say import quantity_words, state_words, when_words
from tasks.model.ledger import Update
from tasks.model.mention import Quantity, Status
from tasks.model.watch import Change, Shape, Watch
from tasks.model.when import When

HEADLINE_MAX = 200  # fits one mail subject line and what chats show of a title
PARTIES_MAX = 4  # beyond, a list of states says no more

# Changes after which the date is a thing of the past, or no longer stands.
_OVER = frozenset({Change.CANCELLED, Change.LAPSED, Change.RETRACTED})
# States that hedge: what rests on them must say so.
_HEDGED = frozenset({Status.RUMOURED, Status.TENTATIVE})
_STATUSES = frozenset(Status)


def headline(update: Update, watch: Watch) -> str:
    """Say in one line what changed: `MOVED · US–Russia talks: 10 Jan 2022 → 12 Jan 2022 (Geneva)`."""
    label = state_words(update.change).upper()
    news = {Shape.OCCASION: _occasion, Shape.ACTIVITY: _activity, Shape.NOTICE: _notice}[watch.shape](update)
    subject = f"{label} · {watch.name}{_which(update, watch)}"
    return clip(neutral(f"{subject}: {news}" if news else subject), HEADLINE_MAX)


def _which(update: Update, watch: Watch) -> str:
    """Name the parties that the watch leaves open: of several banks, the one that decided."""
    open_groups = {actor for group in watch.parties if len(group) > 1 for actor in group}
    named = [party for party in update.development.parties if party in open_groups][:PARTIES_MAX]
    return f" ({', '.join(named)})" if named else ""


def _occasion(update: Update) -> str:
    held = update.development
    details = [held.place, state_words(held.status) if _states(update) else None]
    told = _with_details(_dates(update), details)
    outcome = held.outcome if update.change is Change.HELD else None
    return f"{told}; {outcome}" if outcome else told


def _dates(update: Update) -> str:
    held, before = update.development.when, update.before
    old = before if isinstance(before, When) else None
    if update.change in _OVER:
        known = old or held
        return f"was {when_words(known)}" if known else ""
    if update.change is Change.POSTPONED and (held is None or held == old):
        return f"was {when_words(old)}, no new date" if old else "no new date"
    if update.change is Change.CONTRADICTED and old and held != old:
        return f"{when_words(held)}, against {when_words(old)}"
    return _arrow(when_words(old) if old else "", when_words(held))


def _activity(update: Update) -> str:
    now = update.development
    quantity = _quantities(update.before, now.quantity)
    place = now.place or ""
    if isinstance(update.before, str) and update.before not in _STATUSES:
        place = _arrow(update.before, place)
    told = ", ".join(part for part in (quantity, place, now.outcome) if part)
    return _with_details(told, [state_words(now.status)] if _states(update) else [])


def _quantities(before: When | Quantity | str | None, now: Quantity | None) -> str:
    if not isinstance(before, Quantity):
        return quantity_words(now) if now else ""
    if now is None:
        return f"was {quantity_words(before)}"
    old, new = quantity_words(before), quantity_words(now)
    return _arrow(old.removesuffix(f" {now.unit}"), new) if old != new else new


def _notice(update: Update) -> str:
    now = update.development
    subject = now.subject or ""
    if isinstance(update.before, str) and update.before not in _STATUSES:
        subject = _arrow(update.before, subject)
    quantity = _quantities(update.before, now.quantity)
    return _with_details(", ".join(part for part in (subject, quantity) if part), [now.outcome])


def _states(update: Update) -> bool:
    """Say whether the status belongs in the headline: where the thing is new, or stands on a hedged word."""
    return update.change is Change.NEW or (update.change not in _OVER and update.development.status in _HEDGED)


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new and old != new else new or old


def _with_details(told: str, details: list[str | None]) -> str:
    known = ", ".join(detail for detail in details if detail)
    if not told:
        return known
    return f"{told} ({known})" if known else told
