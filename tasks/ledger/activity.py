"""Pure. Activities: the state per place and force; direction, quantity and ordinal steps are new facts."""

import re
from datetime import timedelta

from tasks.ledger.book import Book
from tasks.model.ledger import Development, Fact
from tasks.model.mention import Quantity, Status
from tasks.model.watch import Change, Watch

# Reports of one movement come within two days; an ordinal or "more" says it is a further one sooner than that.
QUIET = timedelta(hours=48)
STEP_QUIET = timedelta(hours=12)
RETOLD = timedelta(hours=23)
# After so long without a report of it, the next one is new.
LIFE = timedelta(days=14)
QUANTITY_CHANGE = 0.2

# What the first report of an activity may be besides new.
FINAL = {Status.DENIED: Change.DENIED, Status.ENDED: Change.ENDED}
OPENINGS = {Status.RECEDING: Change.DEESCALATED, **FINAL}


def fold_activity(book: Book, facts: tuple[Fact, ...]) -> None:
    """Fold the mentions of one article revision, the surest first; it tells of one change each way."""
    told: set[bool] = set()
    for fact in sorted(facts, key=lambda fact: fact.mention.confidence, reverse=True):
        down = fact.mention.status is Status.RECEDING
        development = next((one for one in book.latest_first() if same_activity(fact, one, book.watch)), None)
        if development is None:
            development = next((one for one in book.latest_first() if retold(fact, one, book.watch)), None)
            if development is None and down not in told:
                book.open(fact, OPENINGS.get(fact.mention.status, Change.NEW))
                told.add(down)
            elif development:
                book.corroborate(development, fact)
        elif down not in told and _apply(book, development, fact):
            told.add(down)
        else:
            book.corroborate(development, fact)


def same_activity(fact: Fact, development: Development, watch: Watch) -> bool:
    """Say whether both are of one force at one of the watch's places, and not too far apart in time."""
    return (
        fact.at - development.changed_at <= LIFE
        and same_force(fact, development, watch)
        and bool(place_keys(fact.mention.place, watch) & place_keys(development.place, watch))
    )


def retold(fact: Fact, development: Development, watch: Watch) -> bool:
    """Say whether it is what was told hours ago with another place named: "to Oregon" after "to Portland"."""
    return (
        fact.at - development.changed_at <= RETOLD
        and not fact.mention.more
        and same_force(fact, development, watch)
        and (fact.mention.status is Status.RECEDING) == (development.status is Status.RECEDING)
    )


def same_force(fact: Fact, development: Development, watch: Watch) -> bool:
    """Say whether both are of the same actors of the watch."""
    shared = set(fact.mention.parties) & set(development.parties)
    return not watch.parties or all(shared & set(group) for group in watch.parties)


def place_keys(place: str | None, watch: Watch) -> frozenset[str]:
    """Give the watch's own names in a place: "border with Ukraine" is Ukraine; initials are the name they stand for."""
    said = plain(place or "")
    named = {plain(name) for name in watch.places if _stands_in(plain(name), said)} or {""}
    longest = {name for name in named if not any(name != other and name in other for other in named)}
    return frozenset(_in_full(name, watch) for name in longest)


def plain(name: str) -> str:
    """Write a name without dots and capitals: D.C. is dc."""
    return name.replace(".", "").lower()


def _stands_in(name: str, said: str) -> bool:
    """Say whether a name stands there as words of its own: LA is not in Atlanta; scripts without blanks have no such edges."""
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", said) is not None


def _in_full(name: str, watch: Watch) -> str:
    spelled = (plain(full) for full in watch.places if "".join(word[0] for word in plain(full).split()) == name)
    return next(spelled, name)


def _apply(book: Book, development: Development, fact: Fact) -> bool:
    mention, gap = fact.mention, fact.at - development.changed_at
    if mention.status in FINAL:
        return development.status is not mention.status and _set(book, development, fact, FINAL[mention.status])
    down = mention.status is Status.RECEDING
    change = Change.DEESCALATED if down else Change.ESCALATED
    if down != (development.status is Status.RECEDING):
        return _set(book, development, fact, change) if mention.status is not Status.TENTATIVE else False
    if changed(mention.quantity, development.quantity, book.watch):
        return _set(book, development, fact, Change.QUANTITY)
    if (mention.more and gap > STEP_QUIET) or (gap > QUIET and mention.status is Status.ESCALATING):
        return _set(book, development, fact, change)
    return False


def changed(new: Quantity | None, known: Quantity | None, watch: Watch) -> bool:
    """Say whether a quantity is news: the first one of its kind, or off by the watch's share."""
    if new is None or (watch.measure and watch.measure.unit not in new.unit):
        return False
    if known is None:
        return watch.measure is not None
    share = watch.measure.change if watch.measure else QUANTITY_CHANGE
    return known.unit == new.unit and abs(new.value - known.value) >= share * known.value


def _set(book: Book, development: Development, fact: Fact, change: Change) -> bool:
    mention = fact.mention
    book.change(
        development,
        change,
        fact,
        development.quantity if change is Change.QUANTITY else None,
        status=mention.status,
        quantity=mention.quantity or development.quantity,
    )
    return True
