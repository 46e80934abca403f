"""Hostile text comes out plain."""

import pytest

from tasks.plain import clean, from_html, one_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x07c", "abc", id="NUL and C0 go"),
        pytest.param("a\x7fb\x9bc", "abc", id="DEL and C1 go"),
        pytest.param("safe\u202egnp.exe\u2066x\u2069", "safegnp.exex", id="bidi controls go"),
        pytest.param("half\ud83d pair", "half pair", id="lone surrogates go"),
        pytest.param(
            "zero\u200bwidth soft\xadhyphen \ufeffmark", "zerowidth softhyphen mark", id="invisible characters go"
        ),
        pytest.param("نمی\u200cخواهم", "نمی\u200cخواهم", id="the joiner of Persian stays"),
        pytest.param("cafe\u0301", "café", id="composed form"),
        pytest.param("a\xa0\t b", "a b", id="one space for many"),
        pytest.param("one\r\n\r\n two\u2029three", "one\ntwo\nthree", id="one newline between paragraphs"),
        pytest.param("damaged \ufffd stays", "damaged \ufffd stays", id="the mark of damage stays"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    """Controls go, spaces are tidied, the rest stays."""
    assert clean(text, 100) == expected


def test_clean_is_bounded() -> None:
    """No text is longer than its cap."""
    assert clean("word " * 100, 12) == "word word wo"


def test_one_line() -> None:
    """A title has no line end that could start a mail header."""
    assert one_line("Talks\r\nBcc: someone\u2028end", 100) == "Talks Bcc: someone end"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("plain words", "plain words", id="plain text"),
        pytest.param("Fish &amp; Chips &#8211; fresh", "Fish & Chips – fresh", id="entities"),
        pytest.param("5 < 6 and 7 > 3", "5 < 6 and 7 > 3", id="signs that are no tags"),
        pytest.param("<p>One</p><p>Two<br>three</p>four", "One\nTwo\nthree\nfour", id="paragraphs"),
        pytest.param("<p>wrapped\nin the <b>so</b>urce</p>", "wrapped in the source", id="line ends of the source"),
        pytest.param("<ul><li>a<li>b</ul>", "a\nb", id="lists"),
        pytest.param("<script>alert(1)</script>x<style>p{}</style>", "x", id="scripts and styles"),
        pytest.param(
            "<figure><img alt='i'><figcaption>Photo: A. Nyone</figcaption></figure><p>Text</p>", "Text", id="captions"
        ),
        pytest.param("<!-- hidden -->shown", "shown", id="comments"),
        pytest.param("<!-- nothing -->", "", id="nothing at all"),
        pytest.param("<p>a&#0;b&#x202e;c&#xD800;</p>", "a\ufffdbc\ufffd", id="controls written as entities"),
        pytest.param("<p>un<b>closed <i>tags", "unclosed tags", id="broken markup"),
    ],
)
def test_from_html(markup: str, expected: str) -> None:
    """HTML becomes what a reader sees."""
    assert from_html(markup, 1000) == expected
