"""Edge: Alembic. Leads a database to today's tables, all or nothing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tasks.errors import StoreError, StoreNewer

_SCRIPTS = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Give Alembic's configuration, bound to a connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Name the schema that this release writes."""
    return str(ScriptDirectory.from_config(configuration()).get_current_head())


def current(connection: Connection) -> str | None:
    """Name the schema that a database has; none where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Lead the database to the newest schema; refuse one that a newer release wrote."""
    found = current(connection)
    if found == head():
        return
    _refuse_newer(found)
    command.upgrade(configuration(connection), "head")


def check_readable(connection: Connection) -> bool:
    """Say whether there is anything to read; refuse a schema that this release cannot read."""
    found = current(connection)
    if found is None:
        return False
    if found != head():
        _refuse_newer(found)
        raise StoreError(
            "the store was written by an older release: `tocsin migrate`, or any run, brings it up to date"
        )
    return True


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if found is not None and found not in known:
        raise StoreNewer(f"the store was written by a newer release (schema {found}): install that release")
