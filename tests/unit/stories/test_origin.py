"""Who really stands behind an article."""

import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tasks.model.outlet import Agency
from tasks.stories.origin import origin_of
from tests.support.nouns import article, prose

DATA = Path(__file__).parents[3] / "config" / "origins" / "agencies.toml"
AGENCIES = TypeAdapter(tuple[Agency, ...]).validate_python(tomllib.loads(DATA.read_text())["agency"])


@pytest.mark.parametrize(
    ("given", "origin", "why"),
    [
        ({"url": "https://apnews.com/article/1", "source": "AP"}, "agency:ap", "host of an agency"),
        ({"source": "Reuters"}, "agency:reuters", "agency as source"),
        ({"author": "By The Associated Press"}, "agency:ap", "byline"),
        ({"author": "Reuters Staff"}, "agency:reuters", "byline"),
        ({"author": "Ana Lima, AFP"}, "agency:afp", "byline"),
        ({"text": "OLD HARBOUR (AP) — The ferry is back."}, "agency:ap", "dateline"),
        ({"text": "By Ana Lima\nOLD HARBOUR, May 6 (Reuters) - The ferry is back."}, "agency:reuters", "dateline"),
        ({"text": "OLD HARBOUR, May 6. /TASS/. The ferry is back."}, "agency:tass", "dateline"),
        ({"text": "", "summary": "OLD HARBOUR (AFP) - The ferry is back."}, "agency:afp", "dateline"),
        ({"text": f"{prose(1)} (Reporting by Ana Lima; Editing by Ben Okri)"}, "agency:reuters", "credit at the end"),
        ({"text": f"{prose(1)} © 2031 Agence France-Presse"}, "agency:afp", "credit at the end"),
        ({"text": f"{prose(1)} (AFP) {prose(2)}"}, "outlet:daily", "name of the outlet"),  # in the middle: a quotation
        ({"text": "OLD HARBOUR (AP, AFP) — The ferry."}, "outlet:daily", "name of the outlet"),
        ({"text": "OLD HARBOUR (AP) (Reuters) — The ferry."}, "outlet:daily", "name of the outlet"),  # two are none
        ({"text": "A spokesman told Reuters that the ferry is back."}, "outlet:daily", "name of the outlet"),
        ({"text": "The bill failed in Erie (PA) on Monday."}, "outlet:daily", "name of the outlet"),
        ({"family": "Big House"}, "family:big-house", "family of the feed"),
        ({"family": "Big House", "author": "AP"}, "agency:ap", "byline"),
        ({"source": ""}, "outlet:a.example", "host of the address"),
        ({"source": "", "url": ""}, "outlet:a.example", "host of the address"),
    ],
)
def test_origin(given: dict[str, str], origin: str, why: str) -> None:
    """An agency's credit goes before the feed's family, that before the outlet; and it is said why."""
    found = origin_of(article("https://a.example/1", **given), AGENCIES)
    assert (found.id, found.why) == (origin, why)


def test_nothing_named() -> None:
    """An article that names nothing is its own origin."""
    assert origin_of(article("x1", source="", url=""), AGENCIES).id == "article:x1"


def test_agencies_have_ids_of_their_own() -> None:
    """The table names each agency once, and no host twice."""
    hosts = [host for agency in AGENCIES for host in agency.hosts]
    assert len({agency.id for agency in AGENCIES}) == len(AGENCIES)
    assert len(set(hosts)) == len(hosts)
