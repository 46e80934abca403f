"""Commands that show what is known: they change nothing, work before the first run, and can be read."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.cli.explaining import missing
from tasks.model.feed import EntryState
from tasks.model.report import EntryRow
from tests.support import schemas
from tests.support.command import Said, tocsin
from tests.support.desk import TOCSIN, Desk
from tests.support.site import RSS, Item, Site, feed, wordpress_page

NOW = "2031-03-04T12:00:00Z"
PUBLISHED = datetime(2031, 3, 4, 9, 30, tzinfo=UTC)
PASSWORD = "feed-password-4711"  # noqa: S105 - planted: looked for where it must not be
TITLE = "Envoys weigh a squid conference"
PARAGRAPHS = (
    "Direct talks between Japan and South Korea about squid quotas may be held in April 2031.",
    "The announcement was made by Japanese Deputy Foreign Minister Haruto Mori, reports Radio Pacific.",
    "Crews on both sides of the strait say that the nets come up emptier every winter, and blame each other's trawlers.",
    "France and Japan held talks about whales on March 3.",
)
EARLIER = "Japan and South Korea will hold talks about ferries in Osaka on June 12, the foreign ministry said."
WATCHES = """
[[watch]]
id = "squid-talks"
title = "Japan–South Korea talks"
shape = "occasion"
event = "talks"
parties = [["JP"], ["KR"]]

[[watch]]
id = "granola-recalls"
shape = "notice"
event = "product_recall"
"""


@dataclass(frozen=True)
class Run:
    """A desk after its first run, with what that run said, and the article's address."""

    desk: Desk
    said: Said
    link: str
    refused: str

    def tocsin(self, *words: str) -> Said:
        """Run a command on the desk."""
        return tocsin(*words, "--config", self.desk.folder)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run once: an article with a page, an older one whose page refuses, a feed with a password, and feeds that fail."""
    with Site() as site:
        link = site.put("/squid/?page=1", wordpress_page(TITLE, PARAGRAPHS, PUBLISHED))
        refused = site.url("/closed/ferries")
        late = Item(title="Ferries", link=refused, published=PUBLISHED - timedelta(days=20), summary=EARLIER, guid="f")
        site.put("/feed", feed("Pacific", (Item(title=TITLE, link=link, published=PUBLISHED, guid="s"), late)), RSS)
        site.put("/empty", feed("Empty", ()), RSS)
        folder = tmp_path_factory.mktemp("desk")
        desk = Desk(folder=folder)
        secret = site.url("/empty").replace("//", f"//me:{PASSWORD}@")
        wide = site.url(f"/missing?{'q' * 300}")
        desk.set_up(WATCHES, {"Pacific Wire": site.url("/feed"), "Secret": secret, "Wide": wide})
        said = tocsin("run", "--once", "--config", folder, TOCSIN_NOW=NOW)
        desk.write(
            "feeds.toml", (folder / "feeds.toml").read_text() + '\n[[feed]]\nurl = "https://example.org/later"\n'
        )
        yield Run(desk=desk, said=said, link=link, refused=refused)


def hashes(folder: Path) -> dict[str, str]:
    """Give the digest of every file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def test_before_the_first_run_everything_can_be_asked(tmp_path: Path) -> None:
    """Nothing is known, nothing fails, and no file is made."""
    desk = Desk(folder=tmp_path)
    desk.set_up(WATCHES, {"Pacific Wire": f"https://me:{PASSWORD}@example.org/feed"})
    before = hashes(tmp_path)
    [row] = tocsin("feeds", "--json", "--config", tmp_path).lines
    schemas.check("feed", row)
    assert (row["url"], row["state"], row["entries"]) == ("https://***@example.org/feed", "new", 0)
    said = {name: tocsin(name, "--config", tmp_path) for name in ("feeds", "alerts", "developments")}
    assert {name: one.code for name, one in said.items()} == {"feeds": 0, "alerts": 0, "developments": 0}
    assert (said["alerts"].out, said["developments"].out) == ("No alert yet.\n", "Nothing yet.\n")
    for name in ("alerts", "developments"):
        assert tocsin(name, "--json", "--config", tmp_path).out == ""
    for words in (("history", "dev-1"), ("explain", "https://example.org/1")):
        one = tocsin(*words, "--config", tmp_path)
        assert (one.code, one.out, words[1] in one.err) == (1, "", True)
    assert hashes(tmp_path) == before


