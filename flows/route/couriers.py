"""Route. Couriers carry alerts out while the run goes on: one a channel, so that a slow channel holds up only itself."""

import asyncio

from flows.route.delivering import deliver_to
from flows.route.line import Line


class Couriers:
    """Each waits for its bell; what is said while one is out, it takes on its next way, in one go."""

    def __init__(self, line: Line, group: asyncio.TaskGroup) -> None:
        self._line = line
        self._bells: list[asyncio.Queue[bool]] = []
        for channel in line.root.served_channels:
            bell: asyncio.Queue[bool] = asyncio.Queue(1)
            self._bells.append(bell)
            group.create_task(self._carry(channel, bell))

    def ring(self) -> None:
        """Say that there is something to carry."""
        for bell in self._bells:
            if bell.empty():
                bell.put_nowait(True)

    async def dismiss(self) -> None:
        """Let them go once they are back."""
        for bell in self._bells:
            await bell.put(False)

    async def _carry(self, channel: str, bell: asyncio.Queue[bool]) -> None:
        while await bell.get():
            counts = await asyncio.to_thread(deliver_to, self._line.root, channel)
            self._line.tally.update(sent=counts.sent, errors=counts.errors)
