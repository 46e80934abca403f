"""`tocsin up` left alone: scheduled runs, its server and its runner killed in between, a restart; nothing twice, nothing lost."""

import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.support import news
from tests.support.desk import Desk
from tests.support.servers import Webhook
from tests.support.site import RSS, Site, feed
from tests.support.unattended import Unattended

NOW = datetime.now(UTC)
TWO_SCHEDULES = 660.0  # seconds


def test_killed_servers_repeat_and_lose_nothing(tmp_path: Path) -> None:
    """One message a development, whatever was killed before it was published; what was killed comes back by itself."""
    with Site() as site, Webhook() as hook:
        desk = Desk(folder=tmp_path / "desk", channels={"hook": hook.url})
        desk.set_up(news.watches(5), {})
        desk.write("feeds.toml", f'[[feed]]\nurl = "{site.url("/feed")}"\ninterval = "1m"\n')
        up = Unattended(desk, tmp_path)
        with up:
            for number, killed in enumerate(("", "", "prefect server start", "flows.serving"), 1):
                grow(site, number)
                kill(desk.folder, killed)
                waited = arrive(hook, number)
                print(f"\n{killed or 'nothing'} killed: message {number} after {waited:.0f} s")
            complained = up.stop()[2]
        assert complained.count("started again") == 2
        grow(site, 5)
        with up:
            print(f"\nrestarted: message 5 after {arrive(hook, 5):.0f} s")
            up.completed(5)
            kinds = sorted({run["state_type"] for run in up.ask("flow_runs/filter")} - {"SCHEDULED"})
            print(f"\nruns ended as {kinds}")
        assert len(hook.messages) == 5


def grow(site: Site, number: int) -> None:
    """Put one more development into the feed."""
    items = (replace(news.item(n, NOW), title=f"Ministers name a day: {n}") for n in range(number))
    site.put("/feed", feed("Wire", tuple(items)), RSS)


def arrive(hook: Webhook, number: int) -> float:
    """Wait for a message; give the seconds that it took. None may come besides."""
    began = time.monotonic()
    while len(hook.messages) < number and time.monotonic() - began < TWO_SCHEDULES:
        time.sleep(0.5)
    assert len(hook.messages) == number
    return time.monotonic() - began


def kill(folder: Path, words: str) -> None:
    """Kill the process of this desk whose command line has these words, as a machine short of memory does."""
    for path in Path("/proc").glob("[0-9]*") if words else ():
        try:
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            ours = f"TOCSIN_CONFIG={folder}".encode() in (path / "environ").read_bytes()
        except OSError:
            continue
        if ours and words in command:
            os.kill(int(path.name), signal.SIGKILL)
