"""Alerts reach a real mail server and a real webhook, or fail in their own time and without a word of their address."""

import logging
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tasks.alerts import neutral
from tasks.deliver import LOGGERS, Notifier, Redaction, check_address
from tasks.errors import DeliveryError
from tasks.model.alert import Alert, AlertLine
from tasks.model.mention import Status
from tasks.model.watch import Change
from tests.support.servers import PASSWORD, USER, SmtpServer, Webhook

KEY = "0123456789abcdef"
HEADLINE = "MOVED · Example talks: 10 Jan 2022 → 12 Jan 2022 (Geneva)"
BODY = f"How sure: announced; confidence high (0.86)\nhttps://news.example/a?b=1&c=<2>\nRef: {KEY}"
NASTY = "Talks\r\nBcc: x@example.org\x00 \u202egnol @everyone @here <!channel> <@U1> [free](https://evil.example) <b>bold</b>"


@pytest.fixture(autouse=True)
def _levels_as_before() -> Iterator[None]:
    """The notifier pins levels of shared loggers; other tests get them back."""
    before = {name: logging.getLogger(name).level for name in LOGGERS}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def alert(headline: str = HEADLINE, body: str = BODY) -> Alert:
    """An alert with this headline and message."""
    line = AlertLine(
        watch="w", change=Change.MOVED, development="d", when=None, before=None, status=Status.ANNOUNCED, parties=(),
        place=None, quantity=None, subject=None, outcome=None, origins=1, article=None,
        at=datetime(2022, 1, 4, tzinfo=UTC), confidence=0.9, headline=headline, why=(),
    )  # fmt: skip
    return Alert(key=KEY, line=line, body=body)


def test_a_mail_arrives_as_written() -> None:
    """Headline, message and key of an alert stand in the mail, plain."""
    with SmtpServer() as server, Notifier({"mail": server.url}) as notifier:
        notifier.send("mail", alert())
        (mail,) = server.messages
        assert mail["Subject"] == HEADLINE
        assert (mail["To"], mail["From"]) == ("desk@example.org", "tocsin@example.org")
        assert mail.get_content_type() == "text/plain"
        assert server.text().split() == BODY.split()
        assert server.login == (USER, PASSWORD)


def test_a_webhook_gets_title_and_message() -> None:
    """A JSON webhook gets headline, message and key as they are."""
    with Webhook() as hook, Notifier({"hook": hook.url}) as notifier:
        notifier.send("hook", alert())
        (message,) = hook.messages
        assert (message["title"], message["message"]) == (HEADLINE, BODY)


def test_a_nasty_text_arrives_inert() -> None:
    """Line breaks, hidden characters, mentions and markup of a feed's title do no harm on the way, and are no poison."""
    nasty = alert(neutral(NASTY), f"{neutral(NASTY)}\nRef: {KEY}")
    with SmtpServer() as server, Webhook() as hook, Notifier({"mail": server.url, "hook": hook.url}) as notifier:
        notifier.send("mail", nasty)
        notifier.send("hook", nasty)
        (mail,), (message,) = server.messages, hook.messages
        assert mail["Bcc"] is None
        assert "Bcc: x" in mail["Subject"]
        for text in (mail["Subject"], server.text(), message["title"], message["message"]):
            assert not any(bad in text for bad in ("\u202e", "\x00", "@everyone", "@here", "<!", "<@", "](", "<b>"))
        assert KEY in server.text()
        assert KEY in message["message"]


def test_several_mails_in_a_row_do_not_wait() -> None:
    """Apprise's gap of 5.5 seconds between mails is off."""
    with SmtpServer() as server, Notifier({"mail": server.url}) as notifier:
        start = time.monotonic()
        for _ in range(3):
            notifier.send("mail", alert())
        assert len(server.messages) == 3
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (500, False),
        (503, False),
        (429, False),
        (408, False),
        (400, True),
        (401, True),
        (403, True),
        (404, True),
        (410, True),
    ],
)
def test_an_error_is_permanent_where_trying_again_cannot_help(status: int, permanent: bool) -> None:
    """A server's fault passes; a client's does not, but for those that say: later."""
    with Webhook(status) as hook, Notifier({"hook": hook.url}) as notifier:
        with pytest.raises(DeliveryError, match=rf"channel hook: .*error={status}") as caught:
            notifier.send("hook", alert())
        assert caught.value.permanent is permanent


def test_a_redirect_is_not_followed() -> None:
    """A channel that redirects, perhaps into our own network, is a failure."""
    with Webhook() as inside, Webhook(302, location=f"http://127.0.0.1:{inside.port}/") as hook:
        with Notifier({"hook": hook.url}) as notifier, pytest.raises(DeliveryError):
            notifier.send("hook", alert())
        assert inside.messages == []


def test_a_refusal_of_the_mail_server_is_an_error() -> None:
    """A mail that the server does not take is not delivered."""
    with SmtpServer(reply="451 try later") as server, Notifier({"mail": server.url}) as notifier:
        with pytest.raises(DeliveryError) as caught:
            notifier.send("mail", alert())
        assert not caught.value.permanent


