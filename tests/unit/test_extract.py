"""Only the article comes out of a page, and only the time that the page states."""

from datetime import UTC, datetime

import pytest

from tasks.errors import ExtractError
from tasks.extract import extract_page

URL = "https://quay.example/2026/02/pilots"
TITLE = "Pilots and port agree on talks"
PARAGRAPHS = (
    "The harbour pilots and the port authority will meet in Larnport on 14 March, both sides said on Friday after a week of silence.",
    "A spokeswoman for the pilots, Ines Halvard, told reporters that the agenda has three points, of which pay is the smallest one.",
    "The authority confirmed the date and said that it expected no breakthrough, yet hoped that ships would soon be guided in again.",
    "Some forty vessels have been lying at anchor off the breakwater since the dispute began, among them two tankers with fuel oil.",
)
COMMENT = "I moored boats here for thirty years and can tell you that they will never agree, not on 14 March and not on any other day."
CHROME = (
    "Leave a Reply",
    "Your email address will not be published",
    "Ferry crews to meet minister on 20 April",
    COMMENT,
    "harbourfan",
    "Share this",
    "Photo:",
)


def page(head: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, *, lang: str = "en-GB") -> bytes:
    """Wrap an article as a WordPress site does: head line, menu, picture, sharing, neighbours, a reader's comment, the reply form."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{TITLE} | Quay Courier</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Quay Courier">{head}</head>
<body class="single single-post has-comments"><div id="page"><header id="masthead"><p class="site-title"><a href="/">Quay Courier</a></p>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><article class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1></header>
<div class="entry-content"><figure class="wp-caption"><img src="a.jpg" alt=""><figcaption class="wp-caption-text">Photo: M. Sund</figcaption></figure>{text}
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Click to share on a network</a></li></ul></div></div></article>
<nav class="post-navigation"><a href="/n">Ferry crews to meet minister on 20 April</a></nav>
<div id="comments" class="comments-area"><h2>One thought on “{TITLE}”</h2><ol class="comment-list"><li class="comment"><article class="comment-body">
<footer class="comment-meta"><b class="fn">harbourfan</b> says: <time datetime="2026-02-21T10:00:00+00:00">21 February</time></footer>
<div class="comment-content"><p>{COMMENT}</p></div></article></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p><textarea></textarea></form></div></div></main>
<aside><h2>Recent Posts</h2><ul><li><a href="/n">Ferry crews to meet minister on 20 April</a></li></ul></aside></div></body></html>""".encode()


def test_only_the_article() -> None:
    """Every paragraph comes out, no word of the comment, the reply form, a neighbour or the caption, and the headline but once."""
    found = extract_page(page(), url=URL)
    assert found.text.splitlines() == list(PARAGRAPHS)
    assert not [word for word in CHROME if word in found.text]


def test_what_the_page_is() -> None:
    """Title, site, language and canonical address are read."""
    found = extract_page(
        page('<link rel="canonical" href="/2026/02/pilots"><meta name="author" content="Lea Storm">'),
        url=URL + "?utm_source=x",
    )
    assert (found.title, found.site, found.language) == (TITLE, "Quay Courier", "en-GB")
    assert (found.canonical_url, found.author) == (URL, "Lea Storm")


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://quay.example/",
        "javascript:x",
        "https://u:p@quay.example/x",
        "https://[x/",
        "http://a.example/" + "x" * 5000,
    ],
)
def test_no_canonical_address(link: str) -> None:
    """A canonical address that leads to the front page, or is none, is left out."""
    assert not extract_page(page(f'<link rel="canonical" href="{link}">'), url=URL).canonical_url


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", b"\x00\x01\x02 no page", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"],
)
def test_no_article(body: bytes) -> None:
    """A page without an article is a typed error."""
    with pytest.raises(ExtractError):
        extract_page(body, url=URL)


def test_text_is_bounded() -> None:
    """An endless article is cut, and carries no controls."""
    found = extract_page(
        page(paragraphs=tuple(f"Line {number} \u202e " + PARAGRAPHS[number % 4] for number in range(2500))), url=URL
    )
    assert 190_000 < len(found.text) <= 200_000
    assert "\u202e" not in found.text


def test_a_comment_does_not_date_the_article() -> None:
    """The page states no date; that of the reader's comment is not taken for it."""
    assert extract_page(page(), url="https://quay.example/pilots").published is None


def linked(value: str) -> str:
    """Write a JSON-LD script."""
    return f'<script type="application/ld+json">{value}</script>'


EXACT = datetime(2026, 2, 20, 8, 30, tzinfo=UTC)
DAY = datetime(2026, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        pytest.param(
            linked('{"@type": "NewsArticle", "datePublished": "2026-02-20T09:30:00+01:00"}'), EXACT, id="JSON-LD"
        ),
        pytest.param(
            linked(
                '{"@graph": [{"@type": "WebSite"}, {"@type": "Article", "datePublished": "2026-02-20T09:30+0100"}]}'
            ),
            EXACT,
            id="in a graph",
        ),
        pytest.param(
            linked('[{"@type": ["NewsArticle"], "datePublished": "2026-02-20 08:30:00Z"}]'), EXACT, id="in a list"
        ),
        pytest.param(
            linked('{"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2026-02-20T08:30Z"}}'),
            EXACT,
            id="as main entity",
        ),
        pytest.param(
            linked(
                '[{"@type": "WebPage", "datePublished": "2019-01-01T00:00Z"}, {"@type": "Article", "datePublished": "2026-02-20T08:30Z"}]'
            ),
            EXACT,
            id="the article before the page",
        ),
        pytest.param(
            '<meta property="article:published_time" content="2026-02-20T09:30:00+01:00">', EXACT, id="Open Graph"
        ),
        pytest.param('<meta itemprop="datePublished" content="2026-02-20T08:30:00Z">', EXACT, id="microdata"),
        pytest.param('<time itemprop="datePublished" datetime="2026-02-20T08:30:00Z">', EXACT, id="time element"),
        pytest.param(
            linked('{"@type": "Article", "datePublished": "2026-02-20"}')
            + '<meta name="date" content="2026-02-20T09:30:00+01:00">',
            EXACT,
            id="an instant of that day refines a day",
        ),
        pytest.param(
            linked('{"@type": "Article", "datePublished": "2026-02-20"}')
            + '<meta name="date" content="2026-02-25T09:30:00+01:00">',
            DAY,
            id="an instant of another day does not",
        ),
        pytest.param('<meta name="date" content="2026-02-20 08:30">', EXACT, id="no zone is UTC"),
        pytest.param('<meta name="date" content="2026-02-20">', DAY, id="a day"),
        pytest.param('<meta name="date" content="1970-01-01T00:00:00Z">', None, id="not plausible"),
        pytest.param('<meta name="date" content="some day">', None, id="no date"),
        pytest.param(linked('{"broken": '), None, id="broken JSON-LD"),
        pytest.param(linked('{"datePublished": 5, "@graph": "x"}') + linked("3"), None, id="odd JSON-LD"),
    ],
)
def test_published(head: str, stamp: datetime | None) -> None:
    """The publishing time is read from the page's own words, as exact as it states it."""
    assert extract_page(page(head), url="https://quay.example/pilots").published == stamp


def test_a_day_in_the_address() -> None:
    """Where nothing else states it, the day in the address does."""
    assert extract_page(page(), url="https://quay.example/2026/02/20/pilots").published == DAY
