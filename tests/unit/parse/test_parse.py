"""Bodies of every format come out as entries, or as a typed error."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.errors import ParseError
from tasks.model.feed import FeedState, ParsedFeed
from tasks.parse import parse_feed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/feeds/world.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Wire</title><language>en-gb</language><ttl>30</ttl>{}</channel></rss>"""
ITEM = """<item><guid isPermaLink="false">hw-1</guid><title>Ferry &amp;amp; tug strike ends</title><link>/news/1</link>
<description>&lt;p&gt;Crews went back.&lt;/p&gt;&lt;p&gt;Boats sail.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Crews went back on Monday.</p><script>x()</script>]]></content:encoded>
<pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate><dc:creator>Ada Quill</dc:creator><source url="https://o.example">Coast Times</source></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://atom.example/a/"><title>Hafen</title>
<entry><id>urn:x:1</id><title type="html">Streik &lt;b&gt;vorbei&lt;/b&gt;</title><link rel="alternate" href="b/1"/><updated>2026-02-28T10:00:00Z</updated>
<author><name>B. Feder</name></author><summary>Kurz.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Lang.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="https://r.example/"><title>Old</title><sy:updatePeriod>daily</sy:updatePeriod>
<sy:updateFrequency>4</sy:updateFrequency></channel><item rdf:about="https://r.example/1"><title>One</title><link>https://r.example/1</link>
<dc:date>2026-02-01T00:00:00Z</dc:date></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Json Wire", "language": "fr", "items": [
{"id": 7, "author": true, "url": "https://j.example/7", "title": "Sept", "content_html": "<p>Sept <b>mots</b></p>", "summary": "S", "date_published": "2026-02-01T10:00:00+01:00",
 "authors": [{"name": "A"}, {"name": "B"}, 3]}, "no item", {"id": "8", "title": true, "external_url": "https://k.example/8", "author": {"name": "C"}, "date_modified": "x"}]}"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://s.example/1</loc><news:news><news:publication><news:name>S Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-02-27</news:publication_date><news:title>Bridge opens</news:title></news:news></url>
<url><loc>https://s.example/about</loc></url></urlset>"""


def parse(body: str | bytes, content_type: str = "") -> ParsedFeed:
    """Parse as if answered by URL."""
    return parse_feed(body.encode() if isinstance(body, str) else body, url=URL, content_type=content_type, now=NOW)


def rss(*items: str) -> ParsedFeed:
    """Parse an RSS channel with these items."""
    return parse(RSS.format("".join(f"<item>{item}</item>" for item in items)))


def test_rss() -> None:
    """RSS 2.0 is read whole: plain text, absolute link, UTC stamp, author, outlet."""
    feed = parse(RSS.format(ITEM))
    [entry] = feed.entries
    assert (feed.title, feed.language, feed.ttl, feed.problem, feed.dropped) == (
        "Harbour Wire",
        "en-gb",
        timedelta(minutes=30),
        "",
        0,
    )
    assert (entry.key, entry.guid, entry.link) == ("guid:hw-1", "hw-1", "https://news.example/news/1")
    assert (entry.title, entry.summary) == ("Ferry & tug strike ends", "Crews went back.\nBoats sail.")
    assert entry.content == "Crews went back on Monday."
    assert entry.published == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert entry.published_raw == "Sun, 01 Mar 2026 09:00:00 +0100"
    assert (entry.author, entry.source) == ("Ada Quill", "Coast Times")


def test_atom() -> None:
    """Atom is read whole, with its base address, its language, and `updated` where `published` is missing."""
    [entry] = parse(ATOM).entries
    assert (entry.key, entry.link, entry.title) == ("guid:urn:x:1", "https://atom.example/a/b/1", "Streik vorbei")
    assert (entry.summary, entry.content, entry.author, entry.language) == ("Kurz.", "Lang.", "B. Feder", "de")
    assert entry.published == datetime(2026, 2, 28, 10, tzinfo=UTC)


def test_rdf() -> None:
    """RSS 1.0 is read, with its update period as time to live."""
    feed = parse(RDF)
    assert (feed.ttl, feed.entries[0].link) == (timedelta(hours=6), "https://r.example/1")
    assert feed.entries[0].published == datetime(2026, 2, 1, tzinfo=UTC)


def test_json() -> None:
    """JSON Feed is read, with ids that are numbers and the author of version 1; what is no item is counted."""
    feed = parse(JSON)
    first, second = feed.entries
    assert (feed.title, feed.language, feed.dropped) == ("Json Wire", "fr", 1)
    assert (first.key, first.link, first.content, first.author) == (
        "guid:7",
        "https://j.example/7",
        "Sept mots",
        "A, B",
    )
    assert first.published == datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert (second.key, second.link, second.author, second.published, second.published_raw) == (
        "guid:8",
        "https://k.example/8",
        "C",
        None,
        "x",
    )


