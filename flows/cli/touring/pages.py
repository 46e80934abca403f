"""Commands. Pure: what the demo's outlets serve, a feed and pages with all that stands around an article on the web."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime
from html import escape
from string import Template

from config.demo import Comment, Outlet, Piece


def feed(outlet: Outlet, items: Sequence[tuple[Piece, str]]) -> bytes:
    """Write an outlet's feed: its articles with their links."""
    listed = "".join(_item(piece, link) for piece, link in items)
    about = f"<title>{escape(outlet.name)}</title><link>http://127.0.0.1/</link><description>News</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{about}{listed}</channel></rss>'.encode()


def _item(piece: Piece, link: str) -> str:
    fields = {
        "title": piece.title,
        "link": link,
        "guid": link,
        "pubDate": format_datetime(piece.published.astimezone(UTC), usegmt=True),
        "description": piece.lead,
    }
    return f"<item>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in fields.items())}</item>"


def page(outlet: Outlet, piece: Piece, others: Sequence[str]) -> bytes:
    """Write an article's page; `others` are headlines that stand beside it."""
    return (
        Template(_PAGE)
        .substitute(
            outlet=escape(outlet.name),
            title=escape(piece.title),
            lead=escape(piece.lead),
            stamp=piece.published.isoformat(),
            day=f"{piece.published:%d %B %Y}",
            text="\n".join(f"<p>{escape(text)}</p>" for text in piece.paragraphs),
            comments="\n".join(map(_comment, piece.comments)),
            others="\n".join(f'<li><a href="/">{escape(title)}</a></li>' for title in others),
        )
        .encode()
    )


def _comment(comment: Comment) -> str:
    said = f'<b class="fn">{escape(comment.author)}</b> says:<div class="comment-content"><p>{escape(comment.text)}</p></div>'
    return f'<li class="comment"><article class="comment-body">{said}<a href="#respond">Reply</a></article></li>'


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>$title | $outlet</title>
<meta property="og:type" content="article">
<meta property="og:site_name" content="$outlet">
<meta property="article:published_time" content="$stamp">
</head>
<body>
<div id="cookie-banner" role="dialog"><p>We and our 214 partners value your crumbs.</p><button>Accept all</button></div>
<header class="site-header"><a href="/">$outlet</a>
<nav><ul><li><a href="/">World</a></li><li><a href="/">Money</a></li><li><a href="/">Weather</a></li></ul></nav></header>
<main>
<article class="post">
<header><h1>$title</h1><p class="standfirst">$lead</p><time datetime="$stamp">$day</time></header>
<div class="entry-content">
$text
</div>
<footer class="share"><ul><li><a href="#">Send</a></li><li><a href="#">Print</a></li></ul></footer>
</article>
<section id="comments" class="comments-area"><h2>Readers say</h2>
<ol class="comment-list">
$comments
</ol>
<div id="respond"><h3>Leave a reply</h3><form><textarea name="comment"></textarea></form></div></section>
</main>
<aside class="sidebar"><h2>Most read</h2><ul>
$others
</ul></aside>
<footer class="site-footer"><p>All rights reserved, as far as they go.</p></footer>
</body>
</html>
"""