def test_nobody_there_is_an_error() -> None:
    """A channel whose server is down fails for now."""
    with Webhook() as hook:
        gone = hook.url
    with Notifier({"hook": gone}) as notifier, pytest.raises(DeliveryError) as caught:
        notifier.send("hook", alert())
    assert not caught.value.permanent


def test_a_hanging_channel_fails_in_its_own_time() -> None:
    """A server that drips for ever costs its own deadline; another channel is on time meanwhile, and so is the next."""
    with Webhook(hangs=True) as slow, Webhook() as fast:
        with Notifier({"slow": slow.url, "fast": fast.url}, deadline=1.0) as notifier, ThreadPoolExecutor(2) as pool:
            start = time.monotonic()
            hanging = pool.submit(notifier.send, "slow", alert())
            notifier.send("fast", alert())
            assert time.monotonic() - start < 0.9
            with pytest.raises(DeliveryError, match="no answer within 1 s") as caught:
                hanging.result()
            assert time.monotonic() - start < 1.8
            assert not caught.value.permanent
            with pytest.raises(DeliveryError, match="still busy"):
                notifier.send("slow", alert())
            notifier.send("fast", alert())
        assert len(fast.messages) == 2


def test_an_unknown_channel_is_a_permanent_error() -> None:
    """A channel that is not there, or whose address nothing understands, will not be there later either."""
    with Notifier({"odd": "nosuchscheme://token-4711"}) as notifier:
        for name in ("odd", "removed"):
            with pytest.raises(DeliveryError) as caught:
                notifier.send(name, alert())
            assert caught.value.permanent


@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
def test_no_secret_is_ever_said(
    level: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Passwords and path tokens stand in no log, no error, no traceback, whatever goes wrong."""
    caplog.set_level(level)
    with SmtpServer(reply="554 no") as server, Webhook(404) as hook:
        channels = {
            "mail": server.url,
            "hook": hook.url,
            "gone": "json://name:secret-4712@127.0.0.1:9/other-token-0816",
            "odd": "nosuchscheme://odd-token-0817",
            "torn": "tgram://torn-token-0818",
        }
        said = []
        with Notifier(channels) as notifier:
            for name in channels:
                with pytest.raises(DeliveryError) as caught:
                    notifier.send(name, alert())
                said.append("".join(traceback.format_exception(caught.value)) + repr(caught.value.__dict__))
            logging.getLogger("urllib3.connectionpool").warning("Failed to parse headers (url=%s)", hook.url)
            logging.getLogger("apprise").error("Unparseable URL %s", "nosuchscheme://odd-token-0817")
        said += [check_address(address) for address in (*channels.values(), "json://x?optional=yes")]
    everything = "\n".join([*said, caplog.text, *capfd.readouterr()])
    assert "Failed to parse headers (url=***" in everything
    for secret in (PASSWORD, "path-token", "secret-4712", "other-token", "odd-token", "torn-token"):
        assert secret not in everything


def test_tracebacks_are_redacted_too() -> None:
    """A record's traceback loses its secrets like its message."""
    redaction = Redaction(["json://host.example/token%2D0815"])
    try:
        raise ValueError("POST /token-0815 failed")  # noqa: TRY301 - a traceback is wanted
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "%s", ("/token%2D0815",), (ValueError, error, error.__traceback__)
        )
    assert redaction.filter(record)
    text = logging.Formatter().format(record)
    assert "failed" in text
    assert "0815" not in text


def test_a_closed_notifier_leaves_no_filter() -> None:
    """Filters do not pile up in a process that opens many notifiers."""
    before = {name: list(logging.getLogger(name).filters) for name in LOGGERS}
    with Notifier({"hook": "json://127.0.0.1:9/token"}):
        assert all(logging.getLogger(name).filters != before[name] for name in LOGGERS)
    assert {name: list(logging.getLogger(name).filters) for name in LOGGERS} == before


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("json://127.0.0.1:8080/hooks/token", ""),
        ("mailto://u:p@127.0.0.1:2525/desk@example.org?mode=insecure&from=a@example.org", ""),
        ("mailtos://u:p@mail.example.org?to=desk@example.org&from=a@example.org", ""),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#desk", ""),
        ("ntfy://topic?tags=warning", ""),
        ("", "is no URL"),
        ("just words", "is no URL"),
        ("mailt://u:p@host", "has a scheme that no service knows (did you mean mailto://?)"),
        ("qqqqqqq://host", "has a scheme that no service knows"),
        ("json://host/?optional=yes", "must not set optional: Tocsin routes and retries itself"),
        ("json://host/?Retry=3&tag=1:oncall", "must not set retry, tag: Tocsin routes and retries itself"),
        ("json://host/?redirect=yes", "must not set redirect: Tocsin routes and retries itself"),
        ("json://one/, json://two/", "holds more than one URL: a channel is one service"),
        ("slack://short", "is not complete for slack://"),
        ("https://example.org/hook", "is not complete for https://"),
    ],
)
def test_addresses_are_checked_in_words(address: str, said: str) -> None:
    """What is wrong with an address is said without repeating it."""
    assert check_address(address) == said
