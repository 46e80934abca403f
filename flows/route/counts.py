"""Route. What a run did, in counts that add up."""

from collections import Counter
from dataclasses import dataclass, field

from tasks.model.report import RunRow

TOTALS = ("feeds", "entries", "articles", "stories", "mentions", "alerts", "sent", "errors")


class Tally(Counter[str]):
    """What a run under way has counted so far, by the names of `TOTALS`, and how many feeds it has claimed."""

    claimed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of one step or run; `states` counts the feeds by state, `drops` what was left out, by reason."""

    feeds: int = 0
    entries: int = 0
    articles: int = 0
    stories: int = 0
    mentions: int = 0
    alerts: int = 0
    sent: int = 0
    errors: int = 0
    states: Counter[str] = field(default_factory=Counter)
    drops: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Counts") -> "Counts":
        """Add up."""
        mine, theirs = self.totals(), other.totals()
        numbers = {name: mine[name] + theirs[name] for name in mine}
        return Counts(**numbers, states=self.states + other.states, drops=self.drops + other.drops)

    def totals(self) -> dict[str, int]:
        """Give the plain counts by name."""
        return {name: getattr(self, name) for name in TOTALS}

    def row(self) -> RunRow:
        """Give what `run --json` prints and the store keeps."""
        return RunRow(
            feeds=self.feeds, entries=self.entries, articles=self.articles, alerts=self.alerts, errors=self.errors
        )
