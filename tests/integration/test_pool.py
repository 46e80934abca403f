"""The pool against real processes: what an item does to its worker hurts nobody else."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from tasks import wire
from tasks.errors import ExtractError, ParseError, WorkerError
from tasks.model.feed import Article, FeedState
from tasks.model.language import Language
from tasks.model.mention import Reading
from tasks.model.watch import Knowledge
from tasks.pool import Limits, Pool

T = TypeVar("T")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
JOBS = Path(__file__).with_name("pool_jobs.py")
FEED = b"<rss version='2.0'><channel><title>Wire</title><item><guid>1</guid><title>One</title></item></channel></rss>"
LIMITS = Limits()
QUICK = Limits(cpu=0.4, wall=1.2)
LATE = 1.0  # seconds that a deadline may be late on a busy machine


def in_pool(work: Callable[[Pool], Awaitable[T]], *, slots: int = 1, limits: Limits = LIMITS) -> T:
    """Open a pool of misbehaving jobs, do this, and see that nothing is left running."""

    async def opened() -> T:
        async with Pool.open(Knowledge(digest="k1"), slots=slots, limits=limits, jobs=JOBS) as pool:
            return await work(pool)

    result = asyncio.run(opened())
    assert not list(workers(os.getpid()))
    return result


def workers(parent: int) -> Iterator[int]:
    """Give the running workers of a process."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, found = status.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            command = status.with_name("cmdline").read_bytes()
            if int(found) == parent and state != "Z" and b"tasks.pool.child" in command:
                yield int(status.parent.name)


def failing(pool: Pool, job: str, *args: object) -> Awaitable[Exception]:
    """Run a job that fails, and give its error."""

    async def tried() -> Exception:
        with pytest.raises((ParseError, ExtractError, WorkerError)) as caught:
            await pool.run(job, *args)
        return caught.value

    return tried()


def gone(pid: int, within: float) -> bool:
    """Say whether a process ends in time (it may not be our child)."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_nothing_to_do() -> None:
    """A pool that gets no work starts no process."""

    async def work(pool: Pool) -> list[int]:
        return list(workers(os.getpid()))

    assert in_pool(work, slots=4) == []


def test_one_after_another() -> None:
    """Items that come one by one go to one warm worker, though there are slots for more."""

    async def work(pool: Pool) -> set[bytes]:
        return {await pool.run("pid") for _ in range(10)}

    assert len(in_pool(work, slots=4)) == 1


def test_many_at_once() -> None:
    """Two hundred items at once all come back, each to whoever asked."""

    async def work(pool: Pool) -> list[bytes]:
        return await asyncio.gather(*(pool.run("echo", number) for number in range(200)))

    assert in_pool(work, slots=3) == [str(number).encode() for number in range(200)]


def test_a_feed() -> None:
    """A feed goes in as bytes and comes out as a noun."""

    async def work(pool: Pool) -> str:
        feed = await pool.parse(FEED, url="https://x.example/", content_type="", now=NOW)
        return feed.entries[0].key

    assert in_pool(work) == "guid:1"


def test_the_real_jobs() -> None:
    """The jobs that the route uses: a page's article, and an article's reading, plain and explained."""
    page = (
        b"<html><body><article><p>"
        + b"The ministers will meet in the capital on Monday to sign it. " * 5
        + b"</p></article></body></html>"
    )

    async def work() -> tuple[str, Reading, Reading]:
        knowledge = Knowledge(languages={"en": Language(id="en")})
        async with Pool.open(knowledge, slots=1) as pool:
            article = Article(id="a", text="The ministers met on 5 May 2025.", published=NOW, language="en")
            text = (await pool.extract(page, url="https://x.example/1")).text
            return text, await pool.read(article), await pool.read(article, explain=True)

    text, reading, explained = asyncio.run(work())
    assert text.startswith("The ministers will meet")
    assert (reading.mentions, explained.mentions) == ((), ())


def test_expected_errors() -> None:
    """What a stage raises is raised again here, with its fields."""

    async def work(pool: Pool) -> tuple[Exception, Exception]:
        return await failing(pool, "no_feed"), await failing(pool, "no_article")

    no_feed, no_article = in_pool(work)
    assert isinstance(no_feed, ParseError)
    assert (no_feed.url, no_feed.reason, no_feed.state) == ("https://x.example/", "a page", FeedState.HTML)
    assert isinstance(no_article, ExtractError)
    assert str(no_article) == "nothing there"


def test_a_bug() -> None:
    """A bug says what and where it is, and the worker lives on."""

    async def work(pool: Pool) -> tuple[bytes, Exception, bytes]:
        return await pool.run("pid"), await failing(pool, "bug"), await pool.run("pid")

    before, bug, after = in_pool(work)
    assert isinstance(bug, WorkerError)
    assert bug.reason.startswith("KeyError: 'missing' (pool_jobs.py:")
    assert before == after


def test_knowledge_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker gets the knowledge, and nothing of the environment, where secrets are."""
    monkeypatch.setenv("TOCSIN_DESK_CHAT", "https://hooks.example/secret")

    async def work(pool: Pool) -> tuple[bytes, bytes]:
        return await pool.run("knowledge"), await pool.run("environment")

    knowledge, environment = in_pool(work)
    assert knowledge == b'"k1"'
    assert set(wire.loads(dict[str, str], environment)) <= {"PATH", "LANG", "LC_CTYPE", "TZ"}


