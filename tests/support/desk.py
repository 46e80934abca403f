"""A desk: a configuration folder for tests, and the real command run on it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from flows.root import open_root
from flows.route import Wanted, monitor
from flows.route.counts import Counts
from tasks.store import Store
from tests.support.command import tocsin

TOCSIN = str(Path(sys.executable).with_name("tocsin"))
SETTINGS = """
[fetch]
allow_private = true
host_gap = "0s"
timeout = "5s"
"""


@dataclass
class Desk:
    """A configuration folder and the environment that its commands run in."""

    folder: Path
    now: str = ""
    channels: Mapping[str, str] = field(
        default_factory=dict
    )  # name → address, handed over as a secret in the environment

    def write(self, name: str, text: str) -> None:
        """Write one of its files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def set_up(self, watches: str, feeds: Mapping[str, str]) -> None:
        """Write all files: watches as TOML, feeds as name → URL."""
        self.write("watches.toml", watches)
        self.write("settings.toml", SETTINGS)
        self.set_feeds(feeds)
        if self.channels:
            rows = (f'[[channel]]\nname = "{name}"\nurl = {{ env = "{_variable(name)}" }}\n' for name in self.channels)
            self.write("channels.toml", "\n".join(rows))

    def set_feeds(self, feeds: Mapping[str, str]) -> None:
        """Write feeds.toml anew."""
        self.write(
            "feeds.toml", "\n".join(f'[[feed]]\nurl = "{url}"\nname = "{name}"\n' for name, url in feeds.items())
        )

    def environment(self) -> dict[str, str]:
        """Give the environment of its commands."""
        secrets = {_variable(name): address for name, address in self.channels.items()}
        return {**os.environ, **secrets, **({"TOCSIN_NOW": self.now} if self.now else {})}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            [TOCSIN, *words, "--config", str(self.folder)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def tocsin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [TOCSIN, *words, "--config", str(self.folder)],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def run(self, *, due: bool = False) -> Counts:
        """Run once in this process: quicker than the command, and with the counts."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment().items():
                patch.setenv(name, value)
            with open_root(self.folder, show=lambda _: None) as root:
                return monitor(root, Wanted(due_only=due))

    def store(self) -> Store:
        """Open its store for reading."""
        return Store.open_readonly(f"sqlite:///{self.folder / 'tocsin.db'}")

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """Run a command in this process, which is quicker, and read its JSON Lines; standard output has nothing else."""
        return tocsin(*words, "--json", "--config", self.folder, **self.environment()).lines


def _variable(name: str) -> str:
    return f"TOCSIN_{name.upper().replace('-', '_')}"
