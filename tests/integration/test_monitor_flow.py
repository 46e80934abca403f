"""The same route under Prefect: each step a task of one flow run."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.site import RSS, Item, Site, feed

pytestmark = pytest.mark.prefect

WATCHES = """
[[watch]]
id = "reef-talks"
shape = "occasion"
event = "talks"
parties = [["AU"], ["ID"]]
"""
ITEM = Item(
    title="Australia and Indonesia to hold talks on reefs on May 3",
    link="http://127.0.0.1:9/unreachable",
    published=datetime(2031, 4, 20, 8, 0, tzinfo=UTC),
    summary="Ministers from Australia and Indonesia will meet in Darwin on May 3.",
)


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    """Give Prefect a server of its own for these tests."""
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - other tests are not to load Prefect

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.usefixtures("_server")
def test_the_flow_runs_the_route_with_each_step_as_a_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One flow run: claim, ingest and two deliveries are its tasks, and the alert is recorded."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415

    from flows.monitor import monitor  # noqa: PLC0415

    monkeypatch.setenv("TOCSIN_NOW", "2031-04-20T12:00:00Z")
    with Site() as site:
        desk = Desk(folder=tmp_path / "desk")
        desk.set_up(WATCHES, {"Reef Times": site.put("/feed", feed("Reef Times", (ITEM,)), RSS)})
        counts = monitor(desk.folder, due_only=False)
    assert (counts["feeds"], counts["entries"], counts["alerts"], counts["sent"]) == (1, 1, 1, 1)
    with get_client(sync_client=True) as client:
        runs = sorted(run.name.partition("-")[0] for run in client.read_task_runs())
    assert runs == ["claim", "deliver", "deliver", "ingest"]
