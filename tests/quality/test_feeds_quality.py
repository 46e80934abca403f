"""Parsing in the wild: every real feed and every case of the conformance suites, in the worker pool."""

import asyncio
import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tasks.errors import ParseError, WorkerError
from tasks.model.feed import ParsedFeed
from tasks.model.watch import Knowledge
from tasks.pool import Pool

NOW = datetime(2026, 11, 24, tzinfo=UTC)
JOBS = Path(__file__).parents[1] / "integration" / "pool_jobs.py"
Outcome = ParsedFeed | ParseError | WorkerError


def documents(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of an archive that are no code."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and not member.name.endswith((".py", "LICENSE")) and (file := tar.extractfile(member)):
                yield member.name, file.read()


def parsed(archive: Path) -> dict[str, Outcome]:
    """Parse all of an archive; anything but a feed or a typed error escapes."""

    async def one(pool: Pool, body: bytes) -> Outcome:
        try:
            return await pool.parse(body, url="https://feeds.example/f.xml", content_type="", now=NOW)
        except (ParseError, WorkerError) as error:
            return error

    async def all_of_them() -> dict[str, Outcome]:
        bodies = dict(documents(archive))
        async with Pool.open(Knowledge(), slots=2, jobs=JOBS) as pool:
            outcomes = await asyncio.gather(*(one(pool, body) for body in bodies.values()))
        return dict(zip(bodies, outcomes, strict=True))

    return asyncio.run(all_of_them())


def test_real_feeds(shared: Path) -> None:
    """Real feeds are read, all but the one that no reader reads; their entries are dated and told apart by guid."""
    found = {
        name: outcome
        for name, outcome in parsed(shared / "data/feeds/real-feeds.tar.xz").items()
        if "/raw/" in f"/{name}"
    }
    feeds = [outcome for outcome in found.values() if isinstance(outcome, ParsedFeed)]
    assert len(found) - len(feeds) <= 1
    entries = [entry for feed in feeds for entry in feed.entries]
    assert len(entries) > 4_800
    assert sum(entry.published is None for entry in entries) < 10
    assert Counter(entry.key[:5] for entry in entries)["guid:"] > 0.85 * len(entries)
    assert all(len({entry.key for entry in feed.entries}) == len(feed.entries) for feed in feeds)


def test_conformance(shared: Path) -> None:
    """Four thousand odd documents raise nothing untyped, and none of them costs a worker."""
    outcomes = parsed(shared / "data/feeds/conformance.tar.xz")
    assert len(outcomes) > 4_000
    assert not [name for name, outcome in outcomes.items() if isinstance(outcome, WorkerError)]
