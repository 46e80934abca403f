"""Jobs that misbehave in every way a worker may be made to."""

import ctypes
import os
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tasks.errors import ExtractError, ParseError
from tasks.model.feed import FeedState
from tasks.model.watch import Knowledge
from tasks.parse import parse_feed


def jobs(knowledge: Knowledge) -> Mapping[str, Callable[..., object]]:
    """Make the jobs."""
    return {
        "parse": parse_feed,
        "echo": lambda value: value,
        "knowledge": lambda: knowledge.digest,
        "pid": os.getpid,
        "environment": lambda: dict(os.environ),
        "status": lambda: Path("/proc/self/status").read_text(encoding="utf-8"),
        "no_feed": _no_feed,
        "no_article": _no_article,
        "bug": lambda: dict[str, str]()["missing"],
        "segfault": lambda: ctypes.string_at(0),
        "segfault_once": _segfault_once,
        "exit": os._exit,
        "sleep": _sleep,
        "spin": _spin,
        "regex": lambda: bool(re.match(r"(a+)+$", "a" * 40 + "b")),
        "memory": lambda size: len(bytearray(size)),
        "large": lambda size: "x" * size,
        "nonsense": _nonsense,
    }


def _no_feed() -> None:
    raise ParseError("https://x.example/", "a page", state=FeedState.HTML)


def _no_article() -> None:
    raise ExtractError("nothing there")


def _segfault_once(mark: str) -> str:
    """Crash, but leave a mark and succeed where it stands."""
    if Path(mark).exists():
        return "survived"
    Path(mark).touch()
    return str(ctypes.string_at(0))


def _sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def _spin() -> None:
    while True:
        pass


def _nonsense() -> None:
    """Write into every open file what no worker of ours says: a fault that is none."""
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.write(descriptor, (3).to_bytes(4, "big") + b"!{}")
    os._exit(0)
