"""Route. What a backfill has brought in so far, and what of that is announced: nothing, unless a person asked for it."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from tasks.alerts import line_of, passes
from tasks.ledger import Announcement, Setting
from tasks.model.alert import AlertLine
from tasks.model.watch import Watch


@dataclass(slots=True, kw_only=True)
class History:
    """The articles brought in, for which watches, whether to announce, and what they say."""

    notify: bool = False
    watches: frozenset[str] = frozenset()  # none named: all
    articles: set[str] = field(default_factory=set)
    said: dict[str, AlertLine] = field(default_factory=dict)  # by alert key: what went out, or would have gone out

    def wants(self, watch: str) -> bool:
        """Say whether the backfill is about a watch."""
        return not self.watches or watch in self.watches

    def settings(self, settings: Mapping[str, Setting], folded: AbstractSet[str]) -> dict[str, Setting]:
        """Say how each article came in, as announcing is concerned.

        What was brought in is announced if that was asked for, however old. What had been folded before stays as it was
        decided: history that is put before it changes what it adds, and would have it said a second time. What came in live
        meanwhile is announced as always.
        """
        return {key: self._setting(key, one, key in folded) for key, one in settings.items()}

    def _setting(self, key: str, one: Setting, folded: bool) -> Setting:
        if key in self.articles:
            return replace(one, live=self.notify, published=None)
        return replace(one, live=False) if folded else one

    def note(self, watch: Watch, decided: Iterable[Announcement], before: AbstractSet[str]) -> None:
        """Note what the articles brought in say, or would have said, that was not said before."""
        for one in decided:
            if one.update.article in self.articles and one.key not in before and not passes(watch, one.update):
                self.said[one.key] = line_of(one.update, watch)