def test_sitemap() -> None:
    """A news sitemap is read; its other addresses are counted."""
    feed = parse(SITEMAP)
    [entry] = feed.entries
    assert (entry.key, entry.title, entry.source, entry.language) == (
        "link:https://s.example/1",
        "Bridge opens",
        "S Post",
        "en",
    )
    assert (entry.published, feed.dropped, feed.problem) == (datetime(2026, 2, 27, tzinfo=UTC), 1, "")


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("", FeedState.EMPTY),
        (" \n\t ", FeedState.EMPTY),
        ("hello world", FeedState.EMPTY),
        ("<!DOCTYPE html><html><body>Please log in</body></html>", FeedState.HTML),
        ("<!-- cached --> <HTML><head><title>403</title></head></HTML>", FeedState.HTML),
        ("<!doctype html><meta charset=utf-8><title>Down for maintenance</title>", FeedState.HTML),
        ("just some words that are no feed at all", FeedState.BROKEN),
        ("<opml><body><outline text='x'/></body></opml>", FeedState.BROKEN),
        ("{'not': 'json', 'at': 'all'}", FeedState.BROKEN),
        ('{"error": "quota exceeded for today"}', FeedState.BROKEN),
        ("[" * 100_000, FeedState.BROKEN),
        ("<sitemapindex><sitemap><loc>https://s.example/1.xml</loc></sitemap></sitemapindex>", FeedState.BROKEN),
        ("<urlset><url><loc>https://s.example/about</loc></url></urlset>", FeedState.BROKEN),
        ("<rss version='2.0'><channel><title>cut befo", FeedState.BROKEN),
        ("\x00" * 100, FeedState.BROKEN),
    ],
)
def test_no_feed(body: str, state: FeedState) -> None:
    """What is no feed is an error with the state that the feed is then in."""
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert (caught.value.state, caught.value.url) == (state, URL)


def test_a_feed_without_items() -> None:
    """A feed may be empty, and that is no error."""
    assert parse(RSS.format("")).entries == ()


def test_a_feed_with_the_doctype_of_a_page() -> None:
    """A generator's slip does not make a feed a web page."""
    assert len(parse("<?xml version='1.0'?><!DOCTYPE html>" + ATOM).entries) == 1


def test_truncated() -> None:
    """From a cut document the whole entries are kept; the torn one may lack its guid and is counted."""
    feed = parse(RSS.format("<item><guid>a</guid><title>A</title></item><item><title>B</title><guid>b")[:-18])
    assert [entry.title for entry in feed.entries] == ["A"]
    assert feed.dropped == 1
    assert feed.problem.startswith("damaged XML, line 3")


def test_truncated_sitemap() -> None:
    """From a cut sitemap too."""
    feed = parse(
        SITEMAP.partition("</news:title>")[0]
        + "</news:title></news:news></url><url><loc>https://s.example/2</loc><news:news><news:title>Ha"
    )
    assert [entry.title for entry in feed.entries] == ["Bridge opens"]
    assert feed.dropped == 1
    assert feed.problem


def test_damaged() -> None:
    """An unknown entity does not cost the entries, and is told."""
    feed = parse(RSS.format("<item><title>Caf&eacute; &bogus; open</title></item>"))
    assert len(feed.entries) == 1
    assert "entity" in feed.problem


@pytest.mark.parametrize("junk", ["\n\n", "\ufeff", "\ufeff\n  "])
def test_junk_before_the_declaration(junk: str) -> None:
    """Blank lines and a byte order mark before the XML declaration are no damage."""
    feed = parse(junk + RSS.format(ITEM))
    assert (len(feed.entries), feed.problem) == (1, "")


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-16", ""),
        ("windows-1251", "application/rss+xml; charset=windows-1251"),
        ("utf-8", "text/html"),
        ("utf-8", "text/xml"),
    ],
)
def test_encodings(encoding: str, content_type: str) -> None:
    """The right text comes out of other encodings and odd content types, and that is no damage."""
    document = RSS.format("<item><title>Переговоры в январе</title></item>").replace("UTF-8", encoding)
    feed = parse(document.encode(encoding), content_type)
    assert (feed.entries[0].title, feed.problem) == ("Переговоры в январе", "")


def test_a_body_that_names_a_file(tmp_path: Path) -> None:
    """A body that is a path is text: nothing is opened."""
    secret = tmp_path / "secret-feed-with-a-long-name.xml"
    secret.write_text(RSS.format(ITEM), encoding="utf-8")
    with pytest.raises(ParseError):
        parse(str(secret))


