"""Commands. Single stages over files of JSON Lines: order kept, one bad line is an error line, never an abort."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from config.load import builtin_knowledge, load_watches
from flows.cli.exits import FINDING
from flows.cli.inputs import BadLine, Line, article_of, lines_of, page_file
from flows.cli.output import print_lines, print_table, print_text
from tasks import lines
from tasks.backtest import Read
from tasks.backtest import backtest as backtested
from tasks.errors import ExtractError, FeedError, WorkerError
from tasks.model.watch import Knowledge
from tasks.pool import Pool, slots
from tasks.stories import StoryIndex

T = TypeVar("T")
AT_ONCE = 64  # lines in work: enough to keep every worker busy, few enough to hold in memory

Work = Callable[[Pool, Line], Awaitable[T]]


def parse_feeds(files: list[Path], *, json: bool) -> None:
    """Read feed documents; exit 1 where one could not be read."""
    rows = [Line(number=number, values={"file": str(path)}, folder=Path()) for number, path in enumerate(files, 1)]
    ill = False
    for row in _worked(iter(rows), _parse, Knowledge()):
        ill = ill or not row["ok"]
        if json:
            print_lines([row])
        else:
            said = f" ({row['error']})" if row["error"] else ""
            print_text(f"{row['file']}: {row['title'] or 'no title'}: {len(row['entries'])} entries{said}")
            print_table(
                ("published", "title", "link"),
                [(one["published"] or "no date", one["title"], one["link"]) for one in row["entries"]],
            )
    if ill:
        sys.exit(FINDING)


async def _parse(pool: Pool, line: Line) -> dict[str, Any]:
    name = line.values["file"]
    try:
        body, address = _contents(name)
        feed = await pool.parse(body, url=address, content_type="", now=datetime.now(UTC))
    except (OSError, FeedError, WorkerError) as error:
        return lines.parsed_feed(name, None, reason_of(error))
    return lines.parsed_feed(name, feed)


def _contents(name: str) -> tuple[bytes, str]:
    return Path(name).read_bytes(), Path(name).absolute().as_uri()


def extract(path: Path) -> None:
    """Find the article of each page."""
    print_lines(_worked(lines_of(path), _extract, Knowledge()))


async def _extract(pool: Pool, line: Line) -> dict[str, Any]:
    try:
        page = await pool.extract(page_file(line).read_bytes(), url=str(line.values.get("url") or ""))
    except (BadLine, OSError, ExtractError, WorkerError) as error:
        return lines.extracted(line.id or "", None, reason_of(error))
    return lines.extracted(line.id or "", page)


def stories(path: Path) -> None:
    """File each article, in order."""
    index = StoryIndex(builtin_knowledge().agencies)
    print_lines(_filed(index, line) for line in lines_of(path))


def _filed(index: StoryIndex, line: Line) -> dict[str, Any]:
    try:
        article = article_of(line)
    except BadLine as error:
        return lines.bad(line.id, str(error))
    place = index.file(article)
    return lines.filed(article.id, story=place.story, origin=place.origin, duplicate_of=place.duplicate_of)


def explain(path: Path, watches: Path | None) -> None:
    """Say everything that detection sees in each article."""
    knowledge = load_watches(watches) if watches else builtin_knowledge()
    print_lines(_worked(lines_of(path), _explain, knowledge))


async def _explain(pool: Pool, line: Line) -> dict[str, Any]:
    try:
        article = article_of(line)
        return lines.explained(article.id, await pool.read(article, explain=True))
    except (BadLine, WorkerError) as error:
        return lines.bad(line.id, reason_of(error))


def backtest(articles: Path, watches: Path, *, json: bool) -> None:
    """Print what the watches would have sent of the articles; bad lines are error lines."""
    knowledge = load_watches(watches)
    index = StoryIndex(knowledge.agencies)
    stream: list[Read] = []
    for found in _worked(lines_of(articles), _read, knowledge):
        if isinstance(found, Read):
            place = index.file(found.article)
            stream.append(Read(article=found.article, reading=found.reading, origin=place.origin))
        elif json:
            print_lines([found])
        else:
            sys.stderr.write(f"{found['error']}\n")
    said = backtested(stream, knowledge.watches)
    if json:
        print_lines(lines.alert(line) for line in said)
        return
    print_table(
        ("at (UTC)", "alert", "confidence", "article"),
        [(f"{one.at:%Y-%m-%d %H:%M}", one.headline, one.confidence, one.article) for one in said],
        empty="Nothing would have been sent.",
    )


async def _read(pool: Pool, line: Line) -> Read | dict[str, Any]:
    try:
        article = article_of(line)
        return Read(article=article, reading=await pool.read(article), origin="")
    except (BadLine, WorkerError) as error:
        return lines.bad(line.id, reason_of(error))


def reason_of(error: Exception) -> str:
    """Say an error without what the reader knows already."""
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)


def _worked(rows: Iterator[Line], work: Work[T], knowledge: Knowledge) -> Iterator[T]:
    """Do work on every line in the worker pool, many at once, and yield the results in order."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        pool = runner.run(stack.enter_async_context(Pool.open(knowledge, slots=slots())))
        try:
            while chunk := list(islice(rows, AT_ONCE)):
                yield from runner.run(_gathered(pool, chunk, work))
        finally:
            runner.run(stack.aclose())


async def _gathered(pool: Pool, chunk: list[Line], work: Work[T]) -> list[T]:
    return await asyncio.gather(*(work(pool, line) for line in chunk))
