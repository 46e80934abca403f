"""Pure. Nouns for tests, in our own words: name what matters, the rest is filled in."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tasks.model.alert import Alert, AlertLine
from tasks.model.feed import Article, Entry, FeedSpec
from tasks.model.ledger import Development, Fact, Ledger, Update
from tasks.model.mention import Evidence, Mention, Status
from tasks.model.watch import Change, EventPack, Shape, Watch
from tasks.model.when import Grain, When

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

_LEXICON = [
    "harbour",
    "ferry",
    "council",
    "bridge",
    "orchard",
    "lantern",
    "glacier",
    "miner",
    "tunnel",
    "valley",
    "copper",
    "pilot",
    "archive",
    "senate",
    "railway",
    "dam",
    "border",
    "envoy",
    "minister",
    "winter",
    "storm",
    "budget",
    "reactor",
    "cable",
    "satellite",
    "drought",
    "grain",
    "market",
    "strike",
    "teacher",
    "hospital",
    "museum",
    "festival",
    "river",
    "delta",
    "quietly",
    "plainly",
    "slowly",
    "opened",
    "closed",
    "repaired",
    "measured",
    "promised",
    "refused",
    "counted",
    "carried",
    "crossed",
    "warned",
    "signed",
    "planted",
    "drained",
]


def prose(seed: int, length: int = 200) -> str:
    """Make a text that no other seed makes."""
    chosen = random.Random(seed)
    return " ".join(chosen.choice(_LEXICON) + ("." if n % 12 == 11 else "") for n in range(length))


def article(name: str = "https://a.example/1", **given: Any) -> Article:
    """Make an article."""
    filled: dict[str, Any] = {
        "title": f"Report {name}",
        "text": prose(len(name)),
        "published": NOON,
        "url": name,
        "source": "Daily",
    }
    return Article(id=name, **{**filled, **given})


def entry(number: int = 1, **given: Any) -> Entry:
    """Make a feed's entry."""
    link = f"https://a.example/{number}"
    return Entry(
        **{
            "key": f"guid-{number}",
            "guid": f"guid-{number}",
            "link": link,
            "title": f"Title {number}",
            "summary": "Short.",
            **given,
        }
    )


def feed(number: int = 1, **given: Any) -> FeedSpec:
    """Make a feed."""
    return FeedSpec(**{"url": f"https://feeds.example/{number}.xml", "name": f"Feed {number}", **given})


def watch(name: str = "talks", **given: Any) -> Watch:
    """Make a watch."""
    return Watch(**{"id": name, "shape": Shape.OCCASION, "event": EventPack(id="talks", nouns=("talks",)), **given})


def fact(of: str = "https://a.example/1", *, start: int = 0, at: datetime = NOON, **given: Any) -> Fact:
    """Make a fact; what is given goes to its mention."""
    span = Evidence(field="text", start=start, end=start + 10, text="Talks open")
    return Fact(
        mention=Mention(
            **{"watch": "talks", "trigger": "talks", "status": Status.ANNOUNCED, "evidence": span, **given}
        ),
        article=of,
        at=at,
    )


def development(name: str = "dev-1", **given: Any) -> Development:
    """Make a development."""
    filled: dict[str, Any] = {
        "watch": "talks",
        "shape": Shape.OCCASION,
        "status": Status.ANNOUNCED,
        "opened_at": NOON,
        "changed_at": NOON,
    }
    return Development(id=name, **{**filled, **given})


def update(change: Change = Change.NEW, **given: Any) -> Update:
    """Make an update."""
    return Update(
        **{"change": change, "at": NOON, "development": development(), "article": "https://a.example/1", **given}
    )


def ledger(*updates: Update) -> Ledger:
    """Make a ledger whose developments are as the updates left them."""
    return Ledger(
        developments=tuple({one.development.id: one.development for one in updates}.values()), updates=updates
    )


def alert(key: str = "key-1", **given: Any) -> Alert:
    """Make an alert."""
    line = AlertLine(
        watch="talks", change=Change.NEW, development="dev-1", when=None, before=None, status=Status.ANNOUNCED, parties=(), place=None,
        quantity=None, subject=None, outcome=None, origins=1, article="https://a.example/1", at=NOON, confidence=0.8,
        headline="NEW talks", why=("noun talks",),
    )  # fmt: skip
    return Alert(key=key, line=line, body="Talks open.", **given)


def when(low: str, high: str = "", grain: Grain = Grain.DAY) -> When:
    """Make an interval of days: a day, where it has no end."""
    return When(low=date.fromisoformat(low), high=date.fromisoformat(high or low), grain=grain)
