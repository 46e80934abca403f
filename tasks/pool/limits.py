"""Types. What one item may take of a worker process, and a worker of the machine."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds per item and per worker. The slowest real feed needs 1 s of CPU, hostile ones minutes."""

    cpu: float = 5.0  # seconds per item
    wall: float = 10.0  # seconds per item
    start: float = 60.0  # seconds until a new worker is ready, on a machine that is busy otherwise
    memory: int = 600 * MEGABYTE  # address space of a worker, hence more than it can ever have resident
    pool_memory: int = 1_200 * MEGABYTE  # of all workers together: many slots get less each
    answer: int = 8 * MEGABYTE  # bytes of one result
    items: int = 2_000  # after which a worker is replaced; insurance only, no leak was seen in 5,000 pages

    def memory_each(self, slots: int) -> int:
        """Give the address space of each of so many workers."""
        return min(self.memory, self.pool_memory // slots)
