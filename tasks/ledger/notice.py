"""Pure. Notices: a versioned set; its subject is its identity."""

import re
from datetime import timedelta

from tasks.ledger.book import Book
from tasks.model.ledger import Development, Fact
from tasks.model.mention import Status
from tasks.model.watch import Change

# Retellings of one recall come within days, not weeks (measured on headlines).
MEMORY = timedelta(days=14)
# Two subjects are one if so many of the shorter one's words stand in the other.
SHARED = 0.5
LEAST_SHARED = 2
# An "expanded" within hours of the first report is the same news in other words.
STEP_QUIET = timedelta(hours=12)


def fold_notice(book: Book, facts: tuple[Fact, ...]) -> None:
    """Fold the mentions of one article revision, the surest first."""
    touched: set[str] = set()
    for fact in sorted(facts, key=lambda fact: fact.mention.confidence, reverse=True):
        development = next((one for one in book.latest_first() if same_subject(fact, one)), None)
        if development is None:
            book.open(fact, Change.ENDED if fact.mention.status is Status.ENDED else Change.NEW)
        elif development.id in touched or not _apply(book, development, fact):
            book.corroborate(development, fact)
        touched |= {one.id for one in book.latest_first() if fact.key in one.facts}


def words_of(subject: str | None) -> frozenset[str]:
    """Give the words of a subject, plural endings off."""
    return frozenset(word.lower().rstrip("s") for word in re.findall(r"\w[\w&-]+", subject or ""))


def same_subject(fact: Fact, development: Development) -> bool:
    """Say whether both subjects share enough words, in the same fortnight."""
    one, two = words_of(fact.mention.subject), words_of(development.subject)
    shared, shorter = len(one & two), min(len(one), len(two))
    recent = fact.at - development.changed_at <= MEMORY
    return recent and shorter > 0 and shared >= min(LEAST_SHARED, shorter) and shared / shorter >= SHARED


def _apply(book: Book, development: Development, fact: Fact) -> bool:
    mention = fact.mention
    if mention.status is Status.ENDED:
        if development.status is Status.ENDED:
            return False
        book.change(development, Change.ENDED, fact, development.subject, status=Status.ENDED)
        return True
    if not (mention.more or mention.outcome) or fact.at - development.changed_at <= STEP_QUIET:
        return False
    change = Change.NARROWED if mention.outcome else Change.EXPANDED
    book.change(development, change, fact, development.subject, subject=mention.subject)
    return True
