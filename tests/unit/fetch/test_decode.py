"""Bounded decoding."""

import gzip
import zlib

import pytest

from tasks.fetch.decode import decoded
from tasks.fetch.fault import Fault

TEXT = b"harbour talks " * 50
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()
MOST = 10_000


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (TEXT, []),
        (TEXT, ["identity"]),
        (TEXT, ["", "identity, identity"]),
        (gzip.compress(TEXT, mtime=0), ["gzip"]),
        (gzip.compress(TEXT, mtime=0), ["X-GZip"]),
        (gzip.compress(TEXT, mtime=0), ["identity, gzip"]),
        (gzip.compress(TEXT[:99], mtime=0) + gzip.compress(TEXT[99:], mtime=0), ["gzip"]),
        (gzip.compress(TEXT, mtime=0) + b"\0\0 padding", ["gzip"]),
        (zlib.compress(TEXT), ["deflate"]),
        (RAW_DEFLATE, ["deflate"]),
    ],
)
def test_bodies_are_decoded(body: bytes, encodings: list[str]) -> None:
    """The usual encodings are undone: several gzip members, padding after them, and both kinds of deflate."""
    assert decoded(body, encodings, MOST) == TEXT


@pytest.mark.parametrize(
    ("body", "encodings", "reason"),
    [
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), ["gzip, gzip"], "not asked for"),
        (TEXT, ["gzip"] * 50, "not asked for"),
        (TEXT, ["br"], "not asked for"),
        (gzip.compress(TEXT, mtime=0)[:-20], ["gzip"], "cut off"),
        (zlib.compress(TEXT)[:-5], ["deflate"], "cut off"),
        (gzip.compress(b"\0" * (MOST + 1), mtime=0), ["gzip"], "larger than 0.01 MB"),
        (gzip.compress(b"\0" * MOST, mtime=0) + gzip.compress(b"!", mtime=0), ["gzip"], "larger than"),
        (gzip.compress(b"", mtime=0) * 101, ["gzip"], "too many parts"),
    ],
)
def test_bodies_are_refused(body: bytes, encodings: list[str], reason: str) -> None:
    """What is encoded twice or unasked for, cut off, or larger than allowed is refused, and says so."""
    with pytest.raises(Fault) as caught:
        decoded(body, encodings, MOST)
    assert reason in caught.value.reason


def test_an_empty_body_needs_no_decoding() -> None:
    """An empty body is empty, whatever its header says."""
    assert decoded(b"", ["gzip"], MOST) == b""


def test_a_body_may_be_just_as_large_as_allowed() -> None:
    """The bound itself is within bounds."""
    assert len(decoded(gzip.compress(b"\0" * MOST, mtime=0), ["gzip"], MOST)) == MOST


@pytest.mark.parametrize("size", [1_048_575, 1_048_576, 1_048_577, 3 * 1_048_576])
@pytest.mark.parametrize("block", [b"\0" * 64, bytes(range(256))])
def test_large_bodies_are_whole(size: int, block: bytes) -> None:
    """A body is inflated in steps, and none of them loses a byte."""
    body = (block * (size // len(block) + 1))[:size]
    assert decoded(gzip.compress(body), ["gzip"], size) == body
    with pytest.raises(Fault, match="larger"):
        decoded(gzip.compress(body), ["gzip"], size - 1)


def test_damage_is_an_error() -> None:
    """A damaged body raises zlib's own error, which is translated at the edge."""
    with pytest.raises(zlib.error):
        decoded(b"\x1f\x8bnonsense", ["gzip"], MOST)
