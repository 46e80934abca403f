"""The demo's story: read whole, and true to itself."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.demo import Story, lay_out, story
from config.load import load
from flows.cli.setup import example_problems
from tasks.model.watch import CHANGES, Shape


@pytest.fixture(name="told", scope="module")
def _told() -> Story:
    return story()


def test_it_lays_out_a_configuration(tmp_path: Path, told: Story) -> None:
    """The folder loads, its watches are one of each shape, their examples hold, and they say all that is expected."""
    lay_out(tmp_path, {outlet.name: f"http://127.0.0.1:8000/{outlet.id}" for outlet in told.outlets})
    settings, knowledge = load(tmp_path)
    assert [feed.name for feed in settings.feeds] == [outlet.name for outlet in told.outlets]
    assert settings.fetch.allow_private
    shapes = {watch.id: watch.shape for watch in knowledge.watches}
    assert sorted(shapes.values()) == sorted(Shape)
    assert list(example_problems(knowledge)) == []
    for moment in told.moments:
        assert all(one.change in CHANGES[shapes[one.watch]] for one in moment.expected)


def test_its_times_fit(told: Story) -> None:
    """Each article is out before the moment that finds it, and after the moment before; so it is still news."""
    before = told.moments[0].at - timedelta(days=1)
    for moment in told.moments:
        for piece in moment.articles:
            assert max(before, moment.at - timedelta(days=1)) < piece.published < moment.at
        before = moment.at


def test_a_copy_has_the_words_of_the_first(told: Story) -> None:
    """Titles differ, texts do not; every article has its text and a known outlet."""
    pieces = {piece.slug: piece for moment in told.moments for piece in moment.articles}
    assert len(pieces) == sum(len(moment.articles) for moment in told.moments)
    [copy] = [piece for piece in pieces.values() if piece.copies]
    assert copy.paragraphs == pieces[copy.copies].paragraphs
    assert all(piece.lead and piece.text for piece in pieces.values())
    assert {piece.outlet for piece in pieces.values()} <= {outlet.id for outlet in told.outlets}
