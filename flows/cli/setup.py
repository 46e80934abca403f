"""Commands. Write, check and try a configuration."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from config import starter
from config.load import load
from config.nearest import nearest, plain
from config.settings import CHANNELS, WATCHES, Settings, find_folder, fixed_now, secret_problems, secrets
from flows.cli.exits import CONFIGURATION, UNAVAILABLE, fail
from flows.cli.output import print_lines, print_text
from tasks import lines
from tasks.deliver import Notifier, check_address
from tasks.detect import Reader
from tasks.errors import ConfigError, DeliveryError, Problem
from tasks.model.alert import ChannelSpec
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
        fixed_now()
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
        counts = f"{len(settings.feeds)} feeds, {len(knowledge.watches)} watches, {len(settings.channels)} channels"
        print_text(f"{settings.folder}: fine. {counts}.")


def address_problems(settings: Settings) -> Iterator[Problem]:
    """Yield the channels whose address no service understands, or that ask for what we refuse; never the address."""
    for number, spec in enumerate(settings.channels, 1):
        alone = replace(settings, channels=(spec,))
        if secret_problems(alone):
            continue  # that is told already
        for name, address in secrets(alone).items():
            if problem := check_address(address):
                yield Problem(file=CHANNELS, place=f"channel[{number}].url", problem=f"channel {name!r}: {problem}")


def example_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Run every watch over its own examples, and yield those that it reads otherwise."""
    reader = Reader(knowledge)
    for place, watch in enumerate(knowledge.watches, 1):
        for kind, examples in (("match", watch.examples.match), ("reject", watch.examples.reject)):
            for number, example in enumerate(examples, 1):
                if problem := _misread(reader, watch, example, wanted=kind == "match"):
                    where = f"watch[{place}].examples.{kind}[{number}]"
                    yield Problem(file=WATCHES, place=where, problem=f"watch {watch.id!r} {problem}: {example.text!r}")


def _misread(reader: Reader, watch: Watch, example: Example, *, wanted: bool) -> str:
    """Say how a watch reads an example otherwise than it should, and why, or ""."""
    day = example.published
    stamp = day if isinstance(day, datetime) else datetime.combine(day, time(12), UTC)
    article = Article(id="example", text=example.text, published=stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC))
    mentions = [one for one in reader.explain(article).mentions if one.watch == watch.id]
    accepted = [one for one in mentions if one.accepted]
    if bool(accepted) == wanted:
        return ""
    if accepted:
        return f"matches this example, which it must reject ({'; '.join(accepted[0].why)})"
    refusals = dict.fromkeys(reason for one in mentions for reason in one.why if reason.startswith("refused"))
    return f"does not match this example ({'; '.join(refusals) or 'no word of its event'})"


def test_alert(channel: str, folder: Path | None) -> None:
    """Send a test message to one channel, and say how it went."""
    settings, _ = load(find_folder(folder))
    alone = replace(settings, channels=(_channel(settings, channel),))  # what another channel lacks does not matter
    addresses = secrets(alone)
    if channel not in addresses:
        fail(f"channel {channel}: its address is a Prefect secret; only runs under Prefect can send to it", UNAVAILABLE)
    if problem := check_address(addresses[channel]):
        raise ConfigError((Problem(file=CHANNELS, place=channel, problem=problem),))
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


def _channel(settings: Settings, name: str) -> ChannelSpec:
    """Find a channel by its name; raise ConfigError, naming those that there are."""
    known = {spec.name: spec for spec in settings.channels}
    if name not in known:
        problem = f"no such channel; there are: {', '.join(known) or 'none'}"
        raise ConfigError((Problem(file=CHANNELS, place=name, problem=problem, nearest=nearest(name, plain(*known))),))
    return known[name]
