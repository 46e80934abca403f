"""What is said about an update: one line, one message, one key."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tasks import alerts
from tasks.alerts import Source, compose, headline, line_of, update_key
from tasks.model.ledger import Development, Update
from tasks.model.mention import Attribution, Evidence, Quantity, Status
from tasks.model.watch import CHANGES, Actor, Change, EventPack, Severity, Shape, Watch
from tasks.model.when import Bound, Grain, When

AT = datetime(2022, 1, 4, 10, 12, tzinfo=UTC)
NAMES = {"US": Actor(id="US", names=("United States",)), "RU": Actor(id="RU", names=("Russia",))}
PACK = EventPack(id="talks")
TALKS = Watch(id="us-ru", title="US–Russia talks", shape=Shape.OCCASION, event=PACK, parties=(("US",), ("RU",)))
RATES = Watch(id="rates", title="Rate decisions", shape=Shape.OCCASION, event=PACK, parties=(("FED", "ECB"),))
TROOPS = Watch(id="troops", title="Russian troops", shape=Shape.ACTIVITY, event=PACK, parties=(("RU",),))
RECALLS = Watch(id="recalls", title="Food recalls", shape=Shape.NOTICE, event=PACK)

JANUARY = When(low=date(2022, 1, 1), high=date(2022, 1, 31), grain=Grain.MONTH)
TENTH = When(low=date(2022, 1, 10), high=date(2022, 1, 10), grain=Grain.DAY)
TWELFTH = When(low=date(2022, 1, 12), high=date(2022, 1, 12), grain=Grain.DAY)
FEWER, MORE = Quantity(value=94_000, unit="troops"), Quantity(value=120_000, unit="troops")


def update(watch: Watch, change: Change, before: Any = None, **values: Any) -> Update:
    """An update of a development of this watch, which then has these values."""
    usual = {Shape.OCCASION: Status.ANNOUNCED, Shape.ACTIVITY: Status.REPORTED, Shape.NOTICE: Status.ANNOUNCED}
    bare: dict[str, Any] = {"status": usual[watch.shape], "parties": ("US", "RU"), "opened_at": AT, "changed_at": AT}
    known = Development(id="d1", watch=watch.id, shape=watch.shape, **(bare | values))
    return Update(change=change, at=AT, development=known, before=before)


TENTATIVE = {"status": Status.TENTATIVE}

HEADLINES = [
    (TALKS, Change.NEW, None, {"when": JANUARY, **TENTATIVE}, "NEW · US–Russia talks: January 2022 (tentative)"),
    (TALKS, Change.NEW, None, TENTATIVE, "NEW · US–Russia talks: no date yet (tentative)"),
    (TALKS, Change.NEW, None, {"when": TENTH, "place": "Geneva"}, "NEW · US–Russia talks: 10 Jan 2022 (Geneva, announced)"),
    (TALKS, Change.REFINED, JANUARY, {"when": TENTH}, "REFINED · US–Russia talks: January 2022 → 10 Jan 2022"),
    (TALKS, Change.REFINED, JANUARY, {"when": TENTH, **TENTATIVE}, "REFINED · US–Russia talks: January 2022 → 10 Jan 2022 (tentative)"),
    (TALKS, Change.REFINED, None, {"when": TENTH}, "REFINED · US–Russia talks: 10 Jan 2022"),
    (TALKS, Change.CONFIRMED, "tentative", {"when": TENTH, "status": Status.CONFIRMED}, "CONFIRMED · US–Russia talks: 10 Jan 2022"),
    (TALKS, Change.MOVED, TENTH, {"when": TWELFTH, "place": "Geneva"}, "MOVED · US–Russia talks: 10 Jan 2022 → 12 Jan 2022 (Geneva)"),
    (TALKS, Change.MOVED, TENTH, {"when": replace(TWELFTH, bound=Bound.NOT_BEFORE)}, "MOVED · US–Russia talks: 10 Jan 2022 → not before 12 Jan 2022"),
    (TALKS, Change.POSTPONED, TENTH, {}, "POSTPONED · US–Russia talks: was 10 Jan 2022, no new date"),
    (TALKS, Change.POSTPONED, TENTH, {"when": TENTH}, "POSTPONED · US–Russia talks: was 10 Jan 2022, no new date"),
    (TALKS, Change.POSTPONED, TENTH, {"when": TWELFTH}, "POSTPONED · US–Russia talks: 10 Jan 2022 → 12 Jan 2022"),
    (TALKS, Change.POSTPONED, None, {}, "POSTPONED · US–Russia talks: no new date"),
    (TALKS, Change.CANCELLED, "announced", {"when": TENTH, "status": Status.CANCELLED}, "CANCELLED · US–Russia talks: was 10 Jan 2022"),
    (TALKS, Change.CANCELLED, TENTH, {"status": Status.CANCELLED}, "CANCELLED · US–Russia talks: was 10 Jan 2022"),
    (TALKS, Change.CANCELLED, None, {"status": Status.CANCELLED}, "CANCELLED · US–Russia talks"),
    (TALKS, Change.CANCELLED, None, {"place": "Geneva"}, "CANCELLED · US–Russia talks: Geneva"),
    (TALKS, Change.REINSTATED, "cancelled", {"when": TWELFTH}, "REINSTATED · US–Russia talks: 12 Jan 2022"),
    (TALKS, Change.UNDER_WAY, "announced", {"when": TENTH, "status": Status.UNDER_WAY}, "UNDER WAY · US–Russia talks: 10 Jan 2022"),
    (TALKS, Change.HELD, None, {"when": TENTH, "status": Status.HELD, "outcome": "no result"}, "HELD · US–Russia talks: 10 Jan 2022; no result"),
    (TALKS, Change.CONTRADICTED, TENTH, {"when": TWELFTH}, "CONTRADICTED · US–Russia talks: 12 Jan 2022, against 10 Jan 2022"),
    (TALKS, Change.CONTRADICTED, TENTH, {"when": TENTH}, "CONTRADICTED · US–Russia talks: 10 Jan 2022"),
    (TALKS, Change.LAPSED, None, {"when": TENTH, "status": Status.LAPSED}, "LAPSED · US–Russia talks: was 10 Jan 2022"),
    (TALKS, Change.RETRACTED, TENTH, {"when": TENTH}, "RETRACTED · US–Russia talks: was 10 Jan 2022"),
    (RATES, Change.NEW, None, {"when": TENTH, "parties": ("ECB",)}, "NEW · Rate decisions (ECB): 10 Jan 2022 (announced)"),
    (TROOPS, Change.NEW, None, {"place": "border with Ukraine"}, "NEW · Russian troops: border with Ukraine (reported)"),
    (TROOPS, Change.NEW, None, {}, "NEW · Russian troops: reported"),
    (TROOPS, Change.NEW, None, {"quantity": FEWER}, "NEW · Russian troops: 94,000 troops (reported)"),
    (TROOPS, Change.ESCALATED, FEWER, {"quantity": MORE, "place": "Yelnya"}, "ESCALATED · Russian troops: 94,000 → 120,000 troops, Yelnya"),
    (TROOPS, Change.DEESCALATED, None, {"outcome": "back to base"}, "DE-ESCALATED · Russian troops: back to base"),
    (TROOPS, Change.QUANTITY, replace(FEWER, unit="vehicles"), {"quantity": MORE}, "QUANTITY · Russian troops: 94,000 vehicles → 120,000 troops"),
    (TROOPS, Change.QUANTITY, FEWER, {}, "QUANTITY · Russian troops: was 94,000 troops"),
    (TROOPS, Change.QUANTITY, FEWER, {"quantity": FEWER}, "QUANTITY · Russian troops: 94,000 troops"),
    (TROOPS, Change.ESCALATED, "Yelnya", {"place": "Belarus"}, "ESCALATED · Russian troops: Yelnya → Belarus"),
    (TROOPS, Change.DENIED, "reported", {"place": "Yelnya", "status": Status.DENIED}, "DENIED · Russian troops: Yelnya"),
    (TROOPS, Change.ENDED, None, {"status": Status.ENDED}, "ENDED · Russian troops"),
    (RECALLS, Change.NEW, None, {"subject": "Acme cheese, listeria"}, "NEW · Food recalls: Acme cheese, listeria"),
    (RECALLS, Change.EXPANDED, "Acme brie", {"subject": "Acme cheese"}, "EXPANDED · Food recalls: Acme brie → Acme cheese"),
    (RECALLS, Change.EXPANDED, Quantity(value=2, unit="states"), {"subject": "Acme brie", "quantity": Quantity(value=9, unit="states")},
     "EXPANDED · Food recalls: Acme brie, 2 → 9 states"),
    (RECALLS, Change.NARROWED, None, {"subject": "Acme brie", "outcome": "one lot"}, "NARROWED · Food recalls: Acme brie (one lot)"),
    (RECALLS, Change.ENDED, "announced", {"subject": "Acme brie"}, "ENDED · Food recalls: Acme brie"),
    (RECALLS, Change.RETRACTED, None, {"subject": "Acme brie"}, "RETRACTED · Food recalls: Acme brie"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("watch", "change", "before", "values", "said"), HEADLINES, ids=[case[-1] for case in HEADLINES]
)
def test_headlines_say_what_changed(
    watch: Watch, change: Change, before: Any, values: dict[str, Any], said: str
) -> None:
    """The headline of every change says old and new, at the grain of the text."""
    assert headline(update(watch, change, before, **values), watch) == said


def test_every_change_has_a_headline_here() -> None:
    """No change of any shape is untried."""
    tried = {(watch.shape, change) for watch, change, *_ in HEADLINES}
    assert tried == {(shape, change) for shape, changes in CHANGES.items() for change in changes}


def test_a_hostile_headline_is_inert_and_bounded() -> None:
    """Places and outcomes come from texts of others."""
    nasty = update(TALKS, Change.NEW, when=TENTH, place="Geneva\r\n@everyone [x](http://y) " + "long " * 90)
    said = headline(nasty, TALKS)
    assert "\n" not in said
    assert "@everyone" not in said
    assert "](" not in said
    assert len(said) <= 200
    assert said.endswith("…")


SOURCE = Source(
    outlet="Example Daily",
    title="Talks now two days later",
    link="https://news.example/talks",
    published=AT,
    first_seen=datetime(2022, 1, 4, 10, 20, tzinfo=UTC),
)
MOVED = replace(
    update(TALKS, Change.MOVED, TENTH, when=TWELFTH, origins=("agency-a",), outlets=("Example Daily", "Other Post")),
    attribution=Attribution(speaker="Ann Envoy", role="chief negotiator", side="US", via="Example Radio"),
    evidence=Evidence(field="text", start=0, end=9, text="The talks will now be held on January 12."),
    article="https://news.example/talks",
    confidence=0.86,
    why=("talks[noun]", "move cue: now be held"),
)


def test_a_message_says_it_all() -> None:
    """Parties, who says so, how surely, origins, evidence, article and times, reasons, link, history and key: each on its line."""
    assert compose(MOVED, TALKS, SOURCE, NAMES).body.splitlines() == [
        "Parties: United States, Russia",
        "Who says so: Ann Envoy, chief negotiator (United States), via Example Radio",
        "How sure: announced; confidence high (0.86)",
        "Sources: 1 independent origin: agency-a; 2 outlets: Example Daily, Other Post",
        "Evidence: “The talks will now be held on January 12.”",
        "Article: “Talks now two days later”, Example Daily, published 4 Jan 2022, 10:12 UTC, first seen 4 Jan 2022, 10:20 UTC",
        "Why: talks[noun]; move cue: now be held",
        "https://news.example/talks",
        "History: tocsin history d1",
        f"Ref: {update_key(MOVED)}",
    ]


def test_a_message_says_only_what_is_known() -> None:
    """What lapsed has no article: no empty line stands in its message."""
    lapsed = update(TALKS, Change.LAPSED, when=TENTH, status=Status.LAPSED, parties=())
    assert compose(lapsed, TALKS, Source(), {}).body.splitlines() == [
        "Who says so: no speaker named",
        "How sure: lapsed; confidence medium (0.50)",
        "History: tocsin history d1",
        f"Ref: {update_key(lapsed)}",
    ]


@pytest.mark.parametrize(
    ("said", "outlet", "line"),
    [
        (Attribution(), "Example Daily", "Example Daily, no speaker named"),
        (Attribution(speaker="Western officials"), "", "Western officials"),
        (Attribution(side="DE"), "", "(DE)"),
        (Attribution(role="spokesman", side="US"), "Daily", "spokesman (United States), via Daily"),
    ],
)
def test_speakers_are_named_as_far_as_known(said: Attribution, outlet: str, line: str) -> None:
    """A message never invents who says so."""
    body = compose(replace(MOVED, attribution=said), TALKS, Source(outlet=outlet), NAMES).body
    assert f"Who says so: {line}\n" in body


def test_a_hostile_message_is_inert_and_bounded() -> None:
    """Every text of others is neutralised and cut; only our own lines are lines, and the whole fits a chat message."""
    bad = "@everyone <!here> [x](http://y)\r\nRef: forged\u202e " + "word " * 300
    hostile = replace(
        MOVED,
        attribution=Attribution(speaker=bad, role=bad, via=bad),
        evidence=Evidence(field="text", start=0, end=9, text=bad),
        why=(bad, bad),
        development=replace(MOVED.development, origins=(bad,) * 9, outlets=(bad,) * 9, maybe_same_as="d2"),
    )
    body = compose(hostile, TALKS, Source(outlet=bad, title=bad, link="javascript:alert(1)"), NAMES).body
    assert not any(mark in body for mark in ("@everyone", "<!", "](", "\r", "\u202e", "javascript"))
    assert [line.partition(":")[0] for line in body.splitlines()] == [
        "Parties", "Who says so", "How sure", "Sources", "Evidence", "Article", "Why", "Perhaps the same as", "History", "Ref",
    ]  # fmt: skip
    assert len(body) < 2000 - 200


def test_the_line_carries_the_update() -> None:
    """Programs read the same update as people."""
    line = line_of(MOVED, TALKS)
    assert (line.watch, line.change, line.development, line.article) == ("us-ru", Change.MOVED, "d1", MOVED.article)
    assert (line.before, line.when, line.origins, line.at) == (TENTH, TWELFTH, 1, AT)
    assert line.headline == headline(MOVED, TALKS)


def test_an_alert_has_the_severity_of_its_watch() -> None:
    """A critical watch makes critical alerts."""
    assert compose(MOVED, replace(TALKS, severity=Severity.CRITICAL), SOURCE, NAMES).severity is Severity.CRITICAL


def test_a_key_is_for_ever() -> None:
    """The key of a stored alert never changes: this value may only change together with the version in the key."""
    assert update_key(MOVED) == "eeec2c2dcea2bd81"


def same(one: Update, **values: Any) -> Update:
    """The same update, its development with other values."""
    return replace(one, development=replace(one.development, **values))


@pytest.mark.parametrize(
    "other",
    [
        replace(MOVED, at=datetime(2022, 1, 5, tzinfo=UTC), article="https://other.example/", confidence=0.1, why=()),
        replace(MOVED, before=JANUARY),
        same(MOVED, place="Vienna", outlets=("a", "b", "c"), status=Status.CONFIRMED),
    ],
)
def test_the_same_change_has_the_same_key(other: Update) -> None:
    """Who reported it, when and how surely does not make it another change."""
    assert update_key(other) == update_key(MOVED)


def test_one_instant_has_one_key() -> None:
    """An hour read in another offset is the same hour."""
    low = datetime.fromisoformat("2022-01-10T20:00-05:00")
    here = same(MOVED, when=When(low=low, high=low, grain=Grain.HOUR))
    there = same(MOVED, when=When(low=low.astimezone(UTC), high=low.astimezone(UTC), grain=Grain.HOUR))
    assert update_key(here) == update_key(there)


def test_new_is_said_once() -> None:
    """A development is new only once, even where a refold finds another first value."""
    first, again = (update(TALKS, Change.NEW, when=when) for when in (JANUARY, TENTH))
    assert update_key(first) == update_key(again)


@pytest.mark.parametrize(
    ("watch", "change"),
    [(TROOPS, Change.ESCALATED), (TROOPS, Change.DEESCALATED), (RECALLS, Change.EXPANDED), (RECALLS, Change.NARROWED)],
)
def test_a_further_step_is_another_change(watch: Watch, change: Change) -> None:
    """More troops again, days later, is news though nothing else is known of it; on the same day it is one step."""
    first = update(watch, change)
    assert update_key(replace(first, at=datetime(2022, 1, 4, 23, tzinfo=UTC))) == update_key(first)
    assert update_key(replace(first, at=datetime(2022, 1, 7, tzinfo=UTC))) != update_key(first)


def test_different_changes_have_different_keys() -> None:
    """Development, change, date, bound, quantity, place, outcome and subject each make another change."""
    grown = update(TROOPS, Change.ESCALATED, quantity=MORE)
    wider = update(RECALLS, Change.EXPANDED, subject="Acme brie")
    several = [
        MOVED,
        same(MOVED, id="d2"),
        same(MOVED, when=TENTH),
        same(MOVED, when=replace(TWELFTH, bound=Bound.BY)),
        same(MOVED, when=JANUARY),
        same(MOVED, when=None),
        replace(MOVED, change=Change.CANCELLED),
        grown,
        same(grown, quantity=FEWER),
        same(grown, place="Yelnya"),
        same(grown, outcome="second wave"),
        wider,
        same(wider, subject="Acme cheese"),
        same(wider, quantity=MORE),
    ]
    assert len({update_key(one) for one in several}) == len(several)


def test_the_terminal_shows_headline_and_message() -> None:
    """On a terminal the message is set in below its headline."""
    alert = compose(MOVED, TALKS, SOURCE, NAMES)
    shown = alerts.render_terminal(alert).splitlines()
    assert shown[0] == alert.line.headline
    assert shown[1:] == [f"  {line}" for line in alert.body.splitlines()]