def test_status_before_the_first_run_says_that_none_was(tmp_path: Path) -> None:
    """Nothing is alive yet: exit 1; the feeds that wait to be polled are counted."""
    desk = Desk(folder=tmp_path)
    desk.set_up(WATCHES, {"Pacific Wire": "https://example.org/feed"})
    said = tocsin("status", "--json", "--config", tmp_path)
    assert said.code == 1
    rows = {row["name"]: row for row in said.lines}
    assert (rows["last run"]["ok"], rows["last run"]["detail"]) == (False, "none yet")
    assert rows["new feeds"]["detail"] == "1 never polled"


def test_reading_changes_nothing(run: Run) -> None:
    """Every file is the same afterwards, and there is none more."""
    before = hashes(run.desk.folder)
    for words in ("feeds", "alerts", "developments", "status", f"explain {run.link}", "history dev-1"):
        run.tocsin(*words.split())
    assert hashes(run.desk.folder) == before


def test_feeds_are_listed_as_they_were_written(run: Run) -> None:
    """In the order of feeds.toml, those never polled too, user info masked, the count of entries with each."""
    rows = run.tocsin("feeds", "--json").lines
    for row in rows:
        schemas.check("feed", row)
    states = [(row["name"], row["state"], row["entries"]) for row in rows]
    assert states == [("Pacific Wire", "ok", 2), ("Secret", "empty", 0), ("Wide", "broken", 0), ("", "new", 0)]
    assert "//***@127.0.0.1" in rows[1]["url"]
    assert "404" in rows[2]["error"]
    assert rows[3]["next_poll"] is None


def test_a_piped_table_shows_whole_addresses(run: Run) -> None:
    """One line a feed, however wide, without colour."""
    lines = run.tocsin("feeds").out.splitlines()
    assert len(lines) == 5
    assert lines[3].endswith("q" * 300)
    assert "\x1b" not in "".join(lines)
    assert lines[4].startswith("example.org ")


def test_alerts_tell_how_their_deliveries_went(run: Run) -> None:
    """Each alert carries its channels, with state and attempts."""
    [row] = run.tocsin("alerts", "--json").lines
    schemas.check("alert_row", row)
    assert row["deliveries"] == [{"channel": "terminal", "state": "sent", "attempts": 1}]
    shown = run.tocsin("alerts").out
    assert row["headline"] in shown
    assert "terminal sent" in shown


def test_developments_can_be_asked_for_one_watch(run: Run) -> None:
    """`--watch` leaves out the others; one that nobody knows has none."""
    rows = run.tocsin("developments", "--json").lines
    for row in rows:
        schemas.check("development", row)
    assert {row["watch"] for row in rows} == {"squid-talks"}
    assert run.tocsin("developments", "--watch", "squid-talks", "--json").lines == rows
    assert run.tocsin("developments", "--watch", "granola-recalls", "--json").lines == []
    assert "April 2031" in run.tocsin("developments").out


def test_a_history_tells_who_said_so_and_why(run: Run) -> None:
    """The ledger of one development, for people and for programs."""
    name = next(row["development"] for row in run.tocsin("alerts", "--json").lines)
    [row] = run.tocsin("history", name, "--json").lines
    schemas.check("history", row)
    assert (row["change"], row["who"]) == ("new", "Haruto Mori")
    shown = run.tocsin("history", name).out
    for words in (name, "squid-talks", "April 2031", "NEW", "said by Haruto Mori", "trigger: talks"):
        assert words in shown


def test_a_first_run_shows_what_it_would_have_said_of_older_items(run: Run) -> None:
    """Unsent: the item is older than the alert window; it stands below the summary, and is no alert."""
    said, _, earlier = run.said.out.partition(
        "Of items too old to be announced, your watches would have said (nothing of this is sent):"
    )
    assert "April 2031 (tentative)" in said
    assert "12 Jun 2031" in earlier
    assert "April 2031" not in earlier
    assert "12 Jun" not in run.tocsin("alerts").out


def test_a_run_tells_feeds_by_state_and_why_some_are_blind(run: Run) -> None:
    """The summary counts the feeds by state, names each blind one with its reason, and says what was left out."""
    assert run.said.code == 1
    for words in (
        "3 feeds (1 ok, 1 empty, 1 broken): 2 entries, 2 articles, 1 alert, 1 error.",
        "Blind, 2 of 3: what these report is not seen.",
        "Secret  empty   it answers, with no entry in it",
        "Wide    broken  the server answered 404 Not Found",
        "1 × no page",
    ):
        assert words in run.said.out


