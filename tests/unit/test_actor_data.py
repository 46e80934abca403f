"""Unit tests of the data in config/actors/: complete, without conflicts, and good for the traps that research met."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tasks.detect.actors import ActorFinder
from tasks.model.watch import Actor

DATA = Path(__file__).parents[2] / "config" / "actors"
WORDS = ("names", "adjectives", "seats", "organs")
KEYS = {*WORDS, "people", "members", "not_in", "not_with"}


def table(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@cache
def actors() -> dict[str, Actor]:
    both: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in ("countries", "organisations", "people"):
        for key, value in table(name).items():
            both[key] |= value
    read = TypeAdapter(Actor)
    return {key: read.validate_python({"id": key, **value}) for key, value in both.items()}


@cache
def finder() -> ActorFinder:
    return ActorFinder(actors())


def periods() -> Iterator[tuple[str, date, date, str]]:
    for actor in actors().values():
        for one in actor.people:
            for name in (one.name, *one.also):
                yield name, one.since or date.min, one.until or date.max, actor.id


def test_every_country_has_a_table() -> None:
    """Every code of ISO 3166-1 alpha-2, as the tz database lists them, and no other but Kosovo's."""
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8").splitlines()
    codes = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    assert set(table("countries")) == codes | {"XK"}


def test_ids_are_unique_and_in_order() -> None:
    """Words of an actor stand in one file; people and members name actors that exist; tables are sorted."""
    countries, organisations, people = map(table, ("countries", "organisations", "people"))
    known = countries.keys() | organisations.keys()
    assert not countries.keys() & organisations.keys()
    assert people.keys() <= known
    assert {member for one in organisations.values() for member in one.get("members", ())} <= known
    assert all(list(one) == sorted(one) for one in (countries, organisations, people))


def test_keys_are_those_of_an_actor() -> None:
    """No table has an unknown key, every actor has a name, no list is empty or says a thing twice."""
    for name in ("countries", "organisations", "people"):
        for actor, one in table(name).items():
            assert one.keys() <= KEYS, actor
            assert all(one.values()), actor
            assert all(len(set(map(str, words))) == len(words) for words in one.values()), actor
    assert all(actor.names for actor in actors().values())


def test_no_word_belongs_to_two_actors() -> None:
    """Names, adjectives, seats and organs say whom they mean."""
    owners = defaultdict(set)
    for actor in actors().values():
        for key in WORDS:
            for word in getattr(actor, key):
                owners[word].add(actor.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


def test_nobody_serves_twice_at_a_time() -> None:
    """Terms run forward, and nobody speaks for two actors, or in two entries, on one day."""
    terms = sorted(periods())
    assert all(since < until for _, since, until, _ in terms)
    pairs = pairwise(terms)
    assert [(one, two) for one, two in pairs if one[0] == two[0] and two[1] < one[2]] == []


def test_words_are_clean() -> None:
    """No word has space around it, runs of space, or typographic apostrophes, which texts are rid of before."""
    for actor in actors().values():
        for key in (*WORDS, "not_in", "not_with"):
            for word in getattr(actor, key):
                assert word == " ".join(word.split()), word
                assert "’" not in word, word


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("Karen Donfried, Wendy Sherman, Antony Blinken and Biden", "2021-12-22", {"US"}),
        ("Putin, Lavrov and Sergei Ryabkov", "2021-12-22", {"RU"}),
        ("Zelenskyy, Volodymyr Zelensky, Zelenskiy", "2021-12-22", {"UA"}),
        ("Jens Stoltenberg", "2021-12-22", {"NATO"}),
        ("Jens Stoltenberg", "2025-06-01", {"NO"}),
        ("Mark Carney", "2018-01-01", {"BOE"}),
        ("Carney", "2025-06-01", {"CA"}),
        ("Kaja Kallas", "2023-01-01", {"EE"}),
        ("Ursula von der Leyen", "2018-01-01", {"DE"}),
        ("Von der Leyen will speak", "2021-01-01", {"EU"}),
        ("Mrs May", "2018-05-01", {"GB"}),
        ("In May they met", "2018-05-01", set()),
        ("He said", "2025-01-01", set()),
        ("Papua New Guinea", "2021-01-01", {"PG"}),
        ("South Sudan", "2021-01-01", {"SS"}),
        ("the Republic of the Congo and the DRC", "2021-01-01", {"CG", "CD"}),
        ("New Mexico, New Jersey, South America, the Indian Ocean, Northern Ireland", "2021-01-01", set()),
        (
            "the Washington Post, Russia Today, the South China Sea, the Minsk agreements, Paris climate accord",
            "2021-01-01",
            set(),
        ),
        ("Brussels", "2021-01-01", {"EU"}),
        ("the Fed and the Bank of England, fed up", "2021-01-01", {"FED", "BOE"}),
        ("Hamas, Hezbollah, the Houthis and the Taliban", "2021-01-01", {"HAMAS", "HEZBOLLAH", "HOUTHIS", "TALIBAN"}),
        ("a Korean dish, an English lesson, European security", "2021-01-01", set()),
    ],
)
def test_the_built_in_actors_are_told_apart(text: str, at: str, expected: set[str]) -> None:
    """Known office-holders, homonyms and traps come out right on their day."""
    assert {one.actor for one in finder().find(text, "text", date.fromisoformat(at))} == expected


def test_every_actor_is_found_by_its_names() -> None:
    """Each name, adjective, seat and organ, standing alone, means its actor."""
    for actor in actors().values():
        for key in WORDS:
            for word in getattr(actor, key):
                assert [one.actor for one in finder().find(word, "text", None)] == [actor.id], word


def test_every_person_is_found_in_office() -> None:
    """Each full name means its actor on the first day in office."""
    for name, since, _, actor in periods():
        assert [one.actor for one in finder().find(name, "text", since)] == [actor], name
