"""The store's operations, on a real SQLite file and a real PostgreSQL server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tasks.errors import StoreError
from tasks.model.alert import DeliveryState
from tasks.model.feed import Article, EntryState, FeedState, Page, Validators
from tasks.model.watch import Change
from tasks.store import Store
from tasks.store.entries import GIVEN_UP, MOST_ATTEMPTS, MOST_REVISIONS
from tasks.store.rows import Announced, Filing, LedgerEvent, PollResult, Silent
from tasks.stories import origin_of, sketch
from tests.support.nouns import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    alert,
    article,
    development,
    entry,
    fact,
    feed,
    ledger,
    prose,
    update,
    watch,
)  # fmt: skip
from tests.support.postgres import Server


@pytest.fixture(scope="module")
def _database(postgres: Server) -> tuple[Server, str]:
    return postgres, postgres.database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database of each kind without rows."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tocsin.db'}"
    server, database = request.getfixturevalue("_database")
    return str(server.emptied(database))


class Clock:
    """A wall clock that tests move."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Clock:
    """Give the wall clock of the stores."""
    return Clock()


@pytest.fixture
def store(url: str, wall: Clock) -> Iterator[Store]:
    """Give an open store."""
    with Store.open(url, wall=wall) as opened:
        yield opened


@pytest.fixture
def other(store: Store, url: str, wall: Clock) -> Iterator[Store]:
    """Give a second store on the same database, with leases of its own."""
    with Store.open(url, wall=wall) as opened:
        yield opened


def polled(*entries: object, **given: object) -> PollResult:
    """Make what a good poll found."""
    return PollResult(**{"state": FeedState.OK, "entries": entries, "next_poll": NOON + HOUR, **given})  # type: ignore[arg-type]


def subscribed(store: Store, *specs: object) -> int:
    """Subscribe to one feed and claim it; give its number."""
    store.sync_feeds([feed()], NOON)
    return store.claim_feeds([feed()], NOON, due_only=False)[0].id


def filing(of: Article, entry_id: int | None = None, *, live: bool = True) -> Filing:
    """Prepare an article."""
    return Filing(article=of, sketch=sketch(of), origin=origin_of(of, ()), entry_id=entry_id, live=live)


def with_facts(store: Store) -> None:
    """Leave a watch with one article and one fact that is not folded."""
    store.sync_watches([watch()], NOON)
    store.file([filing(article())], NOON)
    store.record_understood([], [fact()], "1")


