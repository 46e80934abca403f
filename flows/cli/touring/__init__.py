"""Commands. The offline tour: a small news wire on this machine, replayed through the real route with a moved clock."""

import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from config.demo import Moment, Said, lay_out
from config.demo import story as read_story
from config.load import load
from flows.cli.exits import FINDING, UNAVAILABLE, fail
from flows.cli.output import print_text
from flows.cli.touring.silence import SEEING, Silence, blind, refused
from flows.cli.touring.verdict import differences
from flows.cli.touring.wire import Wire
from flows.root import Root, open_root
from flows.route import Wanted, monitor
from tasks.alerts.say import instant_words
from tasks.model.report import FeedRow

WELCOME = (
    "A tour of Tocsin: a small news wire on this machine, read by the real route with a moved clock.\n"
    "Countries, people, outlets and makers are invented. Nothing leaves this machine."
)
ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def demo() -> None:
    """Replay the story; exit 1 where it did not come out as told."""
    story, started = read_story(), time.monotonic()
    print_text(WELCOME)
    with _workplace() as folder, Wire(story) as wire:
        lay_out(folder, wire.feeds)
        tour = Tour(folder, wire)
        said = [tour.stop(moment) for moment in story.moments]
    print_text(tour.summary(time.monotonic() - started))
    if differing := differences(story.moments, said):
        fail("\n".join(("The story did not come out as told:", *differing)), FINDING)
    print_text("The story came out as told. Next: `tocsin init DIR` writes a configuration of your own to start from.")


class Tour:
    """Goes from moment to moment, and says what Tocsin says there."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self._folder, self._wire = folder, wire
        self._articles = self._alerts = self._quiet = 0
        self._blind: set[str] = set()
        self._silence = Silence(load(folder)[1])

    def stop(self, moment: Moment) -> tuple[Said, ...]:
        """Look at the news of a moment; give what was said."""
        self._wire.publish(moment)
        _heading(f"{moment.at:%A}, {instant_words(moment.at)}")
        alerts: list[str] = []
        with open_root(self._folder, show=alerts.append, now=moment.at) as root:
            monitor(root, Wanted())
            self._show(root, moment, alerts)
            rows = root.store.alert_rows()[self._alerts :]
            self._articles = root.store.totals()["articles"]
        self._alerts += len(rows)
        return tuple(Said(watch=row.line.watch, change=row.line.change) for row in rows)

    def summary(self, seconds: float) -> str:
        """Say in one line what the tour came to."""
        counts = f"{self._articles} articles, {self._alerts} alerts, {self._quiet} kept quiet"
        return f"\n{counts}, in {seconds:.0f} seconds."

    def _show(self, root: Root, moment: Moment, alerts: Iterable[str]) -> None:
        """Show the alerts as they came, then what stayed quiet and what could not be read."""
        still = tuple(self._silence.since(root.store, moment.at))
        unread = (*map(blind, self._newly_blind(root)), *refused(root.store, moment.at))
        self._quiet += len(still)
        blocks = (*alerts, _list("No alert for:", still), _list("Could not be read:", unread))
        print_text("\n\n".join(block for block in blocks if block))

    def _newly_blind(self, root: Root) -> tuple[FeedRow, ...]:
        """Give the feeds that give nothing, each only once."""
        found = tuple(row for row in root.store.feed_rows() if row.state not in SEEING and row.url not in self._blind)
        self._blind |= {row.url for row in found}
        return found


def _heading(text: str) -> None:
    print_text(f"\n── {text} ".ljust(80, "─") + "\n")
    sys.stdout.flush()


def _list(title: str, told: Sequence[str]) -> str:
    return "\n".join((title, *(f"  - {one}" for one in told))) if told else ""


@contextmanager
def _workplace() -> Iterator[Path]:
    """Give a folder that is gone afterwards, also where the command is ended from outside."""
    before = {number: signal.signal(number, _leave) for number in ENDINGS}
    try:
        with TemporaryDirectory(prefix="tocsin-demo-") as folder:
            yield Path(folder)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        fail(f"the demo needs a folder for temporary files: {error.strerror}", UNAVAILABLE)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)
