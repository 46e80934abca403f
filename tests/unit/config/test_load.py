"""A configuration folder, whole."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.load import builtin_knowledge, load, load_watches
from tasks.errors import ConfigError, Problem
from tasks.model.alert import ChannelAddress, ChannelSpec
from tasks.model.feed import FeedSpec
from tasks.model.watch import CHANGES, Change, Confidence, Measure, Severity, Shape
from tests.unit.config.conftest import Writer

TALKS = '[[watch]]\nid = "talks"\nshape = "occasion"\nevent = "talks"\nparties = [["US"], ["RU"]]\n'
RECALLS = '[[watch]]\nid = "recalls"\nshape = "notice"\nevent = "product_recall"\n'
CHANNEL = '[[channel]]\nname = "desk"\nurl = { env = "DESK" }\n'


def problems(folder: Path, data: Path) -> tuple[Problem, ...]:
    """Give the problems of a folder."""
    with pytest.raises(ConfigError) as caught:
        load(folder, data=data)
    return caught.value.problems


def test_an_empty_configuration(folder: Writer, data: Path) -> None:
    """watches.toml alone, empty, is a configuration with every default; the store's file is in its folder."""
    settings, knowledge = load(folder(), data=data)
    assert (settings.feeds, settings.channels, knowledge.watches) == ((), (), ())
    assert settings.folder == folder()
    assert settings.store.url == f"sqlite:///{folder()}/tocsin.db"
    assert list(knowledge.actors) == ["EU", "GB", "NATO", "RU", "UA", "UN", "US"]
    assert knowledge.digest == builtin_knowledge(data=data).digest


def test_settings_are_read(folder: Writer, data: Path) -> None:
    """Every setting can be set."""
    text = """
    [store]
    url = "sqlite:////var/lib/t.db"
    [fetch]
    allow_private = true
    host_gap = "0s"
    timeout = "2m"
    max_bytes = 1000
    concurrency = 2
    user_agent = "x/1"
    [alerts]
    window = "2d"
    [board]
    public_url = "https://example.org/board"
    [prefect]
    port = 4321
    api_url = "https://prefect.example.org/api"
    """
    settings, _ = load(folder({"settings.toml": text}), data=data)
    assert settings.store.url == "sqlite:////var/lib/t.db"
    assert settings.fetch.allow_private
    assert (settings.fetch.host_gap, settings.fetch.timeout) == (timedelta(0), timedelta(minutes=2))
    assert (settings.fetch.max_bytes, settings.fetch.concurrency, settings.fetch.user_agent) == (1000, 2, "x/1")
    assert settings.alerts.window == timedelta(days=2)
    assert settings.board.public_url == "https://example.org/board"
    assert (settings.prefect.port, settings.prefect.api_url) == (4321, "https://prefect.example.org/api")


def test_feeds_are_read(folder: Writer, data: Path) -> None:
    """A feed has what is written; its address stays as written."""
    text = """
    [[feed]]
    url = "HTTPS://u:p@Example.org/rss"
    [[feed]]
    url = "https://example.org/"
    name = "N"
    family = "F"
    language = "en"
    timezone = "Europe/London"
    interval = "1h"
    side = "RU"
    full_text = true
    headers = { "X-Key" = "v" }
    proxy = "http://localhost:8080"
    """
    settings, _ = load(folder({"feeds.toml": text}), data=data)
    assert settings.feeds == (
        FeedSpec(url="HTTPS://u:p@Example.org/rss"),
        FeedSpec(
            url="https://example.org/",
            name="N",
            family="F",
            language="en",
            timezone="Europe/London",
            interval=timedelta(hours=1),
            side="RU",
            full_text=True,
            headers={"X-Key": "v"},
            proxy="http://localhost:8080",
        ),
    )


def test_channels_are_read(folder: Writer, data: Path) -> None:
    """A channel has what is written; its secret need not be there."""
    text = """
    [[channel]]
    name = "a"
    url = { env = "TOCSIN_NO_SUCH" }
    operator = true
    quiet_hours = "22:00-07:00"
    timezone = "Europe/Paris"
    digest = "4h"
    min_confidence = "high"
    template = "{headline}"
    [[channel]]
    name = "b"
    url = { file = "no/such" }
    [[channel]]
    name = "c"
    url = { prefect_secret = "tocsin-desk" }
    """
    settings, _ = load(folder({"channels.toml": text}), data=data)
    assert settings.channels == (
        ChannelSpec(
            name="a",
            url=ChannelAddress(env="TOCSIN_NO_SUCH"),
            operator=True,
            quiet_hours="22:00-07:00",
            timezone="Europe/Paris",
            digest="4h",
            min_confidence=Confidence.HIGH,
            template="{headline}",
        ),
        ChannelSpec(name="b", url=ChannelAddress(file=Path("no/such"))),
        ChannelSpec(name="c", url=ChannelAddress(prefect_secret="tocsin-desk")),  # noqa: S106 - its name
    )