class TestFeeds:
    """What is subscribed, and who polls it."""

    def test_sync_counts_what_changed(self, store: Store) -> None:
        """New, changed, retired and returned feeds are counted, and nothing where nothing changed."""
        first = store.sync_feeds([feed(1), feed(2)], NOON)
        again = store.sync_feeds([feed(1), feed(2)], NOON)
        moved = store.sync_feeds([feed(1, name="Other"), feed(3)], NOON)
        back = store.sync_feeds([feed(1, name="Other"), feed(2), feed(3)], NOON)
        assert [(s.new, s.changed, s.retired) for s in (first, again, moved, back)] == [
            (2, 0, 0),
            (0, 0, 0),
            (1, 1, 1),
            (0, 1, 0),
        ]

    def test_no_secret_in_rows(self, store: Store) -> None:
        """A feed's user info is masked in its rows, and whole in what a claim hands out."""
        spec = feed(url="https://me:hush@feeds.example/1.xml")
        store.sync_feeds([spec], NOON)
        [claimed] = store.claim_feeds([spec], NOON, due_only=False)
        assert claimed.url == spec.url
        store.record_poll(claimed.id, polled(url="https://me:hush@feeds.example/new.xml"), NOON)
        assert store.feed_rows()[0].url == "https://***@feeds.example/1.xml"
        [again] = store.claim_feeds([spec], NOON, due_only=False)
        assert again.url == "https://me:hush@feeds.example/new.xml"
        with store._reading() as connection:
            rows = connection.exec_driver_sql("SELECT url, current_url FROM feeds").all()
        assert "hush" not in str(rows)

    def test_user_info_never_follows_to_another_host(self, store: Store) -> None:
        """A permanent redirect to another host is asked without the user info."""
        spec = feed(url="https://me:hush@feeds.example/1.xml")
        store.sync_feeds([spec], NOON)
        [claimed] = store.claim_feeds([spec], NOON, due_only=False)
        store.record_poll(claimed.id, polled(url="https://elsewhere.example/1.xml"), NOON)
        assert store.claim_feeds([spec], NOON, due_only=False)[0].url == "https://elsewhere.example/1.xml"

    def test_claimed_once(self, store: Store, other: Store, wall: Clock) -> None:
        """A claimed feed is nobody else's until its lease runs out; renewing keeps it, releasing gives it back."""
        specs = [feed(1), feed(2)]
        store.sync_feeds(specs, NOON)
        mine = store.claim_feeds(specs, NOON, due_only=False, limit=1)
        theirs = other.claim_feeds(specs, NOON, due_only=False)
        assert [len(mine), len(theirs)] == [1, 1]
        assert mine[0].id != theirs[0].id
        wall.now += 3 * MINUTE / 2
        store.renew_leases()
        wall.now += MINUTE
        assert [c.id for c in store.claim_feeds(specs, NOON, due_only=False)] == [theirs[0].id]
        store.release_feeds([mine[0].id])
        assert [c.id for c in other.claim_feeds(specs, NOON, due_only=False)] == [mine[0].id]

    def test_closing_gives_back(self, store: Store, url: str, wall: Clock) -> None:
        """A store that is closed leaves no lease in the way."""
        store.sync_feeds([feed()], NOON)
        with Store.open(url, wall=wall) as brief:
            assert brief.claim_feeds([feed()], NOON, due_only=False)
        assert store.claim_feeds([feed()], NOON, due_only=False)

    @pytest.mark.parametrize(
        ("poll", "after", "due_only", "expected"),
        [
            (polled(next_poll=NOON + HOUR), 30 * MINUTE, True, False),
            (polled(next_poll=NOON + HOUR), HOUR, True, True),
            (polled(next_poll=NOON + HOUR), 30 * MINUTE, False, True),
            (polled(state=FeedState.LIMITED, retry_until=NOON + HOUR), 30 * MINUTE, False, False),
            (polled(state=FeedState.LIMITED, retry_until=NOON + HOUR), HOUR, False, True),
            (polled(state=FeedState.GONE, next_poll=NOON), 6 * DAY, False, False),
            (polled(state=FeedState.GONE, next_poll=NOON), 7 * DAY, False, True),
        ],
    )
    def test_due(self, store: Store, poll: PollResult, after: timedelta, due_only: bool, expected: bool) -> None:
        """Only due feeds, or all; never one that was told to wait, nor one gone within the week."""
        store.record_poll(subscribed(store), poll, NOON)
        assert bool(store.claim_feeds([feed()], NOON + after, due_only=due_only)) is expected

    def test_retired_feeds_rest(self, store: Store) -> None:
        """A removed feed is not claimed and not shown."""
        store.sync_feeds([feed(1)], NOON)
        store.sync_feeds([], NOON)
        assert store.claim_feeds([feed(1)], NOON, due_only=False) == ()
        assert store.feed_rows() == ()

    def test_poll_leaves_its_state(self, store: Store) -> None:
        """What a poll left is what the next claim and the list of feeds give."""
        seen = Validators(etag='"1"', last_modified="Tue", body_digest="d")
        store.record_poll(
            subscribed(store), polled(entry(1), state=FeedState.BLOCKED, error="403", failures=3, validators=seen), NOON
        )
        [row] = store.feed_rows()
        assert (row.state, row.error, row.entries, row.next_poll) == (FeedState.BLOCKED, "403", 1, NOON + HOUR)
        [claimed] = store.claim_feeds([feed()], NOON, due_only=False)
        assert (claimed.failures, claimed.validators) == (3, seen)

    def test_specs_by_number(self, store: Store) -> None:
        """Entries taken up again find their feed's specification."""
        number = subscribed(store)
        assert store.feed_specs([feed()]) == {number: feed()}


