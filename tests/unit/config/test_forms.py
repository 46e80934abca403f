"""Forms and their nouns."""

import pytest
from pydantic import TypeAdapter

from config.forms import ActorForm, FeedForm, WatchForm, noun, watch_of
from tasks.model.feed import FeedSpec
from tasks.model.watch import CHANGES, Actor, Change, EventPack, Shape, Watch

TALKS = EventPack(id="talks", nouns=("talks",))


def watch(text: str) -> Watch:
    """Read a watch from JSON."""
    context = {"pack": {"talks": TALKS}}
    form: WatchForm = TypeAdapter(WatchForm).validate_json(text, context=context)
    return watch_of(form)


def test_noun() -> None:
    """A form gives its noun, with what the form does not say."""
    assert noun(FeedSpec, FeedForm(url="https://example.org/")) == FeedSpec(url="https://example.org/")
    assert noun(Actor, ActorForm(names=("x",)), id="US") == Actor(id="US", names=("x",))


@pytest.mark.parametrize(
    ("shape", "more"),
    [("occasion", ', "parties": [["US"], ["RU"]]'), ("activity", ', "places": ["Ukraine"]'), ("notice", "")],
)
def test_a_watch_announces_every_change_but_lapsed(shape: str, more: str) -> None:
    """Without alert_on, every change of the shape is announced, except lapsed."""
    found = watch(f'{{"id": "a", "shape": "{shape}", "event": "talks"{more}}}')
    assert set(found.alert_on) == set(CHANGES[Shape(shape)]) - {Change.LAPSED}
    assert type(found) is Watch


def test_alert_on_is_kept() -> None:
    """What alert_on names is announced, lapsed too."""
    found = watch('{"id": "a", "shape": "occasion", "event": "talks", "parties": [["US"]], "alert_on": ["lapsed"]}')
    assert found.alert_on == (Change.LAPSED,)


def test_a_named_event_is_its_pack() -> None:
    """An event by name is the pack."""
    assert watch('{"id": "a", "shape": "notice", "event": "talks"}').event == TALKS


def test_an_inline_event_is_named_after_its_watch() -> None:
    """An event in words of one's own gets the id of its watch."""
    found = watch('{"id": "a", "shape": "notice", "event": {"nouns": ["hearing"], "outcome": ["verdict"]}}')
    assert found.event == EventPack(id="a", nouns=("hearing",), outcome=("verdict",))


def test_words_are_stripped() -> None:
    """Space around a word is no part of it."""
    assert watch('{"id": "a", "shape": "notice", "event": "talks", "about": [" NATO "]}').about == ("NATO",)
