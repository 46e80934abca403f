"""Edge: files. One run at a time on an SQLite store."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.errors import StoreBusy
from tasks.store.holder import Holder

AGAIN = 0.5  # seconds between two tries


@contextmanager
def run_lock(path: Path, holder: Holder, patience: float = 0.0) -> Iterator[None]:
    """Hold the lock beside a database file, or raise StoreBusy naming who does; it falls with the process.

    `patience` is how many seconds to wait for it.
    """
    beside = path.with_name(f"{path.name}.lock")
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(descriptor, beside, time.monotonic() + patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(holder).encode(), 0)
        yield
    finally:
        os.close(descriptor)  # the file stays: removing it would let two runs lock two files


def _wait(descriptor: int, beside: Path, end: float) -> None:
    while True:
        try:
            return _lock(descriptor, beside)
        except StoreBusy:
            if time.monotonic() >= end:
                raise
            time.sleep(AGAIN)


def _lock(descriptor: int, beside: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StoreBusy(f"another run holds {beside.with_suffix('').name}{_who(descriptor)}") from None


def _who(descriptor: int) -> str:
    text = os.pread(descriptor, 500, 0).decode("utf-8", "replace")
    try:
        holder = Holder.parse(text)
    except ValueError:  # it has locked, and not written yet
        return ""
    return f": process {holder.pid} on {holder.host.rpartition('-')[0]}"
