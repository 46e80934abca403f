"""Pure. Occasions: which one a mention speaks of (identity, date lattice), and what it changes (status lattice)."""

from datetime import date, timedelta
from enum import IntEnum

from tasks.ledger.book import Book
from tasks.model.ledger import Development, Fact
from tasks.model.mention import Mention, Status
from tasks.model.watch import Change, Watch
from tasks.model.when import Grain, When

# Late titles, reactions and takeaways of one occasion come within two days: a plain 48 h did as well as finer rules on unseen streams.
REPEAT = timedelta(hours=48)
PLAN_REPEAT = timedelta(hours=24)
# Cancellations are retold longer than meetings.
BREAK_REPEAT = timedelta(days=7)
# An undated plan is spoken of as "the talks" for about this long after its last new fact (1 to 10 days measured alike).
UNDATED_LIFE = timedelta(days=10)
# A dated plan is reported as held up to this long after its last day.
# Told of as a plan again after so long it is another one: when unsure, alert.
PLAN_LIFE = timedelta(days=3)
GRACE = timedelta(days=2)
DAY = timedelta(days=1)

PLANNED = (Status.RUMOURED, Status.TENTATIVE, Status.ANNOUNCED, Status.CONFIRMED)
DONE = (Status.HELD, Status.UNDER_WAY)
BROKEN = (Status.CANCELLED, Status.REFUSED)
FINENESS = {grain: place for place, grain in enumerate(Grain)}


class Relation(IntEnum):
    """How a mention stands to a development, the more telling the higher."""

    REPEAT = 1
    STATUS = 2
    SAME = 3
    FINER = 4
    MOVED = 5


def fold_occasion(book: Book, facts: tuple[Fact, ...]) -> None:
    """Fold the mentions of one article revision: what changes most first, the rest of the same occasion only stands behind it."""
    touched: set[str] = set()
    for fact in sorted(facts, key=_telling, reverse=True):
        found = max(
            ((relation, one) for one in book.latest_first() if (relation := relate(fact, one, book.watch))),
            key=lambda pair: pair[0],
            default=None,
        )
        if found is None:
            found = _of_the_same_article(book, fact, touched)
        if found is None:
            _open(book, fact)
        elif found[1].id in touched or not _apply(book, found[1], fact, found[0]):
            book.corroborate(found[1], fact)
        touched |= {one.id for one in book.latest_first() if fact.key in one.facts}


def _telling(fact: Fact) -> tuple[bool, bool, int, float]:
    mention = fact.mention
    breaks = mention.status in (*BROKEN, Status.POSTPONED) or mention.moved
    return breaks, mention.status in DONE, FINENESS[mention.when.grain] if mention.when else -1, mention.confidence


def _of_the_same_article(book: Book, fact: Fact, touched: set[str]) -> tuple[Relation, Development] | None:
    """An undated mention in an article that told of the occasion already is about that."""
    if fact.mention.when is not None:
        return None
    return next(
        (
            (Relation.SAME, one)
            for one in book.latest_first()
            if one.id in touched and same_parties(fact, one, book.watch)
        ),
        None,
    )


def same_parties(fact: Fact, development: Development, watch: Watch) -> bool:
    """Say whether both have one party of each group in common, by another party each."""
    shared = set(fact.mention.parties) & set(development.parties)
    if not watch.parties:
        return True
    watched = {actor for group in watch.parties for actor in group}
    one, two = set(fact.mention.parties) & watched, set(development.parties) & watched
    return one == two and all(shared & set(group) for group in watch.parties)


def relate(fact: Fact, development: Development, watch: Watch) -> Relation | None:
    """Tell how a mention stands to a development; None where it speaks of another occasion."""
    if not same_parties(fact, development, watch):
        return None
    if is_over(fact, development):
        return _to_held(fact, development, timedelta(days=watch.event.spacing_days))
    if development.status in (*BROKEN, Status.LAPSED):
        return _to_broken(fact, development)
    return _to_open(fact, development)


def is_over(fact: Fact, development: Development) -> bool:
    """Say whether an occasion is past for what is told now: held, or begun two days ago and now planned or begun anew."""
    begun = development.status is Status.UNDER_WAY and fact.mention.status is not Status.HELD
    return development.status is Status.HELD or (begun and fact.at - development.changed_at > REPEAT)


def _to_held(fact: Fact, development: Development, spacing: timedelta) -> Relation | None:
    """Titles go on for two days, and still say "will" then; what names another day is another occasion."""
    new, known = fact.mention.when, development.when
    if spacing and (new.first_day if new else fact.at.date()) - development.changed_at.date() < spacing:
        return Relation.REPEAT
    gap = fact.at - development.changed_at
    recent = gap <= REPEAT
    if new is None:
        return Relation.REPEAT if gap <= (PLAN_REPEAT if fact.mention.status in PLANNED else REPEAT) else None
    over = known.last_day if known else development.changed_at.date()
    if fact.mention.status in DONE:
        return Relation.REPEAT if new.first_day - DAY <= over <= new.last_day + DAY else None
    return Relation.REPEAT if recent and new.first_day <= over + DAY else None


def _to_broken(fact: Fact, development: Development) -> Relation | None:
    gap = fact.at - development.changed_at
    if fact.mention.reinstated:
        return Relation.STATUS
    if fact.mention.status in (*BROKEN, Status.POSTPONED):
        return Relation.REPEAT if gap <= BREAK_REPEAT else None
    return Relation.REPEAT if gap <= REPEAT and fact.mention.when is None and fact.mention.status in PLANNED else None


