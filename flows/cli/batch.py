"""Commands. Single stages over files of JSON Lines: order kept, one bad line is an error line, never an abort."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from config.load import builtin_knowledge, load_watches
from config.settings import fixed_now
from flows.cli.exits import FINDING
from flows.cli.output import minute, print_line, print_lines, print_table, print_text
from flows.inputs import BadLine, Line, article_of, lines_of, page_file
from tasks import lines
from tasks.backtest import Read
from tasks.backtest import backtest as backtested
from tasks.errors import ExtractError, FeedError, WorkerError
from tasks.model.alert import AlertLine
from tasks.model.watch import Knowledge
from tasks.pool import Pool, slots
from tasks.stories import StoryIndex

T = TypeVar("T")
AT_ONCE = 64  # lines in work: enough to keep every worker busy, few enough to hold in memory

Row = dict[str, Any]
Work = Callable[[Pool, Line], Awaitable[T]]


def parse_feeds(files: list[str], *, json: bool) -> None:
    """Read feed documents; exit 1 where one could not be read."""
    rows = (Line(number=number, values={"file": name}, folder=Path()) for number, name in enumerate(files, 1))
    now = fixed_now() or datetime.now(UTC)
    found = _worked(rows, partial(_parse, now=now), Knowledge())
    _print(found, print_line if json else _show_feed)


async def _parse(pool: Pool, line: Line, *, now: datetime) -> Row:
    name = line.values["file"]
    try:
        body, address = _contents(Path(name))
        feed = await pool.parse(body, url=address, content_type="", now=now)
    except (OSError, FeedError, WorkerError) as error:
        return lines.parsed_feed(name, None, reason_of(error))
    return lines.parsed_feed(name, feed)


def _contents(path: Path) -> tuple[bytes, str]:
    return path.read_bytes(), path.absolute().as_uri()


def _show_feed(row: Row) -> None:
    said = f" ({row['error']})" if row["error"] else ""
    print_text(f"{row['file']}: {row['title'] or 'no title'}: {len(row['entries'])} entries{said}")
    if row["entries"]:
        entries = [(one["published"] or "no date", one["title"], one["link"]) for one in row["entries"]]
        print_table(("published", "title", "link"), entries)


def extract(path: Path) -> None:
    """Find the article of each page."""
    _print(_worked(lines_of(path), _extract, Knowledge()))


async def _extract(pool: Pool, line: Line) -> Row:
    try:
        page = await pool.extract(_page(line), url=str(line.values.get("url") or ""))
    except (BadLine, ExtractError, WorkerError) as error:
        return lines.extracted(line.id, None, reason_of(error)) if line.id else lines.bad(None, reason_of(error))
    return lines.extracted(line.id or "", page)


def _page(line: Line) -> bytes:
    path = page_file(line)
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadLine(f"line {line.number}: html_file {path}: {reason_of(error)}") from error


def stories(path: Path) -> None:
    """File each article, in order."""
    index = StoryIndex(builtin_knowledge().agencies)
    _print(_filed(index, line) for line in lines_of(path))


def _filed(index: StoryIndex, line: Line) -> Row:
    try:
        article = article_of(line)
    except BadLine as error:
        return lines.bad(line.id, str(error))
    place = index.file(article)
    return lines.filed(article.id, story=place.story, origin=place.origin, duplicate_of=place.duplicate_of)


def explain(path: Path, watches: Path | None) -> None:
    """Say everything that detection sees in each article."""
    knowledge = load_watches(watches) if watches else builtin_knowledge()
    _print(_worked(lines_of(path), _explain, knowledge))


async def _explain(pool: Pool, line: Line) -> Row:
    try:
        article = article_of(line)
        return lines.explained(article.id, await pool.read(article, explain=True))
    except (BadLine, WorkerError) as error:
        return lines.bad(line.id, reason_of(error))


def backtest(articles: Path, watches: Path, *, json: bool) -> None:
    """Print what the watches would have sent of the articles; bad lines come first, as error lines."""
    knowledge = load_watches(watches)
    index = StoryIndex(knowledge.agencies)
    stream: list[Read] = []
    ill: list[Row] = []
    for found in _worked(lines_of(articles), _read, knowledge):
        if isinstance(found, Read):
            place = index.file(found.article)
            stream.append(Read(article=found.article, reading=found.reading, origin=place.origin))
        else:
            ill.append(found)
    said = backtested(stream, knowledge.watches)
    if json:
        print_lines((*ill, *map(lines.alert, said)))
    else:
        _show_alerts(said, ill)
    if ill:
        sys.exit(FINDING)


def _show_alerts(said: Iterable[AlertLine], ill: Iterable[Row]) -> None:
    for row in ill:
        sys.stderr.write(f"{row['error']}\n")
    print_table(
        ("at (UTC)", "alert", "confidence", "article"),
        [(minute(one.at), one.headline, f"{one.confidence:.2f}", one.article) for one in said],
        empty="Nothing would have been sent.",
    )


async def _read(pool: Pool, line: Line) -> Read | Row:
    try:
        article = article_of(line)
        return Read(article=article, reading=await pool.read(article), origin="")
    except (BadLine, WorkerError) as error:
        return lines.bad(line.id, reason_of(error))


def reason_of(error: Exception) -> str:
    """Say an error without what the reader knows already."""
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)


def _print(rows: Iterable[Row], show: Callable[[Row], None] = print_line) -> None:
    """Show the rows as they come; exit 1 where one of them is an error."""
    ill = 0
    for row in rows:
        show(row)
        ill += not row.get("ok", not row.get("error"))  # a feed that is damaged, but could be read, is no error
    if ill:
        sys.exit(FINDING)


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
