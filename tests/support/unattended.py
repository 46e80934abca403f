"""A `tocsin up` for tests: the real command, on a free port, started where a hostile tasks.py lies, and its server's API."""

import os
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.support.desk import TOCSIN, Desk

PATIENCE = 120.0  # seconds for what a server does


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Unattended:
    """`tocsin up` on a desk."""

    def __init__(self, desk: Desk, cwd: Path, environment: Mapping[str, str] | None = None) -> None:
        self.desk, self.cwd, self.port = desk, cwd, free_port()
        self._environment = {**os.environ, **desk.environment(), **(environment or {})}
        desk.write("settings.toml", f"{(desk.folder / 'settings.toml').read_text()}\n[prefect]\nport = {self.port}\n")
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [TOCSIN, "up", "--config", str(self.desk.folder)],
            cwd=self.cwd,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> tuple[int, str, str]:
        """End it as Ctrl-C does; give its exit code and what it printed."""
        assert self.process is not None
        self.process.terminate()
        said, complained = self.process.communicate(timeout=60)
        return self.process.returncode, said, complained

    def ask(self, path: str, **body: object) -> Any:
        """Post to its server's API."""
        answer = httpx.post(f"http://127.0.0.1:{self.port}/api/{path}", json=body, timeout=10, trust_env=False)
        return answer.raise_for_status().json()

    def page(self, path: str) -> str:
        """Read a page of its UI."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10, trust_env=False).text

    def look(self) -> None:
        """Ask for a run of the monitor now, as the button in the UI does."""
        self.fill_in("monitor")

    def fill_in(self, name: str, **fields: object) -> None:
        """Ask for a run, with the fields of its form."""
        deployment = next(one for one in self.ask("deployments/filter") if one["name"] == name)
        given = {**deployment["parameters"], **fields}
        self.ask(f"deployments/{deployment['id']}/create_flow_run", parameters=given, state={"type": "SCHEDULED"})

    def completed(self, number: int) -> list[dict[str, Any]]:
        """Wait until so many runs have completed, and give them, oldest first; one cancelled for another does not count."""
        runs: list[dict[str, Any]] = self._wait(lambda: len(found := self._completed()) >= number and found)
        return runs

    def _completed(self) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = self.ask("flow_runs/filter", sort="START_TIME_ASC")
        return [run for run in runs if run["state_type"] == "COMPLETED"]

    @staticmethod
    def _wait(found: Any) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if result := found():
                    return result
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise TimeoutError