class TestEntries:
    """Kept as they come."""

    def test_new_once(self, store: Store) -> None:
        """An entry is given out once, however often its feed shows it."""
        number = subscribed(store)
        first = store.record_poll(number, polled(entry(1), entry(2)), NOON)
        again = store.record_poll(number, polled(entry(2), entry(3), entry(1)), NOON + HOUR)
        assert [[one.entry.key for one in found] for found in (first, again)] == [["guid-1", "guid-2"], ["guid-3"]]
        assert first[0].entry == entry(1)
        assert (first[0].state, first[0].first_seen, first[0].live) == (EntryState.STORED, NOON, True)
        assert first[0].attempts == 0

    def test_guid_churn(self, store: Store) -> None:
        """New guids on known links are the same entries."""
        number = subscribed(store)
        store.record_poll(number, polled(entry(1), entry(2)), NOON)
        assert store.record_poll(number, polled(entry(1, guid="x", key="x"), entry(2, guid="y", key="y")), NOON) == ()

    def test_guid_moves_on(self, store: Store) -> None:
        """A known guid on a new link with a new title is a new entry."""
        number = subscribed(store)
        store.record_poll(number, polled(entry(1)), NOON)
        moved = entry(1, link="https://a.example/other", title="Something else")
        assert len(store.record_poll(number, polled(moved), NOON)) == 1
        assert store.record_poll(number, polled(moved, entry(1)), NOON) == ()
        assert store.feed_rows()[0].entries == 2

    def test_same_twice_in_a_document(self, store: Store) -> None:
        """The same item twice is one; one guid with two texts are two, and stay so."""
        number = subscribed(store)
        twins = (entry(1), entry(1), entry(7, title="One"), entry(7, title="Two", link="https://a.example/77"))
        assert len(store.record_poll(number, polled(*twins), NOON)) == 3
        assert store.record_poll(number, polled(*twins), NOON) == ()

    def test_changed_text_is_read_again(self, store: Store) -> None:
        """Another title or summary is a new revision of the entry, to be read again."""
        number = subscribed(store)
        [first] = store.record_poll(number, polled(entry(1)), NOON)
        store.record_read(first.id, Page(title="t", text="x"))
        store.record_understood([first.id], [], "1")
        [again] = store.record_poll(number, polled(entry(1, summary="Longer.")), NOON + HOUR)
        assert (again.id, again.revision, again.state, again.page) == (first.id, 2, EntryState.STORED, None)
        assert again.first_seen == NOON

    def test_flipping_text_is_capped_and_counted(self, store: Store) -> None:
        """A text that flips at every poll is read at most 24 times; the rest is counted."""
        number = subscribed(store)
        found = [
            store.record_poll(number, polled(entry(1, summary=f"{n} readers")), NOON) for n in range(MOST_REVISIONS + 5)
        ]
        assert sum(map(len, found)) == MOST_REVISIONS
        assert {drop.reason: drop.count for drop in store.drop_reasons()} == {"changed too often": 5}

    def test_resumed_where_it_broke_off(self, store: Store, other: Store, wall: Clock) -> None:
        """Unfinished entries are another run's once the lease ran out, each in its state."""
        first, second, third = store.record_poll(subscribed(store), polled(entry(1), entry(2), entry(3)), NOON)
        store.record_read(first.id, Page(title="t", text="body"))
        store.record_read(second.id, None, "403")
        store.record_understood([third.id], [], "1")
        assert other.claim_unfinished(10) == ()
        wall.now += 2 * MINUTE
        found = other.claim_unfinished(10)
        assert [(one.state, one.page and one.page.text, one.reason, one.attempts) for one in found] == [
            (EntryState.READ, "body", "", 0),
            (EntryState.READ, None, "403", 0),
        ]
        assert [(drop.reason, drop.count) for drop in store.drop_reasons()] == [("403", 1)]

    def test_killed_runs_lose_nothing(self, store: Store, wall: Clock) -> None:
        """However often a run is killed while it holds an entry, the next one takes it up."""
        store.record_poll(subscribed(store), polled(entry(1)), NOON)
        for _ in range(MOST_ATTEMPTS + 5):
            wall.now += 3 * MINUTE
            [found] = store.claim_unfinished(10)
            assert found.attempts == 0

    def test_given_up_after_five(self, store: Store) -> None:
        """An entry that failed five times is given up with its reason; one that was only put off is not."""
        broken, waiting = store.record_poll(subscribed(store), polled(entry(1), entry(2)), NOON)
        for left in range(MOST_ATTEMPTS - 1, -1, -1):
            store.release_entries([waiting.id])
            store.record_failed([broken.id])
            assert len(store.claim_unfinished(10)) == (2 if left else 1)
        assert [(drop.reason, drop.count) for drop in store.drop_reasons()] == [(GIVEN_UP, 1)]

    def test_hostile_identity(self, store: Store) -> None:
        """A guid of a megabyte with a NUL is an entry like any other."""
        monster = entry(1, guid="\0" + "é" * 1_000_000, key="\0" + "é" * 1_000_000, title="a\0b")
        number = subscribed(store)
        assert len(store.record_poll(number, polled(monster), NOON)) == 1
        assert store.record_poll(number, polled(monster), NOON) == ()

    def test_thousands_at_once(self, store: Store) -> None:
        """A poll may bring more entries than a statement takes variables."""
        many = tuple(entry(n) for n in range(2000))
        number = subscribed(store)
        assert len(store.record_poll(number, polled(*many), NOON)) == 2000
        assert store.record_poll(number, polled(*many), NOON) == ()


