"""Pure. A sentence with everything found in it, each looked for when first asked; offsets are into the sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from tasks.detect.clauses import Clause
from tasks.detect.sentences import Sentence
from tasks.model.mention import ActorMention
from tasks.model.when import Timex, When

# Every trigger is read against all of them, so that a list or an attack would cost dear. Of 91,000 sentences of news
# five name more actors, and none more dates.
MOST_FOUND = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An actor named in the sentence; `kind` as in ActorMention."""

    actor: str
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date in the sentence."""

    when: When
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finders:
    """How clauses, actors and dates of a text are found, for one article."""

    clauses: Callable[[str], tuple[Clause, ...]]
    actors: Callable[[str, str], tuple[ActorMention, ...]]
    dates: Callable[[str, str], Iterable[Timex]]


class Scene:
    """A sentence on one line, with clauses, actors and dates."""

    def __init__(self, sentence: Sentence, finders: Finders, *, published: date | None, lead: bool) -> None:
        self.text, self.field, self.offset = sentence.flat, sentence.field, sentence.start
        self.published, self.lead = published, lead  # lead: the title, or one of the first sentences
        self._find = finders

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, in order."""
        return self._find.clauses(self.text)

    @cached_property
    def actors(self) -> tuple[Named, ...]:
        """The actors that it names."""
        found = self._find.actors(self.text, self.field)
        return tuple(
            Named(actor=a.actor, kind=a.kind, text=a.text, start=a.start, end=a.end) for a in found[:MOST_FOUND]
        )

    @cached_property
    def dates(self) -> tuple[Dated, ...]:
        """The dates that it names."""
        found = islice(self._find.dates(self.text, self.field), MOST_FOUND)
        return tuple(Dated(when=t.when, text=t.text, start=t.start, end=t.end) for t in found)

    def clause_at(self, place: int) -> Clause:
        """Give the clause that holds a place."""
        return next((clause for clause in self.clauses if clause.start <= place < clause.end), self.clauses[-1])

    def actors_in(self, clause: Clause) -> tuple[Named, ...]:
        """Give the actors named in a clause."""
        return tuple(named for named in self.actors if clause.start <= named.start < clause.end)

    def dates_in(self, clause: Clause) -> tuple[Dated, ...]:
        """Give the dates in a clause."""
        return tuple(dated for dated in self.dates if clause.start <= dated.start < clause.end)
