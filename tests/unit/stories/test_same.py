"""Whether two articles carry the same report."""

import pytest

from tasks.model.feed import Article
from tasks.stories.same import as_of, first_same, same_report
from tests.support.nouns import DAY, HOUR, NOON, article, prose

TEXT = prose(1, 300)
TITLE = "Envoys of 3 states meet at the dam"
OTHERS = {"title": "Another headline", "source": "Herald"}


def long(text: str = TEXT, **given: object) -> Article:
    """Make an article with a text."""
    return article("https://b.example/2", text=text, **{**OTHERS, **given})


def short(title: str, **given: object) -> Article:
    """Make a headline."""
    return article("https://c.example/3", title=title, text="", **given)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (long(), long(), True),
        (long(), long(TEXT[: len(TEXT) // 2]), True),
        (long(), long(f"{TEXT[:1200]} {prose(2, 100)}"), True),
        (long(), long(prose(2)), False),
        (long(), long(prose(2), title=long().title), False),  # own report under the same headline
        (long(), long(f"{TEXT[: len(TEXT) // 3]} {prose(2, 200)}"), False),  # quotes a third of it
        (long(), long(" ".join(prose(n, 300) for n in range(10))), False),  # a digest that holds it whole
        (long(), long(published=NOON + 60 * DAY), True),
        (long(), long(published=NOON + 61 * DAY), False),
        (long(), long(published=None), True),
        (short(TITLE), short(TITLE.upper()), True),
        (short(TITLE), short(f"{TITLE} - Herald", source="Herald"), True),
        (short(TITLE), short(TITLE, published=NOON + 2 * DAY), True),
        (short(TITLE), short(TITLE, published=NOON + 3 * DAY), False),
        (short(TITLE), short(TITLE.replace("3", "4")), False),
        (short(TITLE), short(TITLE.replace("meet", "do not meet")), False),
        (short("In pictures"), short("In pictures"), False),
        (short(TITLE), long(title=TITLE), True),
        (short(TITLE), long(), False),
    ],
)
def test_same_report(a: Article, b: Article, expected: bool) -> None:
    """Texts are compared by what they share, headlines by being equal, both within their time."""
    assert same_report(a, b) is same_report(b, a) is expected


def test_first_same() -> None:
    """The first candidate that fits is taken; none where none fits."""
    fits = long(TEXT[:1000])
    assert first_same(long(), [long(prose(3)), fits, long()]) is fits
    assert first_same(long(), []) is None


def test_as_of() -> None:
    """An article counts as said when published, else when first seen."""
    assert as_of(article(first_seen=NOON + HOUR)) == NOON
    assert as_of(article(published=None, first_seen=NOON + HOUR)) == NOON + HOUR
