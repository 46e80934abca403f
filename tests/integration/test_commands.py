"""Writing, checking and trying a configuration; exit codes."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.support import schemas
from tests.support.command import Said, tocsin
from tests.support.desk import TOCSIN, Desk
from tests.support.servers import PASSWORD, SmtpServer, Webhook

WATCH = """
[[watch]]
id = "squid-talks"
shape = "occasion"
event = "talks"
parties = [["JP"], ["KR"]]
"""
FEED = '[[feed]]\nurl = "https://example.org/feed"\n'
CHANNEL = '[[channel]]\nname = "desk-hook"\nurl = { env = "TOCSIN_DESK_HOOK" }\n'
TOKEN = "hook-token-4711"  # noqa: S105 - planted: looked for where it must not be
SECRET = f"json://127.0.0.1:9/{TOKEN}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a good configuration: one watch, one feed."""
    desk = Desk(folder=tmp_path / "desk")
    desk.write("watches.toml", WATCH)
    desk.write("feeds.toml", FEED)
    return desk


def write(desk: Desk, file: str, text: str) -> None:
    """Write a file of a desk, in a folder of its own if need be."""
    (desk.folder / file).parent.mkdir(exist_ok=True)
    desk.write(file, text)


def checked(desk: Desk, **environment: str) -> tuple[Said, list[dict[str, str | None]]]:
    """Check a desk for people and for programs, which are told the same."""
    said = tocsin("check", "--config", desk.folder, **environment)
    lines = tocsin("check", "--json", "--config", desk.folder, **environment)
    assert said.code == lines.code
    for line in lines.lines:
        schemas.check("problem", line)
        assert str(line["problem"]) in said.out
        assert str(line["file"]) in said.out
    return said, lines.lines


def test_a_good_folder_passes(desk: Desk) -> None:
    """Nothing to complain of: exit 0, a line for people, none for programs."""
    said, lines = checked(desk)
    assert (said.code, lines) == (0, [])
    assert "1 feeds, 1 watches, 0 channels" in said.out


@pytest.mark.parametrize(
    ("file", "text", "place", "nearest"),
    [
        ("watches.toml", WATCH + 'paries = [["JP"]]\n', "watch[1].paries (line 7)", "parties"),
        ("feeds.toml", FEED + 'ulr = "x"\n', "feed[1].ulr (line 3)", "url"),
        ("channels.toml", CHANNEL + 'quite_hours = "22:00-07:00"\n', "channel[1].quite_hours (line 4)", "quiet_hours"),
        ("settings.toml", "[fetch]\nhostgap = '1s'\n", "fetch.hostgap (line 2)", "host_gap"),
        ("packs/hearing.toml", 'nouns = ["hearing"]\nverb = ["hear"]\n', "verb (line 2)", "verbs"),
        ("actors/mine.toml", '[ACME]\nname = ["Acme"]\n', "ACME.name (line 2)", "names"),
        ("languages/en.toml", "[cue]\nx = 1\n", "cue (line 1)", "cues"),
    ],
)
def test_a_bad_key_is_named_with_file_place_and_nearest_key(
    desk: Desk, file: str, text: str, place: str, nearest: str
) -> None:
    """Each TOML file is read strictly."""
    write(desk, file, text)
    said, lines = checked(desk, TOCSIN_DESK_HOOK=SECRET)
    assert said.code == 3
    assert (file, place, nearest) in [(line["file"], line["place"], line["nearest"]) for line in lines]


@pytest.mark.parametrize(
    ("file", "text", "place", "nearest"),
    [
        ("feeds.toml", '[[feed]]\nurl = "htps://example.org/feed"\n', "feed[1].url (line 2)", "https"),
        ("feeds.toml", '[[feed]]\nurl = "https://"\n', "feed[1].url (line 2)", None),
        ("feeds.toml", "[[feed]\n", "line 1", None),
        ("watches.toml", WATCH.replace('"KR"', '"UK"'), "watch[1].parties[2][1] (line 6)", "GB"),
        ("watches.toml", WATCH.replace('"talks"', '"talk"'), "watch[1].event (line 5)", "talks"),
        ("watches.toml", WATCH + 'channels = ["desk-hok"]\n', "watch[1].channels[1] (line 7)", "desk-hook"),
        ("feed.toml", FEED, "", None),
    ],
)
def test_a_bad_value_is_named_with_file_and_place(
    desk: Desk, file: str, text: str, place: str, nearest: str | None
) -> None:
    """A bad address, an unknown actor, pack or channel, a file that is no TOML, or that has the wrong name."""
    desk.write("channels.toml", CHANNEL)
    desk.write(file, text)
    if file == "feed.toml":
        (desk.folder / "feeds.toml").unlink()
        place, nearest = str(desk.folder), "feeds.toml"
    said, lines = checked(desk, TOCSIN_DESK_HOOK=SECRET)
    assert said.code == 3
    [line] = lines
    assert (line["file"], line["place"], line["nearest"]) == (file, place, nearest)


