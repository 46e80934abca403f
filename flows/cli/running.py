"""Commands. Run the route in this process, and say what it did."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from flows.cli.exits import FINDING, USAGE, fail
from flows.cli.output import minute, print_lines, print_table, print_text
from flows.cli.progress import Bar
from flows.cli.reading import with_unpolled
from flows.report import blind_feeds, named, reason, result
from flows.root import Root, open_root
from flows.route import Wanted, monitor
from flows.route.counts import Counts
from tasks import lines
from tasks.alerts import line_of, passes
from tasks.errors import DeliveryError
from tasks.model.alert import TERMINAL, AlertLine
from tasks.model.ledger import Update
from tasks.model.watch import Watch

MOST_EARLIER = 10  # of one watch: a first hour is not read longer


def run(folder: Path | None, *, once: bool, due: bool, json: bool) -> None:
    """Run once; exit 1 where something could not be done."""
    if not once:
        fail("tocsin run needs --once: one run, now. For unattended monitoring there is `tocsin up`.", USAGE)
    started, wanted = time.monotonic(), Wanted(due_only=due)
    bar = Bar(wanted.tally)
    with open_root(folder, show=shown(to_stderr if json else print_text, bar.aside)) as root:
        first = not root.store.totals()["articles"]
        with nullcontext() if json else bar.running():
            counts = monitor(root, wanted)
        if json:
            print_lines([lines.run(counts.row())])
        else:
            summary(root, counts, time.monotonic() - started)
            if first and counts.articles:
                _show_earlier(root)
    if counts.errors:
        sys.exit(FINDING)


def shown(show: Callable[[str], None], aside: Callable[[], AbstractContextManager[None]]) -> Callable[[str], None]:
    """Make the showing of alerts a delivery that may fail: where the reader has gone, the alert waits for the next run."""

    def attempt(text: str) -> None:
        try:
            with aside():
                show(text)
                sys.stdout.flush()
        except OSError as error:
            raise DeliveryError(TERMINAL, f"cannot be written to: {error.strerror}") from error

    return attempt


def to_stderr(text: str) -> None:
    """Show an alert where standard output is for programs."""
    sys.stderr.write(text + "\n")


def summary(root: Root, counts: Counts, seconds: float) -> None:
    """Print what a run did, what was left out, and which feeds are blind, with the reason."""
    print_text(f"{result(counts)}.")
    totals = counts.totals()
    print_table((*totals, "time"), [(*totals.values(), f"{seconds:.1f} s")])
    for dropped, number in counts.drops.most_common():
        print_text(f"{number} × {dropped}")
    feeds = with_unpolled(root.settings.feeds, root.store.feed_rows())
    if not feeds:
        print_text("No feeds: add some to feeds.toml.")
    if blind := blind_feeds(feeds):
        offline = " Not one answers: is this machine online?" if len(blind) == len(feeds) else ""
        print_text(f"\nBlind, {len(blind)} of {len(feeds)}: what these report is not seen.{offline}")
        print_table(("feed", "state", "why"), [(named(feed), feed.state, reason(feed)) for feed in blind])


def _show_earlier(root: Root) -> None:
    """Show, watch by watch, what would have been said of what was there already."""
    said = earlier(root.store.unsaid(), root.knowledge.watches)
    print_text("\nOf items too old to be announced, your watches would have said (nothing of this is sent):")
    for watch in root.knowledge.watches:
        mine = [line for line in said if line.watch == watch.id]
        print_text(f"{watch.title or watch.id}: {_number(mine)}")
        if mine:
            rows = [("", minute(one.at), one.headline, one.article) for one in mine[-MOST_EARLIER:]]
            print_table(("", "at (UTC)", "alert", "article"), rows)


def _number(said: list[AlertLine]) -> str:
    more = f", the last {MOST_EARLIER} of them (the others: `tocsin developments`)" if len(said) > MOST_EARLIER else ""
    return f"{len(said)}{more}" if said else "nothing"


def earlier(updates: Iterable[Update], watches: Iterable[Watch]) -> tuple[AlertLine, ...]:
    """Give what the watches would have said of unsaid updates, had the articles been seen in time; oldest first."""
    return tuple(sorted(_wanted(updates, {watch.id: watch for watch in watches}), key=lambda line: line.at))


def _wanted(updates: Iterable[Update], watches: dict[str, Watch]) -> Iterator[AlertLine]:
    for update in updates:
        watch = watches.get(update.development.watch)
        if watch and not passes(watch, update):
            yield line_of(update, watch)
