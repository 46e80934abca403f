"""A small set of built-in data, and configuration folders made from texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

DATA = {
    "packs/talks.toml": 'nouns = ["talks", "summit"]\nverbs = ["meet"]\nexclude = ["talk show"]\n',
    "packs/troop_movement.toml": 'nouns = ["troops"]\nobjects = ["tanks"]\n',
    "packs/product_recall.toml": 'verbs = ["recall"]\n',
    "actors/countries.toml": (
        '[US]\nnames = ["United States"]\npeople = [{ name = "Ann Envoy", role = "envoy", from = 2021-09-30 }]\n'
        '[RU]\nnames = ["Russia"]\nadjectives = ["Russian"]\nseats = ["Kremlin"]\n'
        '[GB]\nnames = ["United Kingdom", "UK"]\n[UA]\nnames = ["Ukraine"]\n'
    ),
    "actors/organisations.toml": '[UN]\nnames = ["United Nations"]\n[EU]\nnames = ["European Union"]\n[NATO]\nnames = ["NATO"]\nmembers = ["US", "GB"]\n',
    "languages/en.toml": (
        'abbreviations = ["Mr"]\n[cues]\nfuture = ["will"]\nheld = ["met"]\n[irregular]\nmeet = ["met", "meets"]\n'
    ),
}

Writer = Callable[..., Path]


def _write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a folder of built-in data."""
    return _write(tmp_path / "data", DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Writer:
    """Give a way to write a configuration folder from texts by file name; watches.toml is there in any case."""

    def write(files: dict[str, str] | None = None) -> Path:
        return _write(tmp_path / "configuration", {"watches.toml": "", **(files or {})})

    return write
