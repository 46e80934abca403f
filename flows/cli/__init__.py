"""Commands. What people and programs type: each command loads what it runs when it runs it.

Exit codes: 0 ok · 1 a finding or partial success · 2 usage · 3 configuration · 4 unavailable.
"""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="tocsin",
    help="Watches the news for developments you track, and rings once per real-world change.",
    no_args_is_help=True,
    rich_markup_mode=None,  # help without boxes: it is read in pipes and logs, too
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="DIR",
        help="The configuration folder (else TOCSIN_CONFIG, this folder, or the user's).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines and nothing else.")]
Watches = Annotated[Path | None, typer.Option("--watches", metavar="FILE", help="A watches file.", show_default=False)]


def main() -> None:
    """Run the command line, and turn expected errors into one clear message and an exit code."""
    from flows.cli.exits import exits

    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8 whatever the locale says; half a character is escaped
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    with exits():
        app()


@app.command()
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write it.")]) -> None:
    """Write a configuration to start from."""
    from flows.cli import setup

    setup.init(folder)


@app.command()
def check(config: Config = None, *, json: Json = False) -> None:
    """Validate a configuration offline: files, examples, secrets.

    Exits with 3 where anything is wrong, and names file, place and the nearest thing that would be right.
    """
    from flows.cli import setup

    setup.check(config, json=json)


@app.command("test-alert")
def test_alert(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="Its name in channels.toml.")], config: Config = None
) -> None:
    """Send a test message to one channel."""
    from flows.cli import setup

    setup.test_alert(channel, config)


@app.command()
def run(
    config: Config = None,
    *,
    once: Annotated[bool, typer.Option("--once", help="One run, now, in this process.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Only feeds that are due.")] = False,
    json: Json = False,
) -> None:
    """Run the monitoring route once: poll, read, detect, alert.

    Exits with 1 where a feed, an article or a channel failed, and with 4 while another run holds the store.
    """
    from flows.cli import running

    running.run(config, once=once, due=due, json=json)


@app.command()
def up(config: Config = None) -> None:
    """Watch unattended, with Prefect's UI and schedules.

    Runs until Ctrl-C or SIGTERM. Exits with 4 where the port is taken or another one runs on this configuration.
    """
    from flows.cli import unattended

    unattended.up(config)


@app.command()
def demo() -> None:
    """Take an offline tour: invented news, the real route.

    A small news wire on this machine, with a moved clock; alerts come to the terminal, and so does why the rest stays quiet.

    Leaves nothing behind. Exits with 1 where its story did not come out as told.
    """
    from flows.cli import touring

    touring.demo()


@app.command()
def backfill(
    config: Config = None,
    *,
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="The first day, such as 2026-01-31 (UTC).")],
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day; it is included.")],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="SOURCE",
            help="stored (articles in the store, read again), feeds (their older documents) or file.",
        ),
    ] = "stored",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="FILE", help="Articles as JSON Lines, or addresses, a line each.", show_default=False
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option("--feed", metavar="NAME", help="Only this feed; may be repeated.", show_default=False),
    ] = None,
    watch: Annotated[
        list[str] | None,
        typer.Option("--watch", metavar="ID", help="Only for this watch; may be repeated.", show_default=False),
    ] = None,
    count: Annotated[bool, typer.Option("--count", help="Change nothing: say what would come of it.")] = False,
    notify: Annotated[bool, typer.Option("--notify", help="Send alerts; without it nobody is alerted.")] = False,
) -> None:
    """Bring history in, silently unless --notify.

    May be ended with Ctrl-C and started again: nothing is done twice. Exits with 1 where something could not be read.
    """
    from flows.cli import bringing

    typed = bringing.Typed(
        since=since, until=until, source=source, file=file, feeds=tuple(feed or ()), watches=tuple(watch or ()), count=count, notify=notify
    )  # fmt: skip
    bringing.bring_in(config, typed)


@app.command()
def feeds(config: Config = None, *, json: Json = False) -> None:
    """List the feeds with their state, those never polled too."""
    from flows.cli import reading

    reading.feeds(config, json=json)


@app.command()
def alerts(config: Config = None, *, json: Json = False) -> None:
    """List every alert ever recorded, with its deliveries."""
    from flows.cli import reading

    reading.alerts(config, json=json)


@app.command()
def developments(
    config: Config = None,
    *,
    watch: Annotated[str, typer.Option("--watch", metavar="ID", help="Only of this watch.")] = "",
    json: Json = False,
) -> None:
    """List what is known: every development with its values."""
    from flows.cli import reading

    reading.developments(config, watch=watch, json=json)


@app.command()
def history(
    development: Annotated[str, typer.Argument(metavar="DEV", help="Its id, as `tocsin developments` lists it.")],
    config: Config = None,
    *,
    json: Json = False,
) -> None:
    """Show every change of a development: who said so, and why."""
    from flows.cli import reading

    reading.history(development, config, json=json)


@app.command()
def status(config: Config = None, *, json: Json = False) -> None:
    """Say whether everything is alive, and what was left out.

    Exits with 1 where something is not.
    """
    from flows.cli import reading

    reading.status(config, json=json)


@app.command()
def explain(
    article: Annotated[str, typer.Argument(metavar="URL", help="An article in the store.")] = "",
    config: Config = None,
    *,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl", metavar="ARTICLES", help="Articles as JSON Lines; no configuration needed.", show_default=False
        ),
    ] = None,
    watches: Watches = None,
) -> None:
    """Say why an article did or did not alert.

    Shows every date, actor and mention, each with the reasons for which it was accepted or refused, and what became of it.
    """
    from flows.cli import batch, explaining

    if bool(article) == bool(jsonl) or (article and watches) or (jsonl and config):
        raise typer.BadParameter("give an article's URL (and --config DIR), or --jsonl ARTICLES (and --watches FILE)")
    if jsonl:
        batch.explain(jsonl, watches)
    else:
        explaining.explain(article, config)


@app.command()
def extract(
    jsonl: Annotated[Path, typer.Option("--jsonl", metavar="PAGES", help='Lines {"id","html_file","url"}.')],
) -> None:
    """Find the article in web pages, kept as files."""
    from flows.cli import batch

    batch.extract(jsonl)


@app.command("parse-feed")
def parse_feed(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Feed documents.")], *, json: Json = False
) -> None:
    """Read feed documents from files."""
    from flows.cli import batch

    batch.parse_feeds(files, json=json)


@app.command()
def stories(
    jsonl: Annotated[Path, typer.Option("--jsonl", metavar="ARTICLES", help="Articles as JSON Lines.")],
) -> None:
    """File articles into stories, and say who is behind them."""
    from flows.cli import batch

    batch.stories(jsonl)


@app.command()
def backtest(
    articles: Annotated[Path, typer.Option("--articles", metavar="ARTICLES", help="Articles as JSON Lines.")],
    watches: Annotated[Path, typer.Option("--watches", metavar="FILE", help="A watches file.")],
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print JSON Lines and nothing else.")] = False,
) -> None:
    """Run watches over articles: what would they have said?"""
    from flows.cli import batch

    batch.backtest(articles, watches, json=jsonl)


if __name__ == "__main__":
    main()
