"""Edge: processes. A process that is to be alive: started in a session of its own, started again when it ends, ended in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 20.0  # seconds that a process has to end by itself: runs under way are told, and end in two
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)  # before it is started again, the longer the more often it ended
STEADY = 300.0  # seconds of life after which its former ends are forgotten


class Service:
    """A Python module, with its arguments, run as a process."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], work: Path, log: Path, *, shown: bool = False
    ) -> None:
        self.words, self.log = words, log
        self._environment, self._work = environment, work
        self._shown = shown  # what it prints (alerts) is for the terminal; what it logs never is
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._again_at = 0.0
        self._pid = self._ends = 0

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own modules
                [sys.executable, "-m", *self.words],
                cwd=self._work,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=None if self._shown else log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone: we end the others in order
            )
        self._pid, self._started = self._process.pid, time.monotonic()

    def keep(self) -> bool:
        """Start it again where it has ended, after a pause; say whether it was started."""
        if self.alive:
            return False
        now = time.monotonic()
        if not self._again_at:
            self._ends = self._ends + 1 if now - self._started < STEADY else 1
            pause = PAUSES[min(self._ends, len(PAUSES)) - 1]
            self._again_at = now + pause
            sys.stderr.write(
                f"{' '.join(self.words)} has ended; it is started again in {pause:.0f} s. Its log: {self.log}\n"
            )
        if now < self._again_at:
            return False
        self._again_at = 0.0
        self.start()
        return True

    def stop(self) -> None:
        """End it, first in kind, with all that it started."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM, whole=False)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        self._signal(signal.SIGKILL, whole=True)
        self._process.wait()
        self._process = None

    def _signal(self, number: signal.Signals, *, whole: bool) -> None:
        """Signal it, or its whole session."""
        with suppress(ProcessLookupError):
            (os.killpg if whole else os.kill)(self._pid, number)
