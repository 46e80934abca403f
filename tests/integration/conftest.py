"""What many of these tests stand on: a site and a webhook on loopback."""

from collections.abc import Iterator

import pytest

from tests.support.servers import Webhook
from tests.support.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """Give an empty site."""
    with Site() as site:
        yield site


@pytest.fixture
def hook() -> Iterator[Webhook]:
    """Give a webhook that keeps what it is told."""
    with Webhook() as hook:
        yield hook
