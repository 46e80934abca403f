"""Every line that programs read is held against its schema, with all values there and with none."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tasks import lines
from tasks.errors import Problem
from tasks.model.alert import AlertLine, DeliveryOutcome, DeliveryState
from tasks.model.feed import Entry, FeedState, Page, ParsedFeed
from tasks.model.ledger import Development
from tasks.model.mention import ActorMention, Attribution, Evidence, Mention, Quantity, Reading, Status
from tasks.model.report import AlertRow, DevelopmentRow, FeedRow, HistoryRow, RunRow, StatusRow
from tasks.model.watch import Change, Shape
from tasks.model.when import Bound, Grain, Timex, When
from tests.support import schemas

AT = datetime(2022, 1, 4, 10, 12, tzinfo=UTC)
DAY = When(low=date(2022, 1, 10), high=date(2022, 1, 10), grain=Grain.DAY)
EVENING = datetime(2022, 1, 10, 20, tzinfo=timezone(timedelta(hours=-5)))
HOUR = When(low=EVENING, high=EVENING.replace(minute=59, second=59), grain=Grain.HOUR, bound=Bound.NOT_BEFORE)
TROOPS = Quantity(value=94_000, unit="troops")
SPAN = Evidence(field="text", start=3, end=9, text="They meet.")


def alert_line(**values: Any) -> AlertLine:
    """An alert's line, bare but for these values."""
    bare: dict[str, Any] = {
        "watch": "w", "change": Change.NEW, "development": "d1", "when": None, "before": None, "status": Status.TENTATIVE,
        "parties": (), "place": None, "quantity": None, "subject": None, "outcome": None, "origins": 1, "article": None,
        "at": AT, "confidence": 0.5, "headline": "NEW · w: no date yet", "why": (),
    }  # fmt: skip
    return AlertLine(**(bare | values))


def development(**values: Any) -> Development:
    """A development, bare but for these values."""
    bare: dict[str, Any] = {"id": "d1", "watch": "w", "shape": Shape.OCCASION, "status": Status.TENTATIVE}
    return Development(**(bare | {"opened_at": AT, "changed_at": AT} | values))


FULL = alert_line(
    when=HOUR, before=DAY, parties=("US", "RU"), place="Geneva", quantity=TROOPS, subject="talks", outcome="agreed",
    article="https://news.example/1", why=("talks[noun]", "will"),
)  # fmt: skip
DELIVERED = DeliveryOutcome(channel="desk", state=DeliveryState.DEAD, attempts=3)
ENTRY = Entry(key="k", title="T", link="https://news.example/1", published=AT, summary="S", content="C")
TIMEX = Timex(text="January 10", field="title", start=0, end=10, when=DAY, how="month day, future verb")
ACTOR = ActorMention(actor="US", text="Washington", field="text", start=0, end=10, kind="seat")
MENTION = Mention(watch="w", trigger="talks", status=Status.ANNOUNCED, evidence=SPAN)
SAID = Attribution(speaker="A. Person", role="envoy", side="US", via="Example Radio")
FULL_MENTION = Mention(
    watch="w", trigger="talks", status=Status.ANNOUNCED, evidence=SPAN, when=HOUR, previous=DAY, moved=True, parties=("US",),
    place="Geneva", quantity=Quantity(value=4.5, unit="percent"), subject="s", outcome="o", attribution=SAID,
    accepted=False, why=("no party",),
)  # fmt: skip
READING = Reading(dates=(TIMEX,), actors=(ACTOR,), mentions=(MENTION, FULL_MENTION))
FULL_DEVELOPMENT = development(
    when=DAY, parties=("US",), quantity=TROOPS, attribution=SAID, origins=("o",), outlets=("a", "b")
)

