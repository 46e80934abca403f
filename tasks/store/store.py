"""Edge: SQLAlchemy. The store: opened, used by its operations, closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Engine, text

from tasks.errors import StoreError
from tasks.store.articles import Articles
from tasks.store.base import Wall, wall_clock
from tasks.store.engine import make_engine, memory_engine, parse_url, sqlite_path, translated
from tasks.store.entries import Entries
from tasks.store.facts import Facts
from tasks.store.feeds import Feeds
from tasks.store.folding import Foldings
from tasks.store.holder import Holder
from tasks.store.lock import run_lock
from tasks.store.migrate import check_readable, upgrade
from tasks.store.outbox import Outbox
from tasks.store.reading import Readings
from tasks.store.runs import Runs
from tasks.store.tables import metadata
from tasks.store.watches import Watches

_MIGRATING = 0x6D696772  # names the advisory lock of PostgreSQL ("migr")


class Store(Feeds, Entries, Articles, Facts, Watches, Foldings, Outbox, Runs, Readings):
    """Everything that Tocsin remembers, as one holder of leases. Each operation is one transaction."""

    @classmethod
    def open(cls, url: str, *, holder: Holder | None = None, wall: Wall = wall_clock) -> "Store":
        """Open a store for work, made or brought up to date where needed; refuse one of a newer release."""
        parsed = parse_url(url)
        _make_folder(parsed)
        engine = make_engine(parsed)
        try:
            _upgrade(engine, parsed)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, parsed, holder or Holder.here(), wall)

    @classmethod
    def open_readonly(cls, url: str) -> "Store":
        """Open a store for reading commands: changes nothing, and one that is not there yet reads as empty."""
        parsed = parse_url(url)
        path = sqlite_path(parsed)
        engine = _empty() if path is not None and not path.exists() else _readable(parsed)
        return cls(engine, parsed, Holder.here())

    def close(self) -> None:
        """Give back what is leased, and let the connections go."""
        try:
            if not self._readonly:
                self._release_all()
        finally:
            self._engine.dispose()

    @contextmanager
    def run_lock(self, patience: float = 0.0) -> Iterator[None]:
        """Hold the lock of a run, or raise StoreBusy after some seconds: on SQLite one run at a time; on PostgreSQL leases are enough."""
        path = sqlite_path(self._url)
        if path is None:
            yield
            return
        with run_lock(path, Holder.parse(self._holder), patience):
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _readonly(self) -> bool:
        return bool(self._engine.get_execution_options().get("readonly", False))


def _make_folder(url: URL) -> None:
    path = sqlite_path(url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: {error.strerror}") from error


def _upgrade(engine: Engine, url: URL) -> None:
    """Migrate in one transaction, one process at a time."""
    with translated(url), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _MIGRATING})
        upgrade(connection)


def _readable(url: URL) -> Engine:
    engine = make_engine(url, readonly=True).execution_options(readonly=True, reading=True)
    filled = False
    try:
        with translated(url), engine.begin() as connection:
            filled = check_readable(connection)
    finally:
        if not filled:
            engine.dispose()
    return engine if filled else _empty()


def _empty() -> Engine:
    engine = memory_engine()
    metadata.create_all(engine)
    return engine.execution_options(readonly=True)
