"""Edge: worker process. The jail: does one item after another until its supervisor goes away.

    python -I -m tasks.pool.child ORDERS     (JSON, frames.Orders)

The timers have no handlers: hostile input keeps the interpreter busy in C, where only the kernel can stop it.
"""

import ctypes
import gc
import logging
import os
import pickle
import resource
import runpy
import signal
import socket
import sys
from collections.abc import Callable, Mapping

from tasks import wire
from tasks.pool import frames
from tasks.pool.frames import Orders

PR_SET_PDEATHSIG = 1
Jobs = Mapping[str, Callable[..., object]]


def main() -> None:
    """Serve items until the socket closes."""
    orders = wire.loads(Orders, sys.argv[1])
    _lock_up(orders)
    line = socket.socket(fileno=orders.line)
    try:
        jobs = _jobs(orders)
    except Exception as error:
        _send(line, frames.FAULT + wire.dumps(frames.fault(error)))
        raise
    _send(line, frames.READY)
    while order := _receive(line):
        _send(line, _within_time(orders, jobs, order))


def _lock_up(orders: Orders) -> None:
    """Bound memory, write no core, die with the supervisor, leave interrupts to it."""
    resource.setrlimit(resource.RLIMIT_AS, (orders.memory, orders.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for deadline in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(deadline, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGPROF, signal.SIGALRM))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != orders.parent:  # it died before the line above
        sys.exit()
    logging.disable()  # libraries complain about hostile input at length; nobody reads it here


def _jobs(orders: Orders) -> Jobs:
    """Load the knowledge and the jobs; by `pread`, for all workers share the file's position."""
    knowledge = pickle.loads(os.pread(orders.knowledge, os.fstat(orders.knowledge).st_size, 0))  # noqa: S301 - from our supervisor
    jobs: Jobs = runpy.run_path(str(orders.jobs))["jobs"](knowledge)
    gc.freeze()  # what was loaded stays: collections need not look at it
    return jobs


def _within_time(orders: Orders, jobs: Jobs, order: bytearray) -> bytes:
    signal.setitimer(signal.ITIMER_PROF, orders.cpu)
    signal.setitimer(signal.ITIMER_REAL, orders.wall)
    answer = _answer(jobs, order)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return answer


def _answer(jobs: Jobs, order: bytearray) -> bytes:
    """Do one item."""
    try:
        job, args, kwargs = pickle.loads(order)  # noqa: S301 - from our supervisor
        return frames.RESULT + wire.dumps(jobs[job](*args, **kwargs))
    except MemoryError:
        os._exit(frames.OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - an item that fails is an answer; the supervisor raises it again
        return frames.FAULT + wire.dumps(frames.fault(error))


def _send(line: socket.socket, body: bytes) -> None:
    line.sendall(frames.header(body))
    line.sendall(body)


def _receive(line: socket.socket) -> bytearray | None:
    """Wait for the next frame; none when the supervisor has gone."""
    header = _exactly(line, frames.HEADER)
    return _exactly(line, int.from_bytes(header, "big")) if header else None


def _exactly(line: socket.socket, size: int) -> bytearray | None:
    body = bytearray(size)
    view, got = memoryview(body), 0
    while got < size:
        read = line.recv_into(view[got:])
        if not read:
            return None
        got += read
    return body


if __name__ == "__main__":
    main()
