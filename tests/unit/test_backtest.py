"""What watches would have said of a stream of articles."""

from datetime import datetime
from typing import Any

from tasks.backtest import BEGINNING, Read, backtest, with_times
from tasks.model.mention import Reading, Status
from tasks.model.watch import Change
from tests.support.nouns import DAY, HOUR, NOON, article, fact, watch, when


def read(name: str, published: datetime | None = NOON, **given: Any) -> Read:
    """Make an article that states one thing."""
    mention = fact(**{"confidence": 0.8, **given}).mention
    return Read(article=article(name, published=published), reading=Reading(mentions=(mention,)), origin="Agency")


def test_undated_articles_take_the_time_before_them() -> None:
    """Where nothing is dated yet, it is the beginning of time."""
    dated = with_times([read("a", None), read("b"), read("c", None), read("d", NOON - DAY), read("e", None)])
    assert [one.article.published for one in dated] == [BEGINNING, NOON, NOON, NOON - DAY, NOON - DAY]


def test_alerts_come_in_order_of_time() -> None:
    """The alerts of all watches are merged by `at`, whatever the order of the articles."""
    stream = [
        read("c", NOON + 2 * DAY, status=Status.CANCELLED),
        read("b", NOON + DAY, watch="other"),
        read("a", when=when("2031-06-10")),
    ]
    lines = backtest(stream, [watch(), watch("other")])
    assert [(line.watch, line.change, line.article) for line in lines] == [
        ("talks", Change.NEW, "a"),
        ("other", Change.NEW, "b"),
        ("talks", Change.CANCELLED, "c"),
    ]


def test_a_change_is_said_once() -> None:
    """A second article that says the same is corroboration."""
    assert [line.article for line in backtest([read("a"), read("b", NOON + HOUR)], [watch()])] == ["a"]


def test_the_watch_s_gates_hold() -> None:
    """What `alert_on` leaves out and what is too weak is not said."""
    stream = [read("a"), read("b", NOON + HOUR, status=Status.CANCELLED), read("c", confidence=0.1)]
    lines = backtest(stream, [watch(alert_on=(Change.CANCELLED,))])
    assert [line.change for line in lines] == [Change.CANCELLED]


def test_nobody_s_mentions_are_nobody_s_alerts() -> None:
    """A watch only sees its own mentions; without watches nothing is said."""
    assert backtest([read("a")], [watch("other")]) == backtest([read("a")], []) == ()
