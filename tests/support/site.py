"""A small web site on loopback for tests: real sockets, a mutable map of pages, and a log of what was asked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from threading import Event, Thread
from types import TracebackType
from typing import Self

RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path answers. `conditional` sends an ETag of the body and 304 to whoever brings it back."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    conditional: bool = False
    delay: float = 0.0  # seconds before the first byte

    @property
    def etag(self) -> str:
        """The entity tag of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it came in, with what was answered; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    status: int


class Site:
    """Serves `pages` (path, with its query, to answer) from its own threads; what is not there is a 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self._closing = Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def root(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """Give the whole address of a path."""
        return self.root + path

    def put(self, path: str, body: bytes, content_type: str = HTML, *, conditional: bool = False) -> str:
        """Serve a page with status 200 and give its address; other answers are put into `pages`."""
        self.pages[path] = Answer(body=body, headers={"Content-Type": content_type}, conditional=conditional)
        return self.url(path)

    def asked(self, path: str) -> tuple[Request, ...]:
        """List the requests for a path, oldest first."""
        return tuple(request for request in self.requests if request.path == path)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the answers under way and leaves no socket open
    request_queue_size = 128  # a burst of tests' requests is not refused

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is often the very thing that a test does."""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5  # a client that says nothing does not keep the site from closing

        def do_GET(self) -> None:
            answer = site.pages.get(self.path, Answer(status=404, body=b"not here"))
            fresh = answer.conditional and self.headers.get("If-None-Match") == answer.etag
            status = 304 if fresh else answer.status
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append(Request(method=self.command, path=self.path, headers=headers, status=status))
            site._closing.wait(answer.delay)
            self._send(answer, status)

        do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

        def _send(self, answer: Answer, status: int) -> None:
            body = b"" if status == 304 else answer.body
            tag = {"ETag": answer.etag} if answer.conditional else {}
            own = {"Content-Length": str(len(body)), "Connection": "close"}
            self.send_response(status)
            for name, value in {**own, **tag, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet; the requests are in the site's log."""

    return Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed; left out is what is None or empty."""

    title: str
    link: str
    published: datetime | None = None
    summary: str = ""
    guid: str = ""
    content: str = ""  # the whole article as HTML


def feed(title: str, items: tuple[Item, ...]) -> bytes:
    """Write an RSS 2.0 feed."""
    body = "".join(f"<item>{_item(item)}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(title)}</title><link>http://127.0.0.1/</link><description>A feed for tests</description>"
        f"{body}</channel></rss>"
    ).encode()


def _item(item: Item) -> str:
    published = format_datetime(item.published.astimezone(UTC), usegmt=True) if item.published else ""
    fields = {
        "title": item.title,
        "link": item.link,
        "pubDate": published,
        "description": item.summary,
        "content:encoded": item.content,
    }
    guid = f'<guid isPermaLink="false">{escape(item.guid)}</guid>' if item.guid else ""
    return guid + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items() if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A reader's comment below an article."""

    author: str
    text: str


def wordpress_page(
    title: str,
    paragraphs: tuple[str, ...],
    published: datetime,
    *,
    comments: tuple[Comment, ...] = (),
    neighbours: tuple[str, ...] = (),
    author: str = "Newsroom",
) -> bytes:
    """Write an article page as WordPress themes do: chrome, cookie banner, article, comments, reply form, sidebar."""
    return (
        Template(_PAGE)
        .substitute(
            title=escape(title),
            author=escape(author),
            stamp=published.isoformat(),
            day=f"{published:%B} {published.day}, {published.year}",
            paragraphs="\n".join(f"<p>{escape(text)}</p>" for text in paragraphs),
            count=len(comments),
            comments="\n".join(_comment(number, comment) for number, comment in enumerate(comments, 1)),
            neighbours="\n".join(f'<li><a href="/{n}/">{escape(text)}</a></li>' for n, text in enumerate(neighbours)),
        )
        .encode()
    )


def _comment(number: int, comment: Comment) -> str:
    return (
        f'<li id="comment-{number}" class="comment even thread-even depth-1"><article class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{escape(comment.author)}</b> '
        f'<span class="says">says:</span></div></footer><div class="comment-content"><p>{escape(comment.text)}</p></div>'
        '<div class="reply"><a class="comment-reply-link" href="#respond">Reply</a></div></article></li>'
    )


_PAGE = """<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8">
<title>$title &#8211; The Harbour Gazette</title>
<meta name="generator" content="WordPress 6.4">
<meta property="og:type" content="article">
<meta property="og:title" content="$title">
<meta property="og:site_name" content="The Harbour Gazette">
<meta property="article:published_time" content="$stamp">
<link rel="stylesheet" href="/wp-content/themes/gazette/style.css">
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body class="post-template-default single single-post single-format-standard">
<div id="cookie-notice" role="dialog"><p>This site keeps cookies to remember your choices.</p>
<button>Accept all</button> <button>Decline</button></div>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">The Harbour Gazette</a></p>
<nav id="site-navigation" class="main-navigation"><ul class="menu"><li><a href="/">Home</a></li>
<li><a href="/world/">World</a></li><li><a href="/business/">Business</a></li><li><a href="/sport/">Sport</a></li></ul></nav>
</header>
<div id="content" class="site-content">
<main id="main" class="site-main">
<article id="post-4711" class="post-4711 post type-post status-publish format-standard hentry category-world">
<header class="entry-header"><h1 class="entry-title">$title</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="$stamp">$day</time></span>
<span class="byline">by <span class="author vcard"><a class="url fn n" href="/author/desk/">$author</a></span></span></div></header>
<div class="entry-content">
$paragraphs
</div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/world/">World</a></span>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">Telegram</a></li></ul></div></footer>
</article>
<div id="comments" class="comments-area"><h2 class="comments-title">$count thoughts on this post</h2>
<ol class="comment-list">
$comments
</ol>
<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply</h3>
<form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form">
<p class="comment-notes">Your email address will not be published. Required fields are marked *</p>
<p class="comment-form-comment"><label for="comment">Comment</label><textarea id="comment" name="comment"></textarea></p>
<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" value="Post Comment"></p></form></div></div>
</main>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2>
<ul>
$neighbours
</ul></section></aside>
</div>
<footer id="colophon" class="site-footer"><p>Proudly powered by WordPress</p></footer>
</body>
</html>
"""
