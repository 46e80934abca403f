"""Pure. Hostile text to plain text: no markup, no control characters, normalised (NFC), bounded."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from lxml import etree

NEWLINES = re.compile("\r\n?|[\n\u2028\u2029]")
BREAK = "\x02"  # stands for a paragraph's end while the spaces are tidied
# Controls (C0, C1), bidi controls, zero-width and soft breaks, non-characters, lone surrogates, tag characters. White space is
# left for SPACES; the joiners U+200C and U+200D belong to Persian and to emoji.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
SPACES = re.compile(r"[^\S\n]+")
BREAKS = re.compile(r" ?\n[\n ]*")
TAG = re.compile(r"<[a-zA-Z/!?]")
HIDDEN = ("script", "style", "noscript", "template", "iframe", "svg", "form", "button", "figcaption")
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip
MARKUP_SHARE = 10  # markup read per character kept: newsletters carry up to eight of tables and styles


def clean(text: str, cap: int) -> str:
    """Write text without controls and odd spaces, a newline between paragraphs."""
    text = NEWLINES.sub("\n", text[: 2 * cap])  # what normalising takes away is never half of a real text
    text = SPACES.sub(" ", UNWANTED.sub("", text))
    return unicodedata.normalize("NFC", BREAKS.sub("\n", text)).strip()[:cap].rstrip()


def one_line(text: str, cap: int) -> str:
    """Write text without controls on one line."""
    return " ".join(clean(text, cap).split())


def from_html(markup: str, cap: int) -> str:
    """Write the text that a reader of this HTML (or plain text with entities) sees."""
    markup = markup[: MARKUP_SHARE * cap]
    if not TAG.search(markup):
        return clean(unescape(markup), cap)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", "ignore"), parser)
    if root is None:
        return ""
    seen = NEWLINES.sub(" ", "".join(_pieces(root)))  # a line's end in HTML is a space
    return clean(seen.replace(BREAK, "\n"), cap)


def _pieces(root: etree._Element) -> Iterator[str]:
    etree.strip_elements(root, *HIDDEN, with_tail=False)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            yield BREAK
        if text := element.text if event == "start" else element.tail:
            yield text
