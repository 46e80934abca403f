"""The store's schema and doors: migrations, newer stores, reading without a trace, the lock of a run."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from tasks.errors import StoreBusy, StoreError, StoreNewer
from tasks.store import Holder, Store, run_lock
from tasks.store.engine import make_engine, parse_url
from tasks.store.migrate import configuration, current, head, upgrade
from tasks.store.rows import LedgerEvent
from tasks.store.tables import metadata
from tests.support.nouns import NOON, feed
from tests.support.postgres import Server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an engine on an empty database of each kind."""
    server: Server | SimpleNamespace = SimpleNamespace(database=lambda: f"sqlite:///{tmp_path / 'tocsin.db'}")
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
    made = make_engine(parse_url(server.database()))
    yield made
    made.dispose()


def files(folder: Path) -> dict[str, str]:
    """Digest every file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_migrations_lead_to_the_tables(engine: Engine) -> None:
    """The migrations make exactly what the code says, tables, columns, types, indexes and constraints."""
    with engine.begin() as connection:
        upgrade(connection)
        assert current(connection) == head()
        quoted = engine.dialect.name != "sqlite"  # Alembic takes SQLite's '' for another default than ''
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": quoted})
        assert compare_metadata(context, metadata) == []


def test_migrating_is_all_or_nothing(engine: Engine) -> None:
    """A migration that breaks off leaves an empty database; a second one does nothing."""
    with pytest.raises(RuntimeError), engine.begin() as connection:  # noqa: PT012 - it must fail inside
        upgrade(connection)
        raise RuntimeError
    assert inspect(engine).get_table_names() == []
    for _ in range(2):
        with engine.begin() as connection:
            upgrade(connection)
    assert len(inspect(engine).get_table_names()) == len(metadata.tables) + 1


def test_partial_indexes(engine: Engine) -> None:
    """The indexes of waiting work hold only waiting rows."""
    with engine.begin() as connection:
        upgrade(connection)
    found = {
        index["name"]: index["dialect_options"]
        for name in ("entries", "deliveries")
        for index in inspect(engine).get_indexes(name)
    }
    kind = engine.dialect.name
    assert "understood" in str(found["ix_entries_unfinished"][f"{kind}_where"])
    assert "pending" in str(found["ix_deliveries_pending"][f"{kind}_where"])


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """A store that a newer release wrote is refused, for work and for reading, and left alone."""
    url = f"sqlite:///{tmp_path / 'tocsin.db'}"
    Store.open(url).close()
    with sqlite3.connect(tmp_path / "tocsin.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = files(tmp_path)
    for way in (Store.open, Store.open_readonly):
        with pytest.raises(StoreNewer, match="9999"):
            way(url)
    assert files(tmp_path) == before


def test_reading_makes_no_store(tmp_path: Path) -> None:
    """A store that is not there yet reads as empty, and is still not there."""
    with Store.open_readonly(f"sqlite:///{tmp_path / 'sub' / 'tocsin.db'}") as store:
        assert (store.feed_rows(), store.alert_rows(), store.development_rows()) == ((), (), ())
        assert store.totals()["feeds"] == 0
    assert list(tmp_path.iterdir()) == []


def test_reading_an_empty_file(tmp_path: Path) -> None:
    """An empty database file reads as empty, and stays so."""
    (tmp_path / "tocsin.db").touch()
    with Store.open_readonly(f"sqlite:///{tmp_path / 'tocsin.db'}") as store:
        assert store.feed_rows() == ()
    assert (tmp_path / "tocsin.db").stat().st_size == 0


def test_reading_changes_nothing(tmp_path: Path) -> None:
    """Reading leaves every byte as it was, and cannot write."""
    url = f"sqlite:///{tmp_path / 'tocsin.db'}"
    with Store.open(url) as store:
        store.sync_feeds([feed()], NOON)
    before = files(tmp_path)
    with Store.open_readonly(url) as store:
        assert len(store.feed_rows()) == 1
        with pytest.raises(StoreError, match="readonly"):
            store.sync_feeds([], NOON)
    assert files(tmp_path) == before


def test_reading_beside_a_writer(tmp_path: Path) -> None:
    """A reader sees what is committed while a writer is at work, and does not wait for it."""
    url = f"sqlite:///{tmp_path / 'tocsin.db'}"
    with Store.open(url) as store:
        store.sync_feeds([feed(1)], NOON)
        with store._writing() as connection:
            connection.exec_driver_sql("DELETE FROM feeds")
            with Store.open_readonly(url) as reader:
                assert len(reader.feed_rows()) == 1


def test_sqlite_settings(tmp_path: Path) -> None:
    """SQLite runs in WAL with full synchronisation and foreign keys, and without mapped memory."""
    with Store.open(f"sqlite:///{tmp_path / 'tocsin.db'}") as store, store._writing() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "mmap_size")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == ["wal", 2, 1, 0]


def test_values_never_stand_in_errors(tmp_path: Path) -> None:
    """What the world does to a database is a StoreError without values and without password."""
    url = f"sqlite:///{tmp_path / 'tocsin.db'}"
    with Store.open(url) as store:
        with sqlite3.connect(tmp_path / "tocsin.db") as raw:
            raw.execute("DROP TABLE ledger_events")
        raw.close()
        with pytest.raises(StoreError, match="no such table") as caught:
            store.record_event(LedgerEvent(watch="talks", kind="mute", development="d", who="ana", why="hush", at=NOON))
    assert "hush" not in f"{caught.value}{caught.value.__cause__}"


def test_unreachable_server() -> None:
    """A server that does not answer is a StoreError that does not name the password."""
    with pytest.raises(StoreError, match=r"127\.0\.0\.1") as caught:
        Store.open("postgresql://me:hush@127.0.0.1:1/none")
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", ""])
def test_other_urls(url: str) -> None:
    """Only SQLite and PostgreSQL are stores."""
    with pytest.raises(StoreError):
        Store.open(url)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A second run on an SQLite store is told who holds it; the lock falls with its holder, and leaves with it."""
    url = f"sqlite:///{tmp_path / 'tocsin.db'}"
    with Store.open(url) as first, Store.open(url) as second:
        with (
            first.run_lock(),
            pytest.raises(StoreBusy, match=f"another run holds tocsin.db: process {os.getpid()} on "),
            second.run_lock(),
        ):
            pass
        with second.run_lock():
            pass


