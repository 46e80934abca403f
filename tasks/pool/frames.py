"""Pure. What crosses between supervisor and worker: orders, frames of four bytes of length and a body, faults.

Arguments go to the worker as a pickle; what comes back is JSON, for nothing that a jailed process says is ever unpickled.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tasks import wire
from tasks.errors import ExtractError, ParseError, TocsinError, WorkerError
from tasks.model.feed import FeedState

HEADER = 4  # bytes of length before each frame
READY, RESULT, FAULT = b"+", b"=", b"!"  # the first byte of a frame from the worker
OUT_OF_MEMORY = 77  # exit code of a worker that ran into its limit: it may not have room left to say so


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a worker is told when it starts."""

    line: int  # file descriptor of its socket
    knowledge: int  # file descriptor of the pickled knowledge
    jobs: Path
    parent: int  # process id
    memory: int
    cpu: float
    wall: float


class Kind(StrEnum):
    """What went wrong with an item."""

    PARSE = "parse"
    EXTRACT = "extract"
    BUG = "bug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error as a worker reports it."""

    kind: Kind
    reason: str
    url: str = ""
    state: FeedState = FeedState.BROKEN


def header(body: bytes) -> bytes:
    """Give the length that goes before a body."""
    return len(body).to_bytes(HEADER, "big")


def fault(error: Exception) -> Fault:
    """Write an error down: the expected ones so that they can be raised again, others with their place."""
    if isinstance(error, ParseError):
        return Fault(kind=Kind.PARSE, reason=error.reason, url=error.url, state=error.state)
    if isinstance(error, ExtractError):
        return Fault(kind=Kind.EXTRACT, reason=str(error))
    return Fault(kind=Kind.BUG, reason=f"{type(error).__name__}: {error} ({_place(error)})")


def error(body: bytes) -> TocsinError:
    """Make the error again that a worker wrote down; a worker that was taken over may have written anything."""
    try:
        found = wire.loads(Fault, body)
    except ValueError:
        return WorkerError("the worker answered nonsense")
    match found.kind:
        case Kind.PARSE:
            return ParseError(found.url, found.reason, state=found.state)
        case Kind.EXTRACT:
            return ExtractError(found.reason)
        case Kind.BUG:
            return WorkerError(found.reason)


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "no place"
