"""Commands. `tocsin up`: a Prefect server of our own, with its UI, and the process that runs the schedules; both kept alive."""

import signal
import sys
from pathlib import Path
from threading import Event

from config.load import load
from config.settings import Settings, find_folder, secrets
from flows.cli.exits import UNAVAILABLE, fail
from flows.cli.output import print_text
from flows.cli.unattended.server import Server, ServerError
from flows.cli.unattended.services import Service
from flows.cli.unattended.state import StateFolder
from flows.stopping import told_to_stop

LOOK = 1.0  # seconds between two looks at what should be alive


def up(folder: Path | None) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM): exit 3 on a bad configuration, 4 where no server can be had."""
    settings, _ = load(find_folder(folder))
    secrets(settings)
    with StateFolder(settings.folder / "state") as state, told_to_stop(signal.SIGINT, signal.SIGTERM) as stop:
        server = Server(state, settings)
        try:
            server.start(stop)
            _serve(server, state, settings, stop)
        except ServerError as error:
            fail(str(error), UNAVAILABLE)
        finally:
            server.stop()


def _serve(server: Server, state: StateFolder, settings: Settings, stop: Event) -> None:
    serving = Service(("flows.serving",), server.environment, state.work, state.log("serving"), shown=True)
    serving.start()
    try:
        _greet(server, settings)
        while not stop.wait(LOOK):
            server.keep(stop)
            serving.keep()
    finally:
        print_text("Stopping: what is under way is ended.")
        serving.stop()


def _greet(server: Server, settings: Settings) -> None:
    print_text(f"Watching {len(settings.feeds)} feeds from {settings.folder}: every five minutes those that are due.")
    print_text(f"Prefect's UI: {server.ui}  (Ctrl-C stops everything)")
    sys.stdout.flush()
