"""Pure. What watches would have said of a stream of articles: the same fold and the same gates as live."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tasks.alerts import line_of, passes, update_key
from tasks.facts import facts_of
from tasks.ledger import fold
from tasks.ledger.announce import Policy, Setting, announcements
from tasks.model.alert import AlertLine
from tasks.model.feed import Article
from tasks.model.ledger import Fact
from tasks.model.mention import Reading
from tasks.model.watch import Watch

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # as-of of undated articles before any dated one


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article of the stream with its reading and who stands behind it."""

    article: Article
    reading: Reading
    origin: str


def backtest(stream: Sequence[Read], watches: Iterable[Watch]) -> tuple[AlertLine, ...]:
    """Give the alerts in order of `at`: the article's published time, or, where it has none, the `at` before it."""
    dated = with_times(stream)
    lines = [line for watch in watches for line in _alerts(dated, watch)]
    return tuple(sorted(lines, key=lambda line: line.at))


def with_times(stream: Sequence[Read]) -> tuple[Read, ...]:
    """Give undated articles the time of the one before them."""
    last, found = BEGINNING, []
    for one in stream:
        last = one.article.published or last
        found.append(replace(one, article=replace(one.article, published=last, first_seen=last)))
    return tuple(found)


def _alerts(stream: Sequence[Read], watch: Watch) -> Iterable[AlertLine]:
    facts = [fact for one in stream for fact in _facts(one, watch)]
    settings: Mapping[str, Setting] = {fact.article: Setting(first_seen=fact.at) for fact in facts}
    policy = Policy(key=update_key, gate=lambda update: passes(watch, update), window=timedelta(0))
    for found in announcements(fold(watch, facts), settings, policy):
        if not found.silent:
            yield line_of(found.update, watch)


def _facts(one: Read, watch: Watch) -> Iterable[Fact]:
    at = one.article.published or BEGINNING
    return (fact for fact in facts_of(one.article, one.reading, one.origin, at) if fact.mention.watch == watch.id)
