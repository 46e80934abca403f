"""Pure. Undo one content encoding, never beyond a bound: half a megabyte can stand for five hundred."""

import zlib
from collections.abc import Sequence

from tasks.fetch.fault import Fault, too_large
from tasks.model.feed import FeedState

ACCEPT_ENCODING = "gzip, deflate"

# zlib names the three formats by window bits.
_GZIP, _ZLIB, _RAW = 31, 15, -15
_GZIP_MAGIC = b"\x1f\x8b"
_ZLIB_METHOD, _ZLIB_CHECK = 8, 31  # RFC 1950: how a zlib header is told from raw deflate, which some servers send
_STEP = 1024 * 1024  # what one call may produce: little beside the body itself, and what is left is copied each time
_MOST_MEMBERS = 100  # of one gzip body: honest ones have one; each costs a copy of what follows it


def decoded(body: bytes, encodings: Sequence[str], most: int) -> bytes:
    """Decode a body by its Content-Encoding values; refuse two encodings, any not asked for, damage, and bombs."""
    encoding = _the_one(encodings)
    if not encoding or not body:
        return body
    if encoding == "deflate":
        return _inflated(body, _ZLIB if _is_zlib(body) else _RAW, most)
    return _inflated(body, _GZIP, most)


def _the_one(encodings: Sequence[str]) -> str:
    named = [name.strip().lower() for value in encodings for name in value.split(",")]
    named = [name for name in named if name not in {"", "identity"}]
    if not named:
        return ""
    if len(named) > 1 or named[0] not in {"gzip", "x-gzip", "deflate"}:
        raise Fault(FeedState.BROKEN, "the body is encoded in a way that was not asked for")
    return named[0]


def _is_zlib(body: bytes) -> bool:
    return body[0] & 0x0F == _ZLIB_METHOD and int.from_bytes(body[:2]) % _ZLIB_CHECK == 0


def _inflated(body: bytes, window_bits: int, most: int) -> bytes:
    out = bytearray()
    for _ in range(_MOST_MEMBERS):
        body = _inflate_member(body, window_bits, out, most)
        if window_bits != _GZIP or not body.startswith(_GZIP_MAGIC):
            return bytes(out)  # what follows is padding, as gzip itself takes it
    raise Fault(FeedState.BROKEN, "the compressed body is in too many parts")


def _inflate_member(body: bytes, window_bits: int, out: bytearray, most: int) -> bytes:
    """Append what the first member holds; give what follows it."""
    inflater = zlib.decompressobj(window_bits)
    while not inflater.eof:
        part = inflater.decompress(body, _STEP)
        body = inflater.unconsumed_tail
        out += part
        if len(out) > most:
            raise too_large(most)
        if not (part or body or inflater.eof):
            raise Fault(FeedState.BROKEN, "the compressed body is cut off")
    return inflater.unused_data
