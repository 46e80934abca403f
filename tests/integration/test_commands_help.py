"""Every command can be asked what it does."""

import re

import pytest
import typer

from flows.cli import app
from tests.support.command import tocsin

NOW = "init check run feeds alerts developments history explain extract parse-feed stories backtest test-alert status"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has them


def test_all_commands_of_the_first_release_are_there() -> None:
    """The list of the design, as far as it is built; nothing else can be typed."""
    assert set(NOW.split()) <= set(COMMANDS)


def test_the_overview_says_a_whole_sentence_of_each_command() -> None:
    """No command is without a word, none is cut off."""
    said = tocsin("--help")
    assert said.code == 0
    told = dict(re.findall(r"^  ([a-z-]+)  +(.+)$", said.out.partition("Commands:")[2], flags=re.MULTILINE))
    assert set(told) == set(COMMANDS)
    assert [
        name for name, sentence in told.items() if not sentence.endswith((".", "?")) or sentence.endswith("...")
    ] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_explains_each_of_its_words(name: str) -> None:
    """Every argument and option has a help text, and the text shows them all."""
    said = tocsin(name, "-h")
    assert said.code == 0
    for word in COMMANDS[name].params:
        assert word.help, word.name
        shown = word.opts[0] if word.param_type_name == "option" else word.metavar
        assert shown in said.out, word.name
    assert len(said.out) == len(said.out.encode("ascii", "ignore")) or "…" not in said.out


@pytest.mark.parametrize("name", sorted(set(NOW.split()) - {"init", "extract", "parse-feed", "stories", "backtest"}))
def test_commands_that_read_a_configuration_take_its_folder(name: str) -> None:
    """`--config DIR` stands after the command's name."""
    assert "--config DIR" in tocsin(name, "--help").out
