"""Unit tests of tasks/detect/scene.py."""

from tasks.detect.clauses import Clause
from tasks.detect.scene import Dated, Finders, Named, Scene
from tasks.detect.sentences import split
from tasks.model.mention import ActorMention
from tasks.model.when import Grain, Timex, When
from tests.support.reading import PUBLISHED

TEXT = "Norway waits, Sweden goes Monday"
DAY = When(low=PUBLISHED.date(), high=PUBLISHED.date(), grain=Grain.DAY)


def test_a_scene_finds_each_thing_once_and_by_clause() -> None:
    """Clauses, actors and dates are looked for when first asked, and given by clause."""
    asked = []

    def actors(text: str, field: str) -> tuple[ActorMention, ...]:
        asked.append(field)
        return tuple(
            ActorMention(actor=name[:2].upper(), text=name, field=field, start=text.index(name), end=text.index(name) + 6, kind="name")
            for name in ("Norway", "Sweden")
        )  # fmt: skip

    def dates(text: str, field: str) -> tuple[Timex, ...]:
        start = text.index("Monday")
        return (Timex(text="Monday", field=field, start=start, end=start + 6, when=DAY, how="weekday"),)

    first, second = Clause(start=0, end=14), Clause(start=14, end=len(TEXT))
    finders = Finders(clauses=lambda _: (first, second), actors=actors, dates=dates)
    [sentence] = split(TEXT, "title", ())
    scene = Scene(sentence, finders, published=PUBLISHED.date(), lead=True)
    assert asked == []
    assert scene.clause_at(20) == second
    assert scene.clause_at(99) == second
    assert scene.actors_in(second) == (Named(actor="SW", kind="name", text="Sweden", start=14, end=20),)
    assert scene.dates_in(first) == ()
    assert scene.dates_in(second) == (Dated(when=DAY, text="Monday", start=26, end=32),)
    assert asked == ["title"]