def test_explaining_an_article_shows_every_gate(run: Run) -> None:
    """Dates, actors, mentions with the reasons for and against, and what became of them."""
    said = run.tocsin("explain", run.link)
    assert (said.code, said.err) == (0, "")
    for words in (
        TITLE,
        "Pacific Wire",
        "2031-03-04 09:30 UTC (from the feed)",
        "April 2031",
        "March 3",
        "South Korea",
        "ACCEPTED  squid-talks · tentative · April 2031 · JP, KR",
        "- trigger: talks",
        "new; announced (terminal sent)",
        "refused  squid-talks",
        "- refused: ",
        "No word of the event of: granola-recalls.",
    ):
        assert words in said.out, words
    assert run.tocsin("explain", run.link.replace("/squid/?page=1", "/squid/?page=1&utm_source=x")).out == said.out


def test_explaining_an_article_tells_why_it_stayed_silent(run: Run) -> None:
    """A page that was not read, an update that came too late: each with its reason."""
    said = run.tocsin("explain", run.refused)
    assert "its page was not read (the server answered 404 Not Found), the feed's own text serves" in said.out
    assert "new; not announced: first seen more than" in said.out


def test_explaining_what_is_still_on_its_way_says_how_far_it_came() -> None:
    """An entry that was stored and not understood yet is not the same as one that nobody ever listed."""
    waiting = EntryRow(feed="Pacific Wire", state=EntryState.READ, attempts=2, page_reason="the server answered 403")
    given_up = EntryRow(feed="Atlantic", state=EntryState.UNDERSTOOD, drop_reason="given up after 5 attempts")
    assert missing("https://example.org/1", ()) == "no article https://example.org/1 in the store"
    told = missing("https://example.org/1", (waiting, given_up)).splitlines()
    assert told[0] == "https://example.org/1 is stored, but not understood:"
    assert "of Pacific Wire; only read, 2 attempts failed; its page was not read (the server answered 403)" in told[1]
    assert "of Atlantic; given up after 5 attempts" in told[2]


def test_status_counts_what_was_left_out(run: Run) -> None:
    """A row a part, a failed one named, the reasons counted; feeds that failed are a finding."""
    said = run.tocsin("status", "--json")
    assert said.code == 1
    for row in said.lines:
        schemas.check("status", row)
    shown = run.tocsin("status").out
    assert "FAIL  feeds" in shown
    assert "none: alerts go to the terminal" in shown
    assert "1 × the server answered 404 Not Found" in shown


def test_status_names_channels_that_cannot_be_reached_from_here(tmp_path: Path) -> None:
    """One that Prefect keeps waits for a run under Prefect; one without its secret is a finding."""
    desk = Desk(folder=tmp_path)
    desk.set_up(WATCHES, {})
    desk.write(
        "channels.toml",
        '[[channel]]\nname = "ops"\nurl = { prefect_secret = "tocsin-ops" }\n'
        '[[channel]]\nname = "desk"\nurl = { env = "TOCSIN_ABSENT" }\n',
    )
    rows = {row["name"]: row for row in tocsin("status", "--json", "--config", tmp_path).lines}
    assert rows["channels"]["ok"] is False
    assert "ops: Prefect keeps the address" in rows["channels"]["detail"]
    assert "TOCSIN_ABSENT is not set" in rows["channels"]["detail"]


def test_a_feed_s_password_is_nowhere(run: Run) -> None:
    """Neither in what is printed nor in the store."""
    said = [run.said, *(run.tocsin(*words) for words in (("feeds",), ("feeds", "--json"), ("status",), ("check",)))]
    assert PASSWORD not in "".join(one.out + one.err for one in said)
    for path in run.desk.folder.iterdir():
        assert path.name == "feeds.toml" or PASSWORD.encode() not in path.read_bytes(), path.name


def test_an_alert_whose_reader_left_waits_for_the_next_run(tmp_path: Path) -> None:
    """`tocsin run --once | true`: no traceback; the alert stays in the outbox, and is shown by the next run."""
    with Site() as site:
        link = site.put("/squid", wordpress_page(TITLE, PARAGRAPHS, PUBLISHED))
        site.put("/feed", feed("Pacific", (Item(title=TITLE, link=link, published=PUBLISHED, guid="s"),)), RSS)
        desk = Desk(folder=tmp_path, now=NOW)
        desk.set_up(WATCHES, {"Pacific Wire": site.url("/feed")})
        with subprocess.Popen(
            [TOCSIN, "run", "--once", "--config", tmp_path],
            env=desk.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            errors = process.stderr.read()
        assert (process.returncode, "Traceback" in errors, "Exception" in errors) == (1, False, False)
        [row] = tocsin("alerts", "--json", "--config", tmp_path).lines
        assert row["deliveries"] == [{"channel": "terminal", "state": "pending", "attempts": 1}]
        later = tocsin("run", "--once", "--config", tmp_path, TOCSIN_NOW="2031-03-04T13:00:00Z")
        assert json.dumps(row["headline"], ensure_ascii=False).strip('"') in later.out
