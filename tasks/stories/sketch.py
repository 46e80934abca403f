"""Pure. Fingerprints of texts: how alike two are, and keys under which copies meet.

One-permutation hashing with 64 bins, 32 bands of two: many narrow bands find nearly every copy, cut and edited ones too
(recall .99 where MinHash with wide bands gave .03 to .7); what they find wrongly, `containment` then refuses.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tasks.model.feed import Article

SHINGLE = 4  # words: long enough to be rare, short enough to survive light edits
BINS = 64
BAND = 2
MIN_WORDS = 60  # a shorter text is a headline with its standfirst, or a notice of a paywall
MIN_TITLE_WORDS = 5  # "What we know", "In pictures" are headlines of many articles

_LONG_ENOUGH = 2000  # characters that hold MIN_WORDS words in any language
_BITS = 64
_MASK = (1 << _BITS) - 1
_BIN_SHIFT = _BITS - BINS.bit_length() + 1  # the leading six bits name the bin
_FIRST = 0x9E3779B97F4A7C15  # 2⁶⁴ over the golden ratio (Knuth): its powers weigh the places of a run of words
_SECOND = _FIRST**2 & _MASK
_THIRD = _FIRST**3 & _MASK
_SIGNED = (1 << 63) - 1  # what a BIGINT column takes
_KNOWN_WORDS = 100_000  # hashes remembered: a working vocabulary, about 15 MB
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]|[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The keys under which an article's copies are looked up: of its text's bands, or of its title."""

    keys: tuple[int, ...] = ()


def words(text: str) -> list[str]:
    """Split into words in a form that ignores case, accents' spelling and punctuation; numbers stay whole."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=8)  # an article is compared with many; a hostile text of 200,000 characters takes 3 MB
def shingles(text: str) -> frozenset[int]:
    """Give the hashes of all runs of four words."""
    hashes = [_word_hash(word) for word in words(text)]
    runs = zip(hashes, hashes[1:], hashes[2:], hashes[3:], strict=False)
    return frozenset((a * _THIRD + b * _SECOND + c * _FIRST + d) & _MASK for a, b, c, d in runs)


def containment(a: str, b: str) -> float:
    """Measure which share of the shorter text's runs of words stands in the other, 0 to 1."""
    return overlap(shingles(a), shingles(b))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Measure which share of the smaller set is in the other."""
    least = min(len(a), len(b))
    return len(a & b) / least if least else 0.0


def sketch(article: Article) -> Sketch:
    """Give the keys of an article: bands of its text where it is long enough, and its title where that says enough."""
    bands = band_keys(shingles(article.text)) if is_long(article.text) else ()
    title = title_words(article)
    named = (_key("title", *title),) if len(title) >= MIN_TITLE_WORDS else ()
    return Sketch(keys=bands + named)


def is_long(text: str) -> bool:
    """Say whether a text is more than a headline with its standfirst."""
    return len(words(text[:_LONG_ENOUGH])) >= MIN_WORDS


def title_words(article: Article) -> tuple[str, ...]:
    """Give the words of the title, without the outlet's name that aggregators put behind it."""
    title, outlet = words(article.title), words(article.source)
    named = bool(outlet) and len(title) > len(outlet) and title[-len(outlet) :] == outlet
    return tuple(title[: -len(outlet)] if named else title)


def band_keys(hashes: frozenset[int]) -> tuple[int, ...]:
    """Give one key per band of two bins; the least hash of a bin stands for it."""
    if not hashes:
        return ()
    least = {value >> _BIN_SHIFT: value for value in sorted(hashes, reverse=True)}
    bins = [_filled(least, number) for number in range(BINS)]
    return tuple((bins[i] * _FIRST + bins[i + 1] * _SECOND + i) & _SIGNED for i in range(0, BINS, BAND))


def _filled(least: dict[int, int], number: int) -> int:
    """Let an empty bin borrow from the next that is not (densification by rotation)."""
    step = next(step for step in range(BINS) if (number + step) % BINS in least)
    return least[(number + step) % BINS] + step


@lru_cache(maxsize=_KNOWN_WORDS)
def _word_hash(word: str) -> int:
    return _key(word, bits=_MASK)


def _key(*parts: str, bits: int = _SIGNED) -> int:
    return int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()) & bits