def test_external_entities(tmp_path: Path) -> None:
    """An external entity is not read, in a feed nor in a sitemap."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    for document in (
        RSS.format("<item><title>T &leak;</title><link>https://x.example/1</link></item>"),
        SITEMAP.replace("Bridge", "T &leak;"),
    ):
        start = document.index("?>") + 2
        assert "hunter2" not in repr(parse(document[:start] + doctype + document[start:]))


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("https://a.example/x?q=1&amp;r=2", "https://a.example/x?q=1&r=2"),
        ("/rel", "https://news.example/rel"),
        ("rel", "https://news.example/feeds/rel"),
        ("//other.example/x", "https://other.example/x"),
        ("https://a.example/with space", "https://a.example/with%20space"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.example/x", ""),
        ("https://user:pass@a.example/x", ""),
        ("https://in\\@out.example/", ""),
        ("https://[broken/", ""),
        ("https://a.example/" + "x" * 5000, ""),
    ],
)
def test_links(raw: str, link: str) -> None:
    """Links are absolute http(s), or empty."""
    assert rss(f"<title>T</title><link>{raw}</link>").entries[0].link == link


def test_a_guid_that_is_no_address_is_no_link() -> None:
    """The guid serves as link only where it is an address, though it claims to be a permalink."""
    name, address = rss(
        "<guid>item-5</guid><title>A</title>", "<guid>https://a.example/6</guid><title>B</title>"
    ).entries
    assert (name.guid, name.link) == ("item-5", "")
    assert (address.guid, address.link) == ("https://a.example/6", "https://a.example/6")


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("Sun, 01 Mar 2026 09:00:00 GMT", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Sat, 01 Mar 2036 09:00:00 GMT", None),
        ("1795420800", None),
        ("30 Feb 2026 09:00:00 GMT", None),
        ("", None),
    ],
)
def test_dates(stamp: str, published: datetime | None) -> None:
    """A stamp that news cannot bear is none; the raw text is kept."""
    [entry] = rss(f"<title>T</title><pubDate>{stamp}</pubDate>").entries
    assert (entry.published, entry.published_raw) == (published, stamp)


def test_a_flood_of_items() -> None:
    """Of very many items the first are read, the rest counted, and the document is whole for all that."""
    feed = rss(*(f"<title>T{number}</title>" for number in range(3_000)))
    assert (len(feed.entries), feed.dropped, feed.problem) == (500, 2_500, "")
    assert feed.entries[499].title == "T499"


def test_what_feedparser_stumbles_over() -> None:
    """Where feedparser itself raises, the feed is broken."""
    with pytest.raises(ParseError, match="cannot be read"):
        parse(RSS.format(ITEM), "text/xml; charset=\x00")


def test_a_page_found_late() -> None:
    """A web page behind other things is still one."""
    with pytest.raises(ParseError) as caught:
        parse("Warning: cache is cold. <html><body>Hello</body></html>")
    assert caught.value.state == FeedState.HTML


@pytest.mark.parametrize("ttl", ["-5", "soon", "99999999999", "0", "٣"])
def test_odd_ttl(ttl: str) -> None:
    """A time to live that is no sane number is none."""
    assert parse(RSS.replace("<ttl>30", f"<ttl>{ttl}").format(ITEM)).ttl is None


def test_caps() -> None:
    """Titles, summaries, contents and the number of entries are bounded; what is over is counted."""
    long = rss(
        f"<title>{'t' * 900}</title><description>{'s ' * 30_000}</description><content:encoded>{'c' * 300_000}</content:encoded>"
    )
    [entry] = long.entries
    assert (len(entry.title), len(entry.summary), len(entry.content)) == (500, 19_999, 200_000)
    many = rss(*(f"<title>T{number}</title>" for number in range(520)), "<pubDate>x</pubDate>")
    assert (len(many.entries), many.dropped) == (500, 21)


@pytest.mark.parametrize(
    ("body", "url", "older"),
    [
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="prev-archive" href="/2030"/><entry><title>a</title></entry></feed>', "https://a.example/feed", "https://a.example/2030"),
        (b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="next" href="https://a.example/p2"/><item><title>a</title></item></channel></rss>', "https://a.example/feed", "https://a.example/p2"),
        (b"<rss version='2.0'><channel><generator>https://wordpress.org/?v=6.5</generator><item><title>a</title></item></channel></rss>", "https://a.example/feed?x=1", "https://a.example/feed?x=1&paged=2"),
        (b"<rss version='2.0'><channel><generator>https://wordpress.org/?v=6.5</generator><item><title>a</title></item></channel></rss>", "https://a.example/feed?paged=7", "https://a.example/feed?paged=8"),
        (b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>", "https://a.example/feed", ""),
        (b'{"version":"https://jsonfeed.org/version/1.1","title":"t","next_url":"older.json","items":[{"id":"1","title":"a"}]}', "https://a.example/feed.json", "https://a.example/older.json"),
    ],
)  # fmt: skip
def test_where_older_entries_are(body: bytes, url: str, older: str) -> None:
    """As the document says itself, or as WordPress numbers its pages; nothing is guessed elsewhere."""
    assert parse_feed(body, url=url, content_type="", now=NOW).older == older
