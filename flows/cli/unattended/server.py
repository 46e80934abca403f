"""Edge: Prefect's server. Started on loopback with a home of its own, or, where settings.toml names another, only asked."""

import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import httpx

from config.settings import Settings
from flows.cli.unattended.page import guard
from flows.cli.unattended.services import Service
from flows.cli.unattended.state import StateFolder

LOOPBACK = "127.0.0.1"
START = 120.0  # seconds that a server may take to answer: its first start makes its database
KEPT = 14 * 86_400  # seconds that Prefect keeps runs and events


class ServerError(Exception):
    """No server can be had; the message says what to do."""


class Server:
    """The server that schedules and shows the runs."""

    def __init__(self, state: StateFolder, settings: Settings) -> None:
        self._state, self._own = state, not settings.prefect.api_url
        self._port = settings.prefect.port
        self.api = settings.prefect.api_url or f"http://{LOOPBACK}:{self._port}/api"
        self.environment = environment(os.environ, state, self.api, settings.folder)
        self._service = Service(
            ("prefect", "server", "start"), self.environment | self._listening(), state.work, state.log("server")
        )

    @property
    def ui(self) -> str:
        """Where a person looks."""
        return f"{self.api.removesuffix('/api')}/v2" if self._own else self.api.removesuffix("/api")

    def start(self, stop: Event) -> None:
        """Start it and wait until it answers; raise ServerError where it does not."""
        if self._own:
            self._refuse_taken_port()
            self._service.start()
        self._wait(stop)

    def keep(self, stop: Event) -> None:
        """Start it again where it has ended."""
        if self._own and self._service.keep():
            self._wait(stop)

    def stop(self) -> None:
        """End it, if it is ours."""
        if self._own:
            self._service.stop()

    def _wait(self, stop: Event) -> None:
        end = time.monotonic() + START
        while not stop.is_set() and not self._answers():
            if self._own and not self._service.alive:
                raise ServerError(f"Prefect's server ended while it started. Its log: {self._service.log}")
            if time.monotonic() > end:
                raise ServerError(f"Prefect's server at {self.api} does not answer.{self._hint()}")
            stop.wait(0.3)
        if self._own:
            guard(self._state.ui)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.api}/health", timeout=5, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def _hint(self) -> str:
        return f" Its log: {self._service.log}" if self._own else " It is named by [prefect] api_url in settings.toml."

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, self._port))
            except OSError:
                raise ServerError(
                    f"Port {self._port} of {LOOPBACK} is taken. Give another one in settings.toml: [prefect] port = {self._port + 1}"
                ) from None

    def _listening(self) -> dict[str, str]:
        return {
            "PREFECT_SERVER_API_HOST": LOOPBACK,
            "PREFECT_SERVER_API_PORT": str(self._port),  # not --port: the UI would call 4200
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT),
            "PREFECT_UI_STATIC_DIRECTORY": str(self._state.ui),
        }


def environment(ours: Mapping[str, str], state: StateFolder, api: str, config: Path) -> dict[str, str]:
    """Give the environment of every process: no PREFECT_ variable and no profile of the user's comes through.

    An existing profile may point at somebody's cloud, and the watch list is confidential.
    """
    kept = {name: value for name, value in ours.items() if not name.startswith("PREFECT_")}
    return kept | {
        "TOCSIN_CONFIG": str(config),
        "PREFECT_HOME": str(state.home),
        "PREFECT_API_URL": api,
        "PREFECT_UI_URL": f"{api.removesuffix('/api')}/v2",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "DO_NOT_TRACK": "1",
    }
