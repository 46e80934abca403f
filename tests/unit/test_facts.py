"""Readings to facts."""

from dataclasses import replace
from datetime import datetime

import pytest

from tasks.facts import as_of, facts_of
from tasks.model.mention import Reading
from tests.support.nouns import DAY, HOUR, NOON, article, fact


@pytest.mark.parametrize(
    ("published", "first_seen", "revision", "expected"),
    [
        (NOON, NOON + HOUR, 1, NOON),
        (NOON, None, 1, NOON),
        (None, NOON + HOUR, 1, NOON + HOUR),
        (None, None, 1, NOON + DAY),
        (NOON, NOON + HOUR, 2, NOON + HOUR),
        (NOON, None, 2, NOON + DAY),
        (NOON + 2 * HOUR, NOON + HOUR, 2, NOON + 2 * HOUR),
        (None, NOON + HOUR, 2, NOON + HOUR),
    ],
)
def test_an_article_speaks_as_of_its_publishing(
    published: datetime | None, first_seen: datetime | None, revision: int, expected: datetime
) -> None:
    """Published, else first seen, else the fallback; a later revision never speaks before it was seen."""
    given = article(published=published, first_seen=first_seen, revision=revision)
    assert as_of(given, NOON + DAY) == expected


def test_accepted_mentions_become_facts() -> None:
    """A fact carries article, revision, outlet, origin and time; what was not accepted is none."""
    mention = fact().mention
    reading = Reading(mentions=(mention, replace(mention, accepted=False)))
    (made,) = facts_of(article(revision=3, source="Herald"), reading, "Agency", NOON)
    assert (made.mention, made.article, made.revision) == (mention, article().id, 3)
    assert (made.outlet, made.origin, made.at) == ("Herald", "Agency", NOON)
