"""Commands. Run the route in this process, and say what it did."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from flows.cli.exits import FINDING, USAGE, fail
from flows.cli.output import minute, print_lines, print_table, print_text
from flows.cli.reading import with_unpolled
from flows.root import Root, open_root
from flows.route import Wanted, monitor
from flows.route.counts import Counts
from tasks import lines
from tasks.alerts import line_of, passes
from tasks.errors import DeliveryError
from tasks.model.alert import TERMINAL, AlertLine
from tasks.model.ledger import Update
from tasks.model.watch import Watch


def run(folder: Path | None, *, once: bool, due: bool, json: bool) -> None:
    """Run once; exit 1 where something could not be done."""
    if not once:
        fail("tocsin run needs --once: one run, now. For unattended monitoring there is `tocsin up`.", USAGE)
    started = time.monotonic()
    with open_root(folder, show=shown(to_stderr if json else print_text)) as root:
        first = not root.store.totals()["articles"]
        if not json:
            sys.stderr.write(f"{len(root.settings.feeds)} feeds, {len(root.knowledge.watches)} watches: running ...\n")
        counts = monitor(root, Wanted(due_only=due))
        if json:
            print_lines([lines.run(counts.row())])
        else:
            summary(root, counts, time.monotonic() - started)
            if first:
                _show_earlier(root)
    if counts.errors:
        sys.exit(FINDING)


def shown(show: Callable[[str], None]) -> Callable[[str], None]:
    """Make the showing of alerts a delivery that may fail: where the reader has gone, the alert waits for the next run."""

    def attempt(text: str) -> None:
        try:
            show(text)
            sys.stdout.flush()
        except OSError as error:
            raise DeliveryError(TERMINAL, f"cannot be written to: {error.strerror}") from error

    return attempt


def to_stderr(text: str) -> None:
    """Show an alert where standard output is for programs."""
    sys.stderr.write(text + "\n")


def summary(root: Root, counts: Counts, seconds: float) -> None:
    """Print what a run did, each feed with its state, and what was left out."""
    feeds = with_unpolled(root.settings.feeds, root.store.feed_rows())
    rows = [(row.name or row.url, row.state, row.entries, row.error or "") for row in feeds]
    print_table(("feed", "state", "entries", "why"), rows, empty="No feeds: add some to feeds.toml.")
    print_text()
    totals = counts.totals()
    print_table((*totals, "time"), [(*totals.values(), f"{seconds:.1f} s")])
    for reason, number in counts.drops.most_common():
        print_text(f"{number} × {reason}")


def _show_earlier(root: Root) -> None:
    said = earlier(root.store.unsaid(), root.knowledge.watches)
    if said:
        print_text("\nOf older items, your watches would have said (not sent):")
        print_table(("at (UTC)", "alert", "article"), [(minute(one.at), one.headline, one.article) for one in said])


def earlier(updates: Iterable[Update], watches: Iterable[Watch]) -> tuple[AlertLine, ...]:
    """Give what the watches would have said of unsaid updates, had the articles been seen in time; oldest first."""
    return tuple(sorted(_wanted(updates, {watch.id: watch for watch in watches}), key=lambda line: line.at))


def _wanted(updates: Iterable[Update], watches: dict[str, Watch]) -> Iterator[AlertLine]:
    for update in updates:
        watch = watches.get(update.development.watch)
        if watch and not passes(watch, update):
            yield line_of(update, watch)
