"""`tocsin up`: a real Prefect server and its UI, the schedule, and what may lie in the way."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import news
from tests.support.desk import Desk
from tests.support.servers import Webhook
from tests.support.site import RSS, Site, feed
from tests.support.unattended import Unattended, free_port

pytestmark = pytest.mark.prefect
NOW = news.FIRST_DAY.replace(month=3)
DEAD = "http://127.0.0.1:9/feed"
CLOUD = {"PREFECT_API_URL": "https://cloud.invalid/api", "PREFECT_PROFILE": "elsewhere", "PREFECT_API_KEY": "pnu_4711"}


@dataclass(frozen=True, kw_only=True)
class Served:
    """What was seen of one `tocsin up`, from its start to its end."""

    runs: list[dict[str, Any]]
    deployments: list[dict[str, Any]]
    artifacts: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    page: str
    messages: list[dict[str, Any]]
    counted: str
    second: subprocess.CompletedProcess[str]
    end: tuple[int, str, str]
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start it in a folder whose modules shadow ours, under another Prefect profile, and stop it after two runs."""
    root = tmp_path_factory.mktemp("up")
    for name in ("tasks.py", "config.py", "flows.py", "prefect.toml"):
        (root / name).write_text("raise SystemExit('shadowed')\n")
    with Site() as site, Webhook() as hook:
        desk = Desk(folder=root / "desk", now=f"{NOW.isoformat()}Z", channels={"hook": hook.url})
        items = (news.item(0, NOW, content=f"<p>{news.Talks(number=0).lead()}</p>"),)
        desk.set_up(news.watches(1), {"Wire": site.put("/feed", feed("Wire", items), RSS), "Gone": DEAD})
        with Unattended(desk, root, CLOUD) as up:
            up.completed(1)
            up.look()
            runs = up.completed(2)
            second = desk.tocsin("up")
            up.fill_in("backfill", since="2031-01-01", until="2031-12-31")
            counted = up.completed(3)[-1]["state"]["message"]
            deployments, artifacts, tasks = (
                up.ask(f"{what}/filter") for what in ("deployments", "artifacts", "task_runs")
            )
            page, end = up.page("/v2/"), up.stop()
        yield Served(
            runs=runs, deployments=deployments, artifacts=artifacts, tasks=tasks, page=page, messages=hook.messages, counted=counted,
            second=second, end=end, folder=desk.folder,
        )  # fmt: skip


def test_the_first_look_is_taken_at_once_and_says_what_it_did(served: Served) -> None:
    """The run's message and its table say what the summary says, blind feeds with their reason."""
    assert served.runs[0]["name"] == "first look"
    assert served.runs[0]["state"]["message"].startswith("2 feeds (1 unreachable, 1 ok): 1 entry, 1 article, 1 alert")
    [first] = [one for one in served.artifacts if one["flow_run_id"] == served.runs[0]["id"]]
    assert (first["type"], first["key"]) == ("table", "monitor")
    assert '{"what": "alerts", "number": 1, "why": ""}' in first["data"]
    assert "Gone: unreachable: " in first["data"]


def test_each_step_is_a_task(served: Served) -> None:
    """Four tasks a run, however many feeds there are."""
    mine = [task["name"].partition("-")[0] for task in served.tasks if task["flow_run_id"] == served.runs[0]["id"]]
    assert sorted(mine) == ["claim", "deliver", "deliver", "ingest"]


def test_the_deployment_is_the_one_of_the_definition(served: Served) -> None:
    """A module as entrypoint, no folder, every five minutes, one at a time."""
    one = next(one for one in served.deployments if one["name"] == "monitor")
    assert (one["name"], one["entrypoint"], one["path"]) == ("monitor", "flows.monitor.monitor", None)
    assert [(row["schedule"]["cron"], row["active"]) for row in one["schedules"]] == [("*/5 * * * *", True)]
    assert one["global_concurrency_limit"]["limit"] == 1
    assert one["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_a_backfill_is_a_form_that_a_person_fills_in(served: Served) -> None:
    """Feeds and watches by name, every other field with its title; what was asked for is counted, and reported."""
    one = next(one for one in served.deployments if one["name"] == "backfill")
    fields = one["parameter_openapi_schema"]["properties"]
    assert [field["title"] for field in sorted(fields.values(), key=lambda field: field["position"])] == [
        "First day", "Last day", "Where from", "Feeds", "Watches", "File", "What to do",
    ]  # fmt: skip
    assert fields["feeds"]["items"]["enum"] == ["Wire", "Gone"]
    assert fields["watches"]["items"]["enum"] == [news.Talks(number=0).watch]
    assert served.counted == "Counted 2031-01-01 to 2031-12-31: 1 article, 1 known; 1 alert would have been sent"
    assert "backfill-report" in {artifact["key"] for artifact in served.artifacts}


def test_an_alert_arrives_once(served: Served) -> None:
    """Two runs, one message."""
    assert len(served.messages) == 1


def test_the_ui_may_talk_to_its_own_server_only(served: Served) -> None:
    """The page forbids the browser what it would ask of others."""
    assert "connect-src 'self'" in served.page


def test_it_ends_in_order_when_told(served: Served) -> None:
    """Exit 0, nothing on standard error, no process left, and no word of the watch list in Prefect's folder of others."""
    code, said, complained = served.end
    assert (code, complained) == (0, "")
    assert said.splitlines()[1].startswith("Prefect's UI: http://127.0.0.1:")
    assert not _alive(served.folder)
    assert (served.folder / "state").stat().st_mode & 0o077 == 0


def test_the_written_deployments_are_those_of_the_definition() -> None:
    """deploy/prefect.yaml is what `make deploy/prefect.yaml` writes."""
    written = (Path(__file__).parents[2] / "deploy" / "prefect.yaml").read_text("utf-8")
    done = subprocess.run([sys.executable, "-m", "flows.deployments"], capture_output=True, text=True, check=True)
    assert done.stdout == written


def test_only_one_runs_on_a_configuration(served: Served) -> None:
    """A second one says so in one line."""
    assert served.second.returncode == 4
    assert served.second.stderr == f"`tocsin up` is already running on {served.folder}\n"


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    """One line: which port, and what to write where."""
    desk = Desk(folder=tmp_path)
    desk.set_up(news.watches(1), {})
    port = free_port()
    desk.write("settings.toml", f"[prefect]\nport = {port}\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = desk.tocsin("up")
    assert done.returncode == 4
    assert done.stderr == f"Port {port} of 127.0.0.1 is taken. Give another one in settings.toml: [prefect] port = {port + 1}\n"  # fmt: skip


def test_a_bad_configuration_starts_nothing(tmp_path: Path) -> None:
    """Exit 3 with the problem, before any server."""
    desk = Desk(folder=tmp_path)
    desk.set_up(news.watches(1), {})
    desk.write("settings.toml", "[prefect]\nport = 70000\n")
    done = desk.tocsin("up")
    assert done.returncode == 3
    assert "settings.toml: prefect.port" in done.stderr
    assert not (tmp_path / "state").exists()


def _alive(folder: Path) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TOCSIN_CONFIG={folder}".encode() in path.read_bytes() and int(path.parent.name) != os.getpid():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