class TestArticles:
    """Filed to stories."""

    def test_copies_are_one_story_and_one_origin(self, store: Store) -> None:
        """A copy at another outlet joins the story, and has the first one's origin."""
        text = prose(1)
        first, copy, apart = (
            article("https://a.example/x", text=text, source="Daily"),
            article("https://b.example/y", text=text[:900], source="Herald", title="Another headline"),
            article("https://c.example/z", text=prose(2)),
        )
        one, two, three = store.file([filing(first), filing(copy), filing(apart)], NOON)
        assert one.story_id == two.story_id != three.story_id
        assert [one.duplicate_of, two.duplicate_of, three.duplicate_of] == [None, "https://a.example/x", None]
        assert one.origin == two.origin == "outlet:daily"

    def test_what_came_in(self, store: Store) -> None:
        """Articles since a moment, with whose report each carries, and which watches it speaks to."""
        with_facts(store)
        first = article("https://a.example/x", text=prose(1), source="Daily", first_seen=NOON + HOUR)
        copy = replace(first, id="https://b.example/y", source="Herald", title="Another headline")
        store.file([filing(first), filing(copy)], NOON + HOUR)
        came, again = store.seen_since(NOON + HOUR)
        assert (came.article.id, came.copy_of, came.watches) == (first.id, None, ())
        assert (again.article.id, again.copy_of and again.copy_of.source) == (copy.id, "Daily")
        assert next(row.watches for row in store.seen_since(NOON)) == (watch().id,)

    def test_no_story_across_months(self, store: Store) -> None:
        """A text that comes again after sixty days is its own story."""
        text = prose(1)
        old = article("https://a.example/x", text=text, published=NOON - 61 * DAY)
        one, two = store.file([filing(old), filing(article("https://b.example/y", text=text))], NOON)
        assert one.story_id != two.story_id

    def test_revisions(self, store: Store) -> None:
        """Another text is a new revision, the same or an earlier one is not; story, origin and first time stay."""
        versions = [article(text=prose(seed), first_seen=NOON) for seed in (1, 1, 2, 1)]
        found = [store.file([filing(one)], NOON + n * HOUR)[0] for n, one in enumerate(versions)]
        assert [(one.revision, one.new_revision) for one in found] == [(1, True), (1, False), (2, True), (1, False)]
        assert len({one.story_id for one in found}) == 1
        assert [found[2].first_seen, found[2].seen_at] == [NOON, NOON + 2 * HOUR]

    def test_entry_leads_to_its_article(self, store: Store) -> None:
        """Filing links the entry to its article."""
        [found] = store.record_poll(subscribed(store), polled(entry(1)), NOON)
        [filed] = store.file([filing(article(), found.id)], NOON)
        with store._reading() as connection:
            assert connection.exec_driver_sql("SELECT article_id FROM entries").scalar_one() == filed.article_id

    def test_read_again_from_the_store(self, store: Store) -> None:
        """Stored articles are given in pages, as they were last seen."""
        given = [article(f"https://a.example/{n}", text=prose(n), published=NOON + n * HOUR) for n in range(5)]
        store.file([filing(one) for one in given], NOON)
        first = store.stored_articles(NOON + HOUR, NOON + 4 * HOUR, limit=2)
        rest = store.stored_articles(NOON + HOUR, NOON + 4 * HOUR, after=first[-1].id, limit=2)
        assert [one.article for one in first + rest] == [replace(one, first_seen=NOON) for one in given[1:4]]
        assert {one.origin for one in first + rest} == {filing(given[0]).origin.id}


