"""Root. The composition root: the one place where a configuration becomes an open store, a notifier and clocks."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from config.load import load
from config.settings import Settings, find_folder, fixed_now, secrets
from tasks.alerts import render_terminal
from tasks.deliver import Notifier
from tasks.fetch import FetchOptions
from tasks.model.alert import TERMINAL, Alert, ChannelSpec
from tasks.model.watch import Knowledge
from tasks.store import Store

Clock = Callable[[], datetime]
Send = Callable[[str, Alert], None]


class Root:
    """Everything that a run works with, in one opaque handle (Prefect walks the arguments of its tasks)."""

    __slots__ = ("clock", "knowledge", "send", "settings", "store")

    def __init__(self, settings: Settings, knowledge: Knowledge, store: Store, clock: Clock, send: Send) -> None:
        self.settings, self.knowledge, self.store = settings, knowledge, store
        self.clock = clock  # as-of: read once a step
        self.send = send  # an alert to a channel; raises DeliveryError where the channel did not take it

    @property
    def fetching(self) -> FetchOptions:
        """How the web is asked."""
        fetch = self.settings.fetch
        return FetchOptions(
            user_agent=fetch.user_agent,
            timeout=fetch.timeout,
            max_bytes=fetch.max_bytes,
            allow_private=fetch.allow_private,
            host_gap=fetch.host_gap,
        )

    @property
    def alert_channels(self) -> tuple[ChannelSpec, ...]:
        """The channels that alerts go to: all but the operator's."""
        return tuple(spec for spec in self.settings.channels if not spec.operator)

    @property
    def served_channels(self) -> tuple[str, ...]:
        """The channels that this process can send to; those with a Prefect secret wait for a run under Prefect."""
        return (TERMINAL, *(spec.name for spec in self.settings.channels if not spec.url.prefect_secret))

    def channels_of(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Give the channels of a watch; the terminal where none is configured."""
        known = tuple(spec.name for spec in self.alert_channels)
        return tuple(name for name in known if not wanted or name in wanted) or (TERMINAL,)


def sender(notifier: Notifier, show: Callable[[str], None]) -> Send:
    """Give the way to every channel: the terminal shows, the others are sent to."""

    def send(channel: str, alert: Alert) -> None:
        if channel == TERMINAL:
            show(render_terminal(alert))
        else:
            notifier.send(channel, alert)

    return send


def clock_of(fixed: datetime | None) -> Clock:
    """Give the as-of clock: TOCSIN_NOW stands still for the whole run."""
    return (lambda: fixed) if fixed else (lambda: datetime.now(UTC))


def to_stdout(text: str) -> None:
    """Show an alert to the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()  # in a served run nobody else does


@contextmanager
def open_root(
    folder: Path | None,
    *,
    show: Callable[[str], None] = to_stdout,
    now: datetime | None = None,
    patience: float = 0.0,
) -> Iterator[Root]:
    """Open a configuration for a run: raise ConfigError or StoreError before anything is touched.

    `now` stops the as-of clock, as TOCSIN_NOW does. `patience` is how many seconds to wait for another run's end.
    """
    settings, knowledge = load(find_folder(folder))
    addresses: Mapping[str, str] = secrets(settings)
    clock = clock_of(now or fixed_now())
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(settings.store.url))
        stack.enter_context(store.run_lock(patience))
        notifier = stack.enter_context(Notifier(addresses))
        root = Root(settings, knowledge, store, clock, sender(notifier, show))
        store.sync_feeds(settings.feeds, clock())
        store.sync_watches(knowledge.watches, clock())
        yield root
