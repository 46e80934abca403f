"""Unit tests of tasks/detect/actors.py, on a few actors; the built-in ones are tested in test_actor_data.py."""

from datetime import date

import pytest

from tasks.detect.actors import ActorFinder
from tasks.model.mention import ActorMention
from tasks.model.watch import Actor, Person

DAY = date(2021, 12, 22)


def person(name: str, since: date = date(2020, 1, 1), until: date | None = None, **more: object) -> Person:
    return Person(name=name, since=since, until=until, **more)  # type: ignore[arg-type]  # short for tests


ACTORS = (
    Actor(
        id="US",
        names=("United States of America", "United States", "USA", "U.S.", "US", "America"),
        adjectives=("American", "Americans"),
        seats=("Washington", "White House"),
        organs=("State Department",),
        people=(
            person("Joe Biden", also=("Joseph Biden",)),
            person("Karen Donfried"),
            person("Lloyd Austin", common=True),
            person("Vera Newcomer", date(2022, 1, 20)),
        ),
        not_in=("US$", "US dollars", "Latin America", "Latin American"),
    ),
    Actor(
        id="RU",
        names=("Russia", "Russian Federation"),
        adjectives=("Russian", "Russians"),
        seats=("Moscow", "Kremlin"),
        people=(
            person("Vladimir Putin"),
            person("Sergei Lavrov", also=("Sergey Lavrov",)),
            person("Ivan Retired", until=date(2021, 6, 1)),
        ),
    ),
    Actor(
        id="NATO",
        names=("NATO", "North Atlantic Treaty Organization"),
        people=(person("Jens Stoltenberg", date(2014, 10, 1), date(2024, 10, 1)),),
    ),
    Actor(id="NO", names=("Norway",), people=(person("Jens Stoltenberg", date(2025, 2, 4)),)),
    Actor(id="GB", names=("UK", "Frost"), people=(person("Boris Johnson"),)),
    Actor(
        id="CN",
        names=("China",),
        adjectives=("Chinese",),
        seats=("Beijing",),
        people=(person("Xi Jinping", short=("Xi",)),),
    ),
    Actor(id="GE", names=("Georgia",), adjectives=("Georgian",), seats=("Tbilisi",), not_with=("Atlanta",)),
    Actor(id="NE", names=("Niger",)),
    Actor(id="NG", names=("Nigeria",)),
    Actor(id="TR", names=("Turkey", "Türkiye")),
    Actor(id="EU", names=("European Union", "EU"), seats=("Brussels",)),
    Actor(id="JO", names=("Jordan",)),
    Actor(id="CI", names=("Côte d'Ivoire",)),
)
FINDER = ActorFinder({actor.id: actor for actor in ACTORS})