class TestFacts:
    """Kept once."""

    def test_facts_are_kept_once(self, store: Store) -> None:
        """The same fact twice is one; its watch waits to be folded."""
        with_facts(store)
        assert store.dirty_watches() == ("talks",)
        store.record_understood([], [fact()], "1")
        with store.folding("talks", NOON) as folding:
            assert folding.facts() == (fact(),)

    def test_facts_in_order(self, store: Store) -> None:
        """Facts come in order of as-of time, then article, whatever order they were stored in."""
        names = [f"https://a.example/{n}" for n in range(3)]
        store.sync_watches([watch()], NOON)
        store.file([filing(article(name, text=prose(n))) for n, name in enumerate(names)], NOON)
        given = [
            fact(names[2]),
            fact(names[1]),
            fact(names[0], at=NOON + HOUR),
            fact(names[2], at=NOON - HOUR, start=20),
        ]
        store.record_understood([], given, "1")
        with store.folding("talks", NOON) as folding:
            assert [(one.article[-1], one.at) for one in folding.facts()] == [
                ("2", NOON - HOUR), ("1", NOON), ("2", NOON), ("0", NOON + HOUR),
            ]  # fmt: skip

    def test_later_detector_wins(self, store: Store) -> None:
        """What two detectors found at one place counts once, as the later has it."""
        with_facts(store)
        better = fact(parties=("US", "RU"))
        store.record_understood([], [better], "2")
        with store.folding("talks", NOON) as folding:
            assert folding.facts() == (better,)

    def test_facts_need_their_article(self, store: Store) -> None:
        """Facts of an article that was not filed are refused, and nothing of the batch is kept."""
        with_facts(store)
        with pytest.raises(StoreError, match="not filed"):
            store.record_understood([], [fact(start=50), fact("https://nowhere.example/1")], "1")
        with store.folding("talks", NOON) as folding:
            assert len(folding.facts()) == 1


