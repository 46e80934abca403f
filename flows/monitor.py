"""Flow. One monitoring run under Prefect: the same route, each step observed as a task."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.root import open_root
from flows.route import Wanted
from flows.route import monitor as route

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _observed(step: Callable[..., Any]) -> Callable[..., Any]:
    """Make a step a task, once. No caching: a handle to the world has no key, and a step is to run each time."""
    made: Callable[..., Any] = task(name=step.__name__, cache_policy=NO_CACHE)(step)
    return made


def observed(step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a step as a Prefect task."""
    result: R = _observed(step)(*args, **kwargs)
    return result


@flow(name="monitor")
def monitor(config: Path | None = None, *, due_only: bool = True) -> dict[str, int]:
    """Poll the feeds that are due, read, detect, alert; give the counts."""
    with open_root(config) as root:
        counts = route(root, Wanted(due_only=due_only), via=observed)
    return counts.totals()
