"""Commands. Why an article of the demo gave no alert, and what could not be read: in plain words, from what the store knows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tasks.detect import Reader
from tasks.model.feed import FeedState
from tasks.model.mention import Mention
from tasks.model.report import FeedRow, SeenRow
from tasks.model.watch import Knowledge
from tasks.store import Store

SEEING = frozenset({FeedState.NEW, FeedState.OK, FeedState.UNCHANGED})
REFUSED = "refused: "


class Silence:
    """Says why articles gave no alert."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._reader = Reader(knowledge)
        self._names = {watch.id: watch.name for watch in knowledge.watches}

    def since(self, store: Store, moment: datetime) -> Iterator[str]:
        """Say of each article first seen since then, and without an alert, why there was none."""
        rang = {row.line.article for row in store.alert_rows()}
        for row in store.seen_since(moment):
            if row.article.id not in rang:
                yield f"{_named(row)}: {self._why(store, row)}"

    def _why(self, store: Store, row: SeenRow) -> str:
        if row.copy_of:
            return f"reprint of “{row.copy_of.title}” from {row.copy_of.source}: the same report"
        if unsaid := [update.silent for update in store.updates_of(row.article.id) if update.silent]:
            return f"not announced: {'; '.join(unsaid)}"
        if row.watches:
            return f"says nothing new of {', '.join(self._names[watch] for watch in row.watches)}"
        return self._unheard(self._reader.explain(row.article).mentions)

    def _unheard(self, mentions: Sequence[Mention]) -> str:
        """Say why an article holds nothing for any watch: of its refused mentions, the one that came nearest says it."""
        nearest = max(mentions, key=lambda one: (len(one.parties), one.confidence), default=None)
        if nearest is None:
            return "nothing that a watch looks for"
        reasons = [reason.removeprefix(REFUSED) for reason in nearest.why if reason.startswith(REFUSED)]
        return f"nothing that counts for {self._names[nearest.watch]} ({'; '.join(reasons)})"


def blind(feed: FeedRow) -> str:
    """Say of a feed that it gives nothing, and why."""
    return f"{feed.name}: the feed is {feed.state} ({feed.error or 'no entries'})"


def refused(store: Store, since: datetime) -> Iterator[str]:
    """Say of each article first seen since then whose page refused, why."""
    for row in store.seen_since(since):
        for entry in store.entry_rows(row.article.id):
            if entry.page_reason:
                yield f"{_named(row)}: its page was not read ({entry.page_reason}), the feed's own text serves"


def _named(row: SeenRow) -> str:
    return f"{row.article.source}, “{row.article.title}”"
