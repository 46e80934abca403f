"""The whole route: a feed and a page on loopback, the real command, a real mail server and webhook."""

import json
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support import schemas
from tests.support.desk import Desk
from tests.support.servers import SmtpServer, Webhook
from tests.support.site import RSS, Answer, Comment, Item, Site, feed, wordpress_page

PUBLISHED = datetime(2031, 3, 4, 9, 30, tzinfo=UTC)
TITLE = "Tokyo and Seoul weigh a conference on squid quotas"
PARAGRAPHS = (
    "Direct talks between Japan and South Korea about squid quotas may be held in April 2031.",
    "The announcement was made by Japanese Deputy Foreign Minister Haruto Mori, reports Radio Pacific.",
    (
        "The two neighbours have argued about the waters around the islets for as long as anybody in the harbours remembers, and"
        " crews on both sides say that the nets come up emptier every winter."
    ),
    "On February 20, Mori, in talks with the South Korean ambassador, turned down a wish for more patrol boats.",
    "Fishermen in Busan welcomed the prospect. Their association counted four hundred boats that stayed in port last month.",
    "Norwegian observers confirm unusual movements of Indian troops along the border with Nepal.",
)
COMMENT = "Let them negotiate in Honolulu on May 5, and may Brazil march its soldiers home from Nepal at last!"
NEIGHBOUR = "Brazil and Argentina to hold a summit on Friday"
NOT_OF_THE_ARTICLE = ("Honolulu", "Brazil", "Leave a Reply", "Argentina")

WATCHES = """
[[watch]]
id = "squid-talks"
title = "Japan–South Korea talks"
shape = "occasion"
event = "talks"
parties = [["JP"], ["KR"]]

[[watch]]
id = "himalaya-troops"
shape = "activity"
event = "troop_movement"
parties = [["IN"]]
places = ["Nepal", "Bhutan"]
"""


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a site with one outlet: its feed and its article."""
    with Site() as site:
        publish(site, "pacific")
        yield site


def publish(site: Site, outlet: str, *, delay: float = 0.0) -> None:
    """Put an outlet's feed and page on the site; all outlets carry the same article."""
    page = wordpress_page(
        TITLE, PARAGRAPHS, PUBLISHED, comments=(Comment(author="Ann", text=COMMENT),), neighbours=(NEIGHBOUR,)
    )
    link = site.put(f"/{outlet}/2031/03/squid/", page)
    if delay:
        site.pages[f"/{outlet}/2031/03/squid/"] = replace(site.pages[f"/{outlet}/2031/03/squid/"], delay=delay)
    site.put(
        f"/{outlet}/feed",
        feed(outlet.title(), (Item(title=TITLE, link=link, published=PUBLISHED, guid=f"{outlet}-1"),)),
        RSS,
    )


def desk_of(folder: Path, channels: dict[str, str]) -> Desk:
    """Give a desk of that morning."""
    return Desk(folder=folder, now="2031-03-04T12:00:00Z", channels=channels)


def test_one_article_gives_one_right_alert_for_each_development_on_each_channel(tmp_path: Path, site: Site) -> None:
    """Two developments, two messages a channel; a second run, and a reprint, say nothing more."""
    with SmtpServer() as smtp, Webhook() as hook:
        desk = desk_of(tmp_path / "desk", {"desk-mail": smtp.url, "desk-hook": hook.url})
        desk.set_up(WATCHES, {"Pacific Wire": site.url("/pacific/feed")})
        assert desk.tocsin("check").returncode == 0

        done = desk.tocsin("run", "--once")
        assert done.returncode == 0, done.stderr
        talks, troops = sorted(desk.lines("developments"), key=lambda line: line["shape"], reverse=True)
        assert (talks["parties"], talks["status"]) == (["JP", "KR"], "tentative")
        assert talks["when"] == {"low": "2031-04-01", "high": "2031-04-30", "grain": "month", "bound": "on"}
        assert talks["attribution"] == {
            "speaker": "Haruto Mori", "side": "JP", "via": "Radio Pacific", "role": "Japanese Deputy Foreign Minister",
        }  # fmt: skip
        assert (troops["parties"], troops["place"]) == (["IN"], "border with Nepal")
        assert troops["attribution"]["speaker"] == "Norwegian observers"

        assert len(smtp.messages) == len(hook.messages) == 2
        said = [str(mail["subject"]) + smtp.text(number) for number, mail in enumerate(smtp.messages)]
        said += [json.dumps(message, ensure_ascii=False) for message in hook.messages]
        for word in NOT_OF_THE_ARTICLE:
            assert word not in "".join(said)

        site.put("/atlantic/placeholder", b"")
        publish(site, "atlantic")
        desk.set_feeds({"Pacific Wire": site.url("/pacific/feed"), "Atlantic Post": site.url("/atlantic/feed")})
        again = desk.tocsin("run", "--once")
        assert again.returncode == 0, again.stderr
        assert len(smtp.messages) == len(hook.messages) == 2
        for line in desk.lines("developments"):
            assert set(line["outlets"]) == {"Pacific Wire", "Atlantic Post"}
            assert len(line["origins"]) == 1


