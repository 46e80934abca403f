"""The route among slow, hostile, changing and failing feeds, pages and channels: real sockets, the real route."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support import news
from tests.support.desk import Desk
from tests.support.news import Talks, item
from tests.support.servers import Webhook
from tests.support.site import RSS, Answer, Item, Site, feed, wordpress_page
from tests.support.wait import wait_for

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
PUBLISHED = NOW - timedelta(hours=2)
COMMENTS = b"<rss version='2.0'><channel><item><description><![CDATA[%s]]></description></item></channel></rss>" % (
    b"<!--" * 200_000
)
ATTRIBUTES = b"<rss version='2.0'><channel><item %s/></channel></rss>" % b" ".join(
    b"a%d='1'" % n for n in range(30_000)
)

PADDING = (
    "The harbour towns have waited for such a round since the last winter, and shop owners will believe it when they see it.",
    "Fishing crews, customs officers and two choirs are expected to line the quay, weather permitting, as they did in the past.",
)


@pytest.fixture
def desk(tmp_path: Path, hook: Webhook) -> Desk:
    """Give a desk with the webhook as its channel and ten watches, without feeds."""
    desk = Desk(folder=tmp_path / "desk", now=stamp(NOW), channels={"desk-hook": hook.url})
    desk.set_up(news.watches(10), {})
    return desk


def stamp(moment: datetime) -> str:
    """Write a moment as TOCSIN_NOW wants it."""
    return moment.isoformat()


def publish(site: Site, desk: Desk, *items: Item) -> None:
    """Put a feed on the site, as the only one of the desk."""
    desk.set_feeds({"Daily": site.put("/daily", feed("Daily", items), RSS, conditional=True)})


def titles(hook: Webhook) -> list[str]:
    """List the headlines that arrived."""
    return [message["title"] for message in hook.messages]


def rows(desk: Desk, query: str) -> Sequence[tuple[object, ...]]:
    """Ask the database itself."""
    with closing(sqlite3.connect(desk.folder / "tocsin.db")) as connection:
        return connection.execute(query).fetchall()


def test_a_slow_host_holds_up_no_other_feed_s_alert(site: Site, desk: Desk, hook: Webhook) -> None:
    """The alert of the quick feed is out while the pages of the slow one are still being read, one after another."""
    pages = [f"/slow/{number}" for number in range(5)]
    for page in pages:
        site.pages[page] = Answer(body=b"late", delay=2.0)
    slow = [
        Item(title=f"Nothing new at all {page}", link=site.url(page), published=PUBLISHED, guid=page) for page in pages
    ]
    elsewhere = site.put("/slow/feed", feed("Slow", tuple(slow)), RSS).replace("127.0.0.1", "localhost")
    slow_pages = feed("Slow", tuple(slow)).replace(b"127.0.0.1", b"localhost")
    site.put("/slow/feed", slow_pages, RSS)
    quick = site.put("/quick", feed("Quick", (item(0, PUBLISHED),)), RSS)
    desk.set_feeds({"Slow": elsewhere, "Quick": quick})
    process = desk.start("run", "--once")
    try:
        wait_for(lambda: bool(hook.messages))
        assert site.asked(pages[0])
        assert not site.asked(pages[-1])
    finally:
        process.kill()
        process.communicate()


def test_hostile_feeds_and_pages_hurt_only_themselves(site: Site, desk: Desk, hook: Webhook) -> None:
    """An attribute bomb, a page of paragraphs without end and a refusing page end with a reason; their neighbour rings."""
    site.put("/endless", b"<html><body>" + b"<p>" * 100_000 + b"</body></html>")
    site.pages["/refusing"] = Answer(body=b"no", status=403)
    hostile = (
        item(1, PUBLISHED, link=site.url("/endless")),
        item(2, PUBLISHED, link=site.url("/refusing")),
    )
    healthy = wordpress_page(Talks(number=0).title(), (Talks(number=0).lead(), *PADDING), PUBLISHED)
    page = site.put("/healthy", healthy)
    desk.set_feeds(
        {
            "Comments": site.put("/comments", COMMENTS, RSS),
            "Attributes": site.put("/attributes", ATTRIBUTES, RSS),
            "Hostile": site.put("/hostile", feed("Hostile", hostile), RSS),
            "Healthy": site.put("/feed", feed("Healthy", (item(0, PUBLISHED, link=page, summary="Read more."),)), RSS),
            "Gone": site.url("/nowhere"),
        }
    )
    counts = desk.run()
    assert len(titles(hook)) == counts.sent == 3
    assert dict(counts.states) == {"undated": 1, "broken": 2, "ok": 2}
    assert counts.drops["no page: the server answered 403 Forbidden"] == 1
    with desk.store() as store:
        reasons = {row.name: row.error for row in store.feed_rows()}
    assert "took more than" in (reasons["Attributes"] or "")
    assert "404" in (reasons["Gone"] or "")
    assert rows(desk, "SELECT count(*) FROM entries WHERE state <> 'understood'") == [(0,)]


def test_a_channel_that_fails_is_tried_again_and_the_other_is_not(site: Site, tmp_path: Path) -> None:
    """A 500 leaves the delivery pending with its next attempt; a later run sends it once, and the other channel nothing."""
    with Webhook(500) as ill, Webhook() as well:
        desk = Desk(folder=tmp_path / "desk", now=stamp(NOW), channels={"ill": ill.url, "well": well.url})
        desk.set_up(news.watches(3), {})
        publish(site, desk, item(0, PUBLISHED), item(1, PUBLISHED))
        first = desk.run()
        assert (first.alerts, first.sent) == (2, 2)
        assert first.errors >= 1
        waiting = rows(
            desk, "SELECT count(*), sum(attempts), min(lease_holder IS NULL) FROM deliveries WHERE state = 'pending'"
        )
        [(count, attempts, free)] = waiting
        assert (count, free) == (2, 1)
        assert attempts == len(ill.messages) == first.errors

        ill.status = 200
        ill.messages.clear()
        desk.now = stamp(NOW + timedelta(days=1))
        assert desk.run().sent == 2
        assert desk.run().sent == 0
        assert sorted(titles(ill)) == sorted(titles(well))
        assert len(titles(well)) == 2


def test_what_a_channel_refuses_for_good_is_a_dead_letter(site: Site, desk: Desk, hook: Webhook) -> None:
    """A 404 of a webhook is not tried again, and `status` says so."""
    hook.status = 404
    publish(site, desk, item(0, PUBLISHED))
    assert desk.run().errors == 1
    assert desk.run().errors == 0
    done = desk.tocsin("status")
    assert done.returncode == 1
    assert "1 dead" in done.stdout


def test_churn_is_no_news(site: Site, desk: Desk, hook: Webhook) -> None:
    """New guids on all items, a bumped date, a new headline: a revision where something was said, and no second alert."""
    items = tuple(item(number, PUBLISHED, link=site.url(f"/{number}")) for number in range(4))
    publish(site, desk, *items)
    desk.run()
    assert len(titles(hook)) == 4

    churned = [replace(one, guid=f"changed-{one.guid}") for one in items]
    churned[1] = replace(churned[1], title=f"Officials: {churned[1].title}")
    churned[2] = replace(churned[2], published=NOW + timedelta(minutes=20))
    desk.now = stamp(NOW + timedelta(minutes=30))
    publish(site, desk, *churned)
    counts = desk.run()
    assert (counts.entries, counts.alerts) == (1, 0)
    assert len(titles(hook)) == 4
    assert rows(desk, "SELECT count(*), max(revision) FROM articles") == [(4, 2)]


def test_old_news_is_kept_and_not_announced(site: Site, desk: Desk, hook: Webhook) -> None:
    """An item published five days before it is first seen is filed and folded; `history` says why nothing was said."""
    publish(site, desk, item(0, NOW - timedelta(days=5)), item(1, PUBLISHED))
    counts = desk.run()
    assert (counts.articles, counts.alerts) == (2, 1)
    assert len(titles(hook)) == 1
    [old] = [line["id"] for line in desk.lines("developments") if line["watch"] == Talks(number=0).watch]
    [line] = desk.lines("history", old)
    assert "first seen" in line["silent"]


def test_time_stands_still(site: Site, desk: Desk) -> None:
    """With TOCSIN_NOW, every as-of stamp of a run is that moment, its schedule counts from it, and leases are gone."""
    publish(site, desk, item(0, PUBLISHED))
    desk.run()
    said = f"{NOW:%Y-%m-%d %H:%M:%S.%f}"
    later = f"{NOW + timedelta(minutes=15):%Y-%m-%d %H:%M:%S.%f}"
    for query in (
        "SELECT first_seen FROM entries",
        "SELECT created_at FROM alerts",
        "SELECT sent_at FROM deliveries",
        "SELECT polled_at FROM feeds",
        "SELECT as_of FROM runs",
        "SELECT added_at FROM watches LIMIT 1",
    ):
        assert rows(desk, query) == [(said,)], query
    assert rows(desk, "SELECT next_poll FROM feeds") == [(later,)]
    for table in ("feeds", "entries", "deliveries"):
        assert rows(desk, f"SELECT count(*) FROM {table} WHERE lease_holder IS NOT NULL") == [(0,)]  # noqa: S608 - our tables


def test_a_feed_that_is_removed_and_comes_back_says_nothing_again(site: Site, desk: Desk, hook: Webhook) -> None:
    """Its rows stay; when it is back, only what is new in it is news."""
    publish(site, desk, item(0, PUBLISHED))
    desk.run()
    desk.set_feeds({})
    assert desk.run().feeds == 0
    with desk.store() as store:
        assert store.feed_rows() == ()

    publish(site, desk, item(0, PUBLISHED), item(1, PUBLISHED))
    counts = desk.run()
    assert (counts.feeds, counts.entries, counts.alerts) == (1, 1, 1)
    assert len(titles(hook)) == 2


def test_what_a_removed_feed_left_unfinished_is_still_understood(site: Site, desk: Desk, hook: Webhook) -> None:
    """A run was killed after it had stored an entry, and the feed was removed: the entry is understood from its own text."""
    publish(site, desk, item(0, PUBLISHED, link=site.url("/page")))
    site.pages["/page"] = Answer(body=b"late", delay=30)
    process = desk.start("run", "--once")
    wait_for(lambda: bool(site.asked("/page")))
    process.kill()
    process.communicate()
    assert titles(hook) == []

    desk.set_feeds({})
    desk.run()
    assert len(titles(hook)) == 1
    assert len(site.asked("/page")) == 1


def test_a_host_that_hangs_is_left_alone_after_three_pages(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are understood from their feed's text at once; the pages that were not asked wait for the next run."""
    monkeypatch.setattr("flows.route.reading.HANGS", 0.1)
    desk.write("settings.toml", '[fetch]\nallow_private = true\nhost_gap = "0s"\ntimeout = "1s"\n')
    links = [site.url(f"/slow/{number}") for number in range(6)]
    for number in range(6):
        site.pages[f"/slow/{number}"] = Answer(body=b"late", delay=30)
    publish(site, desk, *(item(number, PUBLISHED, link=link) for number, link in enumerate(links)))
    counts = desk.run()
    assert (counts.articles, counts.alerts) == (6, 6)
    assert counts.drops == {"no page: no complete answer in time": 3, "page left for the next run: its host does not answer": 3}  # fmt: skip


