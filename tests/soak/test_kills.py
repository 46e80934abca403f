"""Kills: runs ended by kill -9 at random moments, feeds that grow, and a webhook that counts what it was told."""

import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support import news
from tests.support.desk import Desk
from tests.support.servers import Webhook
from tests.support.site import RSS, Item, Site, feed, wordpress_page

ROUNDS = 40
SEED = 4711
EARLIEST, LATEST = 0.4, 3.0  # seconds after its start at which a run is killed; a whole one takes about two
NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
PADDING = (
    "Shop owners around the harbour have seen many rounds come and go, and hang out their flags only when the cars arrive.",
    "Two choirs and a brass band practise for the occasion, whatever the weather brings to the quay this time of the year.",
)


def test_kills_lose_nothing_and_repeat_at_most_once_each(tmp_path: Path) -> None:
    """After forty kills everything is understood, every alert has arrived, and the ledger is that of a calm run."""
    random.seed(SEED)
    with Site() as site, Webhook() as hook:
        desk = Desk(folder=tmp_path / "desk", now=NOW.isoformat(), channels={"hook": hook.url})
        desk.set_up(news.watches(ROUNDS), {"Wire": site.url("/feed")})
        kills, items = 0, list[Item]()
        for number in range(ROUNDS):
            grow(site, items, number)
            kills += killed(desk)
        began = time.monotonic()
        last = desk.tocsin("run", "--once")
        assert last.returncode == 0, last.stderr
        told = Counter(ref for message in hook.messages if (ref := reference(message["message"])))
        alerts = desk.lines("alerts")
        assert all(one["state"] == "sent" for line in alerts for one in line["deliveries"])
        assert len(told) == len(alerts)
        repeats = sum(told.values()) - len(told)
        assert repeats <= kills
        with desk.store() as store:
            assert {row.name: row.detail for row in store.status_rows()}["entries"] == "0 waiting"
        assert workers() == []
        calm = Desk(folder=tmp_path / "calm", now=NOW.isoformat())
        calm.set_up(news.watches(ROUNDS), {"Wire": site.url("/feed")})
        calm.run()
        assert values(desk) == values(calm)
        print(
            f"\n{kills} kills in {ROUNDS} runs: {len(alerts)} alerts, 0 lost, {repeats} repeated; the run after took {time.monotonic() - began:.1f} s"
        )


def grow(site: Site, items: list[Item], number: int) -> None:
    """Add a development to the feed; every third one before is moved."""
    published = NOW - timedelta(hours=24) + timedelta(minutes=10 * number)
    items.append(item(site, number, published, moved=False))
    if number % 3 == 2:
        items.append(item(site, number - 2, published + timedelta(minutes=5), moved=True))
    site.put("/feed", feed("Wire", tuple(items)), RSS)


def item(site: Site, number: int, published: datetime, *, moved: bool) -> Item:
    """Make an item whose text stands on its page."""
    talks = news.Talks(number=number)
    page = wordpress_page(talks.title(moved=moved), (talks.lead(moved=moved), *PADDING), published)
    link = site.put(f"/{number}/{'moved' if moved else 'set'}", page)
    return news.item(number, published, moved=moved, link=link, summary="")


def killed(desk: Desk) -> int:
    """Start a run and kill it at a random moment; say whether it was still there."""
    process = desk.start("run", "--once")
    try:
        process.wait(random.uniform(EARLIEST, LATEST))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return int(process.returncode == -signal.SIGKILL)


def reference(message: str) -> str:
    """Read the key of a message."""
    found = re.search(r"Ref: (\w+)", message)
    return found[1] if found else ""


def values(desk: Desk) -> list[Mapping[str, object]]:
    """Give what a desk knows, without what only names it."""
    kept = ("watch", "status", "when", "parties", "place")
    return sorted(({name: line[name] for name in kept} for line in desk.lines("developments")), key=str)


def workers() -> list[str]:
    """Find worker processes that nobody has ended; a dying one gets a moment."""
    end = time.monotonic() + 5
    while (left := _workers()) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def _workers() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "tasks.pool.child" in words:
            found.append(words)
    return found
