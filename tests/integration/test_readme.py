"""The README's commands, run as they stand there, and its alert, as the tour prints it."""

import json
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.command import tocsin
from tests.support.site import RSS, Item, Site, feed, wordpress_page

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("tocsin ") and not line.startswith(("tocsin demo", "tocsin up"))  # they have tests of their own
]
TITLE, LEAD = (
    "Japan and Kenya to hold talks on May 3",
    "Japan and Kenya will hold talks on May 3, both ministries said.",
)
MORE = (
    "The two last met three years ago, when they agreed to share what their weather stations measure over the ocean.",
    "Since then the stations have been renewed, and fishermen on both sides have asked for warnings in their own languages.",
)
DAY = datetime(2031, 4, 20, 8, tzinfo=UTC)
WATCH = '[[watch]]\nid = "talks"\nshape = "occasion"\nevent = "talks"\nparties = [["JP"], ["KE"]]\n'
NOW = "2031-04-20T12:00:00Z"
CHANNEL = '[[channel]]\nname = "CHANNEL"\nurl = { env = "TOCSIN_README" }\n'


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Give what stands for the words in capitals: files, and a desk that has run once."""
    folder = tmp_path_factory.mktemp("readme")
    with Site() as site:
        page = wordpress_page(TITLE, (LEAD, *MORE), DAY)
        item = Item(title=TITLE, link=site.put("/1", page), summary=LEAD, published=DAY)
        url = site.put("/feed", feed("Wire", (item,)), RSS)
        files = {
            "FILE": feed("Wire", (item,)).decode(),
            "PAGE": page.decode(),
            "PAGES": json.dumps({"id": "1", "html_file": "PAGE", "url": "https://example.org/1"}),
            "ARTICLES": json.dumps({"id": "1", "title": TITLE, "text": LEAD, "published": "2031-04-20"}),
            "WATCHES": WATCH,
        }
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        desk = folder / "desk"
        assert tocsin("init", desk).code == 0
        (desk / "watches.toml").write_text(WATCH)
        (desk / "feeds.toml").write_text(f'[[feed]]\nurl = "{url}"\n')
        (desk / "settings.toml").write_text("[fetch]\nallow_private = true\n")
        assert tocsin("run", "--once", "--config", desk, TOCSIN_NOW=NOW).code == 0
        [alert] = tocsin("alerts", "--json", "--config", desk).lines
        yield {
            **{name: str(folder / name) for name in files}, "desk": str(desk), "DEV": alert["development"],
            "URL": alert["article"], "CHANNEL": "CHANNEL",
        }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_of_the_readme_does_what_it_says(command: list[str], words: dict[str, str], tmp_path: Path) -> None:
    """Each runs as it stands there; the words in capitals and the folder are put in."""
    if command[0] == "init":
        words = {**words, "desk": str(tmp_path / "new")}
    environment = {"TOCSIN_NOW": NOW}
    if command[0] == "test-alert":
        (Path(words["desk"]) / "channels.toml").write_text(CHANNEL)
        environment["TOCSIN_README"] = "json://127.0.0.1:9/"
    said = tocsin(*(words.get(word, word) for word in command), **environment)
    if command[0] == "test-alert":
        (Path(words["desk"]) / "channels.toml").unlink()
    refused = command[0] == "test-alert"  # nobody listens there
    assert said.code == (4 if refused else 0), said.err
    assert bool(said.out) is not refused


def test_every_command_is_told_of() -> None:
    """The README leaves out no command."""
    listed = set(re.findall(r"^  ([a-z-]+)  ", tocsin("--help").out.partition("Commands:")[2], flags=re.MULTILINE))
    assert listed == {command[0] for command in COMMANDS} | {"demo", "up"}
