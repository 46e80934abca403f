"""Extraction on recorded pages of many publishers: a floor under what was reached."""

import gzip
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from tasks.errors import ExtractError
from tasks.extract import extract_page
from tasks.model.feed import Page

BODY_FLOOR = 0.945  # reached: .951; plain trafilatura: .946
DAY_FLOOR = 0.95  # reached: .957


def read(path: Path, url: str) -> Page:
    """Extract a recorded page; one without an article is empty."""
    try:
        return extract_page(gzip.decompress(path.read_bytes()), url=url)
    except ExtractError:
        return Page()


def expected(pages: list[dict[str, Any]], entry: dict[str, Any]) -> dict[str, Any]:
    """Choose the expectation of a page: a publisher's n-th page belongs to its n-th layout version."""
    publisher = entry["file"].partition("_")[0]
    siblings = sorted(page["file"] for page in pages if page["file"].partition("_")[0] == publisher)
    versions = sorted(entry["expected"], key=lambda name: [int(number) for number in re.findall(r"\d+", name)])
    found: dict[str, Any] = entry["expected"][versions[siblings.index(entry["file"])]]
    return found


def body(record: dict[str, Any]) -> str:
    """Join what a page's body should be."""
    parts = list(record["body"]["summary"])
    for section in record["body"]["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n".join(parts)


def likeness(gold: str, found: str) -> float:
    """Give the F1 of two bags of words."""
    ours, theirs = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, gold))
    both = (ours & theirs).total()
    return 2 * both / (ours.total() + theirs.total()) if both else 0.0


def same_day(gold: str, found: datetime | None) -> bool:
    """Compare days in the zone of the expected stamp."""
    if found is None:
        return False
    stamp = datetime.fromisoformat(gold)
    return found.astimezone(stamp.tzinfo or UTC).date() == stamp.date()


def test_recorded_pages(shared: Path) -> None:
    """Body and day of publication of the recorded pages reach their floors."""
    folder = shared / "data" / "pages"
    pages = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = [(expected(pages, page), read(folder / page["file"], page["url"])) for page in pages]
    assert mean(likeness(body(gold), page.text) for gold, page in found) >= BODY_FLOOR
    assert mean(same_day(gold["publishing_date"], page.published) for gold, page in found) >= DAY_FLOOR
