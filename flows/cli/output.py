"""Commands. How commands print: JSON Lines for programs, tables for people."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks import lines


def print_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print JSON Lines, each as soon as it is there."""
    for row in rows:
        sys.stdout.write(lines.dumps(row) + "\n")
    sys.stdout.flush()


def print_text(text: str = "") -> None:
    """Print a line for people."""
    sys.stdout.write(text + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "") -> None:
    """Print a table; cells are shown as they are, never read as markup. `empty` is said where there is no row."""
    cells = [[Text("" if value is None else str(value)) for value in row] for row in rows]
    if not cells and empty:
        print_text(empty)
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*row)
    console.print(table)


PIPED_WIDTH = 160  # columns of a table that goes into a file or another program
