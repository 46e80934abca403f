"""Servers on loopback that keep what they are sent: a mail server and a JSON webhook."""

import json
import threading
from asyncio import Server
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOOPBACK = "127.0.0.1"
USER, PASSWORD = "watcher", "mail-password-4711"  # planted: tests look for it where it must not be


class _Controller(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]  # the free port that it was given
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd's


class SmtpServer:
    """A mail server; `messages` are the mails it took, parsed; `reply` is what it answers to each."""

    def __init__(self, reply: str = "250 taken") -> None:
        self.messages: list[EmailMessage] = []
        self.reply = reply
        self.login = ("", "")  # what the last client logged in with
        self._controller = _Controller(
            self, hostname=LOOPBACK, port=0, authenticator=self._admit, auth_require_tls=False
        )

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """A channel URL that leads here."""
        return (
            f"mailto://{USER}:{PASSWORD}@{LOOPBACK}:{self.port}/desk@example.org"
            f"?mode=insecure&smtp={LOOPBACK}&from=tocsin@example.org"
        )

    def text(self, index: int = -1) -> str:
        """The plain text of a mail."""
        part = self.messages[index].get_body(("plain",))
        assert part is not None
        content: str = part.get_content()
        return content

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a mail, and answer."""
        assert isinstance(envelope.content, bytes)
        if self.reply.startswith("2"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.messages.append(mail)
        return self.reply

    def _admit(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, auth: object
    ) -> AuthResult:
        assert isinstance(auth, LoginPassword)
        self.login = (auth.login.decode(), auth.password.decode())
        return AuthResult(success=True)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()


class Webhook:
    """A JSON webhook; `messages` are the bodies it was sent; it answers `status`. One that hangs drips headers until it is left."""

    def __init__(self, status: int = 200, *, location: str = "", hangs: bool = False) -> None:
        self.messages: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.status, self.location = status, location
        self._go_on = threading.Event()
        if not hangs:
            self._go_on.set()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """A channel URL that leads here."""
        return f"json://{LOOPBACK}:{self.port}/hooks/path-token-0815"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                hook.paths.append(self.path)
                hook.messages.append(json.loads(body))
                self.send_response(hook.status)
                while not hook._go_on.wait(0.2):
                    self.send_header("X-Wait", "a little")  # each line resets a client's read timeout
                    self.flush_headers()
                if hook.location:
                    self.send_header("Location", hook.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Say nothing."""

        return Handler

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._go_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
