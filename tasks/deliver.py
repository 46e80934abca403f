"""Edge: Apprise. Alerts to channels, each within its own deadline, and never an address in what is said or logged."""

import difflib
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote

import apprise

from tasks.alerts.safety import clip, neutral
from tasks.errors import DeliveryError
from tasks.model.alert import Alert

DEADLINE = 20.0  # seconds for one message: mail servers that greet late take 5 to 10
SECRET_MIN = 4  # shorter parts of an address are words like "api" and "v1"
REASON_MAX = 200

# Loggers that say addresses: Apprise prints them at DEBUG and ERROR, urllib3 paths at DEBUG and in warnings.
LOGGERS = ("apprise", "requests", "urllib3", "urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry")
# What a channel URL may not ask for. Apprise reports the failure of an optional service as success, does not try a
# second tag where the first succeeds, and its own retries and redirects would go where nobody looks.
REFUSED_OPTIONS = ("optional", "retry", "wait", "tag", "redirect")
# HTTP statuses below 500 that pass by themselves: timeout, conflict, locked, too early, too many requests.
SERVER_ERRORS = 500
PASSING = frozenset({408, 409, 423, 425, 429})

_STATUS = re.compile(r"error=(\d{3})\b")  # how 136 of Apprise's services report an HTTP status
_SECOND = re.compile(r"[\s,;]\w+://")
_HIDDEN = "***"
_ASSET = apprise.AppriseAsset(
    app_id="Tocsin",
    app_desc="Tocsin",
    app_url="",
    async_mode=False,  # one service per channel: nothing to run side by side
    http_redirects=False,  # a redirect may lead to an address inside our own network
    service_timeout=0,  # the deadline is ours: Apprise's shares a few threads among all hanging services
    storage_mode="memory",
)


class Redaction(logging.Filter):
    """Takes the secret parts of these addresses out of log records; also fit for a handler."""

    def __init__(self, addresses: Iterable[str]) -> None:
        super().__init__()
        parts = {part for address in addresses for part in _secrets(address)}
        self._secret = re.compile("|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True)) or "(?!)")

    def redact(self, text: str) -> str:
        """Take the secrets out of a text."""
        return self._secret.sub(_HIDDEN, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record without secrets, its traceback too; let every record through."""
        record.msg, record.args = self.redact(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self.redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


class Notifier:
    """Sends to channels by name. Use it as a context: while it is open, Apprise's logs are kept free of its addresses."""

    def __init__(self, channels: Mapping[str, str], *, deadline: float = DEADLINE) -> None:
        self.redaction = Redaction(channels.values())
        self._guard_logs()
        self._deadline = deadline
        self._channels = {name: _Channel(address) for name, address in channels.items()}

    def send(self, channel: str, alert: Alert) -> None:
        """Send an alert; raise DeliveryError where the channel did not take it."""
        self.say(channel, alert.line.headline, alert.body)

    def say(self, channel: str, title: str, body: str) -> None:
        """Send a message; raise DeliveryError where the channel did not take it."""
        known = self._channels.get(channel)
        if known is None:
            raise DeliveryError(channel, "is not known", permanent=True)
        if known.service is None:
            raise DeliveryError(channel, "has an address that no service understands", permanent=True)
        reason = known.send(title, body, self._deadline)
        if reason:
            said = clip(neutral(self.redaction.redact(reason)), REASON_MAX)
            raise DeliveryError(channel, said, permanent=_is_permanent(reason))

    def close(self) -> None:
        """Stop guarding the logs; a channel that still hangs is left to itself."""
        for name in LOGGERS:
            logging.getLogger(name).removeFilter(self.redaction)

    def _guard_logs(self) -> None:
        for name in LOGGERS:
            logger = logging.getLogger(name)
            logger.setLevel(logging.WARNING)
            logger.addFilter(self.redaction)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Channel:
    """One service, one message at a time; a message that hangs holds up none of another channel."""

    def __init__(self, address: str) -> None:
        self.service = _service(address)
        self._free = threading.Lock()
        self._apprise = apprise.Apprise(self.service, asset=_ASSET)

    def send(self, title: str, body: str, deadline: float) -> str:
        """Send within so many seconds; give the reason why it failed, or ""."""
        end = time.monotonic() + deadline
        if not self._free.acquire(timeout=deadline):
            return "still busy with an earlier message"
        answer: list[str] = []
        # A thread of its own, and a daemon: one that never ends holds up neither other channels nor the end of the process.
        worker = threading.Thread(target=self._work, args=(title, body, answer.append), daemon=True)
        worker.start()
        worker.join(max(end - time.monotonic(), 0))
        return answer[0] if answer else f"no answer within {deadline:g} s"

    def _work(self, title: str, body: str, answer: Callable[[str], None]) -> None:
        try:
            answer(self._notify(title, body))
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; it is a failed delivery, not a lost thread
            answer(f"{type(error).__name__}: {error}")
        finally:
            self._free.release()

    def _notify(self, title: str, body: str) -> str:
        with self._apprise.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT) as result:
            if result:
                return ""
            return " ".join(entry.message for entry in result.logs()) or "not taken, no reason given"


def check_address(address: str) -> str:
    """Say what is wrong with a channel's URL, without repeating it, or ""."""
    scheme, _, rest = address.strip().partition("://")
    if not rest:
        return "is no URL"
    if _SECOND.search(rest):
        return "holds more than one URL: a channel is one service"
    asked = {name.lower() for name, _ in parse_qsl(rest.partition("?")[2], keep_blank_values=True)}
    refused = [name for name in REFUSED_OPTIONS if name in asked]
    if refused:
        return f"must not set {', '.join(refused)}: Tocsin routes and retries itself"
    return _unknown_scheme(scheme.lower()) or ("" if _service(address) else f"is not complete for {scheme}://")


def _unknown_scheme(scheme: str) -> str:
    known: list[str] = apprise.NotificationManager().schemas()  # type: ignore[no-untyped-call]  # Apprise's
    if scheme in known or scheme in {"http", "https"}:  # web addresses of some services are understood too
        return ""
    near = difflib.get_close_matches(scheme, known, n=1)
    return f"has a scheme that no service knows{f' (did you mean {near[0]}://?)' if near else ''}"


def _service(address: str) -> apprise.NotifyBase | None:
    """Make the service that an address names, set right for alerts; None where none understands it."""
    with _unheard():
        service = apprise.Apprise.instantiate(address, asset=_ASSET)
    if service is None:
        return None
    service.optional, service.retry = False, 0  # whatever the address says: see REFUSED_OPTIONS
    if "overflow=" not in address:
        service.overflow_mode = apprise.OverflowMode.SPLIT  # by default a text that is too long is refused, for ever
    if address.lower().startswith(("mailto:", "mailtos:")):
        service.request_rate_per_sec = 0  # a mail server takes one after another; the default waits 5.5 s
    return service


def _is_permanent(reason: str) -> bool:
    """Say whether an HTTP status tells that trying again cannot help; a reason without one never does."""
    statuses = {int(status) for status in _STATUS.findall(reason)}
    return bool(statuses) and all(status < SERVER_ERRORS and status not in PASSING for status in statuses)


def _secrets(address: str) -> Iterator[str]:
    """Give every part of an address that may be secret, as written and decoded: hosts of chats are tokens too."""
    yield address
    for part in re.split(r"[/?&=@:#,;]+", address.partition("://")[2]):
        for form in {part, unquote(part)}:
            if len(form) >= SECRET_MIN:
                yield form


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep Apprise from logging an address that it does not understand: we say so ourselves."""
    logger = logging.getLogger("apprise")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
