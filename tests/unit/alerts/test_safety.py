"""What comes from outside is inert in a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.alerts.safety import WORD_JOINER, bare_link, clip, neutral

W = WORD_JOINER


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("plain text, 10 → 12 · é", "plain text, 10 → 12 · é"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("Subject\r\nBcc: a@b.example", f"Subject Bcc: a@{W}b.example"),
        ("nul\x00 bell\x07 esc\x1b[31m", "nul bell esc[31m"),
        ("bidi \u202egnol\u202c \u2066x\u2069 \u200f", "bidi gnol x"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("tag \U000e0041 mark", "tag mark"),
        ("@everyone @here @all", f"@{W}everyone @{W}here @{W}all"),
        ("@\u200beveryone", f"@{W}everyone"),
        ("a @ b", "a @ b"),
        ("<!channel> <@U1> <#C1> <https://x.example|safe>", f"<{W}!channel> <{W}@{W}U1> <{W}#C1> <{W}https://x.example|safe>"),
        ("a < b", "a < b"),
        ("[click](https://x.example)", f"[click]{W}(https://x.example)"),
        ("<script>alert(1)</script>", f"<{W}script>alert(1)<{W}/script>"),
    ],
)  # fmt: skip
def test_texts_become_inert(text: str, inert: str) -> None:
    """Line breaks, hidden characters, mentions and markup lose their effect; the words stay."""
    assert neutral(text) == inert


@given(st.text(alphabet=st.sampled_from("a@<!](|> \n\r\x00\u202e\u200b\ud800" + WORD_JOINER)))
def test_nothing_that_acts_gets_through(text: str) -> None:
    """Whatever is put together, no acting pair is left, the text is one line, and doing it twice changes nothing."""
    inert = neutral(text)
    assert not any(bad in inert for bad in ("@a", "<!", "<@", "](", "\n", "\r", "\x00", "\u202e"))
    assert inert.isprintable() or WORD_JOINER in inert
    assert neutral(inert) == inert


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("some words that go on", 16, "some words that…"),
        ("onewordwithoutanyspace", 10, "onewordwi…"),
    ],
)
def test_long_texts_are_cut_and_say_so(text: str, most: int, cut: str) -> None:
    """A cut stands at a word where one ends near, has an ellipsis, and keeps to its length."""
    assert clip(text, most) == cut
    assert len(cut) <= most


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example/a?b=1&c=2#d", "https://news.example/a?b=1&c=2#d"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/@everyone", "https://news.example/%40everyone"),
        ("https://news.example/a b<c>|d", "https://news.example/a%20b%3Cc%3E%7Cd"),
        ("https://news.example/%D0%B0/ж\u202e", "https://news.example/%D0%B0/%D0%B6%E2%80%AE"),
        ("https://новости.example/", "https://xn--b1amnebsh.example/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("/relative", ""),
        ("https:///nowhere", ""),
        ("https://host:port/", ""),
        ("https://a|b/", ""),
        ("https://a\u202e.example/", ""),
        ("http://[broken/", ""),
        ("", ""),
    ],
)
def test_links_are_bare_and_real(url: str, link: str) -> None:
    """A link shows the host that it leads to, without credentials or anything a chat would read as more; else there is none."""
    assert bare_link(url) == link
