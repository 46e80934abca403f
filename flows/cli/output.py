"""Commands. How commands print: JSON Lines for programs, tables for people."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks import lines
from tasks.plain import one_line

PIPED_WIDTH = 1_000_000  # a file or a program has no edge: nothing is folded, each row is a line
CELL = 4096  # characters of one cell: more than any address


def print_line(row: Mapping[str, Any]) -> None:
    """Print one of the JSON Lines, at once: the next one may take its time."""
    sys.stdout.write(lines.dumps(row) + "\n")
    sys.stdout.flush()


def print_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print JSON Lines, each as soon as it is there."""
    for row in rows:
        print_line(row)


def print_text(text: str = "") -> None:
    """Print a line for people."""
    sys.stdout.write(text + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "") -> None:
    """Print a table; cells are shown as they are, never read as markup. `empty` is said where there is no row."""
    cells = [[Text(_cell(value)) for value in row] for row in rows]
    if not cells and empty:
        print_text(empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*row)
    if sys.stdout.isatty():
        Console(highlight=False).print(table)
    else:
        _print_plain(table)


def _print_plain(table: Table) -> None:
    """Print without colour, and without the spaces that fill up the last column."""
    console = Console(highlight=False, width=PIPED_WIDTH, color_system=None)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print_text(line.rstrip())


def _cell(value: object) -> str:
    return "" if value is None else one_line(str(value), CELL)


def minute(moment: datetime | None) -> str:
    """Show an instant to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if moment else ""
