"""Route. The assembly line of one run: what its stations share."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from flows.root import Root
from flows.route.counts import Tally
from flows.route.history import History
from tasks.fetch import Fetcher
from tasks.model.feed import FeedSpec
from tasks.pool import Pool
from tasks.store.rows import StoredEntry

P = ParamSpec("P")
R = TypeVar("R")

QUEUED = 400  # articles that may wait to be understood: two micro-batches


class Item:
    """An entry on its way, with its feed's settings."""

    __slots__ = ("entry", "pending", "spec")

    def __init__(self, entry: StoredEntry, spec: FeedSpec, *, pending: bool = False) -> None:
        self.entry, self.spec = entry, spec
        self.pending = pending  # its page is left for the next run, its feed's text is understood now


class Line:
    """Handles of one run, the queue to be understood, and the tally."""

    def __init__(self, root: Root, fetcher: Fetcher, pool: Pool, tally: Tally, history: History | None = None) -> None:
        self.root, self.fetcher, self.pool, self.tally = root, fetcher, pool, tally
        self.history = history  # where it brings history in
        self.began = root.clock()
        self.read: asyncio.Queue[Item | None] = asyncio.Queue(QUEUED)
        self.states: Counter[str] = Counter()
        self.drops: Counter[str] = Counter()
        # SQLite has one writer: one thread takes the store's work off the event loop, in order.
        self._store_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def store(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do a piece of the store's work on its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._store_thread, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """End the store's thread."""
        self._store_thread.shutdown()