class TestFolding:
    """A ledger and what is said of it: one transaction."""

    def test_saved_whole(self, store: Store) -> None:
        """Developments, updates, alerts and deliveries are saved together, and the watch is clean."""
        with_facts(store)
        said, unsaid = update(), update(Change.REFINED, why=("month to day",))
        with store.folding("talks", NOON) as folding:
            silent = Silent(update=unsaid, key="key-2", reason="old")
            new = folding.save(
                ledger(said, unsaid), [Announced(update=said, alert=alert())], [silent], ["desk", "mail"]
            )
        assert new == ("key-1",)
        assert store.dirty_watches() == ()
        assert [row.development for row in store.development_rows("talks")] == [development()]
        [row] = store.alert_rows()
        assert row.line == alert().line
        assert [(one.channel, one.state, one.attempts) for one in row.deliveries] == [
            ("desk", DeliveryState.PENDING, 0), ("mail", DeliveryState.PENDING, 0),
        ]  # fmt: skip
        assert [(one.why, one.silent) for one in store.history("dev-1")] == [((), ""), (("month to day",), "old")]
        with store.folding("talks", NOON) as folding:
            assert (folding.announced(), dict(folding.silenced())) == (frozenset({"key-1"}), {"key-2": "old"})

    def test_rolled_back_whole(self, store: Store) -> None:
        """What fails while folding leaves everything as it was."""
        with_facts(store)
        with pytest.raises(RuntimeError, match="broken"), store.folding("talks", NOON) as folding:  # noqa: PT012 - it must fail inside
            folding.save(ledger(update()), [Announced(update=update(), alert=alert())], [], ["desk"])
            raise RuntimeError("broken")
        assert (store.development_rows(), store.alert_rows(), store.dirty_watches()) == ((), (), ("talks",))

    def test_said_once_for_ever(self, store: Store) -> None:
        """An alert whose key was ever recorded is not recorded again, and gets no second delivery."""
        with_facts(store)
        for _ in range(2):
            with store.folding("talks", NOON) as folding:
                new = folding.save(ledger(update()), [Announced(update=update(), alert=alert())], [], ["desk"])
        assert new == ()
        assert [len(row.deliveries) for row in store.alert_rows()] == [1]

    def test_refold_replaces(self, store: Store) -> None:
        """A new ledger takes the old one's place; what was decided on an update that stays is remembered."""
        with_facts(store)
        first, second = (
            update(development=development("dev-1", facts=("f1",))),
            update(development=development("dev-2", facts=("f2",))),
        )
        with store.folding("talks", NOON) as folding:
            folding.save(ledger(first, second), [], [Silent(update=first, key="k1", reason="old")], [])
            assert folding.known() == {"f1": "dev-1", "f2": "dev-2"}
        third = update(development=development("dev-3"))
        with store.folding("talks", NOON) as folding:
            folding.save(ledger(third, first), [], [], [])
            assert folding.silenced() == {"k1": "old"}
        assert [row.development.id for row in store.development_rows()] == ["dev-1", "dev-3"]
        assert store.history("dev-2") == ()

    def test_articles_seen(self, store: Store) -> None:
        """What decides on announcing is the article's first time, not a later revision's."""
        store.sync_watches([watch()], NOON)
        store.file([filing(article(first_seen=NOON), live=False)], NOON)
        store.file([filing(article(first_seen=NOON, text=prose(9)))], NOON + DAY)
        store.record_understood([], [replace(fact(), revision=2)], "1")
        with store.folding("talks", NOON) as folding:
            seen = folding.articles_seen()["https://a.example/1"]
        assert (seen.first_seen, seen.live, seen.article.revision, seen.article.text) == (NOON, False, 2, prose(9))

    def test_a_persons_word(self, store: Store) -> None:
        """What a person decides is kept with who and why, shown in the history, and waits to be folded."""
        store.sync_watches([watch()], NOON)
        event = LedgerEvent(
            watch="talks",
            kind="merge",
            development="dev-1",
            who="ana",
            why="same talks",
            at=NOON,
            details={"into": "dev-2"},
        )
        store.record_event(event)
        assert store.dirty_watches() == ("talks",)
        with store.folding("talks", NOON) as folding:
            assert folding.events() == (event,)
        [row] = store.history("dev-1")
        assert (row.change, row.who, row.why) == ("merge", "ana", ("same talks",))

    def test_unknown_watch(self, store: Store) -> None:
        """A watch that is not in the store cannot be folded."""
        with pytest.raises(StoreError, match="nothing"), store.folding("nothing", NOON):
            pass


class TestWatches:
    """What is tracked."""

    def test_sync(self, store: Store) -> None:
        """New, changed and retired watches are counted; none of it asks for a fold."""
        first = store.sync_watches([watch("a"), watch("b")], NOON)
        second = store.sync_watches([watch("a", title="A")], NOON)
        third = store.sync_watches([watch("a", title="A"), watch("b")], NOON)
        assert [(s.new, s.changed, s.retired) for s in (first, second, third)] == [(2, 0, 0), (0, 1, 1), (0, 1, 0)]
        assert store.dirty_watches() == ()

    def test_renamed(self, store: Store) -> None:
        """A new name takes facts, developments, updates, events and announced keys along; facts keep their developments."""
        with_facts(store)
        with store.folding("talks", NOON) as folding:
            known = development(facts=(fact().key,))
            folding.save(
                ledger(update(development=known)),
                [Announced(update=update(development=known), alert=alert())],
                [],
                ["desk"],
            )
        renamed = watch("summit", renamed_from="talks")
        for _ in range(2):
            store.sync_watches([renamed], NOON)
        with store.folding("summit", NOON) as folding:
            [one] = folding.facts()
            assert one.mention.watch == "summit"
            assert folding.known() == {one.key: "dev-1"}
            assert folding.announced() == {"key-1"}
        [row] = store.development_rows("summit")
        assert (row.development.watch, row.retired) == ("summit", False)
        assert len(store.history("dev-1")) == 1
        with pytest.raises(StoreError, match="talks"), store.folding("talks", NOON):
            pass

    def test_retired_keeps_its_rows(self, store: Store) -> None:
        """A removed watch keeps its developments, marked."""
        with_facts(store)
        with store.folding("talks", NOON) as folding:
            folding.save(ledger(update()), [], [], [])
        store.sync_watches([], NOON)
        assert [row.retired for row in store.development_rows()] == [True]