@pytest.mark.parametrize("job", ["spin", "regex", "sleep"])
def test_deadline(job: str) -> None:
    """An item that takes too long, in Python, in C or asleep, ends in time, is not tried again, and the next one is served."""

    async def work(pool: Pool) -> tuple[float, Exception, bytes]:
        await pool.run("echo", 1)
        start = time.monotonic()
        error = await failing(pool, job, *([60] if job == "sleep" else []))
        return time.monotonic() - start, error, await pool.run("echo", 2)

    took, error, after = in_pool(work, limits=QUICK)
    assert isinstance(error, WorkerError)
    assert error.deadline
    assert took < QUICK.wall + LATE
    assert after == b"2"


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(b"<rss version='2.0'><channel><item><description><![CDATA[" + b"<!--" * 100_000 + b"]]></description></item></channel></rss>", id="comments"),
        pytest.param(b"<rss version='2.0'><channel><item " + b" ".join(b"a%d='1'" % n for n in range(300_000)) + b"/></channel></rss>", id="attributes"),
    ],
)  # fmt: skip
def test_bombs(bomb: bytes) -> None:
    """A feed that takes quadratic time is stopped, or was harmless; a neighbour is served meanwhile."""

    async def work(pool: Pool) -> tuple[object, float]:
        await asyncio.gather(pool.run("sleep", 0.1), pool.run("sleep", 0.1))
        start = time.monotonic()
        hostile = asyncio.ensure_future(pool.parse(bomb, url="https://x.example/", content_type="", now=NOW))
        await pool.parse(FEED, url="https://x.example/", content_type="", now=NOW)
        served = time.monotonic() - start
        [result] = await asyncio.gather(hostile, return_exceptions=True)
        return result, served

    result, served = in_pool(work, slots=2, limits=QUICK)
    assert (isinstance(result, WorkerError) and result.deadline) or not isinstance(result, BaseException)
    assert served < LATE


def test_a_crash_is_tried_again(tmp_path: Path) -> None:
    """A worker that dies once costs the item nothing."""

    async def work(pool: Pool) -> bytes:
        return await pool.run("segfault_once", str(tmp_path / "mark"))

    assert in_pool(work) == b'"survived"'


@pytest.mark.parametrize(
    ("job", "argument", "reason"),
    [
        ("segfault", (), "the worker died (SIGSEGV)"),
        ("exit", (3,), "the worker died (exit code 3)"),
        ("memory", (2_000_000_000,), "the worker ran out of memory"),
    ],
)
def test_a_crash_twice(job: str, argument: tuple[int, ...], reason: str) -> None:
    """An item that kills two workers is an error with its reason, no deadline, and the next one is served."""

    async def work(pool: Pool) -> tuple[Exception, bytes]:
        return await failing(pool, job, *argument), await pool.run("echo", 2)

    error, after = in_pool(work)
    assert isinstance(error, WorkerError)
    assert (error.reason, error.deadline, after) == (reason, False, b"2")


