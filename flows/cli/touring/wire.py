"""Commands. The demo's news wire: all its outlets, on one port of this machine."""

from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread
from types import TracebackType
from typing import Self

from config.demo import Moment, Outlet, Piece, Story
from flows.cli.touring.pages import feed, page

LOOPBACK = "127.0.0.1"
MISSING = 404
Answer = tuple[int, bytes]


class Wire:
    """Serves what was published so far; what is not there is a 404."""

    def __init__(self, story: Story) -> None:
        self.answers: dict[str, Answer] = {}
        self._outlets = {outlet.id: outlet for outlet in story.outlets}
        self._published: list[Piece] = []
        self._server = _Server((LOOPBACK, 0), _handler(self.answers))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str) -> str:
        """Give the whole address of a path."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}{path}"

    @property
    def feeds(self) -> dict[str, str]:
        """The feeds' addresses by the names of the outlets."""
        return {outlet.name: self.url(_feed_of(outlet)) for outlet in self._outlets.values()}

    def publish(self, moment: Moment) -> None:
        """Put the articles of a moment on their outlets' pages, and the feeds that list them."""
        for piece in moment.articles:
            others = [other.title for other in self._published]
            self.answers[_path_of(piece)] = piece.answer, page(self._outlets[piece.outlet], piece, others)
            self._published.append(piece)
        for outlet in self._outlets.values():
            self.answers[_feed_of(outlet)] = outlet.answer, self._feed(outlet)

    def _feed(self, outlet: Outlet) -> bytes:
        own = [piece for piece in reversed(self._published) if piece.outlet == outlet.id]
        return feed(outlet, [(piece, self.url(_path_of(piece))) for piece in own])


def _feed_of(outlet: Outlet) -> str:
    return f"/{outlet.id}/feed.xml"


def _path_of(piece: Piece) -> str:
    return f"/{piece.outlet}/{piece.published:%Y/%m}/{piece.slug}"


class _Server(ThreadingTCPServer):
    daemon_threads = False  # closing waits for the answers under way: nothing is left behind

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is no news."""


def _handler(answers: dict[str, Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5  # a client that says nothing does not keep the wire from closing

        def do_GET(self) -> None:
            status, body = answers.get(self.path, (MISSING, b""))
            self.send_response(status)
            kind = "application/rss+xml" if self.path.endswith(".xml") else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    return Handler
