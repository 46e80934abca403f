"""The store under several processes: nothing claimed twice, nothing lost to a kill."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasks.model.feed import EntryState, FeedState
from tasks.store import Store
from tasks.store.rows import Announced, Filing, PollResult
from tasks.stories import Origin, sketch
from tests.support.nouns import NOON, alert, article, entry, fact, feed, ledger, prose, update, watch
from tests.support.postgres import Server

ROOT = Path(__file__).parents[2]
SPECS = [feed(n) for n in range(40)]

CLAIM = """
step("ready")
while found := store.claim_feeds([feed(n) for n in range(40)], NOON, due_only=False, limit=2):
    print(*(f"feed-{one.id}" for one in found), flush=True)
while found := store.claim_deliveries(NOON, [f"c{n}" for n in range(40)], 2):
    print(*(f"delivery-{one.id}" for one in found), flush=True)
step("done")
"""
WORK = """
store.sync_feeds([feed()], NOON)
[claimed] = store.claim_feeds([feed()], NOON, due_only=False)
step("claimed")
new = store.record_poll(claimed.id, PollResult(state=FeedState.OK, entries=tuple(entry(n) for n in range(9))), NOON)
step("stored")
store.record_read(new[0].id, Page(title="t", text="body"))
step("read")
with store._writing() as connection:
    connection.exec_driver_sql("DELETE FROM entries")
    step("unfinished")
"""
HEADER = """
import sys
from tasks.model.feed import FeedState, Page
from tasks.store import Store
from tasks.store.rows import PollResult
from tests.support.nouns import NOON, entry, feed
store = Store.open(sys.argv[1])
def step(name):
    print(name, flush=True)
    if name in sys.argv[2].split(","): sys.stdin.readline()
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tocsin.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.database()


def started(script: str, url: str, until: str = "") -> "subprocess.Popen[str]":
    """Start a process that works on the store; it waits where it was told to."""
    command = [sys.executable, "-c", HEADER + script, url, until]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said(process: "subprocess.Popen[str]", last: str) -> list[str]:
    """Read what a process says up to its last word."""
    assert process.stdout is not None
    return list(iter(lambda: str(process.stdout and process.stdout.readline()).strip(), last))


def told_to_go_on(process: "subprocess.Popen[str]") -> None:
    """Let a process go on that waits."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_nothing_is_claimed_twice(url: str) -> None:
    """Two processes that claim at the same time share out all feeds and all deliveries, none twice."""
    with Store.open(url) as store:
        store.sync_feeds(SPECS, NOON)
        store.sync_watches([watch()], NOON)
        with store.folding("talks", NOON) as folding:
            folding.save(
                ledger(update()), [Announced(update=update(), alert=alert())], [], [f"c{n}" for n in range(40)]
            )
    processes = [started(CLAIM, url, "ready,done") for _ in range(2)]
    for process in processes:
        said(process, "ready")
    for process in processes:
        told_to_go_on(process)
    found = [name for process in processes for line in said(process, "done") for name in line.split()]
    for process in processes:
        process.communicate("\n")
    assert len(found) == len(set(found)) == 80


def test_a_living_holder_keeps_its_lease(url: str) -> None:
    """What a living process holds is not taken; once it is killed, it is taken at once."""
    with started(WORK, url, "claimed") as process:
        said(process, "claimed")
        with Store.open(url) as store:
            assert store.claim_feeds([feed()], NOON, due_only=False) == ()
            process.kill()
            process.wait()
            assert len(store.claim_feeds([feed()], NOON, due_only=False)) == 1


@pytest.mark.parametrize(("step", "read"), [("stored", 0), ("unfinished", 1)])
def test_a_kill_loses_nothing(url: str, step: str, read: int) -> None:
    """A process killed after any step leaves every entry, in its last state, to the next run at once."""
    with started(WORK, url, step) as process:
        said(process, step)
        process.kill()
        process.wait()
    with Store.open(url) as store:
        found = store.claim_unfinished(100)
        assert len(found) == 9
        assert sum(one.state is EntryState.READ for one in found) == read
        [claimed] = store.claim_feeds([feed()], NOON, due_only=False)
        again = PollResult(state=FeedState.OK, entries=tuple(entry(n) for n in range(9)))
        assert store.record_poll(claimed.id, again, NOON) == ()


def test_copies_filed_at_once_are_one_story(url: str) -> None:
    """Ten copies that are filed at the same time make one story."""
    text = prose(1)
    copies = [article(f"https://{n}.example/x", text=text) for n in range(10)]
    with Store.open(url) as store, ThreadPoolExecutor(5) as pool:
        filings = [[Filing(article=one, sketch=sketch(one), origin=Origin(id="o", why="w"))] for one in copies]
        found = [one for [one] in pool.map(lambda given: store.file(given, NOON), filings)]
    assert len({one.story_id for one in found}) == 1


def test_folds_take_turns(url: str) -> None:
    """Threads that fold one watch and add facts to it at once lose no fact and say each alert once."""
    with Store.open(url) as store:
        store.sync_watches([watch()], NOON)
        store.file([Filing(article=article(), sketch=sketch(article()), origin=Origin(id="o", why="w"))], NOON)

        def work(number: int) -> int:
            store.record_understood([], [fact(start=number * 20)], "1")
            with store.folding("talks", NOON) as folding:
                return len(folding.save(ledger(update()), [Announced(update=update(), alert=alert())], [], ["desk"]))

        with ThreadPoolExecutor(5) as pool:
            said_new = sum(pool.map(work, range(20)))
        with store.folding("talks", NOON) as folding:
            assert len(folding.facts()) == 20
        assert (said_new, store.dirty_watches()) == (1, ())
