"""Pure. Facts for ledger tests, short to write: so many hours after noon of 6 May 2031."""

from datetime import date, timedelta
from typing import Any

from tasks.model.ledger import Fact, Ledger
from tasks.model.mention import Status
from tasks.model.when import Grain, When
from tests.support.nouns import HOUR, NOON, fact


def days(first: str, last: str | None = None) -> When:
    """Give an interval of days."""
    low, high = date.fromisoformat(first), date.fromisoformat(last or first)
    grain = Grain.DAY if low == high else Grain.WEEK if high - low < timedelta(8) else Grain.MONTH
    return When(low=low, high=high, grain=grain)


def told(hours: float, status: Status = Status.ANNOUNCED, **given: Any) -> Fact:
    """Tell something so many hours after noon; each time in an article of its own, unless `of` names one."""
    article = given.pop("of", f"https://a.example/{hours:07.1f}")
    filled = {"parties": ("NO", "SE"), "confidence": 0.7}
    dates = {key: days(*given[key]) for key in ("when", "previous") if given.get(key)}
    return fact(article, at=NOON + hours * HOUR, status=status, **{**filled, **given, **dates})


def steps(ledger: Ledger) -> list[tuple[str, str]]:
    """Give what changed and the status after it."""
    return [(str(one.change), str(one.development.status)) for one in ledger.updates]
