"""Pure parts of `tocsin up`: the environment of its processes, and the guarded page."""

from pathlib import Path

from flows.cli.unattended.page import guard
from flows.cli.unattended.server import environment
from flows.cli.unattended.state import StateFolder


def test_no_setting_of_another_prefect_comes_through() -> None:
    """Profiles, keys and addresses of the user's own Prefect stay out; all else comes through."""
    theirs = {
        "PREFECT_API_KEY": "pnu_4711",
        "PREFECT_PROFILES_PATH": "/home/u",
        "PATH": "/bin",
        "TOCSIN_DESK": "json://h",
    }
    found = environment(theirs, StateFolder(Path("/c/state")), "http://127.0.0.1:4200/api", Path("/c"))
    assert "pnu_4711" not in found.values()
    assert "PREFECT_PROFILES_PATH" not in found
    assert (found["PATH"], found["TOCSIN_DESK"]) == ("/bin", "json://h")
    assert found["PREFECT_HOME"] == "/c/state/prefect"
    assert (found["DO_NOT_TRACK"], found["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")


def test_pages_are_guarded_once(tmp_path: Path) -> None:
    """Each page gets the policy at the head; a second time changes nothing."""
    for name in ("v1", "v2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("<html><head><title>UI</title></head></html>")
    guard(tmp_path)
    once = (tmp_path / "v2" / "index.html").read_text()
    guard(tmp_path)
    assert once.startswith('<html><head><meta http-equiv="Content-Security-Policy" content="connect-src \'self\';')
    assert (tmp_path / "v2" / "index.html").read_text() == once
    assert "connect-src" in (tmp_path / "v1" / "index.html").read_text()
