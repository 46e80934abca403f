"""Commands. Write, check and try a configuration."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from config import starter
from config.load import load
from config.settings import Settings, find_folder, secret_problems, secrets
from flows.cli.exits import CONFIGURATION, UNAVAILABLE, fail
from flows.cli.output import print_lines, print_text
from tasks import lines
from tasks.deliver import Notifier, check_address
from tasks.detect import Reader
from tasks.errors import ConfigError, DeliveryError, Problem
from tasks.model.feed import Article
from tasks.model.watch import Example, Knowledge, Watch


def init(folder: Path) -> None:
    """Write the starter configuration."""
    for path in starter.write(folder):
        print_text(f"wrote {path}")
    print_text(f"Next: edit them, then `tocsin check --config {folder}` and `tocsin run --once --config {folder}`.")


def check(folder: Path | None, *, json: bool) -> None:
    """Print every problem of a configuration; exit 3 where there is any."""
    try:
        settings, knowledge = load(find_folder(folder))
        problems = (*secret_problems(settings), *address_problems(settings), *example_problems(knowledge))
    except ConfigError as error:
        problems = error.problems
    if json:
        print_lines(lines.problem(problem) for problem in problems)
    else:
        for problem in problems:
            print_text(str(problem))
    if problems:
        sys.exit(CONFIGURATION)
    if not json:
        print_text(
            f"{settings.folder}: fine. {len(settings.feeds)} feeds, {len(knowledge.watches)} watches, {len(settings.channels)} channels."
        )


def address_problems(settings: Settings) -> Iterator[Problem]:
    """Yield the channels whose address no service understands, or that ask for what we refuse; never the address."""
    if secret_problems(settings):
        return
    for name, address in secrets(settings).items():
        if problem := check_address(address):
            yield Problem(file="channels.toml", place=f"channel {name!r}", problem=problem)


def example_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Run every watch over its own examples, and yield those that it reads otherwise."""
    reader = Reader(knowledge)
    for watch in knowledge.watches:
        for example, wanted in [
            *((one, True) for one in watch.examples.match),
            *((one, False) for one in watch.examples.reject),
        ]:
            found, why = _matches(reader, watch, example)
            if found != wanted:
                problem = f"example is not {'matched' if wanted else 'rejected'}: {example.text!r}{f' ({why})' if why else ''}"
                yield Problem(
                    file="watches.toml",
                    place=f"watch {watch.id!r} examples.{'match' if wanted else 'reject'}",
                    problem=problem,
                )


def _matches(reader: Reader, watch: Watch, example: Example) -> tuple[bool, str]:
    day = example.published
    stamp = day if isinstance(day, datetime) else datetime.combine(day, time(12), UTC)
    article = Article(id="example", text=example.text, published=stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC))
    mentions = [one for one in reader.explain(article).mentions if one.watch == watch.id]
    accepted = any(one.accepted for one in mentions)
    refusal = (
        next((one.why[0] for one in mentions if not one.accepted and one.why), "no trigger word")
        if not accepted
        else ""
    )
    return accepted, refusal


def test_alert(channel: str, folder: Path | None) -> None:
    """Send a test message to one channel, and say how it went."""
    settings, _ = load(find_folder(folder))
    known = [spec.name for spec in settings.channels]
    if channel not in known:
        raise ConfigError(
            (
                Problem(
                    file="channels.toml",
                    place=channel,
                    problem=f"no such channel; there are: {', '.join(known) or 'none'}",
                ),
            )
        )
    addresses = secrets(settings)
    if channel not in addresses:
        fail(f"channel {channel}: its address is a Prefect secret; only runs under Prefect can send to it", UNAVAILABLE)
    with Notifier(addresses) as notifier:
        try:
            notifier.say(
                channel,
                "TEST · Tocsin can reach this channel",
                f"Sent by `tocsin test-alert {channel}`. No development is behind it.",
            )
        except DeliveryError as error:
            fail(str(error), UNAVAILABLE)
    print_text(f"channel {channel}: sent")
