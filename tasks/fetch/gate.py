"""Edge: HTTP. Politeness: one request at a time per host, and a gap after each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from tasks.urls import host_of


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)  # hands over in the order of asking
    free_at: float = 0.0


class HostGate:
    """Lets one request per host through at a time; time is the loop's own, which nobody moves."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap.total_seconds()
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def __call__(self, url: str) -> AsyncIterator[None]:
        """Wait for this URL's host to be free, and for the gap since its last answer."""
        turn = self._turns.setdefault(host_of(url), _Turn())
        clock = asyncio.get_running_loop().time
        async with turn.lock:
            await asyncio.sleep(max(0.0, turn.free_at - clock()))
            try:
                yield
            finally:
                turn.free_at = clock() + self._gap
