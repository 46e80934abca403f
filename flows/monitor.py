"""Flow. One monitoring run under Prefect: the same route, each step observed as a task."""

from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed

from flows.report import report, result
from flows.root import open_root
from flows.route import Wanted
from flows.route import monitor as route
from tasks.errors import StoreBusy

PATIENCE = 60.0  # seconds: a backfill lets go of the store every half minute

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _observed(step: Callable[..., Any]) -> Callable[..., Any]:
    """Make a step a task, once. No caching: a handle to the world has no key, and a step is to run each time."""
    made: Callable[..., Any] = task(name=step.__name__, cache_policy=NO_CACHE)(step)
    return made


def observed(step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a step as a Prefect task."""
    made: R = _observed(step)(*args, **kwargs)
    return made


@flow(name="monitor")
def monitor(*, due_only: bool = True) -> State[dict[str, int]]:
    """Poll the feeds that are due, read, detect, alert. The run's artifact says what came of it.

    Works on the configuration that TOCSIN_CONFIG names; while another run holds its store, this one is cancelled.
    """
    try:
        with open_root(None, patience=PATIENCE) as root:
            counts = route(root, Wanted(due_only=due_only), via=observed)
            create_table_artifact(key="monitor", table=report(root, counts), description=result(counts))
    except StoreBusy as busy:
        return Cancelled(message=f"Nothing to do here: {busy}")
    return Completed(message=result(counts), data=counts.totals())
