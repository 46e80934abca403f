"""Edge: worker process. The jobs that workers know."""

from collections.abc import Callable, Mapping
from functools import cache

from tasks.detect.reader import Reader
from tasks.extract import extract_page
from tasks.model.feed import Article
from tasks.model.mention import Reading
from tasks.model.watch import Knowledge
from tasks.parse import parse_feed


def jobs(knowledge: Knowledge) -> Mapping[str, Callable[..., object]]:
    """Make the jobs; the matchers are compiled once, by the first article, for a worker that only parses needs none."""

    @cache
    def reader() -> Reader:
        return Reader(knowledge)

    def read(article: Article) -> Reading:
        return reader().read(article)

    def explain(article: Article) -> Reading:
        return reader().explain(article)

    return {"parse": parse_feed, "extract": extract_page, "read": read, "explain": explain}