def test_watches_are_compiled(folder: Writer, data: Path) -> None:
    """A watch has its pack, and every key that people may write; own actors extend the built-in ones."""
    text = """
    [[watch]]
    id = "troops"
    title = "Troops"
    shape = "activity"
    event = "troop_movement"
    parties = [["RU", "ACME"]]
    places = ["Ukraine"]
    about = ["border"]
    require_about = true
    exclude = ["parade"]
    channels = ["desk"]
    alert_on = ["new", "quantity"]
    min_confidence = "high"
    severity = "critical"
    measure = { unit = "troops", change = 1 }
    renamed_from = "old"
    examples.match = [{ text = "x", published = 2021-12-22 }]
    [actors.ACME]
    names = ["Acme"]
    [actors.US]
    names = ["White House"]
    """
    _, knowledge = load(folder({"watches.toml": text, "channels.toml": CHANNEL}), data=data)
    (watch,) = knowledge.watches
    assert (watch.id, watch.title, watch.shape, watch.event.id) == (
        "troops",
        "Troops",
        Shape.ACTIVITY,
        "troop_movement",
    )
    assert watch.event.objects == ("tanks",)
    assert (watch.parties, watch.places, watch.about) == ((("RU", "ACME"),), ("Ukraine",), ("border",))
    assert (watch.require_about, watch.exclude, watch.channels) == (True, ("parade",), ("desk",))
    assert watch.alert_on == (Change.NEW, Change.QUANTITY)
    assert (watch.min_confidence, watch.severity) == (Confidence.HIGH, Severity.CRITICAL)
    assert watch.measure == Measure(unit="troops", change=1.0)
    assert watch.renamed_from == "old"
    assert len(watch.examples.match) == 1
    assert knowledge.actors["US"].names == ("United States", "White House")
    assert knowledge.actors["ACME"].names == ("Acme",)


def test_packs_actors_and_languages_of_the_folder(folder: Writer, data: Path) -> None:
    """What lies in the folder extends the built-in data."""
    files = {
        "watches.toml": TALKS.replace('event = "talks"', 'event = "parley"').replace("US", "ACME"),
        "packs/parley.toml": 'nouns = ["parley"]',
        "actors/mine.toml": '[ACME]\nnames = ["Acme"]',
        "languages/fr.toml": '[cues]\nheld = ["tenu"]',
    }
    _, knowledge = load(folder(files), data=data)
    assert knowledge.watches[0].event.nouns == ("parley",)
    assert list(knowledge.languages) == ["en", "fr"]