def test_every_line_keeps_its_closed_format(tmp_path: Path, site: Site) -> None:
    """What the commands print fits the schemas that other programs rely on."""
    desk = desk_of(tmp_path / "desk", {})
    desk.set_up(WATCHES, {"Pacific Wire": site.url("/pacific/feed"), "Nowhere": "http://127.0.0.1:9/feed"})
    [ran] = desk.lines("run", "--once")
    schemas.check("run", ran)
    assert (ran["alerts"], ran["errors"]) == (2, 1)
    for kind, command in {
        "feed": "feeds",
        "alert_row": "alerts",
        "development": "developments",
        "status": "status",
    }.items():
        found = desk.lines(command)
        assert found
        for line in found:
            schemas.check(kind, line)
    for line in desk.lines("history", desk.lines("developments")[0]["id"]):
        schemas.check("history", line)


def test_without_channels_alerts_are_printed_on_the_terminal(tmp_path: Path, site: Site) -> None:
    """Where there is no channels.toml, each alert has one delivery, to the terminal."""
    desk = desk_of(tmp_path / "desk", {})
    desk.set_up(WATCHES, {"Pacific Wire": site.url("/pacific/feed")})
    done = desk.tocsin("run", "--once")
    assert done.stdout.count("NEW · ") == 2
    assert [line["deliveries"] for line in desk.lines("alerts")] == [
        [{"channel": "terminal", "state": "sent", "attempts": 1}]
    ] * 2


def test_a_killed_run_loses_nothing_and_its_lease_is_in_nobody_s_way(tmp_path: Path, site: Site) -> None:
    """Killed while a page is read: the entry is stored, and the next run takes it up at once."""
    publish(site, "pacific", delay=30)
    with Webhook() as hook:
        desk = desk_of(tmp_path / "desk", {"desk-hook": hook.url})
        desk.set_up(WATCHES, {"Pacific Wire": site.url("/pacific/feed")})
        process = desk.start("run", "--once")
        wait_for(lambda: bool(site.asked("/pacific/2031/03/squid/")))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert desk.lines("feeds")[0]["entries"] == 1

        publish(site, "pacific")
        done = desk.tocsin("run", "--once")
        assert done.returncode == 0, done.stderr
        assert len(hook.messages) == 2


def test_a_refusing_page_leaves_the_feed_s_own_text(tmp_path: Path, site: Site) -> None:
    """A page that answers 403 loses nothing: the feed's text is read, and the reason is counted."""
    link = site.url("/closed/")
    site.pages["/closed/"] = Answer(body=b"no", status=403)
    item = Item(title=TITLE, link=link, published=PUBLISHED, summary=PARAGRAPHS[0], guid="closed-1")
    site.put("/closed/feed", feed("Closed", (item,)), RSS)
    desk = desk_of(tmp_path / "desk", {})
    desk.set_up(WATCHES, {"Closed": site.url("/closed/feed")})
    done = desk.tocsin("run", "--once")
    assert [line["watch"] for line in desk.lines("alerts")] == ["squid-talks"]
    assert "403" in done.stdout


def test_a_locked_store_is_one_line_and_exit_4(tmp_path: Path, site: Site) -> None:
    """A second run beside the first says so and leaves."""
    publish(site, "pacific", delay=120)
    desk = desk_of(tmp_path / "desk", {})
    desk.set_up(WATCHES, {"Pacific Wire": site.url("/pacific/feed")})
    desk.write("settings.toml", '[fetch]\nallow_private = true\ntimeout = "2m"\n')  # longer than a slow machine takes
    process = desk.start("run", "--once")
    try:
        wait_for(lambda: bool(site.asked("/pacific/2031/03/squid/")))
        second = desk.tocsin("run", "--once")
        assert (second.returncode, len(second.stderr.splitlines())) == (4, 1)
    finally:
        process.kill()
        process.communicate()


def wait_for(true: object, seconds: float = 30.0) -> None:
    """Wait until something is so."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
