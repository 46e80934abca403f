"""Edge: SQLAlchemy. Connections, and the settings without which SQLite loses data."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError

from tasks.errors import StoreError

_BUSY_MS = 60_000  # how long a writer waits for another: the longest transaction is a large fold
_PSYCOPG = "postgresql+psycopg"
_PSYCOPG_ARGS = {
    "prepare_threshold": None
}  # a plan kept from when a table was empty reads all of it for ever (30 ms an article)


def parse_url(url: str) -> URL:
    """Read a database URL; PostgreSQL is always reached through psycopg 3."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("the store's url is no database URL, for example sqlite:///tocsin.db") from error
    return parsed.set(drivername=_PSYCOPG) if parsed.get_backend_name() in {"postgres", "postgresql"} else parsed


def sqlite_path(url: URL) -> Path | None:
    """Give the file of an SQLite database; none for another kind, or one in memory."""
    in_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if in_file else None


def make_engine(url: URL, *, readonly: bool = False) -> Engine:
    """Make the engine of a store. Values never stand in its errors."""
    kind = url.get_backend_name()
    if kind not in {"sqlite", "postgresql"}:
        raise StoreError(f"the store can be sqlite or postgresql, not {kind}")
    try:
        if kind == "sqlite":
            return _sqlite_engine(url, readonly=readonly)
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=_PSYCOPG_ARGS)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError("PostgreSQL needs the extra: pip install 'tocsin[postgres]'") from error


def memory_engine() -> Engine:
    """Make an engine on an empty database that leaves nothing behind."""
    return _sqlite_engine(make_url("sqlite://"), readonly=False, poolclass=StaticPool)


def _sqlite_engine(url: URL, *, readonly: bool, **options: Any) -> Engine:
    args = {"timeout": _BUSY_MS / 1000, "check_same_thread": False}
    engine = create_engine(url, hide_parameters=True, connect_args=args, **options)
    event.listen(engine, "connect", _settle_readonly if readonly else _settle)
    event.listen(engine, "begin", _begin_reading if readonly else _begin)
    return engine


def _settle(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin late, and lose updates: see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")


def _settle_readonly(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: two that read first and then write would lose one's update."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn what the world does to a database (locked, full, gone) into StoreError; our own mistakes stay bugs."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreError(f"{url.render_as_string(hide_password=True)}: {_cause(error)}") from error


def _cause(error: DBAPIError) -> str:
    return " ".join(str(error.orig).split())
