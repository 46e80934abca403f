"""Route. The steps in order, plain functions, no Prefect.

claim    feeds under a lease                                   claim.py
ingest   poll → parse → store ─queue→ read → extract           ingest.py, polling.py, reading.py
                              ─queue→ file → detect → fold     understanding.py
                              → compose → outbox → deliver
deliver  what is still in the outbox                           delivering.py
"""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from flows.root import Root
from flows.route.claim import Wanted, claim
from flows.route.counts import Counts
from flows.route.delivering import deliver
from flows.route.ingest import ingest

__all__ = ["Counts", "Via", "Wanted", "direct", "monitor"]

P = ParamSpec("P")
R = TypeVar("R")


class Via(Protocol):
    """How a step is called: directly, or observed as a Prefect task."""

    def __call__(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the step and give its result."""
        ...


def direct(step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Just call the step."""
    return step(*args, **kwargs)


def monitor(root: Root, wanted: Wanted, via: Via = direct) -> Counts:
    """Run the route once: what an earlier run left in the outbox goes first, so that a failing feed delays no alert."""
    run = root.store.start_run(root.clock())
    before = via(deliver, root)
    claimed = via(claim, root, wanted)
    ingested = via(ingest, root, claimed)
    after = via(deliver, root)
    counts = before + ingested + after
    root.store.end_run(run, counts.totals())
    return counts