class TestOutbox:
    """Each alert to each channel once."""

    @pytest.fixture(autouse=True)
    def _filled(self, store: Store) -> None:
        with_facts(store)
        with store.folding("talks", NOON) as folding:
            folding.save(ledger(update()), [Announced(update=update(), alert=alert())], [], ["desk", "mail"])

    def test_claimed_once(self, store: Store, other: Store, wall: Clock) -> None:
        """A delivery under lease is nobody else's; after the lease it is."""
        [mine] = store.claim_deliveries(NOON, ["desk"], 10)
        assert (mine.channel, mine.alert, mine.attempts) == ("desk", alert(), 0)
        assert [one.channel for one in other.claim_deliveries(NOON, ["desk", "mail"], 10)] == ["mail"]
        wall.now += 2 * MINUTE
        assert len(store.claim_deliveries(NOON, ["desk", "mail"], 10)) == 2

    def test_sent_is_done(self, store: Store) -> None:
        """What was sent is not claimed again."""
        [mine] = store.claim_deliveries(NOON, ["desk"], 10)
        store.mark_sent(mine.id, NOON)
        assert store.claim_deliveries(NOON + DAY, ["desk"], 10) == ()
        assert [(one.channel, one.state, one.count) for one in store.outbox_counts()] == [
            ("desk", DeliveryState.SENT, 1), ("mail", DeliveryState.PENDING, 1),
        ]  # fmt: skip

    def test_failed_waits_then_dies(self, store: Store) -> None:
        """What failed is tried at its time, with its attempts counted, until it is given up."""
        [mine] = store.claim_deliveries(NOON, ["desk"], 10)
        store.mark_failed(mine.id, "500", NOON + HOUR)
        assert store.claim_deliveries(NOON, ["desk"], 10) == ()
        [again] = store.claim_deliveries(NOON + HOUR, ["desk"], 10)
        assert again.attempts == 1
        store.mark_failed(mine.id, "500", None)
        assert store.claim_deliveries(NOON + DAY, ["desk"], 10) == ()
        assert (store.alert_rows()[0].deliveries[0].state, store.alert_rows()[0].deliveries[0].attempts) == (
            DeliveryState.DEAD,
            2,
        )
        assert {row.name: row.ok for row in store.status_rows()}["outbox"] is False

    def test_released(self, store: Store, other: Store) -> None:
        """What was not tried is given back at once."""
        [mine] = store.claim_deliveries(NOON, ["desk"], 10)
        store.release_deliveries([mine.id])
        assert [one.attempts for one in other.claim_deliveries(NOON, ["desk"], 10)] == [0]


class TestRuns:
    """Is everything alive."""

    def test_status(self, store: Store) -> None:
        """Status names feeds, entries, watches, outbox and the last run."""
        assert {row.name: row.ok for row in store.status_rows()} == {
            "feeds": True, "entries": True, "watches": True, "outbox": True, "last run": False,
        }  # fmt: skip
        number = store.start_run(NOON)
        assert "has not ended" in store.status_rows()[-1].detail
        store.end_run(number, {"feeds": 2})
        store.record_poll(subscribed(store), polled(entry(1), state=FeedState.BLOCKED), NOON)
        found = {row.name: (row.ok, row.detail) for row in store.status_rows()}
        assert found["feeds"] == (False, "1 blocked")
        assert found["entries"] == (True, "1 waiting")
        assert found["last run"][0]
        assert store.totals() == {"feeds": 1, "entries": 1, "articles": 0, "alerts": 0}

    def test_naive_times_are_refused(self, store: Store) -> None:
        """A time without zone is a bug, and is not stored."""
        with pytest.raises(Exception, match="naive datetime"):
            store.sync_feeds([feed()], datetime(2031, 5, 6))
