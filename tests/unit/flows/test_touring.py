"""The pure pieces of the tour: what its outlets serve, and whether its story came out as told."""

from dataclasses import replace
from datetime import UTC, datetime

from config.demo import Comment, Moment, Outlet, Piece, Said
from flows.cli.touring.pages import feed, page
from flows.cli.touring.verdict import differences
from tasks.model.watch import Change

AT = datetime(2031, 1, 12, 18, tzinfo=UTC)
NEW, MOVED = Said(watch="talks", change=Change.NEW), Said(watch="talks", change=Change.MOVED)
UNDER_WAY = Said(watch="talks", change=Change.UNDER_WAY)
OUTLET = Outlet(id="post", name="Pots & Pans")
PIECE = Piece(
    outlet="post", slug="one", published=AT, title="Soup < stew?", lead="A & B", text="First.\n\nSecond.\n",
    comments=(Comment(author="Ann", text="<b>No!</b>"),),
)  # fmt: skip


class TestVerdict:
    """What was said against what was to be said."""

    def test_as_told(self) -> None:
        """The order within a moment does not matter."""
        assert differences([Moment(at=AT, expected=(NEW, MOVED))], [(MOVED, NEW)]) == ()

    def test_something_else(self) -> None:
        """Names the day, what was expected and what came instead."""
        moments = [Moment(at=AT, expected=(NEW,)), Moment(at=AT), Moment(at=AT, expected=(UNDER_WAY,))]
        assert differences(moments, [(MOVED,), (NEW, NEW), (UNDER_WAY,)]) == (
            "12 Jan 2031: expected talks new; got talks moved",
            "12 Jan 2031: expected nothing; got talks new, talks new",
        )

    def test_said_twice(self) -> None:
        """The same change twice is one too many."""
        assert differences([Moment(at=AT, expected=(UNDER_WAY,))], [(UNDER_WAY, UNDER_WAY)]) == (
            "12 Jan 2031: expected talks under way; got talks under way, talks under way",
        )


class TestPages:
    """What outlets serve."""

    def test_feed(self) -> None:
        """Texts are escaped, times are those of the mail."""
        served = feed(OUTLET, [(PIECE, "http://127.0.0.1:1/one")]).decode()
        assert "<title>Pots &amp; Pans</title>" in served
        assert "<title>Soup &lt; stew?</title>" in served
        assert "<pubDate>Sun, 12 Jan 2031 18:00:00 GMT</pubDate>" in served

    def test_page(self) -> None:
        """Paragraphs, comments and other headlines have their places, escaped."""
        served = page(OUTLET, PIECE, ["Other > news"]).decode()
        assert "<p>First.</p>\n<p>Second.</p>" in served
        assert "<p>&lt;b&gt;No!&lt;/b&gt;</p>" in served
        assert "Other &gt; news" in served
        assert "$" not in page(OUTLET, replace(PIECE, comments=()), []).decode()