def test_the_lock_falls_with_its_process(tmp_path: Path) -> None:
    """A killed holder leaves no lock."""
    script = (
        "import sys, time; from pathlib import Path; from tasks.store import Holder, run_lock\n"
        "with run_lock(Path(sys.argv[1]), Holder.here()):\n    print('held', flush=True); time.sleep(60)"
    )
    path = tmp_path / "tocsin.db"
    with subprocess.Popen(
        [sys.executable, "-c", script, path], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy, match=f"process {process.pid}"), run_lock(path, Holder.here()):
            pass
        process.kill()
        process.wait()
        with run_lock(path, Holder.here()):
            pass


HERE = Holder.here()


@pytest.mark.parametrize(
    ("holder", "dead"),
    [
        (HERE, False),
        (replace(HERE, pid=2**22 + 1), True),  # beyond what Linux gives
        (replace(HERE, started="1"), True),
        (replace(HERE, host="elsewhere-1", started="1"), False),
    ],
)
def test_who_is_dead(holder: Holder, dead: bool) -> None:
    """A holder is dead if it was here and no process has its number and start; of another host nothing is known."""
    assert Holder.parse(f"{holder}/suffix") == holder
    assert holder.is_dead() is dead


def test_bands_of_an_older_store_lead_to_stories(engine: Engine) -> None:
    """What an older release kept by article is kept by story, its newest article standing for each key; and back again."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(text("INSERT INTO stories (id, first_article, origin, origin_why, opened_at) VALUES (1, 'a', 'o', 'w', :now)"), {"now": "2031-01-01 00:00:00"})  # fmt: skip
        for number in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO articles (id, key, story_id, url, source, family, side, provenance, first_seen, as_of, live, revision)"
                    " VALUES (:n, :key, 1, '', '', '', '', 'feed', :now, :now, :live, 1)"
                ),
                {"n": number, "key": str(number), "now": "2031-01-01 00:00:00", "live": True},
            )
            connection.execute(text("INSERT INTO bands (key, article_id) VALUES (7, :n)"), {"n": number})
        upgrade(connection)
        assert connection.execute(text("SELECT key, story_id, article_id FROM bands")).all() == [(7, 1, 2)]
        command.downgrade(configuration(connection), "0001")
        assert connection.execute(text("SELECT key, article_id FROM bands")).all() == [(7, 2)]
