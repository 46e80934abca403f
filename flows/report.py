"""Pure. What a run did, in words: for the terminal and for the run's page alike."""

from collections.abc import Iterable

from flows.root import Root
from flows.route.backfill import Do, Report, Wanted
from flows.route.counts import Counts
from tasks.model.feed import FeedState
from tasks.model.report import FeedRow
from tasks.plain import one_line
from tasks.urls import host_of

SEEING = frozenset(
    {FeedState.NEW, FeedState.OK, FeedState.UNCHANGED, FeedState.PARTIAL, FeedState.UNDATED, FeedState.VOLUME_LOW}
)
MOST_SAID, MOST_CELL = 200, 300
_NEXT = {
    Do.COUNT: "Nothing was changed. To bring this in: *Copy to new run* in the menu, with another choice under *What to do*.",
    Do.SILENT: "Nobody was alerted.",
    Do.NOTIFY: "",
}
MOST_BLIND = 50  # feeds that a run's page names: 10,000 that fail at once are one story, told by their number
_WORDS = {
    FeedState.EMPTY: "it answers, with no entry in it",
    FeedState.STALE: "it answers, with nothing new for long",
    FeedState.DEAD: "it has not answered for long",
}

Row = dict[str, str | int]


def result(counts: Counts) -> str:
    """Say in one line what a run did: `12 feeds (11 ok, 1 unreachable): 40 entries, 38 articles, 2 alerts, 1 error`."""
    states = ", ".join(f"{number} {state}" for state, number in counts.states.most_common())
    told = [_counted(getattr(counts, name), name) for name in ("entries", "articles", "alerts", "errors")]
    return f"{_counted(counts.feeds, 'feeds')}{f' ({states})' if states else ''}: {', '.join(told)}"


def report(root: Root, counts: Counts) -> list[Row]:
    """Give the rows of a run's table: its counts, what was left out, and the blind feeds, each with its reason."""
    blind = blind_feeds(root.store.feed_rows())
    more = len(blind) - MOST_BLIND
    rows = [_row(name, number) for name, number in counts.totals().items()]
    rows += [_row("left out", number, reason) for reason, number in counts.drops.most_common()]
    rows += [_row("blind feed", "", f"{named(feed)}: {feed.state}: {reason(feed)}") for feed in blind[:MOST_BLIND]]
    return rows + ([_row("blind feeds", more, "more: `tocsin feeds` lists them")] if more > 0 else [])


def backfill_result(report: Report, wanted: Wanted) -> str:
    """Say in one line how a backfill stands: `Counted 2026-01-01 to 2026-01-31: 210 articles, 180 known; would send 3 alerts`."""
    verb = "Counted" if wanted.do is Do.COUNT else "Brought in"
    sent = f"{_counted(report.alerts, 'alerts')} sent" if wanted.do is Do.NOTIFY else f"{_counted(len(report.said), 'alerts')} would have been sent"  # fmt: skip
    new = "" if wanted.do is Do.COUNT else f", {report.new} new"
    errors = f", {_counted(report.errors, 'errors')}" if report.errors else ""
    left = f", {sum(report.drops.values())} left out" if report.drops else ""
    days = f"{wanted.since} to {wanted.until}"
    return f"{verb} {days}: {_counted(report.found, 'articles')}, {report.known} known{new}; {sent}{left}{errors}"


def backfill_page(report: Report, wanted: Wanted) -> str:
    """Give a backfill's report as Markdown; what feeds say is inert in it."""
    shown = report.said[-MOST_SAID:]
    rows = [f"| {one.at:%Y-%m-%d %H:%M} | {_inert(one.headline)} | {_inert(one.article or '')} |" for one in shown]
    more = len(report.said) - len(shown)
    parts = (
        backfill_result(report, wanted),
        "\n".join(f"- {number} × {_inert(reason)}" for reason, number in report.drops.most_common()),
        "\n".join(("| at (UTC) | alert | article |", "| --- | --- | --- |", *rows)) if rows else "",
        f"… and {more} before these: `tocsin developments` has all." if more > 0 else "",
        _NEXT[wanted.do],
    )
    return "\n\n".join(part for part in parts if part)


def _inert(text: str) -> str:
    """Take the meaning from Markdown's signs, and from HTML's."""
    return "".join(f"&#{ord(sign)};" if sign in "|\\`*_[]<>&!#~" else sign for sign in one_line(text, MOST_CELL))


def blind_feeds(feeds: Iterable[FeedRow]) -> list[FeedRow]:
    """Give the feeds that bring nothing, whatever the cause."""
    return [feed for feed in feeds if feed.state not in SEEING]


def named(feed: FeedRow) -> str:
    """Give what a person calls a feed."""
    return feed.name or host_of(feed.url)


def reason(feed: FeedRow) -> str:
    """Give why a feed is blind, in words."""
    return feed.error or _WORDS.get(feed.state, "no reason is known")


def _row(what: str, number: str | int, why: str = "") -> Row:
    return {"what": what, "number": number, "why": why}


def _counted(number: int, nouns: str) -> str:
    singular = {"entries": "entry"}.get(nouns, nouns.removesuffix("s"))
    return f"{number} {singular if number == 1 else nouns}"
