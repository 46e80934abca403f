"""Commands. Bring history in, from a terminal."""

import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from flows.cli.exits import FINDING
from flows.cli.output import minute, print_table, print_text
from flows.report import backfill_result
from flows.root import open_root
from flows.route.backfill import Do, Origin, Report, Wanted, backfill
from flows.stopping import told_to_stop
from tasks.errors import ConfigError, Problem

MOST = 50  # lines of what would be said


def bring_in(folder: Path | None, typed: "Typed") -> None:
    """Do a backfill, and print what came of it; exit 1 where something was left out."""
    wanted = typed.wanted()
    with told_to_stop(signal.SIGINT) as stop:
        report = backfill(partial(open_root, folder), wanted, told=partial(_tell, wanted), stop=stop)
    _show(report, wanted)
    if report.stopped or report.errors:
        sys.exit(FINDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed."""

    since: str
    until: str
    source: str
    file: Path | None
    feeds: tuple[str, ...]
    watches: tuple[str, ...]
    count: bool
    notify: bool

    def wanted(self) -> Wanted:
        """Read it; raise ConfigError for a day or source that is none."""
        if self.count and self.notify:
            raise _problem("--notify", "counting sends nothing: leave out --count or --notify")
        if self.source not in set(Origin):
            raise _problem("--from", f"{self.source!r} is no source: {', '.join(Origin)}")
        return Wanted(
            since=_day("--since", self.since),
            until=_day("--until", self.until),
            origin=Origin(self.source),
            feeds=self.feeds,
            watches=self.watches,
            file=self.file,
            do=Do.COUNT if self.count else Do.NOTIFY if self.notify else Do.SILENT,
        )


def _problem(place: str, problem: str) -> ConfigError:
    return ConfigError((Problem(file="backfill", place=place, problem=problem),))


def _day(place: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _problem(place, f"{text!r} is no day: write it as 2026-01-31") from None


def _tell(wanted: Wanted, report: Report) -> None:
    sys.stderr.write(f"{backfill_result(report, wanted)}\n")


def _show(report: Report, wanted: Wanted) -> None:
    print_text(backfill_result(report, wanted))
    for reason, number in report.drops.most_common():
        print_text(f"{number} × {reason}")
    if report.said:
        verb = "Sent" if wanted.do is Do.NOTIFY else "Would have been sent"
        print_text(f"\n{verb}:")
        rows = [(minute(one.at), one.headline, one.article) for one in report.said[-MOST:]]
        print_table(("at (UTC)", "alert", "article"), rows)
    if len(report.said) > MOST:
        print_text(f"and {len(report.said) - MOST} before these: `tocsin developments` has all.")
