"""Pure. Whether two articles carry the same report: the decision that the store and the batch commands share."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tasks.model.feed import Article
from tasks.stories.sketch import MIN_TITLE_WORDS, is_long, overlap, shingles, title_words

WINDOW = timedelta(days=60)  # reprints come within days; a background piece that reuses a text years later is its own
TITLE_WINDOW = timedelta(days=2)  # syndicated headlines come within two days; rubrics come back weekly
COPIED = 0.5  # half of the shorter text: agency copies are cut and edited, independent reports share under .05
LEAST_RATIO = 0.15  # a digest that holds a whole brief is not that brief: copies are cut, but not to a seventh


def as_of(article: Article) -> datetime | None:
    """Give when an article counts as said: published, else first seen."""
    return article.published or article.first_seen


def same_report(a: Article, b: Article) -> bool:
    """Say whether two articles carry the same report.

    Long texts are compared by what they share; a headline with its standfirst only by an equal title, so that a number,
    a name or a negation that differs keeps them apart.
    """
    if not _within(a, b, WINDOW):
        return False
    if is_long(a.text) and is_long(b.text):
        return _copied(a.text, b.text)
    return _equal_titles(a, b) and _within(a, b, TITLE_WINDOW)


def first_same(article: Article, candidates: Iterable[Article]) -> Article | None:
    """Find the first candidate that carries the same report."""
    return next((other for other in candidates if same_report(article, other)), None)


def _copied(a: str, b: str) -> bool:
    one, two = shingles(a), shingles(b)
    comparable = min(len(one), len(two)) >= LEAST_RATIO * max(len(one), len(two))
    return comparable and overlap(one, two) >= COPIED


def _equal_titles(a: Article, b: Article) -> bool:
    title = title_words(a)
    return len(title) >= MIN_TITLE_WORDS and title == title_words(b)


def _within(a: Article, b: Article, window: timedelta) -> bool:
    one, two = as_of(a), as_of(b)
    return one is None or two is None or abs(one - two) <= window
