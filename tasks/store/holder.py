"""Edge: processes. Who holds a lease, and whether they still live."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

_START_FIELD = 19  # of /proc/PID/stat, counted behind the command's name: start time in ticks since boot (field 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A process that holds leases: its host, its id there, and when it started, so that a reused id is not taken for it."""

    host: str
    pid: int
    started: str

    def __str__(self) -> str:
        return f"{self.host}/{self.pid}/{self.started}"

    @classmethod
    def here(cls) -> "Holder":
        """Name this process."""
        pid = os.getpid()
        return cls(host=_host(), pid=pid, started=_started(pid) or "")

    @classmethod
    def parse(cls, text: str) -> "Holder":
        """Read the holder that `str` wrote; what follows a fourth part is not looked at."""
        host, pid, started = text.split("/")[:3]
        return cls(host=host, pid=int(pid), started=started)

    def is_dead(self) -> bool:
        """Say whether the process is known to be gone: it was on this host, and no process with its id and start is there."""
        return self.host == _host() and _started(self.pid) != self.started


def _host() -> str:
    """Name the host, and where containers share its name, the container: process ids mean something only there."""
    namespace = Path("/proc/self/ns/pid")
    inner = namespace.readlink().name.strip("pid:[]") if namespace.is_symlink() else ""
    return f"{socket.gethostname().replace('/', '-')}-{inner}"


def _started(pid: int) -> str | None:
    """Tell when a process started; None where there is none, empty where the system does not say when."""
    try:
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()[_START_FIELD]
        )
    except OSError:
        return None if Path("/proc/self").exists() or not _answers(pid) else ""


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
