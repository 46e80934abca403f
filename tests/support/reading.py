"""Edge: files. Readers for tests, on the built-in packs, actors and languages, from watches as people write them."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from config.load import load_watches
from tasks.backtest import Read, backtest
from tasks.detect import Reader
from tasks.model.alert import AlertLine
from tasks.model.feed import Article
from tasks.model.mention import Mention
from tasks.model.watch import Knowledge

PUBLISHED = datetime(2031, 5, 6, 12, tzinfo=UTC)  # a Tuesday

TALKS = """
[[watch]]
id = "talks"
shape = "occasion"
event = "talks"
parties = [["NO"], ["SE"]]
about = ["fishing quotas"]
"""

TROOPS = """
[[watch]]
id = "troops"
shape = "activity"
event = "troop_movement"
parties = [["SE"]]
places = ["Norway", "Trondheim", "Gotland"]
measure = { unit = "troops", change = 0.2 }
"""

RATES = """
[[watch]]
id = "rates"
shape = "occasion"
event = "rate_decision"
parties = [["ECB"]]
"""

RECALLS = """
[[watch]]
id = "recalls"
shape = "notice"
event = "product_recall"
"""


@cache
def knowledge(watches: str) -> Knowledge:
    """Load watches with the built-in data."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "watches.toml"
        path.write_text(watches, encoding="utf-8")
        return load_watches(path)


@cache
def reader(watches: str) -> Reader:
    """Compile a reader for watches, once."""
    return Reader(knowledge(watches))


def piece(text: str = "", *, title: str = "", at: datetime = PUBLISHED, name: str = "https://a.example/1") -> Article:
    """Make an article of a title, a text or both."""
    return Article(id=name, title=title, text=text, source="Paper", url=name, published=at)


def mentions(watches: str, text: str = "", *, title: str = "", at: datetime = PUBLISHED) -> tuple[Mention, ...]:
    """Read a text for watches."""
    return reader(watches).read(piece(text, title=title, at=at)).mentions


def alerts(watches: str, *articles: Article) -> tuple[AlertLine, ...]:
    """Say what watches would have said of articles, each from an origin of its own."""
    read = [Read(article=one, reading=reader(watches).read(one), origin=one.id) for one in articles]
    return backtest(read, knowledge(watches).watches)
