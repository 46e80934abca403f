"""Backfills: history brought in from the store, from older documents of feeds, from files; nobody is alerted unless asked."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from flows.root import open_root
from flows.route.backfill import Do, Origin, Report, Wanted, backfill
from tasks.errors import ConfigError
from tests.support import news
from tests.support.desk import Desk
from tests.support.servers import Webhook
from tests.support.site import RSS, Answer, Site, feed, wordpress_page

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
LAST_MONTH = datetime(2031, 2, 3, 9, tzinfo=UTC)
MORE = (
    "Ferries have linked the two coasts for a century, and crews on both sides say that the timetable has never been kept.",
    "The last round ended with a handshake and a list of questions about lighthouses, which officials are still sorting out.",
)
MONTH = {"since": date(2031, 2, 1), "until": date(2031, 2, 28)}


@pytest.fixture
def desk(tmp_path: Path, hook: Webhook) -> Desk:
    """Give a desk with three watches and no feed."""
    desk = Desk(folder=tmp_path / "desk", now=NOW.isoformat(), channels={"hook": hook.url})
    desk.set_up(news.watches(3), {})
    return desk


def brought(desk: Desk, **asked: Any) -> Report:
    """Do a backfill on a desk."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in desk.environment().items():
            patch.setenv(name, value)
        wanted = Wanted(**{**MONTH, **asked})
        return backfill(lambda: open_root(desk.folder), wanted, told=lambda _: None, stop=Event())


def articles(folder: Path, numbers: range, published: datetime = LAST_MONTH) -> Path:
    """Write a file of articles, one a pair of countries."""
    path = folder / "articles.jsonl"
    rows = (
        {
            "id": f"row {number}",
            "url": f"https://old.example/{number}?utm_source=archive",
            "title": "Ministers name a day",
            "text": news.Talks(number=number).lead(),
            "published": published.isoformat(),
            "source": "Old Wire",
        }
        for number in numbers
    )
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def headlines(report: Report) -> list[str]:
    """Give what a report says."""
    return [line.headline for line in report.said]


def values(desk: Desk) -> list[dict[str, Any]]:
    """Give what a desk knows, but for names."""
    kept = ("watch", "status", "when", "parties")
    return sorted(({name: line[name] for name in kept} for line in desk.lines("developments")), key=str)


def test_a_file_is_brought_in_silently(desk: Desk, hook: Webhook, tmp_path: Path) -> None:
    """The ledger knows it, the report says what would have been sent, and nobody is told; once more changes nothing."""
    path = articles(tmp_path, range(3))
    report = brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT)
    assert (report.found, report.known, report.new, report.alerts, len(report.said)) == (3, 0, 3, 0, 3)
    assert len(desk.lines("developments")) == 3
    assert {line.article for line in report.said} == {f"https://old.example/{number}" for number in range(3)}
    again = brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT)
    assert (again.found, again.known, again.new, again.alerts) == (3, 3, 0, 0)
    desk.run()
    assert (hook.messages, desk.lines("alerts")) == ([], [])


def test_counting_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """What would be said is the same as what bringing in says, and the store is as it was."""
    path = articles(tmp_path, range(3))
    counted = brought(desk, origin=Origin.FILE, file=path, do=Do.COUNT)
    assert desk.lines("developments") == []
    assert headlines(counted) == headlines(brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT))


def test_alerts_are_sent_where_they_are_asked_for(desk: Desk, hook: Webhook, tmp_path: Path) -> None:
    """However old the articles are, and once."""
    path = articles(tmp_path, range(2))
    report = brought(desk, origin=Origin.FILE, file=path, do=Do.NOTIFY)
    assert (report.alerts, len(hook.messages)) == (2, 2)
    assert brought(desk, origin=Origin.FILE, file=path, do=Do.NOTIFY).alerts == 0
    assert len(hook.messages) == 2


def test_history_put_before_what_was_announced_does_not_say_it_again(
    desk: Desk, site: Site, hook: Webhook, tmp_path: Path
) -> None:
    """A live alert went out; an older article of the same talks comes in by a backfill: no second message, then or later."""
    published = NOW - timedelta(hours=2)
    desk.set_feeds({"Wire": site.put("/feed", feed("Wire", (news.item(0, published),)), RSS)})
    desk.run()
    assert len(hook.messages) == 1
    brought(desk, origin=Origin.FILE, file=articles(tmp_path, range(1)), do=Do.SILENT)
    desk.run()
    assert len(hook.messages) == 1
    assert len(desk.lines("developments")) == 1


def test_stored_articles_are_read_again_for_a_new_watch(desk: Desk, site: Site, hook: Webhook) -> None:
    """A watch that came later finds what is in the store; others are left alone."""
    desk.write("watches.toml", "")
    items = tuple(news.item(number, LAST_MONTH) for number in range(3))
    desk.set_feeds({"Wire": site.put("/feed", feed("Wire", items), RSS)})
    desk.run()
    desk.write("watches.toml", news.watches(3))
    chosen = news.Talks(number=1).watch
    report = brought(desk, origin=Origin.STORED, watches=(chosen,), do=Do.SILENT)
    assert (report.found, report.known, len(report.said)) == (3, 3, 1)
    assert [line["watch"] for line in desk.lines("developments")] == [chosen]
    assert hook.messages == []