def watch(**lines: str) -> dict[str, str]:
    """Write a watch on talks with some keys changed; the first key stands on line 2."""
    keys = {"id": '"talks"', "shape": '"occasion"', "event": '"talks"', "parties": '[["US"], ["RU"]]', **lines}
    return {"watches.toml": "[[watch]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items() if value)}


def feed(line: str) -> dict[str, str]:
    """Write a feed with a further line, the third."""
    return {"feeds.toml": f'[[feed]]\nurl = "https://example.org/"\n{line}\n'}


def channel(url: str, more: str = "") -> dict[str, str]:
    """Write a channel with this address, on line 3."""
    return {"channels.toml": f'[[channel]]\nname = "desk"\nurl = {url}\n{more}\n'}


Files = dict[str, str]
CASES: list[tuple[Files, tuple[str, str, str | None]]] = [
    # watches.toml
    ({"watches.toml": "[[watch]\n"}, ("watches.toml", "line 1", None)),
    ({"watches.toml": "[[wacth]]\n"}, ("watches.toml", "wacth (line 1)", "watch")),
    ({"watches.toml": "[watch]\n"}, ("watches.toml", "watch (line 1)", None)),
    ({"watches.toml": TALKS.replace("shape", "shpae")}, ("watches.toml", "watch[1].shpae (line 3)", "shape")),
    ({"watches.toml": TALKS + RECALLS + TALKS}, ("watches.toml", "watch[3].id (line 11)", None)),
    (watch(id='"a b"'), ("watches.toml", "watch[1].id (line 2)", "a-b")),
    (watch(shape='"ocasion"'), ("watches.toml", "watch[1].shape (line 3)", "occasion")),
    (watch(event='"tlks"'), ("watches.toml", "watch[1].event (line 4)", "talks")),
    (watch(event="1"), ("watches.toml", "watch[1].event (line 4)", None)),
    (watch(event='{ nuons = ["x"] }'), ("watches.toml", "watch[1].event.nuons (line 4)", "nouns")),
    (watch(event='{ outcome = ["x"] }'), ("watches.toml", "watch[1].event (line 4)", None)),
    (watch(event='{ nouns = [""] }'), ("watches.toml", "watch[1].event.nouns[1] (line 4)", None)),
    (watch(event='{ nouns = "talks" }'), ("watches.toml", "watch[1].event.nouns (line 4)", None)),
    (watch(parties=""), ("watches.toml", "watch[1].parties (line 1)", None)),
    (watch(parties="[[]]"), ("watches.toml", "watch[1].parties[1] (line 5)", None)),
    (watch(parties='["US"]'), ("watches.toml", "watch[1].parties[1] (line 5)", None)),
    (watch(parties='[["US"], ["Russia"]]'), ("watches.toml", "watch[1].parties[2][1] (line 5)", "RU")),
    (watch(parties='[["UK"]]'), ("watches.toml", "watch[1].parties[1][1] (line 5)", "GB")),
    (watch(parties='[["QQ"]]'), ("watches.toml", "watch[1].parties[1][1] (line 5)", None)),
    (watch(shape='"activity"', parties=""), ("watches.toml", "watch[1].places (line 1)", None)),
    (watch(places='["Kyiv", " "]'), ("watches.toml", "watch[1].places[2] (line 6)", None)),
    (watch(require_about="true"), ("watches.toml", "watch[1].require_about (line 6)", None)),
    (watch(require_about='"yes"'), ("watches.toml", "watch[1].require_about (line 6)", None)),
    (watch(alert_on='["new", "movd"]'), ("watches.toml", "watch[1].alert_on[2] (line 6)", "moved")),
    (watch(alert_on='["escalated"]'), ("watches.toml", "watch[1].alert_on[1] (line 6)", None)),
    (watch(alert_on="[]"), ("watches.toml", "watch[1].alert_on (line 6)", None)),
    (watch(min_confidence='"hihg"'), ("watches.toml", "watch[1].min_confidence (line 6)", "high")),
    (watch(severity='"critcal"'), ("watches.toml", "watch[1].severity (line 6)", "critical")),
    (watch(measure="{ unti = 'x' }"), ("watches.toml", "watch[1].measure.unti (line 6)", "unit")),
    (watch(measure="{ unit = 'x', change = 0 }"), ("watches.toml", "watch[1].measure (line 6)", None)),
    (watch(measure="{ unit = 'x', change = nan }"), ("watches.toml", "watch[1].measure (line 6)", None)),
    (watch(renamed_from='"talks"'), ("watches.toml", "watch[1].renamed_from (line 6)", None)),
    (watch(**{"examples.mach": "[]"}), ("watches.toml", "watch[1].examples.mach (line 6)", "match")),
    (
        watch(**{"examples.match": "[{ text = 'x' }]"}),
        ("watches.toml", "watch[1].examples.match[1].published (line 6)", None),
    ),
    ({"watches.toml": "[actors.us]\n"}, ("watches.toml", "actors.us (line 1)", "US")),
    ({"watches.toml": "[actors.UK]\n"}, ("watches.toml", "actors.UK (line 1)", "GB")),
    ({"watches.toml": "[actors.US]\nnmaes = []\n"}, ("watches.toml", "actors.US.nmaes (line 2)", "names")),
    (
        {"watches.toml": '[actors.US]\npeople = [{ name = "x", form = 2021-01-01 }]\n'},
        ("watches.toml", "actors.US.people[1].form (line 2)", "from"),
    ),
    (watch(channels='["dsek"]') | channel('{ env = "X" }'), ("watches.toml", "watch[1].channels[1] (line 6)", "desk")),
    # feeds.toml
    ({"feeds.toml": "[[fede]]\n"}, ("feeds.toml", "fede (line 1)", "feed")),
    ({"feeds.toml": '[[feed]]\nulr = "x"\n'}, ("feeds.toml", "feed[1].ulr (line 2)", "url")),
    ({"feeds.toml": '[[feed]]\nurl = "htps://x.example"\n'}, ("feeds.toml", "feed[1].url (line 2)", "https")),
    ({"feeds.toml": '[[feed]]\nurl = "https://u:hunter2@x x"\n'}, ("feeds.toml", "feed[1].url (line 2)", None)),
    ({"feeds.toml": '[[feed]]\nurl = "https:hunter2"\n'}, ("feeds.toml", "feed[1].url (line 2)", None)),
    (feed('[[feed]]\nurl = "https://EXAMPLE.org:443"'), ("feeds.toml", "feed[2].url (line 4)", None)),
    (feed('timezone = "Europe/Londn"'), ("feeds.toml", "feed[1].timezone (line 3)", "Europe/London")),
    (feed('language = "en-GB"'), ("feeds.toml", "feed[1].language (line 3)", "en")),
    (feed('interval = "15 min"'), ("feeds.toml", "feed[1].interval (line 3)", None)),
    (feed("interval = 15"), ("feeds.toml", "feed[1].interval (line 3)", None)),
    (feed('interval = "0s"'), ("feeds.toml", "feed[1].interval (line 3)", None)),
    (feed('side = "Kremlin"'), ("feeds.toml", "feed[1].side (line 3)", "RU")),
    (feed("full_text = 1"), ("feeds.toml", "feed[1].full_text (line 3)", None)),
    (feed('headers = { A = "hunter2\\r\\n" }'), ("feeds.toml", "feed[1].headers (line 3)", None)),
    (feed('headers = "hunter2"'), ("feeds.toml", "feed[1].headers (line 3)", None)),
    (feed('proxy = "socks5://hunter2"'), ("feeds.toml", "feed[1].proxy (line 3)", None)),
    # channels.toml
    (channel('"tgram://hunter2"'), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel("{}"), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel('{ env = "A", file = "b" }'), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel('{ env = "tgram://hunter2" }'), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel('{ file = "tgram://hunter2" }'), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel('{ prefect_secret = "tgram://hunter2" }'), ("channels.toml", "channel[1].url (line 3)", None)),
    (channel('{ evn = "A" }'), ("channels.toml", "channel[1].url.evn (line 3)", "env")),
    ({"channels.toml": 'channel = "tgram://hunter2"'}, ("channels.toml", "channel (line 1)", None)),
    (channel('{ env = "A" }', 'qiet_hours = ""'), ("channels.toml", "channel[1].qiet_hours (line 4)", "quiet_hours")),
    (channel('{ env = "A" }', 'quiet_hours = "22-7"'), ("channels.toml", "channel[1].quiet_hours (line 4)", None)),
    (channel('{ env = "A" }', 'timezone = "UCT+1"'), ("channels.toml", "channel[1].timezone (line 4)", "UCT")),
    ({"channels.toml": CHANNEL + CHANNEL}, ("channels.toml", "channel[2].name (line 5)", None)),
    ({"channels.toml": CHANNEL.replace("desk", "terminal")}, ("channels.toml", "channel[1].name (line 2)", None)),
    # settings.toml
    ({"settings.toml": "[stroe]"}, ("settings.toml", "stroe (line 1)", "store")),
    ({"settings.toml": "[fetch]\nhostgap = 1"}, ("settings.toml", "fetch.hostgap (line 2)", "host_gap")),
    ({"settings.toml": "[fetch]\ntimeout = 30"}, ("settings.toml", "fetch.timeout (line 2)", None)),
    ({"settings.toml": "[fetch]\nconcurrency = 0"}, ("settings.toml", "fetch.concurrency (line 2)", None)),
    ({"settings.toml": '[fetch]\nmax_bytes = "9"'}, ("settings.toml", "fetch.max_bytes (line 2)", None)),
    ({"settings.toml": '[fetch]\nuser_agent = "é"'}, ("settings.toml", "fetch.user_agent (line 2)", None)),
    ({"settings.toml": '[store]\nurl = "mysql://u:hunter2@h/d"'}, ("settings.toml", "store.url (line 2)", None)),
    ({"settings.toml": '[board]\npublic_url = "board"'}, ("settings.toml", "board.public_url (line 2)", None)),
    ({"settings.toml": "store = 1"}, ("settings.toml", "store (line 1)", None)),
    # the folder
    ({"packs/talks.toml": 'verb = ["x"]'}, ("packs/talks.toml", "verb (line 1)", "verbs")),
    ({"feed.toml": ""}, ("feed.toml", "", "feeds.toml")),
]


@pytest.mark.parametrize(("files", "expected"), CASES)
def test_a_problem_is_told(folder: Writer, data: Path, files: Files, expected: tuple[str, str, str | None]) -> None:
    """What is wrong is one problem with file, place and what would be right, and no value that may be a secret."""
    place = expected[1] or str(folder())
    found = problems(folder(files), data)
    assert [(expected[0], place, expected[2])] == [(one.file, one.place, one.nearest) for one in found]
    assert "hunter2" not in str(found)


def test_all_problems_are_told(folder: Writer, data: Path) -> None:
    """One check tells all problems of all files."""
    files = {
        "watches.toml": "[[watch]]\nshpae = 1\nparties = [['USSR'], 'x']\nalert_on = ['knew']\n[[watch]]\n",
        "feeds.toml": "[[feed]]\nurl = 'x'\nside = 'X'\n[[feed]]\nname = 1\n",
        "channels.toml": "[[channel]\n",
        "settings.toml": "[fetch]\ntimeout = 0\nx = 1\n",
    }
    found = [(one.file.removesuffix(".toml"), one.place.partition(" ")[0]) for one in problems(folder(files), data)]
    assert sorted(found) == [
        ("channels", "line"),
        ("feeds", "feed[1].side"),
        ("feeds", "feed[1].url"),
        ("feeds", "feed[2].name"),
        ("feeds", "feed[2].url"),
        ("settings", "fetch.timeout"),
        ("settings", "fetch.x"),
        ("watches", "watch[1].alert_on[1]"),
        ("watches", "watch[1].event"),
        ("watches", "watch[1].id"),
        ("watches", "watch[1].parties[1][1]"),
        ("watches", "watch[1].parties[2]"),
        ("watches", "watch[1].shpae"),
        ("watches", "watch[2].event"),
        ("watches", "watch[2].id"),
        ("watches", "watch[2].shape"),
    ]


def test_broken_channels_do_not_make_watches_wrong(folder: Writer, data: Path) -> None:
    """Where channels.toml is no TOML, the channels of watches are not complained of."""
    files = watch(channels='["desk"]') | {"channels.toml": "["}
    assert [one.file for one in problems(folder(files), data)] == ["channels.toml"]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_watches(tmp_path: Path, data: Path, name: str) -> None:
    """A folder without watches.toml is no configuration: it is named, with the command that makes one."""
    (problem,) = problems(tmp_path / name, data)
    assert problem.file == "watches.toml"
    assert f"tocsin init {tmp_path / name}" in problem.problem


def test_load_watches(folder: Writer, data: Path) -> None:
    """A watches file is read alone: channels are not checked, settings not read, packs beside it are known."""
    files = {
        "watches.toml": TALKS + 'channels = ["nobody"]\n' + RECALLS.replace("product_recall", "mine"),
        "packs/mine.toml": 'nouns = ["x"]',
        "settings.toml": "broken",
    }
    knowledge = load_watches(folder(files) / "watches.toml", data=data)
    assert [one.id for one in knowledge.watches] == ["talks", "recalls"]
    assert knowledge.digest != builtin_knowledge(data=data).digest


def test_load_watches_names_its_file(tmp_path: Path, data: Path) -> None:
    """A watches file is named as it was given, whether absent or wrong."""
    path = tmp_path / "mine.toml"
    with pytest.raises(ConfigError) as absent:
        load_watches(path, data=data)
    path.write_text("[[wacth]]")
    with pytest.raises(ConfigError) as wrong:
        load_watches(path, data=data)
    assert [one.problems[0].file for one in (absent.value, wrong.value)] == [str(path)] * 2


def test_the_digest_of_watches(folder: Writer, data: Path) -> None:
    """The digest is the same for the same configuration, and another one for another watch."""
    digests = [load(folder({"watches.toml": text}), data=data)[1].digest for text in (TALKS, TALKS, RECALLS)]
    assert digests[0] == digests[1] != digests[2]


def test_the_built_in_data_is_valid() -> None:
    """What Tocsin is delivered with loads without a problem."""
    knowledge = builtin_knowledge()
    assert {"US", "RU", "GB", "UN", "NATO"} <= knowledge.actors.keys()
    assert "en" in knowledge.languages


def test_every_change_can_be_announced(folder: Writer, data: Path) -> None:
    """alert_on takes every change of its shape."""
    every = [str(change) for change in CHANGES[Shape.OCCASION]]
    _, knowledge = load(folder(watch(alert_on=repr(every))), data=data)
    assert knowledge.watches[0].alert_on == CHANGES[Shape.OCCASION]


def test_other_files_are_left_alone(folder: Writer, data: Path) -> None:
    """A folder may hold other TOML files: a project's own, for example."""
    assert load(folder({"pyproject.toml": "[", "feeds.toml": ""}), data=data)
