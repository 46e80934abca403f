"""Unit tests of tasks/detect/reader.py: which watches look at an article, its clock, and what an explanation lists."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tasks.detect.reader import Prefilter, published_day, zone_of
from tests.support.reading import PUBLISHED, TALKS, TROOPS, piece, reader

OSLO = timezone(timedelta(hours=2))
LATE = datetime(2031, 5, 6, 23, 30, tzinfo=UTC)  # already the 7th in Oslo
TEXT = "Herring is back. Norway and Sweden will hold talks\nin Bergen on Friday. Cod is not. Finland sleeps until June."


@pytest.mark.parametrize(
    ("text", "watches"),
    [
        ("They met at noon.", (0,)),
        ("Something is a metre away.", ()),
        ("MET!", (0,)),
        ("The met-office is shut.", (0,)),
        ("They take\n  part and met.", (0, 1)),
        ("They take no part.", ()),
        ("met", (0,)),
        ("", ()),
    ],
)
def test_the_prefilter_names_the_watches_with_a_whole_word_in_the_text(text: str, watches: tuple[int, ...]) -> None:
    """Case and line breaks do not matter, parts of words do not count, numbers come in order."""
    assert Prefilter((("met",), ("take part",), ())).touched(text) == watches


def test_a_word_that_two_watches_share_touches_both() -> None:
    """A word belongs to every watch that has it."""
    assert Prefilter((("talks",), ("Talks", "summit"))).touched("The talks go on.") == (0, 1)


def test_the_prefilter_changes_nothing_but_the_time() -> None:
    """The mentions are those that reading every sentence gives, also of a sentence that speaks of the one before."""
    texts = (
        TEXT,
        "Norway and Sweden will hold talks on Friday. This was stated by the foreign minister. Herring is back.",
        "Norway and Sweden will hold talks on Friday. Herring is back. This was stated by the foreign minister.",
        "Nothing is new.",
    )
    for watches in (TALKS, TROOPS, TALKS + TROOPS):
        for text in texts:
            article = piece(text, title="Norway meets Sweden")
            assert reader(watches).read(article).mentions == reader(watches).explain(article).mentions


def test_each_watch_reads_on_its_own() -> None:
    """An article gives mentions to every watch whose words it has, in order of the watches."""
    text = "Norway and Sweden will hold talks on Friday. Sweden deploys 500 troops to Gotland."
    assert [one.watch for one in reader(TALKS + TROOPS).read(piece(text)).mentions] == ["talks", "troops"]
    assert reader(TALKS + TROOPS).read(piece("Herring is back.")).mentions == ()


@pytest.mark.parametrize("language", ["", "en", "en-GB", "EN", "xx", "zz-ZZ"])
def test_an_article_in_no_known_language_is_read_as_english(language: str) -> None:
    """Only the first two letters count; what is not known falls back."""
    article = replace(piece("Norway and Sweden will hold talks on Friday."), language=language)
    assert len(reader(TALKS).read(article).mentions) == 1


@pytest.mark.parametrize(
    ("zone", "published", "expected", "day"),
    [
        ("Europe/Oslo", LATE, ZoneInfo("Europe/Oslo"), date(2031, 5, 7)),
        ("", LATE, UTC, date(2031, 5, 6)),
        ("", LATE.astimezone(OSLO), OSLO, date(2031, 5, 7)),
        ("America/New_York", LATE.astimezone(OSLO), ZoneInfo("America/New_York"), date(2031, 5, 6)),
        ("", None, None, None),
        ("Europe/Oslo", None, ZoneInfo("Europe/Oslo"), None),
    ],
)
def test_days_are_those_of_the_feed_else_of_the_stamp(
    zone: str, published: datetime | None, expected: object, day: date | None
) -> None:
    """The feed's zone comes first, then the offset of the published stamp."""
    article = replace(piece(), timezone=zone, published=published)
    assert (zone_of(article), published_day(article)) == (expected, day)


def test_an_undated_article_is_of_the_day_it_was_first_seen() -> None:
    """Without a stamp the first sight counts, in the feed's zone, else UTC."""
    article = replace(piece(), published=None, first_seen=LATE.astimezone(OSLO))
    assert published_day(article) == date(2031, 5, 6)
    assert published_day(replace(article, timezone="Europe/Oslo")) == date(2031, 5, 7)


def test_a_relative_date_is_read_in_the_zone_of_the_feed() -> None:
    """ "Tomorrow" of an article that came late in the evening depends on where it was written."""
    article = replace(piece("Norway and Sweden will hold talks tomorrow."), published=LATE)
    for zone, day in (("", "2031-05-07"), ("Europe/Oslo", "2031-05-08")):
        [one] = reader(TALKS).read(replace(article, timezone=zone)).mentions
        assert str(one.when and one.when.low) == day


def test_an_explanation_lists_every_date_and_actor() -> None:
    """Dates and actors of title, summary and text are there, also those that no mention has a use for."""
    article = replace(piece(TEXT, title="Denmark waits for Monday"), summary="Iceland was there in 2019.")
    found = reader(TALKS).explain(article)
    assert [(one.field, one.text) for one in found.dates] == [
        ("title", "Monday"),
        ("summary", "2019"),
        ("text", "Friday"),
        ("text", "June"),
    ]
    assert [(one.field, one.actor) for one in found.actors] == [
        ("title", "DK"),
        ("summary", "IS"),
        ("text", "NO"),
        ("text", "SE"),
        ("text", "FI"),
    ]


def test_offsets_are_those_of_the_field() -> None:
    """Dates, actors and evidence stand where they say, in code points, whatever the language's marks or line breaks."""
    article = piece("🐟 " + TEXT, title="Norway, Sweden to hold talks 🐟 on Friday")
    found = reader(TALKS).explain(article)
    places = [(one.field, one.start, one.end, one.text) for one in found.dates]
    places += [(one.field, one.start, one.end, one.text) for one in found.actors]
    for field, start, end, words in places:
        assert getattr(article, field)[start:end] == words
    assert len(found.mentions) == len(("title", "text"))
    for mention in found.mentions:
        evidence = mention.evidence
        stands = getattr(article, evidence.field)[evidence.start : evidence.end]
        assert " ".join(stands.split()) == " ".join(evidence.text.split())


def test_an_explanation_needs_no_date_of_publication() -> None:
    """An undated article has the dates that say their year themselves."""
    article = replace(piece("They met on 3 March 2030. They will meet on Friday."), published=None)
    assert [str(one.when.low) for one in reader(TALKS).explain(article).dates] == ["2030-03-03"]


def test_the_fixture_day_is_a_tuesday() -> None:
    """The relative days above count from a Tuesday."""
    assert PUBLISHED.strftime("%A") == "Tuesday"
