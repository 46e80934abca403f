"""Commands. Run the route in this process, and say what it did."""

import sys
import time
from pathlib import Path

from flows.cli.exits import FINDING
from flows.cli.output import print_lines, print_table, print_text
from flows.root import Root, open_root
from flows.route import Wanted, monitor
from flows.route.counts import Counts
from tasks import lines

USAGE = 2


def run(folder: Path | None, *, once: bool, due: bool, json: bool) -> None:
    """Run once; exit 1 where something could not be done."""
    if not once:
        sys.stderr.write("tocsin run needs --once: one run, now. For unattended monitoring there is `tocsin up`.\n")
        sys.exit(USAGE)
    started = time.monotonic()
    with open_root(folder, show=to_stderr if json else print_text) as root:
        if not json:
            sys.stderr.write(f"{len(root.settings.feeds)} feeds, {len(root.knowledge.watches)} watches: running ...\n")
        counts = monitor(root, Wanted(due_only=due))
        if json:
            print_lines([lines.run(counts.row())])
        else:
            summary(root, counts, time.monotonic() - started)
    if counts.errors:
        sys.exit(FINDING)


def to_stderr(text: str) -> None:
    """Show an alert where standard output is for programs."""
    sys.stderr.write(text + "\n")


def summary(root: Root, counts: Counts, seconds: float) -> None:
    """Print what a run did, each feed with its state, and what was left out."""
    rows = [(row.name or row.url, row.state, row.entries, row.error or "") for row in root.store.feed_rows()]
    print_table(("feed", "state", "entries", "why"), rows, empty="No feeds: add some to feeds.toml.")
    print_text()
    totals = counts.totals()
    print_table((*totals, "time"), [(*totals.values(), f"{seconds:.1f} s")])
    for reason, number in counts.drops.most_common():
        print_text(f"{number} × {reason}")
