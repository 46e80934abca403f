"""Unit tests of the dates: tables of invented sentences, and what holds for any text."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
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


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
DAY_FORMS = st.sampled_from(
    [
        "They met on {0:%B} {0.day}, {0.year}.",
        "They will meet on {0.day} {0:%B} {0.year}.",
        "They will meet on {0:%A}, {0:%B} {0.day}, {0.year}.",
        "The file is dated {0:%Y-%m-%d}.",
        "They will meet from {0:%d} {0:%B} {0.year} to 31 December 2099.",
        "They will meet two weeks after {0.day} {0:%B} {0.year}.",
    ]
)
RELATIVE = st.sampled_from(
    [
        "They will meet on Monday.", "They met on Friday.", "They meet today.", "They will meet next week.", "They met three days ago.",
        "They will meet in two weeks.", "They will meet next Tuesday.", "They met over the weekend.", "They will meet within 10 days.",
        "They had been due to meet on Sunday.", "They will meet the week after next.", "They met on Thursday evening.",
    ]
)  # fmt: skip
WEEKS = st.integers(min_value=-500, max_value=500).map(lambda count: timedelta(weeks=count))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def bounds(sentence: str, published: date) -> list[tuple[date, date]]:
    found = TAGGER.tag(sentence, "text", noon(published), None)
    return [(timex.when.first_day, timex.when.last_day) for timex in found]


@given(sentence=RELATIVE, published=DAYS, weeks=WEEKS)
def test_relative_days_move_with_the_publication(sentence: str, published: date, weeks: timedelta) -> None:
    """An article published whole weeks later means days that are whole weeks later."""
    moved = [(low + weeks, high + weeks) for low, high in bounds(sentence, published)]
    assert moved
    assert bounds(sentence, published + weeks) == moved


@given(form=DAY_FORMS, day=DAYS, published=DAYS, weeks=WEEKS)
def test_written_days_move_as_they_are_written(form: str, day: date, published: date, weeks: timedelta) -> None:
    """A day written whole weeks later, whenever it is published, begins whole weeks later."""
    [(low, _)] = bounds(form.format(day), published)
    [(later, _)] = bounds(form.format(day + weeks), published + weeks)
    assert later - low == weeks


@given(day=DAYS, away=st.integers(-40, 40), weeks=WEEKS)
def test_days_without_a_year_move_with_the_publication(day: date, away: int, weeks: timedelta) -> None:
    """A near day that is written without its year is the near one, whenever it is published."""
    written = day + timedelta(days=away)
    verb = "met" if away < 0 else "will meet"
    assert bounds(f"They {verb} on {written:%B} {written.day}.", day) == [(written, written)]
    later = written + weeks
    assert bounds(f"They {verb} on {later:%B} {later.day}.", day + weeks) == [(later, later)]


SENTENCES = sorted(
    {case[0] for group in GROUPS for case in group.get("cases", ())}
    | {sentence for group in GROUPS for sentence in group.get("none", ()) if sentence}
)
# A full stop after "p.m." or "Sat." need not end a sentence, and what comes after may be the day of that time.
WHOLE = [sentence for sentence in SENTENCES if re.search(r"[a-z\d]{3}\.$", sentence)]


@given(first=st.sampled_from(WHOLE), then=st.sampled_from(SENTENCES))
def test_a_sentence_does_not_change_the_dates_of_another(first: str, then: str) -> None:
    """Two sentences have the dates of the one and those of the other."""
    both = [(timex.start, row(timex)) for timex in tag(f"{first} {then}", {})]
    ones = [(timex.start, row(timex)) for timex in tag(first, {})]
    others = [(timex.start + len(first) + 1, row(timex)) for timex in tag(then, {})]
    assert both == ones + others