def _to_open(fact: Fact, development: Development) -> Relation | None:
    new, known, mention = fact.mention.when, development.when, fact.mention
    if known is None:
        return _to_undated(fact, development)
    if new is None:
        return _dateless(mention, known, fact.at.date())
    if mention.previous and mention.previous.overlaps(known):
        return Relation.MOVED
    if mention.status in DONE:
        return (
            Relation.STATUS if new.first_day - DAY <= known.last_day and known.first_day <= new.last_day + DAY else None
        )
    return dated(new, known) or (Relation.MOVED if mention.moved else None)


def _dateless(mention: Mention, known: When, today: date) -> Relation | None:
    """Relate what names no day to a dated occasion: not where that is over, or lies too far ahead to be what was just held."""
    if today > known.last_day + GRACE or (mention.status in DONE and known.first_day > today + DAY):
        return None
    eve = mention.status is Status.HELD and known.first_day > today  # "at the summit" on its eve
    return Relation.REPEAT if eve else Relation.STATUS


def _to_undated(fact: Fact, development: Development) -> Relation | None:
    dated_plan, planned = fact.mention.when is not None, fact.mention.status in PLANNED
    again = planned and not dated_plan and development.status in PLANNED
    next_round = planned and dated_plan and development.status is Status.POSTPONED
    if next_round or fact.at - development.changed_at > (PLAN_LIFE if again else UNDATED_LIFE):
        return None
    return Relation.FINER if planned and dated_plan else Relation.STATUS


def dated(new: When, known: When) -> Relation | None:
    """Compare two dates by the lattice: finer, the same or coarser, disjoint (None)."""
    if known.covers(new) and not new.covers(known):
        return Relation.FINER
    return Relation.SAME if new.overlaps(known) else None


def _open(book: Book, fact: Fact) -> None:
    status = fact.mention.status
    if status is Status.REFUSED:
        return  # a refusal of what nobody had planned is no news of an occasion
    changes = {
        Status.CANCELLED: Change.CANCELLED,
        Status.POSTPONED: Change.POSTPONED,
        Status.HELD: Change.HELD,
        Status.UNDER_WAY: Change.UNDER_WAY,
    }
    book.open(fact, changes.get(status, Change.NEW))


def _apply(book: Book, development: Development, fact: Fact, relation: Relation) -> bool:
    """Record what the mention changes; say whether it changed anything."""
    if relation is Relation.REPEAT:
        return False
    return (
        _breaks(book, development, fact)
        or _dates(book, development, fact, relation)
        or _advances(book, development, fact)
    )


def _breaks(book: Book, development: Development, fact: Fact) -> bool:
    status = fact.mention.status
    if status in BROKEN and development.status not in BROKEN:
        book.change(development, Change.CANCELLED, fact, development.when, status=status)
        return True
    if status is Status.POSTPONED and development.status is not Status.POSTPONED:
        book.change(development, Change.POSTPONED, fact, development.when, status=status)
        return True
    return False


def _dates(book: Book, development: Development, fact: Fact, relation: Relation) -> bool:
    mention = fact.mention
    if mention.when is None or mention.status not in PLANNED:
        return False
    moved = relation is Relation.MOVED or (development.status is Status.POSTPONED and relation is not Relation.SAME)
    if not moved and (relation is not Relation.FINER or development.status not in PLANNED):
        return False  # what is under way already does not step back to a plan
    status = mention.status if moved else max(development.status, mention.status, key=PLANNED.index)
    book.change(
        development, Change.MOVED if moved else Change.REFINED, fact, development.when, status=status, when=mention.when
    )
    return True


def _advances(book: Book, development: Development, fact: Fact) -> bool:
    mention = fact.mention
    if development.status in (*BROKEN, Status.POSTPONED) and mention.reinstated:
        book.change(development, Change.REINSTATED, fact, development.when, status=Status.ANNOUNCED)
        return True
    if mention.status in DONE and development.status is not mention.status:
        change = Change.HELD if mention.status is Status.HELD else Change.UNDER_WAY
        book.change(
            development,
            change,
            fact,
            development.when,
            status=mention.status,
            when=mention.when or told_on(development.when, fact.at.date()),
        )
        return True
    if confirms(mention, development, fact.origin):
        book.change(development, Change.CONFIRMED, fact, None, status=Status.CONFIRMED)
        return True
    return False


def told_on(known: When | None, today: date) -> When | None:
    """Give the days that an undated report of a meeting leaves of a week or more that was named for it: today or yesterday."""
    if known is None or FINENESS[known.grain] >= FINENESS[Grain.DAY] or not known.first_day <= today <= known.last_day:
        return known
    return When(low=max(known.first_day, today - DAY), high=today, grain=Grain.DAY)


def confirms(mention: Mention, development: Development, origin: str) -> bool:
    """Say whether the mention confirms a plan: the other side says so, or another origin states what was only possible."""
    if mention.status is not Status.CONFIRMED and not (
        mention.status is Status.ANNOUNCED and development.status is Status.TENTATIVE
    ):
        return False
    side, known = mention.attribution.side, development.attribution.side
    other_side = bool(side and known and side != known)
    return development.status in PLANNED[:-1] and (
        other_side or (development.status is Status.TENTATIVE and origin not in development.origins)
    )
