"""Commands. How far a run has come: a bar on a terminal, a plain line now and then elsewhere. All on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.route.counts import Tally

EVERY = 0.2  # seconds between two looks on a terminal
PLAIN_EVERY = 10.0  # seconds between two lines in a log


class Bar:
    """Shows how far the run has come that counts into a tally."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        columns = (TextColumn("feeds"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._bar = Progress(
            *columns,
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # what a run prints is for standard output, wherever that leads
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=None)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show it while the run is under way."""
        if not sys.stderr.isatty():
            with _repeatedly(self._tell, PLAIN_EVERY):
                yield
            return
        with self._bar, _repeatedly(self._look, EVERY):
            yield

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Make room for what is printed."""
        under_way = self._bar.live.is_started
        if under_way:
            self._bar.stop()
        yield
        if under_way:
            self._bar.start()

    def _look(self) -> None:
        tally = self._tally
        self._bar.update(self._task, total=tally.claimed or None, completed=tally["feeds"], description=_told(tally))

    def _tell(self) -> None:
        tally = self._tally
        sys.stderr.write(f"{tally['feeds']} of {tally.claimed} feeds polled, {_told(tally)}\n")


@contextmanager
def _repeatedly(work: Callable[[], object], seconds: float) -> Iterator[None]:
    """Do a piece of work every few seconds, on a thread of its own."""
    done = Event()

    def go_on() -> None:
        while not done.wait(seconds):
            work()

    thread = Thread(target=go_on, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _told(tally: Tally) -> str:
    return f"{tally['entries']} new entries, {tally['articles']} articles, {tally['alerts']} alerts"
