"""Unit tests of the dates: tables of invented sentences, and what holds for any text."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tasks.detect.dates import DateTagger
from tasks.model.language import DateWords
from tasks.model.when import Timex, moment

ROOT = Path(__file__).parents[3]
PUBLISHED = "2021-12-22T12:00:00+00:00"
GROUPS = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))["group"]
ENGLISH = tomllib.loads((ROOT / "config/languages/en.toml").read_text(encoding="utf-8"))["dates"]
WORDS = TypeAdapter(DateWords).validate_python(ENGLISH)
TAGGER = DateTagger(WORDS)


def tag(sentence: str, group: dict[str, Any]) -> tuple[Timex, ...]:
    stamp, zone = group.get("published", PUBLISHED), group.get("zone")
    return TAGGER.tag(
        sentence, "text", datetime.fromisoformat(stamp) if stamp else None, ZoneInfo(zone) if zone else None
    )


def row(timex: Timex) -> tuple[object, ...]:
    when = timex.when
    return timex.text, when.low, when.high, when.grain.value, when.bound.value


def expected(text: str, low: str, high: str, grain: str, bound: str) -> tuple[object, ...]:
    return text, moment(low), moment(high), grain, bound


def all_of(kind: str) -> list[Any]:
    return [
        pytest.param(group, case, id=f"{case if kind == 'none' else case[0]}")
        for group in GROUPS
        for case in group.get(kind, ())
    ]


@pytest.mark.parametrize(("group", "case"), all_of("cases"))
def test_the_dates_of_a_sentence(group: dict[str, Any], case: list[Any]) -> None:
    """A sentence gives exactly the dates that the table names."""
    sentence, *values = case
    more = [expected(*rest) for other, *rest in group.get("also", ()) if other == sentence]
    assert [row(timex) for timex in tag(sentence, group)] == [expected(*values), *more]


@pytest.mark.parametrize(("group", "sentence"), all_of("none"))
def test_what_is_no_date(group: dict[str, Any], sentence: str) -> None:
    """A sentence without a date that can be known gives none."""
    assert [row(timex) for timex in tag(sentence, group)] == []


def test_every_word_of_the_language_file_is_known() -> None:
    """The language file names no table that the rules do not have."""
    assert set(ENGLISH) <= set(DateWords.__dataclass_fields__)


def test_how_names_rule_and_direction() -> None:
    """A date says by which rule it was found and which cue gave its direction."""
    (timex,) = tag("Envoys will meet on January 10.", {})
    assert timex.how == "month+day; future: will"


def test_a_determined_date_has_no_direction() -> None:
    """A date that names its year says the rule alone."""
    (timex,) = tag("Envoys will meet on January 10, 2023.", {})
    assert timex.how == "month+day"


def test_offsets_count_code_points() -> None:
    """Offsets hold behind characters that grow when lowered or lie outside the basic plane."""
    text = "İİ 🙂 Envoys will meet on January 10."
    (timex,) = tag(text, {})
    assert text[timex.start : timex.end] == "January 10"


def test_a_language_without_words_finds_iso_days_only() -> None:
    """Without any words the rules still hold, and find what needs none."""
    found = DateTagger(DateWords()).tag("On Monday, 2022-01-10, it rained.", "title", None, None)
    assert [(timex.text, timex.field) for timex in found] == [("2022-01-10", "title")]


PIECES = st.sampled_from(
    [
        *sorted(
            {
                word
                for table in (
                    WORDS.months,
                    WORDS.weekdays,
                    WORDS.units,
                    WORDS.plurals,
                    WORDS.days,
                    WORDS.parts,
                    WORDS.bounds,
                )
                for word in table
            }
        ),
        "10",
        "31",
        "29",
        "2022",
        "1999",
        "10th",
        "0",
        "99",
        "9999",
        "to",
        "-",
        "–",
        ",",
        ".",
        ":",
        "/",
        "(",
        ")",
        "and",
        "of",
        "the",
        "in",
        "on",
        "at",
        "8",
        "p.m.",
        "GMT",
        "next",
        "last",
        "said",
        "will",
        "Q3",
        "'s",
        "first",
        "ago",
        "within",
    ]
)
DATED = st.lists(PIECES, max_size=20).map(" ".join)
STAMPS = st.none() | st.datetimes(timezones=st.just(UTC))
ZONES = st.sampled_from([None, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")])


@given(text=st.text() | DATED, published=STAMPS, zone=ZONES)
@example(text="Apr second half of May", published=datetime(2031, 5, 6, tzinfo=UTC), zone=None)
def test_any_text_gives_sound_dates(text: str, published: datetime | None, zone: ZoneInfo | None) -> None:
    """Any text is read without an error; offsets hold, intervals do not turn round, dates do not overlap."""
    end = 0
    for timex in TAGGER.tag(text, "text", published, zone):
        assert text[timex.start : timex.end] == timex.text
        assert timex.when.low <= timex.when.high
        assert timex.start >= end
        end = timex.end
