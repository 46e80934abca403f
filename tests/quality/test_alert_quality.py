"""Floors for the quality of alerts on labelled replays; skipped where they are not at hand."""

import importlib.util
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from config.load import load_watches
from tasks import lines
from tasks.backtest import Read, backtest
from tasks.detect import Reader
from tasks.model.feed import Article

# Novelty-F1, slightly below what was reached when they were set.
FLOORS = {"launches-2025": 0.88, "rates-2025": 0.81, "bbc-talks-2021": 0.69}  # the quick ones of tune


@pytest.fixture(scope="module")
def streams(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the input streams of the replays."""
    out = tmp_path_factory.mktemp("streams")
    subprocess.run([sys.executable, shared / "score/make_streams.py", out, *FLOORS], check=True, capture_output=True)
    return out


def ruler(shared: Path) -> ModuleType:
    """Load the scorer, which is no part of the project."""
    spec = importlib.util.spec_from_file_location("score_alerts", shared / "score/score_alerts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said_of(folder: Path, stream: Path) -> list[dict[str, object]]:
    """Say what the watches of a replay would have said of its stream."""
    knowledge = load_watches(folder / "watch.toml")
    reader, read = Reader(knowledge), []
    for row in map(json.loads, stream.read_text(encoding="utf-8").splitlines()):
        texts = {name: row.get(name, "") for name in ("title", "summary", "text", "source", "url")}
        article = Article(id=row["id"], published=datetime.fromisoformat(row["published"]), **texts)
        read.append(Read(article=article, reading=reader.read(article), origin=article.source))
    return [json.loads(json.dumps(lines.alert(line))) for line in backtest(read, knowledge.watches)]


@pytest.mark.parametrize("replay", FLOORS)
def test_the_alerts_of_a_replay(shared: Path, streams: Path, replay: str) -> None:
    """Novelty-F1 of the alerts does not fall below what was reached."""
    folder = shared / "score/replays" / replay
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    result, _ = ruler(shared).score(gold, said_of(folder, streams / replay / "articles.jsonl"))
    assert result["total"]["novelty_f1"] >= FLOORS[replay]
