"""Fingerprints of texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.stories.sketch import (
    BAND,
    BINS,
    MIN_WORDS,
    Sketch,
    band_keys,
    containment,
    is_long,
    shingles,
    sketch,
    title_words,
    words,
)
from tests.support.nouns import article, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks, in Genève!", ["talks", "in", "genève"]),
        ("94,000 men at 10:30; 3.5%", ["94,000", "men", "at", "10:30", "3.5"]),
        ("ＵＳ ﬁrm", ["us", "firm"]),
        ("会谈", ["会", "谈"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Case, width and punctuation do not count; numbers stay whole; signs that are words stand alone."""
    assert words(text) == expected


def test_containment_of_a_cut_copy() -> None:
    """A copy that was cut is all contained; another text is not."""
    text = prose(1)
    assert containment(text, text[: len(text) // 3]) > 0.9
    assert containment(text, prose(2)) < 0.05
    assert containment(text, "") == 0.0


@given(st.text(), st.text())
def test_containment_is_a_share(a: str, b: str) -> None:
    """Containment lies between 0 and 1, and does not ask which text comes first."""
    assert 0.0 <= containment(a, b) <= 1.0
    assert containment(a, b) == containment(b, a)


@pytest.mark.parametrize("kept", [1.0, 0.7, 0.5, 0.35])
def test_copies_meet(kept: float) -> None:
    """Nearly all copies share a key with their model, cut ones too; others nearly never."""
    pairs = [(prose(n), prose(n)[: int(len(prose(n)) * kept)]) for n in range(60)]
    met = sum(bool(set(band_keys(shingles(a))) & set(band_keys(shingles(b)))) for a, b in pairs)
    assert met >= 58


def test_strangers_do_not_meet() -> None:
    """Texts that share nothing share no key."""
    keys = [key for n in range(100) for key in band_keys(shingles(prose(n)))]
    assert len(set(keys)) == len(keys) == 100 * BINS // BAND


def test_keys_fit_a_column() -> None:
    """Keys are whole numbers of 63 bits, the same in every process."""
    keys = band_keys(shingles("one two three four five"))
    assert all(0 <= key < 2**63 for key in keys)
    assert keys[:2] == (2839529503693975911, 3202265293401753037)


def test_sketch_of_short_texts() -> None:
    """A headline has the key of its title; a rubric's title and a text of a few words have none."""
    assert len(sketch(article(title="Ministers meet in the old harbour", text="Soon.")).keys) == 1
    assert sketch(article(title="In pictures", text="Soon.")) == Sketch()
    assert len(sketch(article(title="In pictures")).keys) == BINS // BAND


@pytest.mark.parametrize(("count", "expected"), [(MIN_WORDS - 1, False), (MIN_WORDS, True)])
def test_long(count: int, expected: bool) -> None:
    """Sixty words are a text."""
    assert is_long("word " * count) is expected


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Ferry sinks - Daily News", "Daily News", "ferry sinks"),
        ("Ferry sinks - Daily News", "Herald", "ferry sinks daily news"),
        ("Daily News", "Daily News", "daily news"),
    ],
)
def test_title_without_its_outlet(title: str, source: str, expected: str) -> None:
    """The outlet that aggregators put behind a title does not count."""
    assert " ".join(title_words(article(title=title, source=source))) == expected