def test_a_host_that_says_wait_is_left_alone(site: Site, desk: Desk) -> None:
    """After a 429 nothing more is asked of it in this run."""
    links = [site.url(f"/{number}") for number in range(3)]
    for number in range(3):
        site.pages[f"/{number}"] = Answer(status=429)
    publish(site, desk, *(item(number, PUBLISHED, link=link) for number, link in enumerate(links)))
    counts = desk.run()
    assert counts.alerts == 3
    assert counts.drops["page left for the next run: its host told us to wait"] == 3
    assert len(site.requests) == 2  # the feed, one page


def test_what_is_unchanged_is_not_read_again(site: Site, desk: Desk) -> None:
    """The second run brings the ETag back, and a 304 leaves the feed unchanged and its entries alone."""
    publish(site, desk, item(0, PUBLISHED))
    desk.run()
    counts = desk.run()
    assert [request.status for request in site.asked("/daily")] == [200, 304]
    assert (dict(counts.states), counts.entries, counts.errors) == ({"unchanged": 1}, 0, 0)


def test_only_due_feeds_are_polled(site: Site, desk: Desk) -> None:
    """`--due` leaves out what is not due; a schedule of 15 minutes that comes seconds early finds a feed of 15 minutes."""
    publish(site, desk, item(0, PUBLISHED))
    assert desk.run(due=True).feeds == 1
    for after, feeds in ((timedelta(minutes=5), 0), (timedelta(minutes=14, seconds=50), 1)):
        desk.now = stamp(NOW + after)
        assert desk.run(due=True).feeds == feeds
    assert desk.run().feeds == 1


def test_pages_beyond_a_host_s_share_wait_without_being_given_up(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their feed's text is understood at once; waiting for the next run is no failed attempt."""
    monkeypatch.setattr("flows.route.reading.PAGES_PER_HOST", 1)
    publish(site, desk, *(item(number, PUBLISHED, link=site.url(f"/{number}")) for number in range(3)))
    counts = desk.run()
    assert (counts.articles, counts.alerts) == (3, 3)
    assert counts.drops["page left for the next run: too many of one host"] == 2
    assert rows(desk, "SELECT count(*), max(attempts) FROM entries WHERE state = 'stored'") == [(2, 0)]
    assert desk.run().articles == 0
    assert rows(desk, "SELECT count(*) FROM entries WHERE state = 'stored'") == [(1,)]
