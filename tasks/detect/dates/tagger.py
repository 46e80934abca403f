"""Pure. The tagger: runs of date words, pieces, expressions, licence, direction, interval."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import islice

from tasks.detect.dates.combine import Combiner
from tasks.detect.dates.direction import Compass, Direction
from tasks.detect.dates.expression import SHADES, Expression, Found, PartOf, needs_direction
from tasks.detect.dates.licence import Licence
from tasks.detect.dates.resolve import FUTURE, NEAREST, PAST, Anchor, resolve
from tasks.detect.dates.rules import Rules
from tasks.detect.dates.runs import Runs
from tasks.model.language import DateWords
from tasks.model.when import Timex, When

MOST_CANDIDATES = 3000  # of one text: no news text has a tenth of that, and a hostile one shall end soon


class DateTagger:
    """Finds the dates in texts of one language; compiles its rules once, when made."""

    def __init__(self, words: DateWords) -> None:
        self._runs = Runs(words)
        self._rules = Rules(words)
        self._combiner = Combiner(words)
        self._licence = Licence(words)
        self._compass = Compass(words)

    def tag(self, text: str, field: str, published: datetime | None, zone: tzinfo | None) -> tuple[Timex, ...]:
        """Find the dates in a text; days are those of `zone`, else of the offset that `published` carries."""
        return tuple(self.find(text, field, published, zone))

    def find(self, text: str, field: str, published: datetime | None, zone: tzinfo | None) -> Iterator[Timex]:
        """Yield the dates of a text one by one, for who wants only the first of many."""
        local = published.astimezone(zone) if published and zone and published.tzinfo else published
        context = _Context(published=local, zone=zone or (local.tzinfo if local else None))
        yield from (timex for found in self._found(text) if (timex := self._timex(text, field, found, context)))

    def _found(self, text: str) -> Iterator[Found]:
        return (found for found in islice(self._candidates(text), MOST_CANDIDATES) if self._licence.allows(text, found))

    def _candidates(self, text: str) -> Iterator[Found]:
        for run in self._runs.of(text):
            yield from self._combiner.combine(text, self._rules.find(text, run.start, run.end, run.kinds))

    def _timex(self, text: str, field: str, found: Found, context: "_Context") -> Timex | None:
        what: Expression = found.what  # type: ignore[assignment]  # the combiner leaves expressions only
        direction = self._compass.of(text, found.start, found.end) if needs_direction(what) else Direction(sign=NEAREST)
        if found.rule == "in units" and not self._licence.ahead(text, found):
            return None
        day = context.published.date() if context.published else None
        anchor = Anchor(day=day, direction=direction.sign, zone=context.zone)
        bound = self._licence.bound(text, found)
        when = resolve(what, bound, anchor)
        if when is None:
            return None
        how = f"{found.rule}; {_taken(direction, when, day)}" if day and needs_direction(what) else found.rule
        whole = resolve(what.of, bound, anchor) if isinstance(what, PartOf) and what.part in SHADES else None
        words = text[found.start : found.end]
        return Timex(text=words, field=field, start=found.start, end=found.end, when=when, how=how, whole=whole)


def _taken(direction: Direction, when: When, day: date) -> str:
    """Name the direction, and say where the resolver found its reading too far off."""
    against = (
        when.first_day > day if direction.sign == PAST else when.last_day < day if direction.sign == FUTURE else False
    )
    return f"{direction}, but too far off" if against else str(direction)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    published: datetime | None
    zone: tzinfo | None
