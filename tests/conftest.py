"""What every test runs under: no network beyond loopback, a clean environment, and `../shared` where it is there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.guard import Guard
from tests.support.postgres import Missing, Server, running

ROOT = Path(__file__).parents[1]
UNWANTED = ("TOCSIN_", "PREFECT_")  # what a person's shell may carry, and no test may see
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(scope="session", autouse=True)
def _clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Take away settings, proxies and home directory, for this process and those it starts."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(UNWANTED) or name.lower() in PROXIES or name.startswith("XDG_"):
                patch.delenv(name)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # commands start in half the time from compiled modules
        patch.setenv("HOME", str(home))
        patch.setenv("PREFECT_HOME", str(home / "prefect"))
        patch.setenv("DO_NOT_TRACK", "1")  # Prefect's telemetry, and that of others
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        yield


@pytest.fixture(scope="session", autouse=True)
def _guard() -> Iterator[Guard]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        guard = Guard()
        guard.install(patch)
        yield guard


@pytest.fixture(autouse=True)
def refusals(_guard: Guard) -> Iterator[list[str]]:
    """Fail a test that tried to leave this machine, also where the code under test swallowed the refusal.

    A test that tries on purpose takes this list, looks at it and clears it.
    """
    _guard.refused.clear()
    yield _guard.refused
    assert not _guard.refused, f"the test reached for the network: {', '.join(_guard.refused)}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared data beside the repository; skip the test where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared data beside the repository")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Give a private PostgreSQL server; skip the test where there are no programs to start one with."""
    try:
        with running() as server:
            yield server
    except Missing as why:
        pytest.skip(str(why))