def test_all_problems_are_told_at_once(desk: Desk) -> None:
    """One check names what is wrong in every file."""
    desk.write("feeds.toml", FEED + "ulr = 1\n")
    desk.write("settings.toml", "[ftch]\n")
    desk.write("watches.toml", WATCH + "x = 1\n")
    _, lines = checked(desk)
    assert {line["file"] for line in lines} == {"feeds.toml", "settings.toml", "watches.toml"}


@pytest.mark.parametrize(
    ("place", "mode", "content", "problem"),
    [
        ('env = "TOCSIN_DESK_HOOK"', None, "", "environment variable TOCSIN_DESK_HOOK is not set or empty"),
        ('env = "TOCSIN_OTHER"', None, "", "TOCSIN_OTHER does not hold a single URL"),
        ('file = "hook"', None, "", "cannot be read: No such file"),
        ('file = "hook"', 0o644, SECRET, "can be read by others: chmod 600"),
        ('file = "hook"', 0o600, "", "is not set or empty"),
        ('file = "hook"', 0o600, f"jsn://127.0.0.1:9/{TOKEN}", "did you mean json://?"),
        ('file = "hook"', 0o600, f"json://127.0.0.1:9/{TOKEN}?retry=5", "must not set retry"),
    ],
)
def test_a_missing_secret_is_named_never_shown(
    desk: Desk, place: str, mode: int | None, content: str, problem: str
) -> None:
    """The channel, and the variable or file that is wrong, are told; what it holds is not."""
    desk.write("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = {{ {place} }}\n')
    if mode is not None:
        desk.write("hook", content)
        (desk.folder / "hook").chmod(mode)
    said, lines = checked(desk, TOCSIN_OTHER=TOKEN)
    assert said.code == 3
    [line] = lines
    assert (line["file"], line["place"]) == ("channels.toml", "channel[1].url")
    assert "channel 'desk-hook'" in str(line["problem"])
    assert problem in str(line["problem"])
    assert TOKEN not in said.out + said.err + str(lines)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = "{SECRET}"\n'),
        ("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = {{ env = "{SECRET}" }}\n'),
        ("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = {{ file = "{SECRET}" }}\n'),
        ("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = ["{SECRET}"]\n'),
        ("channels.toml", f'[[channel]]\nname = "desk-hook"\nurl = "{SECRET}\n'),
        ("feeds.toml", f'[[feed]]\nurl = "https://me:{TOKEN}@exam ple.org/feed"\n'),
        ("feeds.toml", f'[[feed]]\nurl = "https://example.org/feed"\nheaders = {{ Authorization = "{TOKEN}\\n" }}\n'),
        ("settings.toml", f'[store]\nurl = "mysql://me:{TOKEN}@db/tocsin"\n'),
    ],
)
def test_a_secret_in_the_wrong_place_is_refused_without_being_shown(desk: Desk, file: str, text: str) -> None:
    """An address written into a file, or a wrong one with a password in it, is no part of any complaint."""
    desk.write(file, text)
    said, lines = checked(desk)
    assert said.code == 3
    assert [line["file"] for line in lines] == [file]
    assert TOKEN not in said.out + said.err + str(lines)


def test_examples_that_a_watch_reads_otherwise_are_named(desk: Desk) -> None:
    """A failing example is named with its place, its words and why; the passing ones are not."""
    good = '{ text = "Japan and South Korea will hold talks in Osaka on May 12.", published = 2031-03-04 }'
    alien = '{ text = "Rain is expected in Bergen.", published = 2031-03-04 }'
    desk.write("watches.toml", WATCH + f"examples.match = [{good}, {alien}]\nexamples.reject = [{alien},\n{good}]\n")
    said, lines = checked(desk)
    assert said.code == 3
    assert [line["place"] for line in lines] == ["watch[1].examples.match[2]", "watch[1].examples.reject[2]"]
    assert "Rain is expected in Bergen." in str(lines[0]["problem"])
    assert "no word of its event" in str(lines[0]["problem"])
    assert "must reject" in str(lines[1]["problem"])


def test_a_starter_can_be_written_and_read(tmp_path: Path) -> None:
    """What `init` writes can be loaded by every command, and says what comes next."""
    wrote = tocsin("init", tmp_path / "new")
    assert wrote.code == 0
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        "channels.toml", "feeds.toml", "settings.toml", "watches.toml",
    }  # fmt: skip
    assert f"tocsin check --config {tmp_path / 'new'}" in wrote.out
    assert tocsin("feeds", "--config", tmp_path / "new").code == 0


def test_a_starter_passes_its_own_check(tmp_path: Path) -> None:
    """The examples of the starter's watches are read as they say."""
    tocsin("init", tmp_path / "new")
    said = tocsin("check", "--config", tmp_path / "new")
    assert (said.code, said.err) == (0, ""), said.out


def test_a_starter_never_writes_over_files(tmp_path: Path) -> None:
    """A folder that has one of the files is left as it is, and the file is named."""
    (tmp_path / "feeds.toml").write_text("# mine\n")
    said = tocsin("init", tmp_path)
    assert said.code == 3
    assert "feeds.toml" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.toml"]
    assert (tmp_path / "feeds.toml").read_text() == "# mine\n"


def test_a_test_alert_arrives(tmp_path: Path) -> None:
    """At a mail server and at a webhook; what another channel lacks is in nobody's way."""
    with SmtpServer() as smtp, Webhook() as hook:
        desk = Desk(folder=tmp_path, channels={"desk-mail": smtp.url, "desk-hook": hook.url, "broken": ""})
        desk.set_up(WATCH, {})
        given = {"TOCSIN_DESK_MAIL": smtp.url, "TOCSIN_DESK_HOOK": hook.url}
        for channel in ("desk-mail", "desk-hook"):
            said = tocsin("test-alert", channel, "--config", tmp_path, **given)
            assert (said.code, said.out, said.err) == (0, f"channel {channel}: sent\n", "")
        [mail], [message] = smtp.messages, hook.messages
    assert str(mail["subject"]) == message["title"] == "TEST · Tocsin can reach this channel"


def test_a_test_alert_to_an_unknown_channel_names_the_known_ones(desk: Desk) -> None:
    """A name that is not in channels.toml is a configuration error, with the nearest one."""
    desk.write("channels.toml", CHANNEL + CHANNEL.replace("desk-hook", "ops"))
    said = tocsin("test-alert", "desk-hok", "--config", desk.folder)
    assert (said.code, said.out) == (3, "")
    assert "there are: desk-hook, ops (did you mean 'desk-hook'?)" in said.err


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (SECRET, 4),
        (f"jsn://127.0.0.1:9/{TOKEN}", 3),
        (f"mailto://me:{PASSWORD}@127.0.0.1:9/a@example.org?mode=insecure&smtp=127.0.0.1&from=t@example.org", 4),
    ],
)
def test_a_test_alert_that_does_not_arrive_says_why_and_no_secret(desk: Desk, address: str, code: int) -> None:
    """A channel that nobody answers at is unavailable; one that no service understands is a configuration error."""
    desk.write("channels.toml", CHANNEL)
    said = tocsin("test-alert", "desk-hook", "--config", desk.folder, TOCSIN_DESK_HOOK=address)
    assert (said.code, said.out) == (code, "")
    assert "desk-hook" in said.err
    assert "Traceback" not in said.err
    assert TOKEN not in said.err
    assert PASSWORD not in said.err