def test_memory_is_shared_out() -> None:
    """The more workers, the less memory each: the pool as a whole is bounded."""
    assert Limits().memory_each(2) == 600_000_000
    assert Limits().memory_each(4) == 300_000_000

    async def work(pool: Pool) -> Exception:
        return await failing(pool, "memory", 350_000_000)

    assert str(in_pool(work, slots=4)) == "the worker ran out of memory"


def test_an_answer_too_large() -> None:
    """A worker that says too much is not listened to."""

    async def work(pool: Pool) -> tuple[Exception, bytes]:
        return await failing(pool, "large", 2_000_000), await pool.run("echo", 2)

    error, after = in_pool(work, limits=Limits(answer=1_000_000))
    assert "too large" in str(error)
    assert after == b"2"


def test_an_answer_that_is_nonsense() -> None:
    """A worker that was taken over can lie, and gets an error for it; the knowledge of the others it cannot change."""

    async def work(pool: Pool) -> tuple[Exception, bytes]:
        return await failing(pool, "nonsense"), await pool.run("knowledge")

    error, knowledge = in_pool(work)
    assert "nonsense" in str(error)
    assert knowledge == b'"k1"'


def test_jobs_that_do_not_load(tmp_path: Path) -> None:
    """A worker that cannot start says why."""
    broken = tmp_path / "broken.py"
    broken.write_text("import no_such_module_at_all", encoding="utf-8")

    async def work() -> None:
        async with Pool.open(Knowledge(), slots=1, jobs=broken) as pool:
            await pool.run("echo", 1)

    with pytest.raises(WorkerError, match="no_such_module_at_all"):
        asyncio.run(work())


def test_idle_workers_killed() -> None:
    """Killed while idle, a worker is replaced without an item noticing."""

    async def work(pool: Pool) -> list[bytes]:
        answers = []
        for number in range(3):
            for pid in workers(os.getpid()):
                os.kill(pid, signal.SIGKILL)
                await asyncio.to_thread(gone, pid, 2)
            answers.append(await pool.run("echo", number))
        return answers

    assert in_pool(work) == [b"0", b"1", b"2"]


def test_busy_workers_killed() -> None:
    """Killed at work, a worker is replaced and its item done again."""

    async def work(pool: Pool) -> list[bytes]:
        await asyncio.gather(*(pool.run("sleep", 0.1) for _ in range(2)))
        items = asyncio.gather(*(pool.run("sleep", 0.4) for _ in range(2)))
        await asyncio.sleep(0.2)
        for pid in workers(os.getpid()):
            os.kill(pid, signal.SIGKILL)
        return await items

    assert in_pool(work, slots=2) == [b'"slept"'] * 2


def test_cancelled() -> None:
    """A caller that goes away takes its worker with it, not the answer of the next caller."""

    async def work(pool: Pool) -> bytes:
        await pool.run("echo", 1)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await pool.run("sleep", 5)
        return await pool.run("echo", 2)

    assert in_pool(work) == b"2"


def test_replaced_after_enough_items() -> None:
    """A worker is replaced after so many items."""

    async def work(pool: Pool) -> list[bytes]:
        return [await pool.run("pid") for _ in range(6)]

    assert len(set(in_pool(work, limits=Limits(items=2)))) == 3


def test_a_worker_is_no_prefect() -> None:
    """A worker stays small: what it holds when it is ready is bounded."""

    async def work(pool: Pool) -> bytes:
        return await pool.run("status")

    status = wire.loads(str, in_pool(work))
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    assert resident < 120_000


SUPERVISOR = """
import asyncio, sys
from pathlib import Path
from tasks.model.watch import Knowledge
from tasks.pool import Pool

async def main():
    async with Pool.open(Knowledge(), slots=2, jobs=Path(sys.argv[1])) as pool:
        await asyncio.gather(*(pool.run("sleep", 0.2) for _ in range(2)))
        print("ready", flush=True)
        await asyncio.gather(pool.run("spin"), pool.run("echo", 1))

asyncio.run(main())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_orphans(how: signal.Signals) -> None:
    """When the supervisor is killed or interrupted, its workers go too: the busy one and the idle one."""
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(JOBS)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as supervisor:
        assert supervisor.stdout
        assert supervisor.stdout.readline() == b"ready\n"
        time.sleep(0.2)
        running = list(workers(supervisor.pid))
        assert len(running) == 2
        supervisor.send_signal(how)
        supervisor.wait(10)
    assert all(gone(pid, 2) for pid in running)