CASES = {
    "alert": ("alert", lines.alert(alert_line())),
    "alert, full": ("alert", lines.alert(FULL)),
    "alert, quantity before": ("alert", lines.alert(alert_line(before=TROOPS))),
    "alert, text before": ("alert", lines.alert(alert_line(before="tentative"))),
    "alert row": ("alert_row", lines.alert_row(AlertRow(line=FULL, deliveries=(DELIVERED,)))),
    "alert row, nowhere sent": ("alert_row", lines.alert_row(AlertRow(line=FULL))),
    "feed read": ("parse-feed", lines.parsed_feed("f.xml", ParsedFeed(title="F", entries=(ENTRY, Entry(key="k2"))))),
    "feed unread": ("parse-feed", lines.parsed_feed("f.xml", None, "no feed: HTML")),
    "page": ("extract", lines.extracted("p", Page(title="T", text="X", published=AT, language="en"))),
    "page, bare": ("extract", lines.extracted("p", Page())),
    "page, none": ("extract", lines.extracted("p", None, "no article found")),
    "story": ("stories", lines.filed("a", story="s1", origin="ap", duplicate_of="b")),
    "story, first": ("stories", lines.filed("a", story="s1", origin="", duplicate_of=None)),
    "explained": ("explain", lines.explained("a", READING)),
    "explained, nothing": ("explain", lines.explained("a", Reading())),
    "bad line": ("error", lines.bad(None, "line 3: not JSON")),
    "feed": ("feed", lines.feed(FeedRow(url="https://f.example/", name="F", state=FeedState.NEW))),
    "feed, ill": (
        "feed",
        lines.feed(
            FeedRow(url="u", name="", state=FeedState.VOLUME_LOW, error="few entries", entries=3, next_poll=AT)
        ),
    ),
    "development": ("development", lines.development(DevelopmentRow(development=development()))),
    "development, full": ("development", lines.development(DevelopmentRow(development=FULL_DEVELOPMENT, retired=True))),
    "history": ("history", lines.history(HistoryRow(at=AT, change=Change.MOVED, before=DAY, article="a", why=("x",)))),
    "history, by hand": ("history", lines.history(HistoryRow(at=AT, change="merge", who="an analyst"))),
    "status": ("status", lines.status(StatusRow(name="store", ok=False, detail="locked"))),
    "run": ("run", lines.run(RunRow(feeds=3, errors=1))),
    "problem": ("problem", lines.problem(Problem(file="feeds.toml", place="feed[2].ulr", problem="unknown key", nearest="url"))),
    "problem, no guess": ("problem", lines.problem(Problem(file="f", place="", problem="not TOML"))),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), CASES.values(), ids=CASES.keys())
def test_every_line_has_its_format(kind: str, line: dict[str, Any]) -> None:
    """A line holds against its schema, and is the same after a journey through JSON."""
    schemas.check(kind, line)
    assert json.loads(lines.dumps(line)) == line


def test_every_schema_is_tried() -> None:
    """No closed format is without a case."""
    assert {kind for kind, _ in CASES.values()} == set(schemas.SCHEMAS)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"change": "delayed"}, "$.change"),
        ({"status": "maybe"}, "$.status"),
        ({"when": {"low": "2022-01-10", "high": None, "grain": "day", "bound": "on"}}, "$.when"),
        ({"at": "2022-01-04T10:12:00"}, "$.at"),
        ({"headline": "two\nlines"}, "$.headline"),
        ({"parties": "US"}, "$.parties"),
    ],
)
def test_schemas_refuse_what_is_wrong(wrong: dict[str, Any], where: str) -> None:
    """A schema that lets everything pass would prove nothing."""
    found = schemas.problems("alert", lines.alert(FULL) | wrong)
    assert [one.partition(":")[0] for one in found] == [where]


def test_a_missing_key_is_refused() -> None:
    """Every key of a closed format is required."""
    line = lines.alert(FULL)
    for key in line:
        assert schemas.problems("alert", {name: value for name, value in line.items() if name != key})


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (None, None),
        (DAY, {"low": "2022-01-10", "high": "2022-01-10", "grain": "day", "bound": "on"}),
        (HOUR, {"low": "2022-01-10T20:00-05:00", "high": "2022-01-10T20:59:59-05:00", "grain": "hour", "bound": "not_before"}),
    ],
)  # fmt: skip
def test_whens_are_written_as_read(when: When | None, written: object) -> None:
    """Days are ISO days; instants keep the offset that they were read in."""
    assert lines.when(when) == written


def test_whole_quantities_have_no_fraction() -> None:
    """94,000 troops is 94000, a rate keeps its fraction."""
    assert lines.dumps({"q": lines.quantity(TROOPS)}) == '{"q": {"value": 94000, "unit": "troops"}}'
    assert lines.quantity(Quantity(value=4.25, unit="percent")) == {"value": 4.25, "unit": "percent"}


def test_lines_are_readable_where_they_can_be() -> None:
    """Text stays text; a lone surrogate in an id that was handed in is escaped, for it cannot be printed."""
    assert lines.dumps({"headline": "10 → 12"}) == '{"headline": "10 → 12"}'
    assert lines.dumps({"id": "\ud800 →"}) == '{"id": "\\ud800 \\u2192"}'


def test_a_damaged_feed_that_was_read_says_so() -> None:
    """A feed that could be read is ok, and its damage is told."""
    line = lines.parsed_feed("f", ParsedFeed(entries=(ENTRY,), problem="cut off"))
    assert (line["ok"], line["error"]) == (True, "cut off")
