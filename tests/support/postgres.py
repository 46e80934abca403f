"""Edge: processes. A private PostgreSQL server for tests: its own folder, a free port on loopback, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt/postgresql")
_START_S = 60


class Missing(Exception):
    """No server can be started here; the reason is the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    port: int

    def database(self) -> str:
        """Make an empty database; give its URL."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def emptied(self, url: str) -> str:
        """Empty the tables of a database that a test has filled: quicker than a new one."""
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            named = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
            if names := ", ".join(row[0] for row in named):
                connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())
        return url


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, and stop it afterwards; raise Missing where there is none to start."""
    binaries, person = _binaries(), _person()
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    try:
        if person:
            shutil.chown(folder, user="postgres")
        data, port = folder / "data", _free_port()
        initial: list[Any] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        ]
        subprocess.run(initial, check=True, capture_output=True, cwd=folder, **person)
        yield from _served(
            [binaries / "postgres", "-D", data, "-k", folder, "-h", "127.0.0.1", "-p", str(port), "-F"], port, person
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(command: list[Any], port: int, person: dict[str, Any]) -> Iterator[Server]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd="/", **person) as process:
        try:
            _wait(process, port)
            yield Server(port=port)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once, without writing what is thrown away anyway
            process.wait(_START_S)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise Missing("PostgreSQL does not start here")


def _binaries() -> Path:
    """Find the folder of initdb and postgres."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(path.parent for place in _PLACES for path in Path(place).glob("**/bin/initdb"))
    if not folders:
        raise Missing("PostgreSQL is not installed")
    return folders[-1]


def _person() -> dict[str, Any]:
    """Choose who runs it: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        known = pwd.getpwnam("postgres")
    except KeyError:
        raise Missing("PostgreSQL does not run as root, and there is no user postgres") from None
    return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