def test_a_test_alert_to_a_channel_that_prefect_keeps_says_so(desk: Desk) -> None:
    """Its address is not here to be had."""
    desk.write("channels.toml", '[[channel]]\nname = "ops"\nurl = { prefect_secret = "tocsin-ops" }\n')
    said = tocsin("test-alert", "ops", "--config", desk.folder)
    assert said.code == 4
    assert "Prefect" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "tocsin up"),
        (("run", "--onec"), "--once"),
        (("feeds", "--jsn"), "--json"),
        (("feds",), "feeds"),
        (("history",), "DEV"),
        (("test-alert",), "CHANNEL"),
        (("init",), "DIR"),
        (("parse-feed", "--json"), "FILE"),
        (("stories",), "--jsonl"),
        (("explain",), "--jsonl ARTICLES"),
        (("explain", "https://example.org/1", "--jsonl", "a.jsonl"), "--jsonl ARTICLES"),
        (("explain", "https://example.org/1", "--watches", "w.toml"), "--watches FILE"),
        (("--config", "desk", "feeds"), "--config"),
    ],
)
def test_wrong_use_is_exit_2_and_says_what_is_right(words: tuple[str, ...], said: str) -> None:
    """A missing or wrong word: nothing on standard output, what is expected on standard error."""
    done = tocsin(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_feed_that_cannot_be_had_is_exit_1(tmp_path: Path) -> None:
    """The run ends well, says which feed and why, and leaves with 1; the programs' line counts it."""
    desk = Desk(folder=tmp_path)
    desk.set_up(WATCH, {"Nowhere": "http://127.0.0.1:9/feed"})
    said = tocsin("run", "--once", "--config", tmp_path)
    assert said.code == 1
    assert "Nowhere  unreachable" in said.out
    lines = tocsin("run", "--once", "--json", "--config", tmp_path)
    assert lines.code == 1
    assert lines.lines == [{"feeds": 1, "entries": 0, "articles": 0, "alerts": 0, "errors": 1}]


def test_a_run_with_nothing_to_do_is_exit_0(tmp_path: Path) -> None:
    """Empty files are a configuration too."""
    for name in ("watches.toml", "feeds.toml"):
        (tmp_path / name).touch()
    said = tocsin("run", "--once", "--config", tmp_path)
    assert said.code == 0
    assert "No feeds: add some to feeds.toml." in said.out


def test_a_store_of_a_newer_release_is_exit_4(desk: Desk) -> None:
    """Neither a run nor a reading command touches it; one line says what to do."""
    desk.set_feeds({})
    assert tocsin("run", "--once", "--config", desk.folder).code == 0
    with sqlite3.connect(desk.folder / "tocsin.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-tomorrow'")
    connection.close()
    for words in (("run", "--once"), ("feeds",), ("status", "--json")):
        said = tocsin(*words, "--config", desk.folder)
        assert (said.code, said.out) == (4, "")
        assert "newer release" in said.err
        assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("now", ["2031-03-04T12:00:00", "2031-03-04", "noon"])
def test_a_clock_without_zone_is_exit_3(desk: Desk, now: str) -> None:
    """TOCSIN_NOW must be an instant, for every command that reads a configuration."""
    for words in (("run", "--once"), ("feeds",), ("check",)):
        said = tocsin(*words, "--config", desk.folder, TOCSIN_NOW=now)
        assert said.code == 3
        assert "TOCSIN_NOW: must be ISO 8601 with a zone" in said.out + said.err
    assert not (desk.folder / "tocsin.db").exists()


@pytest.mark.parametrize("command", ["run --once", "feeds", "alerts", "developments", "status", "test-alert x"])
def test_a_broken_configuration_is_exit_3_everywhere(desk: Desk, command: str) -> None:
    """Every command names the problem and does nothing."""
    desk.write("feeds.toml", FEED + "ulr = 1\n")
    said = tocsin(*command.split(), "--config", desk.folder)
    assert (said.code, said.out) == (3, "")
    assert said.err == "feeds.toml: feed[1].ulr (line 3): unknown key (did you mean 'url'?)\n"
    assert not (desk.folder / "tocsin.db").exists()


def test_the_folder_is_the_given_one_then_the_environment_s_then_this_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--config before TOCSIN_CONFIG before a working folder with watches; without any, what to do is said."""
    other, here = Desk(folder=tmp_path / "other"), Desk(folder=tmp_path / "here")
    for place, name in ((other, "other"), (here, "here")):
        place.set_up("", {name: f"https://{name}.example.org/feed"})
    environment = {"TOCSIN_CONFIG": str(other.folder)}
    monkeypatch.chdir(here.folder)
    assert (
        tocsin("feeds", "--json", "--config", desk.folder, **environment).lines[0]["url"] == "https://example.org/feed"
    )
    assert tocsin("feeds", "--json", **environment).lines[0]["name"] == "other"
    assert tocsin("feeds", "--json").lines[0]["name"] == "here"
    monkeypatch.chdir(tmp_path)
    said = tocsin("feeds", "--json")
    assert (said.code, said.out) == (3, "")
    assert "tocsin init" in said.err


def test_the_installed_command_leaves_with_the_same_codes(desk: Desk) -> None:
    """A process of its own: what a person types."""
    done = desk.tocsin("test-alert", "x")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "channels.toml: x: no such channel; there are: none\n"


def test_a_reader_that_leaves_early_sees_no_traceback(desk: Desk) -> None:
    """`tocsin feeds | head -1` ends quietly, however the output is buffered."""
    desk.set_feeds({f"feed-{number}": f"https://example.org/{number}" for number in range(1000)})
    for buffering in ({}, {"PYTHONUNBUFFERED": "1"}):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | buffering
        done = subprocess.run(
            ["sh", "-c", f"{TOCSIN} feeds --config {desk.folder} | head -1"],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.startswith("name ")
        assert "\x1b" not in done.stdout
        assert done.stderr == ""
