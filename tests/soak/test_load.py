"""Load: many feeds, cold and unchanged, beside a naive program that polls, parses and stores the same."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import httpx

from tests.support import news
from tests.support.desk import Desk
from tests.support.nouns import prose
from tests.support.site import RSS, Item, Site, feed

FEEDS, ENTRIES = 200, 20
NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)


def test_load_against_a_naive_peer(tmp_path: Path) -> None:
    """Every entry is stored and understood, cold and unchanged; the figures are printed, ratios to the peer's."""
    with Site() as site:
        urls = {f"Feed {number}": site.put(f"/{number}", document(number), RSS) for number in range(FEEDS)}
        desk = Desk(folder=tmp_path / "desk", now=NOW.isoformat())
        desk.set_up(news.watches(10), urls)
        peer = timed(lambda: asyncio.run(naive(list(urls.values()), tmp_path / "peer.db")))
        cold = timed(desk.run)
        unchanged = timed(desk.run)
        with desk.store() as store:
            totals = store.totals()
        assert totals["entries"] == FEEDS * ENTRIES
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"\n{FEEDS} feeds × {ENTRIES} entries: peer {peer:.1f} s; cold {cold:.1f} s ({cold / peer:.1f} × peer,"
            f" {FEEDS * ENTRIES / cold:.0f} entries/s, with stories and detection); unchanged {unchanged:.1f} s; peak {memory:.0f} MB"
        )


def document(number: int) -> bytes:
    """Write a feed with whole articles; the first entry of every tenth tells of talks."""
    items = (
        [
            news.item(
                number // 10 % 10, NOW - timedelta(hours=2), guid=f"{number}-talks", content=f"<p>{text(number, 0)}</p>"
            )
        ]
        if number % 10 == 0
        else []
    )
    items += [
        Item(
            title=f"Ferry {number} {n} stays in port",
            link=f"http://127.0.0.1:9/{number}/{n}",
            published=NOW - timedelta(hours=n),
            guid=f"{number}-{n}",
            content=f"<p>{text(number, n + 1)}</p>",
        )
        for n in range(ENTRIES - len(items))
    ]
    return feed(f"Feed {number}", tuple(items))


def text(number: int, n: int) -> str:
    """Write an article that no other is a copy of."""
    return prose(number * ENTRIES + n, 320)


async def naive(urls: list[str], path: Path) -> None:
    """Poll a hundred at once, parse in place, insert."""
    free = asyncio.Semaphore(100)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entries (feed TEXT, guid TEXT, title TEXT, text TEXT, UNIQUE (feed, guid))")
        async with httpx.AsyncClient() as client:

            async def one(url: str) -> None:
                async with free:
                    body = (await client.get(url)).content
                rows = [
                    (url, e.get("id"), e.get("title"), e.content[0].value)
                    for e in feedparser.parse(BytesIO(body)).entries
                ]
                with connection:
                    connection.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?)", rows)

            await asyncio.gather(*map(one, urls))


def timed(work: Callable[[], object]) -> float:
    """Give the wall time of a piece of work."""
    began = time.monotonic()
    work()
    return time.monotonic() - began
