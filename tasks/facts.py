"""Pure. Readings to facts: an article's accepted mentions with where they stand."""

from datetime import datetime

from tasks.model.feed import Article
from tasks.model.ledger import Fact
from tasks.model.mention import Reading


def as_of(article: Article, fallback: datetime) -> datetime:
    """Say as of when an article speaks: published, else first seen; a later revision speaks as of when it was seen."""
    seen = article.first_seen or fallback
    if article.revision > 1:
        return max(article.published or seen, seen)
    return article.published or seen


def facts_of(article: Article, reading: Reading, origin: str, at: datetime) -> tuple[Fact, ...]:
    """Give the facts that an article states."""
    return tuple(
        Fact(
            mention=mention, article=article.id, revision=article.revision, at=at, outlet=article.source, origin=origin
        )
        for mention in reading.mentions
        if mention.accepted
    )
