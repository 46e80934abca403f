"""Edge: SQLAlchemy. Runs: that they began, how they ended, what they counted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, update

from tasks import wire
from tasks.store.base import Base
from tasks.store.tables import runs


class Runs(Base):
    """The runs of a store."""

    def start_run(self, as_of: datetime) -> int:
        """Note that a run began; give its number."""
        values = {"holder": self._holder, "started_at": self._wall(), "as_of": as_of}
        with self._writing() as connection:
            return int(connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one())

    def end_run(self, run_id: int, counts: Mapping[str, int]) -> None:
        """Note that a run ended, and what it counted."""
        values = {"ended_at": self._wall(), "counts": wire.dumps(dict(counts)).decode()}
        with self._writing() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(values))
