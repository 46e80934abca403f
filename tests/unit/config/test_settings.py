"""Settings, and what the environment decides."""

from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from config.settings import Settings, SettingsForm, find_folder, fixed_now, secret_problems, secrets
from tasks.errors import ConfigError
from tasks.model.alert import ChannelAddress, ChannelSpec

TOKEN = "tgram://123:hunter2/chat"  # noqa: S105 - not one


def settings(folder: Path, **addresses: ChannelAddress) -> Settings:
    """Make settings with channels."""
    channels = tuple(ChannelSpec(name=name, url=url) for name, url in addresses.items())
    return Settings(folder=folder, channels=channels)


def test_defaults(tmp_path: Path) -> None:
    """Without settings.toml, everything has its default, and requests name nobody."""
    found = settings(tmp_path)
    assert found.store.url == "sqlite:///tocsin.db"
    assert not found.fetch.allow_private
    assert found.fetch.host_gap == timedelta(seconds=1)
    assert found.fetch.timeout == timedelta(seconds=30)
    assert found.fetch.max_bytes == 10_000_000
    assert found.fetch.concurrency == 64
    assert found.fetch.user_agent == f"tocsin/{version('tocsin')}"
    assert found.alerts.window == timedelta(hours=48)
    assert found.board.public_url == ""
    assert (found.prefect.port, found.prefect.api_url) == (4200, "")


def test_every_setting_has_a_line() -> None:
    """Every table and key of settings.toml says in a line what it is, for the configuration reference."""
    schema = TypeAdapter(SettingsForm).json_schema()
    tables = [schema, *schema["$defs"].values()]
    keys = {key: node.get("description") for one in tables for key, node in one["properties"].items()}
    assert {key for key, line in keys.items() if not line} == set()
    assert len(keys) == 16


def test_settings_do_not_show_the_password_of_the_store(tmp_path: Path) -> None:
    """The store's URL may hold a password, and is not shown."""
    assert "sqlite" not in repr(settings(tmp_path))


def test_folder_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config comes first, whatever else there is."""
    monkeypatch.setenv("TOCSIN_CONFIG", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert find_folder(Path("there")) == tmp_path / "there"


def test_folder_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TOCSIN_CONFIG comes second."""
    (tmp_path / "watches.toml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_CONFIG", "~/mine")
    assert find_folder() == Path("~/mine").expanduser()


def test_folder_that_one_works_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder is third, if it has watches."""
    (tmp_path / "watches.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert find_folder() == tmp_path


def test_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's configuration folder is last."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    assert find_folder() == tmp_path / "home" / "tocsin"


@pytest.mark.parametrize("text", ["2021-12-22T12:00:00Z", "2021-12-22T13:00:00+01:00"])
def test_fixed_now(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """TOCSIN_NOW is an instant, given in UTC."""
    monkeypatch.setenv("TOCSIN_NOW", text)
    found = fixed_now()
    assert found == datetime(2021, 12, 22, 12, tzinfo=UTC)
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", [None, ""])
def test_no_fixed_now(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    """Without TOCSIN_NOW the clock is the clock."""
    monkeypatch.delenv("TOCSIN_NOW", raising=False)
    if text is not None:
        monkeypatch.setenv("TOCSIN_NOW", text)
    assert fixed_now() is None


@pytest.mark.parametrize("text", ["2021-12-22T12:00:00", "2021-12-22", "now", "0001-01-01T00:00:00+14:00"])
def test_fixed_now_needs_a_zone(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A time without zone, or none at all, is a problem of the configuration."""
    monkeypatch.setenv("TOCSIN_NOW", text)
    with pytest.raises(ConfigError) as caught:
        fixed_now()
    assert [(one.file, one.place) for one in caught.value.problems] == [("environment", "TOCSIN_NOW")]


def test_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets come from variables and files; those of Prefect are left to it."""
    monkeypatch.setenv("DESK", f" {TOKEN}\n")
    (tmp_path / "mail").touch(mode=0o600)
    (tmp_path / "mail").write_text("mailtos://x:y@example.org\n")
    found = settings(
        tmp_path,
        chat=ChannelAddress(env="DESK"),
        mail=ChannelAddress(file=Path("mail")),
        absolute=ChannelAddress(file=tmp_path / "mail"),
        block=ChannelAddress(prefect_secret="tocsin"),  # noqa: S106 - its name
    )
    mail = "mailtos://x:y@example.org"
    assert secret_problems(found) == ()
    assert secrets(found) == {"chat": TOKEN, "mail": mail, "absolute": mail}


SECRET_FILES = [
    (0o600, b"", "is not set or empty"),
    (0o600, b"hunter2", "does not hold a single URL"),
    (0o600, b"a://hunter2\nb://hunter2", "does not hold a single URL"),
    (0o600, b"\xffhunter2", "is no text"),
    (0o640, b"tgram://hunter2", "can be read by others: chmod 600"),
    (0o604, b"tgram://hunter2", "can be read by others: chmod 600"),
]


@pytest.mark.parametrize(("mode", "content", "problem"), SECRET_FILES)
def test_a_secret_file_is_checked(tmp_path: Path, mode: int, content: bytes, problem: str) -> None:
    """A file that others can read, or without one URL, is named with its channel; its content is not."""
    file = tmp_path / "mail"
    file.write_bytes(content)
    file.chmod(mode)
    (found,) = secret_problems(settings(tmp_path, mail=ChannelAddress(file=Path("mail"))))
    assert (found.file, found.place) == ("channels.toml", "channel[1].url")
    assert all(part in found.problem for part in ("'mail'", str(file), problem))
    assert "hunter2" not in str(found)


@pytest.mark.parametrize("value", [None, "", "hunter2", "a://hunter2 b"])
def test_a_secret_variable_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    """A variable that is not set, or has no URL, is named with its channel; its value is not."""
    monkeypatch.delenv("DESK", raising=False)
    if value is not None:
        monkeypatch.setenv("DESK", value)
    (found,) = secret_problems(settings(tmp_path, chat=ChannelAddress(env="DESK")))
    assert "'chat'" in found.problem
    assert "DESK" in found.problem
    assert "hunter2" not in str(found)


def test_all_missing_secrets_are_told(tmp_path: Path) -> None:
    """Where secrets are missing there are none, and all problems are told."""
    addresses = {"a": ChannelAddress(env="TOCSIN_NO_SUCH"), "b": ChannelAddress(file=Path("none"))}
    with pytest.raises(ConfigError) as caught:
        secrets(settings(tmp_path, **addresses))
    assert [one.place for one in caught.value.problems] == ["channel[1].url", "channel[2].url"]
