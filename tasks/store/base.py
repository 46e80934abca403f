"""Edge: SQLAlchemy. What all parts of the store share: transactions, leases, conflict-free inserts."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, Insert, Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from tasks.store.engine import translated
from tasks.store.holder import Holder
from tasks.store.tables import LEASED

LEASE = timedelta(minutes=2)  # renewed while work goes on; a holder that died elsewhere is waited for this long
BATCH = 500  # rows a statement: below the variable limits of SQLite and PostgreSQL

Wall = Callable[[], datetime]
Row = Mapping[str, Any]


def wall_clock() -> datetime:
    """Read the wall clock: leases must not follow TOCSIN_NOW, which may stand still."""
    return datetime.now(UTC)  # noqa: TID251 - the one place in tasks/ where wall time is meant


class Base:
    """A connection to the store, as one holder of leases."""

    def __init__(self, engine: Engine, url: URL, holder: Holder, wall: Wall = wall_clock) -> None:
        self._engine, self._url, self._wall = engine, url, wall
        self._holder = f"{holder}/{secrets.token_hex(4)}"  # two stores of one process do not share leases

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Run one transaction that changes something."""
        with translated(self._url), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Run one transaction that changes nothing."""
        with translated(self._url), self._engine.execution_options(reading=True).begin() as connection:
            yield connection

    def _is_free(self, connection: Connection, table: Table) -> ColumnElement[bool]:
        """Give the condition under which a row may be leased: no lease, a run-out one, or one of the dead."""
        held = select(table.c.lease_holder).where(table.c.lease_until > self._wall()).distinct()
        dead = [name for name in connection.scalars(held) if Holder.parse(name).is_dead()]
        return or_(table.c.lease_until.is_(None), table.c.lease_until <= self._wall(), table.c.lease_holder.in_(dead))

    def _lease(self) -> dict[str, Any]:
        return {"lease_holder": self._holder, "lease_until": self._wall() + LEASE}

    def renew_leases(self) -> None:
        """Keep everything that this store has leased for another two minutes."""
        with self._writing() as connection:
            for table in LEASED:
                mine = table.c.lease_holder == self._holder
                connection.execute(update(table).where(mine).values(lease_until=self._wall() + LEASE))

    def _release_all(self) -> None:
        with self._writing() as connection:
            for table in LEASED:
                connection.execute(update(table).where(table.c.lease_holder == self._holder).values(UNLEASED))


UNLEASED: dict[str, Any] = {"lease_holder": None, "lease_until": None}


def insert_new(connection: Connection, table: Table) -> Any:
    """Start an insert that leaves rows alone which are already there."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def insert_newest(connection: Connection, table: Table, *columns: str) -> Any:
    """Start an insert that gives a row which is already there the new values of some columns."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    newer = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=newer)


def insert_all(connection: Connection, statement: Insert, rows: Sequence[Row]) -> None:
    """Insert many rows; nothing where there are none."""
    if rows:
        connection.execute(statement, list(rows))


def batches(values: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """Cut into pieces that fit a statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
