"""The offline tour: the real command, in an empty folder, with nothing of the user's to lean on or to leave behind."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.demo import story
from tests.support.desk import TOCSIN

HEADLINES = (
    "NEW · Velmara–Tarnovia talks: January 2031 (tentative)",
    "NEW · Tarnovian troops in the Sella valley: 8,000 troops, Sella valley (reported)",
    "REFINED · Velmara–Tarnovia talks: January 2031 → 10 Jan 2031",
    "NEW · Appliance recalls: Brightmoor Dovetail kettles fire risk",
    "DENIED · Tarnovian troops in the Sella valley: 8,000 troops, Sella valley",
    "MOVED · Velmara–Tarnovia talks: 10 Jan 2031 → 12 Jan 2031",
    "EXPANDED · Appliance recalls: Brightmoor Dovetail kettles fire risk → Brightmoor Dovetail Swallow kettles fire risk",
    "CANCELLED · Velmara–Tarnovia talks: was 12 Jan 2031",
)
QUIET = {
    "Why do the swans of Lake Orn no longer fly south?": "nothing that a watch looks for",
    "Velmara and Norway to hold herring talks in Bergen on 4 February": "parties VELMARA, NO do not fit the watch",
    "Neighbours weigh talks on the Sella valley": "reprint of “Velmara and Tarnovia weigh talks on the Sella valley” from Harbour Courier: the same report",
    "Geneva hotel gets ready for the valley talks": "says nothing new of Velmara–Tarnovia talks",
    "Ten years on: the summit that gave the valley its ferry": "more than 72 hours ago",
    "Can a pear travel by post?": "nothing that a watch looks for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toured:
    """A tour that is over, with the folder that it ran in."""

    code: int
    out: str
    err: str
    folder: Path


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Toured:
    """Take the tour once, in a shell whose settings would disturb anything that read them."""
    folder = tmp_path_factory.mktemp("tour")
    rooms = {name: folder / name.lower() for name in ("TMPDIR", "HOME", "CWD")}
    for room in rooms.values():
        room.mkdir()
    strange = {"TOCSIN_CONFIG": "/nowhere", "TOCSIN_NOW": "no time at all", "COLUMNS": "40"}
    environment = {**os.environ, **strange, "TMPDIR": str(rooms["TMPDIR"]), "HOME": str(rooms["HOME"])}
    done = subprocess.run(
        [TOCSIN, "demo"], cwd=rooms["CWD"], env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    return Toured(code=done.returncode, out=done.stdout, err=done.stderr, folder=folder)


def test_the_story_comes_out_as_told(toured: Toured) -> None:
    """All is well, said in a last line, with a next step; without colour where it is piped."""
    assert (toured.code, toured.err) == (0, "")
    assert re.search(r"^14 articles, 8 alerts, 6 kept quiet, in \d+ seconds\.$", toured.out, flags=re.MULTILINE)
    assert "tocsin init DIR" in toured.out.splitlines()[-1]
    assert "\x1b" not in toured.out


def test_each_change_rings_once_in_its_turn(toured: Toured) -> None:
    """The alerts stand in the order of the story, each under the day of its moment, as a terminal shows them."""
    told = [line for line in toured.out.splitlines() if line in HEADLINES]
    assert sorted(told) == sorted(HEADLINES)
    days = [toured.out.index(f"{moment.at:%A}, {moment.at.day} {moment.at:%b %Y}") for moment in story().moments]
    assert days == sorted(days)
    for number, moment in enumerate(story().moments):
        part = toured.out[days[number] : (*days, len(toured.out))[number + 1]]
        rung = {line for line in part.splitlines() if line in HEADLINES}
        assert len(rung) == len(moment.expected)
    assert "\n  Who says so: Petra Wolzin, Tarnovian army spokeswoman (Tarnovia), via Tarnburg Post\n" in toured.out


@pytest.mark.parametrize("title", QUIET)
def test_what_stays_quiet_says_why(toured: Toured, title: str) -> None:
    """Each article without an alert is listed once, with the reason in plain words."""
    [line] = [line for line in toured.out.splitlines() if f"“{title}”: " in line]
    assert QUIET[title] in line


def test_what_cannot_be_read_says_so_once(toured: Toured) -> None:
    """A feed that is gone, and a page that refuses, which loses nothing: its alert went out."""
    assert toured.out.count("Millstone Gazette: the feed is gone (the server answered 410 Gone)") == 1
    assert toured.out.count("its page was not read (the server answered 403 Forbidden)") == 1


def test_no_word_of_readers_or_of_what_stands_around(toured: Toured) -> None:
    """Comments and page chrome reach nobody."""
    comments = [comment for moment in story().moments for piece in moment.articles for comment in piece.comments]
    assert len(comments) > 3
    for word in (*(one.text for one in comments), "Reykjavik", "90,000", "toaster", "crumbs", "Most read"):
        assert word not in toured.out


def test_nothing_is_left_behind(toured: Toured) -> None:
    """No file in the folder for temporary files, at home, or where it was run."""
    assert sorted(path.name for path in toured.folder.rglob("*")) == ["cwd", "home", "tmpdir"]


def test_the_readme_shows_an_alert_of_the_tour(toured: Toured) -> None:
    """Line by line, as it is printed."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme.partition("```\n")[2].partition("```")[0]
    assert shown.startswith("MOVED · ")
    assert shown in toured.out