def found(text: str, at: date | None = DAY) -> list[str]:
    mentions = FINDER.find(text, "text", at)
    assert all(text[one.start : one.end] == one.text for one in mentions)
    return [f"{one.actor} {one.kind} {one.text}" for one in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-Russia talks", ["US name US", "RU name Russia"]),
        ("Russia–NATO talks", ["RU name Russia", "NATO name NATO"]),
        ("the NATO-Russian Council", ["NATO name NATO", "RU adjective Russian"]),
        ("the U.S. and the USA", ["US name U.S.", "US name USA"]),
        ("the U.S.-Russia summit", ["US name U.S.", "RU name Russia"]),
        ("Russia's offer, Russia’s plan", ["RU name Russia", "RU name Russia"]),
        ("the United States of America", ["US name United States of America"]),
        ("the Kremlin and the State Department", ["RU seat Kremlin", "US organ State Department"]),
        ("RUSSIA AND US MEET", ["RU name RUSSIA", "US name US"]),
        ("Nigeria and Niger", ["NG name Nigeria", "NE name Niger"]),
        ("Türkiye", ["TR name Türkiye"]),
        ("Côte d’Ivoire", ["CI name Côte d’Ivoire"]),
        ("Frost flew in", ["GB name Frost"]),
        ("Beijing-backed forces, a US-led force", ["CN adjective Beijing", "US adjective US"]),
    ],
)
def test_names_are_found_whole_and_longest_first(text: str, expected: list[str]) -> None:
    """Names, adjectives, seats and organs are found with their kind; hyphens and possessives do not hide them."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tell us more",
        "a turkey",
        "the Bureau of European and Eurasian Affairs",
        "European security",
        "post-Soviet states",
        "pro-Russian and anti-US crowds",
        "US$5 million in US dollars",
        "Latin American leaders",
        "The Washington Post, the Moscow Times",
        "the Beijing Summit",
        "the Beijing summit",
        "voters of Georgia, from Atlanta to the coast",
        "Michael Jordan",
        "residents of Xi'an",
        "Vice Minister Xi Dae-ho said",
        "Nigerian",
        "BUSES",
        "",
    ],
)
def test_what_only_looks_like_an_actor_is_none(text: str) -> None:
    """Lower case, parts of words, phrases of another meaning and namesakes name nobody."""
    assert found(text) == []


def test_a_namesake_gives_way_where_the_actor_is_named_otherwise() -> None:
    """Beside an American city Georgia is the state, unless the text speaks of Tbilisi."""
    assert found("Georgia and Tbilisi, not Atlanta") == ["GE name Georgia", "GE seat Tbilisi"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karen Donfried spoke; Donfried left", ["US person Karen Donfried", "US person Donfried"]),
        ("Biden met Putin", ["US person Biden", "RU person Putin"]),
        ("Vladimir V. Putin", ["RU person Putin"]),
        ("President Biden, Sergey Lavrov", ["US person Biden", "RU person Sergey Lavrov"]),
        ("Boris Johnson said. Johnson left.", ["GB person Boris Johnson", "GB person Johnson"]),
        ("Ron Johnson and Jill Biden", []),
        ("Sen. Johnson voted", []),
        ("It was raining. Johnson left.", ["GB person Johnson"]),
        ("Will Biden Meet Putin In Geneva?", ["US person Biden", "RU person Putin"]),
        ("Says Jill Biden", []),
        (
            "Russia's Lavrov and Moscow Lavrov",
            ["RU name Russia", "RU person Lavrov", "RU seat Moscow", "RU person Lavrov"],
        ),
        ("Xi flew to Niger", ["CN person Xi", "NE name Niger"]),
        ("PUTIN SPEAKS", ["RU person PUTIN"]),
        ("al-Putin", []),
        ("rivers, lakes and johnson", []),
    ],
)
def test_people_are_found_by_full_name_and_surname(text: str, expected: list[str]) -> None:
    """A surname counts alone, but not behind the first name or title of somebody else."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a night in Austin", []),
        ("Secretary Austin met them in Austin", ["US person Austin", "US person Austin"]),
        ("Lloyd Austin spoke. Austin left.", ["US person Lloyd Austin", "US person Austin"]),
    ],
)
def test_a_usual_surname_needs_a_title_or_an_introduction(text: str, expected: list[str]) -> None:
    """A surname that is also a city or a word does not count out of the blue."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("Jens Stoltenberg", date(2021, 12, 22), ["NATO person Jens Stoltenberg"]),
        ("Stoltenberg", date(2024, 10, 1), ["NATO person Stoltenberg"]),
        ("Stoltenberg", date(2024, 10, 2), []),
        ("Jens Stoltenberg", date(2025, 3, 1), ["NO person Jens Stoltenberg"]),
        ("Ivan Retired", date(2021, 6, 1), ["RU person Ivan Retired"]),
        ("Ivan Retired", date(2021, 6, 2), []),
        ("Vera Newcomer", date(2021, 12, 22), ["US person Vera Newcomer"]),
        ("Newcomer", date(2021, 12, 22), []),
        ("Vera Newcomer", date(2021, 8, 1), []),
        ("Vera Newcomer, Newcomer", None, ["US person Vera Newcomer"]),
    ],
)
def test_people_count_while_in_office(text: str, at: date | None, expected: list[str]) -> None:
    """Office-holders are dated; a full name counts shortly before office too, and where no day is known."""
    assert found(text, at) == expected


def test_names_run_over_wrapped_lines_and_double_spaces_but_not_paragraphs() -> None:
    """Offsets count the original's characters, whatever the white space."""
    text = "One.\n\nThe  United\nStates  and\u00a0 Jens  Stoltenberg.  The United\n\nStates"
    first, second = FINDER.find(text, "summary", DAY)
    assert first == ActorMention(actor="US", text="United\nStates", field="summary", start=11, end=24, kind="name")
    assert second.text == "Jens  Stoltenberg"
    assert text[second.start : second.end] == second.text


def test_a_word_of_two_kinds_has_the_stronger() -> None:
    """What a user calls a name is a name, although it is a seat or a surname too."""
    finder = ActorFinder(
        {"RU": Actor(id="RU", names=("Moscow", "Putin"), seats=("Moscow",), people=(person("Vladimir Putin"),))}
    )
    assert [one.kind for one in finder.find("Moscow, Jill Putin", "text", None)] == ["name", "name"]


def test_no_actors_find_nothing() -> None:
    """A finder without actors is silent."""
    assert ActorFinder({}).find("Russia", "text", DAY) == ()
