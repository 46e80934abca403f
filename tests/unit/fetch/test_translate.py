"""Faults in plain words."""

import inspect
import pickle
import zlib

import httpcore
import httpx
import pytest

from tasks.errors import FetchError
from tasks.fetch.fault import Fault
from tasks.fetch.translate import fetch_error, translated
from tasks.model.feed import FeedState


def exceptions_of(module: object) -> list[type[Exception]]:
    """List the public exceptions of a library."""
    return [kind for _, kind in inspect.getmembers(module, inspect.isclass) if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", [*exceptions_of(httpcore), *exceptions_of(httpx), TimeoutError, OSError, zlib.error])
def test_every_exception_has_words(kind: type[Exception]) -> None:
    """Whatever the HTTP libraries may raise has a state and a reason."""
    error = fetch_error("https://example.org/", kind.__new__(kind))
    assert error.reason
    assert error.state in {FeedState.UNREACHABLE, FeedState.BROKEN, FeedState.REFUSED}


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (httpcore.ReadError(), FeedState.UNREACHABLE),
        (httpcore.RemoteProtocolError(), FeedState.BROKEN),
        (httpcore.LocalProtocolError(), FeedState.REFUSED),
        (httpx.InvalidURL("bad"), FeedState.REFUSED),
        (TimeoutError(), FeedState.UNREACHABLE),
        (ConnectionResetError(), FeedState.UNREACHABLE),
        (UnicodeError(), FeedState.REFUSED),
        (zlib.error(), FeedState.BROKEN),
        (Fault(FeedState.LIMITED, "our own"), FeedState.LIMITED),
    ],
)
def test_the_nearest_class_counts(error: Exception, state: FeedState) -> None:
    """The words of the nearest ancestor are taken."""
    assert fetch_error("https://example.org/", error).state == state


def test_no_secret_is_told() -> None:
    """User info is masked, and neither a cause nor the library's own words are passed on; a pickle keeps all else."""
    with pytest.raises(FetchError) as caught, translated("https://ann:s3cret@example.org/x", "http://10.0.0.1/hidden"):
        raise httpcore.LocalProtocolError("Illegal header value b's3cret'")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert str(error) == ("https://***@example.org/x: a header of this feed cannot be sent (redirected to 10.0.0.1)")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_bugs_escape() -> None:
    """What nobody expects is not taken for a fault of the network."""
    with pytest.raises(KeyError), translated("https://example.org/"):
        raise KeyError
