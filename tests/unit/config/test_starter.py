"""The configuration that `tocsin init` writes."""

import re
import tomllib
from pathlib import Path

import pytest

from config.load import load
from config.settings import Settings
from config.starter import write
from tasks.errors import ConfigError

NAMES = ["channels.toml", "feeds.toml", "settings.toml", "watches.toml"]


def uncommented(text: str) -> str:
    """Give the commented lines that are TOML."""
    lines = (line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (\[|[a-z_]+ = )", line))
    return "\n".join(lines)


def test_it_loads(tmp_path: Path, data: Path) -> None:
    """What is written loads without a problem: feeds, a watch of each shape with examples, every setting at its default."""
    assert [path.name for path in write(tmp_path / "new" / "folder")] == NAMES
    settings, knowledge = load(tmp_path / "new" / "folder", data=data)
    assert len(settings.feeds) == 25
    assert all(feed.name and feed.family and feed.language and feed.timezone for feed in settings.feeds)
    assert [watch.id for watch in knowledge.watches] == [
        "us-russia-talks",
        "nato-russia-talks",
        "russian-troops-near-ukraine",
        "food-recalls",
    ]
    assert all(watch.examples.match and watch.examples.reject for watch in knowledge.watches)
    assert settings.channels == ()
    assert settings.fetch == Settings(folder=tmp_path).fetch
    assert settings.prefect == Settings(folder=tmp_path).prefect


def test_it_loads_with_the_built_in_data(tmp_path: Path) -> None:
    """The starter names only packs and actors that Tocsin is delivered with."""
    write(tmp_path)
    _, knowledge = load(tmp_path)
    assert [watch.event.id for watch in knowledge.watches] == ["talks", "talks", "troop_movement", "product_recall"]


def test_what_is_commented_out_loads_too(tmp_path: Path, data: Path) -> None:
    """The settings and channels that it explains are valid, and the settings are the defaults."""
    write(tmp_path)
    for name in ("channels.toml", "settings.toml"):
        path = tmp_path / name
        text = uncommented(path.read_text())
        assert tomllib.loads(text)
        path.write_text(text)
    settings, _ = load(tmp_path, data=data)
    assert [channel.name for channel in settings.channels] == ["desk-chat", "desk-mail", "ops"]
    assert settings.alerts == Settings(folder=tmp_path).alerts
    assert settings.fetch.max_bytes == Settings(folder=tmp_path).fetch.max_bytes


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    """A file that is there already stays, is named, and nothing else is written."""
    (tmp_path / "feeds.toml").write_text("mine")
    with pytest.raises(ConfigError) as caught:
        write(tmp_path)
    assert [one.file for one in caught.value.problems] == ["feeds.toml"]
    assert (tmp_path / "feeds.toml").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder that cannot be made is a problem of the configuration."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be written"):
        write(tmp_path / "file" / "folder")
