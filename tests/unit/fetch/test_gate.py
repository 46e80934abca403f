"""One request at a time per host."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from tasks.fetch.gate import HostGate

GAP = 0.05


async def passes(gate: HostGate, url: str, spans: list[tuple[float, float]], stay: float = 0.02) -> None:
    """Go through a gate, stay a while, and note from when to when."""
    clock = asyncio.get_running_loop().time
    async with gate(url):
        start = clock()
        await asyncio.sleep(stay)
        spans.append((start, clock()))


def test_a_host_is_asked_once_at_a_time() -> None:
    """Requests to a host follow each other with the gap between them, in the order of asking."""
    spans: list[tuple[float, float]] = []

    async def run() -> None:
        gate = HostGate(timedelta(seconds=GAP))
        await asyncio.gather(*(passes(gate, f"https://example.org/{n}", spans) for n in range(4)))

    asyncio.run(run())
    for (_, end), (start, _) in pairwise(spans):
        assert start - end >= GAP - 0.001


def test_hosts_do_not_wait_for_each_other() -> None:
    """Other hosts, and other ports of a host, are asked meanwhile."""
    spans: list[tuple[float, float]] = []
    urls = ["https://example.org/", "https://example.net/", "https://example.org:8443/"]

    async def run() -> None:
        gate = HostGate(timedelta(hours=1))
        await asyncio.gather(*(passes(gate, url, spans, stay=0.1) for url in urls))

    asyncio.run(run())
    assert max(start for start, _ in spans) < min(end for _, end in spans)


def test_a_failure_gives_the_turn_back() -> None:
    """Who fails, or is cancelled while it waits, does not keep the host."""
    spans: list[tuple[float, float]] = []

    async def fails(gate: HostGate) -> None:
        async with gate("https://example.org/"):
            raise KeyError

    async def run() -> None:
        gate = HostGate(timedelta(seconds=GAP))
        with pytest.raises(KeyError):
            await fails(gate)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(GAP / 5):
                await passes(gate, "https://example.org/", spans)
        await passes(gate, "https://example.org/", spans)

    asyncio.run(run())
    assert len(spans) == 1
