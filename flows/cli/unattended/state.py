"""Edge: files. The folder in which `tocsin up` keeps what is Prefect's, beside the configuration."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.errors import StoreBusy, StoreError


class StateFolder:
    """The folder, held by one `tocsin up` at a time.

    prefect/   PREFECT_HOME: Prefect's own database and profile, apart from any other on this machine
    ui/        Prefect's UI as it is served
    work/      the empty folder that processes start in: a tasks.py lying where the user stands would shadow ours
    *.log      what server and serving process print
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = -1

    @property
    def home(self) -> Path:
        """Prefect's home."""
        return self.root / "prefect"

    @property
    def ui(self) -> Path:
        """The UI's files."""
        return self.root / "ui"

    @property
    def work(self) -> Path:
        """The empty working folder."""
        return self.root / "work"

    def log(self, name: str) -> Path:
        """Give the log file of a process."""
        return self.root / f"{name}.log"

    def __enter__(self) -> Self:
        try:
            self._make()
        except OSError as error:
            raise StoreError(f"{error.filename} cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise StoreBusy(f"`tocsin up` is already running on {self.root.parent}") from None
        return self

    def _make(self) -> None:
        for folder in (self.home, self.ui, self.work):
            folder.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)  # run parameters and logs are nobody else's business
        self._lock = os.open(self.root / "up.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._lock)
