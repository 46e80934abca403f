"""Flow. A backfill under Prefect: a form that a person fills in, a report at the end."""

import signal
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.states import Cancelled, Completed, Failed
from pydantic import Field

from flows.report import backfill_page, backfill_result
from flows.root import open_root
from flows.route.backfill import Do, Origin, Report, Wanted
from flows.route.backfill import backfill as bring_in
from flows.stopping import told_to_stop
from tasks.errors import ConfigError

PATIENCE = 120.0  # seconds that a stretch waits for a run of the monitor

Where = Literal["Articles in the store, read again", "Older pages of the feeds", "A file on the server"]
What = Literal["Count only: change nothing, send nothing", "Bring in, send nothing", "Bring in and send alerts"]
WHERE: dict[str, Origin] = {
    "Articles in the store, read again": Origin.STORED,
    "Older pages of the feeds": Origin.FEEDS,
    "A file on the server": Origin.FILE,
}
WHAT: dict[str, Do] = {
    "Count only: change nothing, send nothing": Do.COUNT,
    "Bring in, send nothing": Do.SILENT,
    "Bring in and send alerts": Do.NOTIFY,
}


def _titled(title: str, description: str = "") -> Any:
    return Field(json_schema_extra={"title": title, "description": description})


@flow(name="backfill")
def backfill(
    since: Annotated[date, _titled("First day")],
    until: Annotated[date, _titled("Last day", "Both days are whole, and included (UTC).")],
    where: Annotated[Where, _titled("Where from")] = "Articles in the store, read again",
    feeds: Annotated[list[str], _titled("Feeds", "Names as in feeds.toml; none means all.")] = [],  # noqa: B006 - Prefect's form
    watches: Annotated[list[str], _titled("Watches", "Ids as in watches.toml; none means all.")] = [],  # noqa: B006
    file: Annotated[
        str,
        _titled("File", "A path on the server: articles as JSON Lines, or addresses, a line each. Only for a file."),
    ] = "",
    what: Annotated[What, _titled("What to do", "Count first; then the same again with another choice.")] = (
        "Count only: change nothing, send nothing"
    ),
) -> State[Any]:
    """Bring history in. Nobody is alerted unless you say so. The same backfill once more goes on where this one ended."""
    wanted = Wanted(
        since=since, until=until, origin=WHERE[where], feeds=tuple(feeds), watches=tuple(watches),
        file=Path(file) if file else None, do=WHAT[what],
    )  # fmt: skip
    log = get_run_logger()
    try:
        with told_to_stop(signal.SIGTERM) as stop:  # what cancelling in the UI sends: the run reports before it ends
            opened = partial(open_root, None, patience=PATIENCE)
            report = bring_in(opened, wanted, told=lambda so_far: log.info(backfill_result(so_far, wanted)), stop=stop)
    except ConfigError as error:
        return Failed(message=" · ".join(f"{one.place}: {one.problem}" for one in error.problems))
    return _ended(report, wanted)


def _ended(report: Report, wanted: Wanted) -> State[Any]:
    line = backfill_result(report, wanted)
    create_markdown_artifact(key="backfill-report", markdown=backfill_page(report, wanted), description=line)
    if report.stopped:
        return Cancelled(message=f"Ended by a person; what was brought in stays. {line}")
    return Completed(message=line)
