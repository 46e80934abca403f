"""Flow. Serving: the process that runs the deployments on their schedules: `python -m flows.serving`, started by `tocsin up`."""

import asyncio
from typing import cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import State, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import TerminationSignal
from prefect.runner import Runner
from prefect.states import Crashed

from config.load import load
from config.settings import find_folder
from flows.deployments import MONITOR, deployments

AT_ONCE = 4  # runs of all deployments: a backfill must not block the monitor
UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def serve() -> None:
    """Register the deployments, look once at once, and run them until the process is told to end."""
    settings, knowledge = load(find_folder())
    feeds, watches = [feed.name for feed in settings.feeds if feed.name], [watch.id for watch in knowledge.watches]
    runner = Runner(limit=AT_ONCE)
    known = {deployment.name: _added(runner, deployment) for deployment in deployments(feeds, watches)}
    with get_client(sync_client=True) as client:
        close_orphans(client, list(known.values()))
        client.create_flow_run_from_deployment(known[MONITOR], name="first look")
    try:
        asyncio.run(runner.start())
    except (KeyboardInterrupt, TerminationSignal):
        return


def _added(runner: Runner, deployment: RunnerDeployment) -> UUID:
    return cast("UUID", runner.add_deployment(deployment))  # a coroutine only inside of an event loop


def close_orphans(client: SyncPrefectClient, deployed: list[UUID]) -> None:
    """End the runs that nobody runs any more: they would hold their deployment's one place for ever.

    What is still at work in spite of it does no harm: the store lets in one run at a time.
    """
    under_way = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNDER_WAY)))
    ours = DeploymentFilter(id=DeploymentFilterId(any_=deployed))
    for run in client.read_flow_runs(flow_run_filter=under_way, deployment_filter=ours):
        ended: State[None] = Crashed(
            message="What ran this ended before it did: it was killed, or the machine went down."
        )
        client.set_flow_run_state(run.id, ended, force=True)


if __name__ == "__main__":
    serve()
