"""Packs, actors and languages, built in and added."""

from datetime import date
from pathlib import Path

import pytest

from config.documents import Findings
from config.forms import ActorForm
from config.knowledge import Library, extended, library, spellings, with_digest
from tasks.model.watch import Actor, Knowledge, Person


def read(*roots: Path) -> Library:
    """Read a library without problems."""
    found = Findings()
    known = library(found, roots, {})
    found.refuse()
    return known


def test_built_in_data(data: Path) -> None:
    """Files are read with their names as ids; tables of actors are actors."""
    known = read(data)
    assert list(known.packs) == ["product_recall", "talks", "troop_movement"]
    assert list(known.actors) == ["EU", "GB", "NATO", "RU", "UA", "UN", "US"]
    assert known.packs["talks"].id == "talks"
    assert known.packs["talks"].nouns == ("talks", "summit")
    assert known.actors["NATO"].members == ("US", "GB")
    assert known.actors["US"].people == (Person(name="Ann Envoy", role="envoy", since=date(2021, 9, 30)),)
    assert known.languages["en"].cues.future == ("will",)
    assert known.languages["en"].irregular == {"meet": ("met", "meets")}


def test_a_pack_is_overridden_key_by_key(data: Path, tmp_path: Path) -> None:
    """A pack of the same id replaces the keys that it has; another id is a new pack."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/talks.toml").write_text('nouns = ["parley"]')
    (tmp_path / "packs/strike.toml").write_text('nouns = ["strike"]')
    known = read(data, tmp_path)
    assert known.packs["talks"].nouns == ("parley",)
    assert known.packs["talks"].verbs == ("meet",)
    assert known.packs["strike"].nouns == ("strike",)


def test_a_language_is_overridden_key_by_key(data: Path, tmp_path: Path) -> None:
    """A language of the same id replaces the keys that it has, within its tables too."""
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/en.toml").write_text('[cues]\nheld = ["sat down"]\n[irregular]\ngo = ["went"]')
    english = read(data, tmp_path).languages["en"]
    assert english.cues.held == ("sat down",)
    assert english.cues.future == ("will",)
    assert english.irregular == {"meet": ("met", "meets"), "go": ("went",)}
    assert english.abbreviations == ("Mr",)


def test_an_actor_is_extended(data: Path, tmp_path: Path) -> None:
    """An actor of the same id adds to the lists, once each; another id is a new actor."""
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors/mine.toml").write_text(
        '[US]\nnames = ["White House", "United States"]\n[ACME]\nnames = ["Acme"]'
    )
    known = read(data, tmp_path)
    assert known.actors["US"].names == ("United States", "White House")
    assert known.actors["ACME"] == Actor(id="ACME", names=("Acme",))


def test_extended_keeps_order() -> None:
    """Actors come in the order of their ids, so that the digest does not hang on files."""
    assert list(extended({}, {"B": ActorForm()}, {"A": ActorForm()})) == ["A", "B"]


def test_spellings() -> None:
    """An actor may have been meant by any of its words; an id means itself."""
    found = spellings(
        [{"RU": {"names": ["Russia", 1], "adjectives": "x"}, "X": 1}, {"IS": {}, "ISIL": {"names": ["IS"]}}]
    )
    assert found == {"Russia": "RU", "RU": "RU", "IS": "IS", "ISIL": "ISIL"}


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("packs/talks.toml", 'nuons = ["x"]', ("nuons (line 1)", "nouns")),
        ("packs/new.toml", 'up = ["x"]', ("nouns", None)),
        ("packs/talks.toml", 'id = "x"', ("id (line 1)", None)),
        ("actors/x.toml", "[us]", ("us (line 1)", "US")),
        ("actors/x.toml", '[US]\nmembers = ["Britain", "UKK"]', ("US.members[1] (line 2)", None)),
        ("actors/x.toml", '[US]\nmembers = ["United Kingdon"]', ("US.members[1] (line 2)", "GB")),
        ("actors/x.toml", '[US]\nnames = [" "]', ("US.names[1] (line 2)", None)),
        ("languages/en.toml", "[ceus]", ("ceus (line 1)", "cues")),
        ("languages/en.toml", "[cues]\nfutrue = []", ("cues.futrue (line 2)", "future")),
    ],
)
def test_problems_stand_in_the_file_that_adds(
    data: Path, tmp_path: Path, file: str, text: str, expected: tuple[str, str | None]
) -> None:
    """What is wrong in added data is told with its own file and line."""
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(text)
    found = Findings()
    library(found, (data, tmp_path), {})
    assert [(file, *expected)] == [(one.file, one.place, one.nearest) for one in found.problems[:1]]


def test_a_broken_file_is_told_once(data: Path, tmp_path: Path) -> None:
    """A file that is no TOML has one problem."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs/new.toml").write_text("= 1")
    found = Findings()
    library(found, (data, tmp_path), {})
    assert [one.file for one in found.problems] == ["packs/new.toml"]


def test_digest() -> None:
    """The digest is the same for equal knowledge, whatever it was before, and differs for other knowledge."""
    one = with_digest(Knowledge(actors={"US": Actor(id="US")}))
    other = with_digest(Knowledge(actors={"US": Actor(id="US", names=("x",))}))
    assert len(one.digest) == 64
    assert one.digest == with_digest(one).digest
    assert one.digest != other.digest