def test_older_documents_of_a_feed_leave_the_ledger_of_live_processing(desk: Desk, site: Site, tmp_path: Path) -> None:
    """Pages of a WordPress feed and an archived Atom feed are followed until the first day; pages are read as always."""
    for number in range(3):
        page = wordpress_page(news.Talks(number=number).title(), (news.Talks(number=number).lead(),) * 2, LAST_MONTH)
        site.put(f"/page/{number}", page)
    old, older = LAST_MONTH, LAST_MONTH - timedelta(days=40)
    generator = b"<generator>https://wordpress.org/?v=6.5</generator></channel>"
    pages = [
        feed("Wire", (news.item(0, NOW - timedelta(hours=1), summary="", link=site.url("/page/0")),)),
        feed("Wire", (news.item(1, old, summary="", link=site.url("/page/1")),)),
        feed("Wire", (news.item(2, older, summary="", link=site.url("/page/2")),)),
    ]
    for number, body in enumerate(pages):
        path = "/feed" if number == 0 else f"/feed?paged={number + 1}"
        site.put(path, body.replace(b"</channel>", generator), RSS)
    site.pages["/feed?paged=4"] = Answer(status=500)
    desk.set_feeds({"Wire": site.url("/feed")})
    report = brought(desk, origin=Origin.FEEDS, do=Do.SILENT)
    assert (report.found, report.new, len(report.said)) == (1, 1, 1)
    assert len(site.asked("/feed?paged=3")) == 1  # wholly before the first day: the last one asked for
    assert site.asked("/feed?paged=4") == ()
    assert len(site.asked("/page/1")) == 1
    live = Desk(folder=tmp_path / "live", now=(old + timedelta(hours=1)).isoformat())
    live.set_up(news.watches(3), {"Wire": site.url("/feed?paged=2")})
    live.run()
    assert values(desk) == values(live)


def test_what_is_still_news_is_left_to_the_monitor(desk: Desk, site: Site, hook: Webhook) -> None:
    """A backfill up to today, before a feed was ever polled, swallows nothing that is to be announced."""
    desk.set_feeds({"Wire": site.put("/feed", feed("Wire", (news.item(0, NOW - timedelta(hours=1)),)), RSS)})
    report = brought(desk, origin=Origin.FEEDS, until=NOW.date(), do=Do.SILENT)
    assert (report.found, hook.messages) == (0, [])
    desk.run()
    assert len(hook.messages) == 1


def test_addresses_are_read_once(desk: Desk, site: Site, tmp_path: Path) -> None:
    """A list of addresses, or a CSV with them: pages are read, dated by themselves; a known one is not asked for again."""
    link = site.put("/old", wordpress_page("Ministers name a day", (news.Talks(number=0).lead(), *MORE), LAST_MONTH))
    path = tmp_path / "addresses.csv"
    path.write_text(f'address,note\n"{link}",first\n{site.url("/missing")},second\nnonsense\n')
    report = brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT)
    assert (report.found, report.new, len(report.said)) == (1, 1, 1)
    assert set(report.drops) == {
        "line 1: no address",
        "line 4: no address",
        "no page: the server answered 404 Not Found",
    }
    brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT)
    assert len(site.asked("/old")) == 1


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"until": date(2031, 1, 1)}, "until: the last day, 2031-01-01, is before the first, 2031-02-01"),
        ({"watches": ("tulips",)}, "watches: there is no watch 'tulips'"),
        ({"feeds": ("Tulip Times",), "origin": Origin.FEEDS}, "feeds: there is no feed 'Tulip Times'"),
        ({"origin": Origin.FILE, "file": Path("/nowhere")}, "file: there is no file '/nowhere' on this machine"),
        ({"since": date(2001, 1, 1)}, "since: more than ten years at once"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_done(desk: Desk, asked: dict[str, Any], problem: str) -> None:
    """In words, naming the field."""
    with pytest.raises(ConfigError) as caught:
        brought(desk, **asked)
    assert problem in str(caught.value)


def test_a_stopped_backfill_goes_on_where_it_ended(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after its first batch, it reports what it did; once more, the rest comes in, nothing twice."""
    monkeypatch.setattr("flows.route.sources.BATCH", 1)
    path, stop = articles(tmp_path, range(3)), Event()
    for name, value in desk.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("flows.route.backfill.STRETCH", 0.0)
    wanted = Wanted(**MONTH, origin=Origin.FILE, file=path, do=Do.SILENT)  # type: ignore[arg-type]
    monkeypatch.setattr("flows.route.backfill.PAUSE", 0.0)
    report = backfill(lambda: open_root(desk.folder), wanted, told=lambda so_far: stop.set(), stop=stop)
    assert report.stopped
    whole = brought(desk, origin=Origin.FILE, file=path, do=Do.SILENT)
    assert (whole.found, whole.stopped) == (3, False)
    assert len(desk.lines("developments")) == 3
