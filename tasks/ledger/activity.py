"""Pure. Activities: the state per place and force; direction, quantity and ordinal steps are new facts."""

from datetime import timedelta

from tasks.ledger.book import Book
from tasks.model.ledger import Development, Fact
from tasks.model.mention import Quantity, Status
from tasks.model.watch import Change, Watch

# Reports of one movement come within two days; an ordinal or "more" says it is a further one sooner than that.
QUIET = timedelta(hours=48)
STEP_QUIET = timedelta(hours=12)
# After so long without a report of it, the next one is new.
LIFE = timedelta(days=14)
QUANTITY_CHANGE = 0.2

UP = (Status.ESCALATING, Status.REPORTED, Status.TENTATIVE)


def fold_activity(book: Book, facts: tuple[Fact, ...]) -> None:
    """Fold the mentions of one article revision, the surest first; one change a place."""
    touched: set[str] = set()
    for fact in sorted(facts, key=lambda fact: fact.mention.confidence, reverse=True):
        development = next((one for one in book.latest_first() if same_activity(fact, one, book.watch)), None)
        if development is None:
            book.open(fact, Change.DEESCALATED if fact.mention.status is Status.RECEDING else Change.NEW)
        elif development.id in touched or not _apply(book, development, fact):
            book.corroborate(development, fact)
        touched |= {one.id for one in book.latest_first() if fact.key in one.facts}


def same_activity(fact: Fact, development: Development, watch: Watch) -> bool:
    """Say whether both are of one force at one of the watch's places, and not too far apart in time."""
    if fact.at - development.changed_at > LIFE:
        return False
    shared = set(fact.mention.parties) & set(development.parties)
    parties = not watch.parties or all(shared & set(group) for group in watch.parties)
    return parties and place_key(fact.mention.place, watch) == place_key(development.place, watch)


def place_key(place: str | None, watch: Watch) -> str:
    """Give the watch's own name of a place: "border with Ukraine" is Ukraine."""
    named = [name for name in watch.places if place and name.lower() in place.lower()]
    return max(named, key=len, default="").lower()


def _apply(book: Book, development: Development, fact: Fact) -> bool:
    mention, gap = fact.mention, fact.at - development.changed_at
    final = {Status.DENIED: Change.DENIED, Status.ENDED: Change.ENDED}
    if mention.status in final:
        return (
            _set(book, development, fact, final[mention.status]) if development.status is not mention.status else False
        )
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
