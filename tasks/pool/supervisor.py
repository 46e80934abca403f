"""Edge: worker processes. The pool: whoever has an item waits for a free slot; what an item does to its worker hurts no other."""

import asyncio
import fcntl
import os
import pickle
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from tasks import wire
from tasks.errors import WorkerError
from tasks.model.feed import Article, Page, ParsedFeed
from tasks.model.mention import Reading
from tasks.model.watch import Knowledge
from tasks.pool import frames
from tasks.pool.frames import Orders
from tasks.pool.limits import Limits
from tasks.pool.slot import Crash, Slot

T = TypeVar("T")
LIMITS = Limits()
MOST_SLOTS = 4  # more workers would get too little memory each of what the pool may take
JOBS = Path(__file__).with_name("jobs.py")


def slots() -> int:
    """Say how many workers this machine is good for: one a core, at most four."""
    return min(os.cpu_count() or 1, MOST_SLOTS)


class Pool:
    """Worker processes for untrusted work. They start when first needed; the pool itself queues nothing, its callers wait."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self._slots = slots
        self._free: asyncio.LifoQueue[Slot] = asyncio.LifoQueue()  # last in, first out: a warm worker before a new one
        for slot in slots:
            self._free.put_nowait(slot)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, knowledge: Knowledge, *, slots: int, limits: Limits = LIMITS, jobs: Path = JOBS
    ) -> AsyncIterator[Self]:
        """Open a pool of so many workers, and close it."""
        with _sealed(pickle.dumps(knowledge, pickle.HIGHEST_PROTOCOL)) as file:
            orders = Orders(
                line=-1,
                knowledge=file,
                jobs=jobs,
                parent=os.getpid(),
                memory=limits.memory_each(slots),
                cpu=limits.cpu,
                wall=limits.wall,
            )
            pool = cls(tuple(Slot(orders, limits) for _ in range(slots)))
            try:
                yield pool
            finally:
                await pool.close()

    async def close(self) -> None:
        """End all workers."""
        for slot in self._slots:
            slot.stop()
        await asyncio.sleep(0)  # lets the loop drop their sockets

    async def parse(self, body: bytes, *, url: str, content_type: str, now: datetime) -> ParsedFeed:
        """Read a feed document; raise ParseError as the stage does, WorkerError where its worker did not survive it."""
        return _loaded(ParsedFeed, await self.run("parse", body, url=url, content_type=content_type, now=now))

    async def extract(self, page: bytes, *, url: str) -> Page:
        """Find the article in a page; raise ExtractError as the stage does, WorkerError where its worker did not survive it."""
        return _loaded(Page, await self.run("extract", page, url=url))

    async def read(self, article: Article, *, explain: bool = False) -> Reading:
        """Read an article for all watches; with `explain`, every date, actor and mention of it."""
        return _loaded(Reading, await self.run("explain" if explain else "read", article))

    async def run(self, job: str, *args: object, **kwargs: object) -> bytes:
        """Have a worker do a job, and give its result as JSON."""
        slot = await self._free.get()
        try:
            answer = await _ask(slot, pickle.dumps((job, args, kwargs), pickle.HIGHEST_PROTOCOL))
        finally:
            self._free.put_nowait(slot)
        if answer[:1] == frames.RESULT:
            return answer[1:]
        raise frames.error(answer[1:])


@contextmanager
def _sealed(data: bytes) -> Iterator[int]:
    """Keep data in a file of memory, without a name that a kill would leave behind, and closed to a worker that would change it."""
    file = os.memfd_create("tocsin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with os.fdopen(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        yield file


async def _ask(slot: Slot, order: bytes) -> bytes:
    """Ask, and after a crash once more: it may have been another's doing. A deadline is not tried again."""
    try:
        return await slot.ask(order)
    except Crash:
        try:
            return await slot.ask(order)
        except Crash as error:
            raise WorkerError(str(error)) from error


def _loaded(kind: type[T], data: bytes) -> T:
    try:
        return wire.loads(kind, data)
    except ValueError as error:
        raise WorkerError(f"the worker answered nonsense: {error}") from error
