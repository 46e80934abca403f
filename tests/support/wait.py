"""Waiting for what another process or thread does."""

import time
from collections.abc import Callable


def wait_for(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
