"""Pure. The fold: facts in order of (as-of, article) to a ledger, the same whatever way the facts came in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from tasks.ledger.activity import fold_activity
from tasks.ledger.book import Book
from tasks.ledger.notice import fold_notice
from tasks.ledger.occasion import fold_occasion
from tasks.model.ledger import Fact, Ledger
from tasks.model.watch import Shape, Watch

STEPS: Mapping[Shape, Callable[[Book, tuple[Fact, ...]], None]] = {
    Shape.OCCASION: fold_occasion,
    Shape.ACTIVITY: fold_activity,
    Shape.NOTICE: fold_notice,
}


def fold(watch: Watch, facts: Iterable[Fact], known: Mapping[str, str] | None = None) -> Ledger:
    """Fold a watch's facts into its ledger.

    `known` maps the key of a fact to the development that held it in the last ledger: developments keep their ids through the facts they share.
    """
    book = Book(watch)
    for _, together in groupby(sorted(facts, key=place_of), key=lambda fact: place_of(fact)[:3]):
        usable = tuple(fact for fact in together if strong_enough(fact, watch))
        if usable:
            STEPS[watch.shape](book, usable)
    return keep_ids(book.ledger(), known or {})


def place_of(fact: Fact) -> tuple[datetime, str, int, bool, str, int, int]:
    """Give what orders facts: as-of, article, revision; in that the title first, then by place."""
    span = fact.mention.evidence
    return fact.at, fact.article, fact.revision, span.field != "title", span.field, span.start, span.end


def strong_enough(fact: Fact, watch: Watch) -> bool:
    """Say whether a fact may take part: one too weak to be announced changes nothing.

    Else a false weak entry absorbs the true ones that follow (measured), and a true one that stayed silent is never said when surer reports come.
    """
    return fact.mention.confidence >= watch.min_confidence.least


def keep_ids(ledger: Ledger, known: Mapping[str, str]) -> Ledger:
    """Give each development the id of the earlier one with which it shares most facts; each id goes to one."""
    shared = Counter(
        (development.id, known[key]) for development in ledger.developments for key in development.facts if key in known
    )
    names: dict[str, str] = {}
    for (new, old), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if new not in names and old not in names.values():
            names[new] = old
    fresh = {development.id for development in ledger.developments} - set(names)
    taken = set(names.values())
    names |= {id_: _free(id_, taken) for id_ in fresh}
    return Ledger(
        developments=tuple(
            replace(one, id=names[one.id], maybe_same_as=names.get(one.maybe_same_as or ""))
            for one in ledger.developments
        ),
        updates=tuple(
            replace(update, development=replace(update.development, id=names[update.development.id]))
            for update in ledger.updates
        ),
    )


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    return name
