"""Edge: worker processes. One place in the pool: starts a worker when there is work, talks to it, replaces it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, replace

from tasks import wire
from tasks.errors import WorkerError
from tasks.pool import frames
from tasks.pool.frames import Orders
from tasks.pool.limits import Limits

GRACE = 1.0  # seconds that the supervisor waits beyond the worker's own deadline: transfer, and a busy machine
EXIT_WAIT = 1.0  # seconds for a process that closed its line to be gone; then it is killed
BUFFER = 2**20  # bytes read at once; results are up to 8 MB
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}  # and nothing of ours: that holds secrets


class Crash(Exception):
    """A worker that died of its item, or in the middle of it."""


@dataclass(slots=True, kw_only=True)
class Worker:
    """A running process and the line to it."""

    process: subprocess.Popen[bytes]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    items: int = 0

    def stop(self) -> None:
        """End it at once; it has nothing to lose."""
        self.process.kill()
        self.writer.transport.abort()
        self.process.wait()

    def exit_code(self) -> int:
        """Give the exit code of one that closed its line."""
        try:
            return self.process.wait(EXIT_WAIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Slot:
    """One place in the pool."""

    def __init__(self, orders: Orders, limits: Limits) -> None:
        self._orders, self._limits = orders, limits
        self._worker: Worker | None = None

    async def ask(self, order: bytes) -> bytes:
        """Have an item done; raise Crash where the worker died of it, WorkerError where it took too long."""
        worker = await self._ready()
        try:
            answer = await self._talk(worker, order)
        except BaseException:  # dead, late, cancelled, or saying too much: this worker is not wanted any more
            self.stop()
            raise
        worker.items += 1
        if worker.items >= self._limits.items:
            self.stop()
        return answer

    def stop(self) -> None:
        """End the worker, if there is one."""
        if self._worker:
            self._worker.stop()
        self._worker = None

    async def _ready(self) -> Worker:
        """Give a worker that can take an item: the one at hand, or a new one."""
        if self._worker and self._worker.process.poll() is not None:  # it died idle: no item's fault
            self.stop()
        if not self._worker:
            self._worker = await self._start()
            await self._greet(self._worker)
        return self._worker

    async def _start(self) -> Worker:
        """Start a process; on the loop's own thread, for a worker dies with the thread that started it."""
        ours, theirs = socket.socketpair()
        with theirs:
            orders = wire.dumps(replace(self._orders, line=theirs.fileno())).decode()
            process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own module; a few ms, and asyncio's own loses exit codes
                [sys.executable, "-I", "-m", "tasks.pool.child", orders],
                env=ENVIRONMENT,
                pass_fds=(theirs.fileno(), self._orders.knowledge),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        reader, writer = await asyncio.open_unix_connection(sock=ours, limit=BUFFER)
        return Worker(process=process, reader=reader, writer=writer)

    async def _greet(self, worker: Worker) -> None:
        """Wait until a new worker is ready; this is no item's time."""
        try:
            async with asyncio.timeout(self._limits.start):
                said = await self._receive(worker)
        except TimeoutError:
            self.stop()
            raise WorkerError(f"a worker was not ready in {self._limits.start:g} s") from None
        except asyncio.IncompleteReadError:
            raise self._obituary(worker) from None
        except BaseException:
            self.stop()
            raise
        if said != frames.READY:
            self.stop()
            raise frames.error(said[1:])

    async def _talk(self, worker: Worker, order: bytes) -> bytes:
        try:
            async with asyncio.timeout(self._limits.wall + GRACE):
                worker.writer.write(frames.header(order))
                worker.writer.write(order)
                await worker.writer.drain()
                return await self._receive(worker)
        except TimeoutError:
            raise self._late("time", self._limits.wall) from None
        except (OSError, asyncio.IncompleteReadError):
            raise self._obituary(worker) from None

    async def _receive(self, worker: Worker) -> bytes:
        size = int.from_bytes(await worker.reader.readexactly(frames.HEADER), "big")
        if size > self._limits.answer:
            raise WorkerError(f"the answer is too large ({size} bytes)")
        return await worker.reader.readexactly(size)

    def _obituary(self, worker: Worker) -> Exception:
        """Say what a worker died of."""
        code = worker.exit_code()
        if code == -signal.SIGPROF:
            return self._late("CPU time", self._limits.cpu)
        if code == -signal.SIGALRM:
            return self._late("time", self._limits.wall)
        if code == frames.OUT_OF_MEMORY:
            return Crash("the worker ran out of memory")
        return Crash(f"the worker died ({signal.Signals(-code).name if code < 0 else f'exit code {code}'})")

    def _late(self, what: str, seconds: float) -> WorkerError:
        return WorkerError(f"took more than {seconds:g} s of {what}", deadline=True)
