"""A whole article, invented, with the traps of a real one: what it says of three watches, and nothing more."""

from datetime import UTC, datetime

from tests.support.reading import alerts, mentions, piece

WATCHES = """
[[watch]]
id = "quota-talks"
shape = "occasion"
event = "talks"
parties = [["JP"], ["KR"]]
about = ["squid quotas"]

[[watch]]
id = "bloc-talks"
shape = "occasion"
event = "talks"
parties = [["ASEAN"], ["KR"]]

[[watch]]
id = "himalaya-troops"
shape = "activity"
event = "troop_movement"
parties = [["IN"]]
places = ["Nepal", "Bhutan"]

[actors.JP]
people = [{ name = "Haruto Mori", role = "deputy foreign minister", from = 2030-01-01 }]
"""

TITLE = "Date of the conversation on squid quotas is out"
TEXT = """
An exchange is possible early in the spring.

Direct talks between Japan and South Korea may take place in April 2031.

This announcement was made by Japanese Deputy Foreign Minister Haruto Mori, writes Radio Pacific.

The talks will deal with squid quotas, the harbours and the patrol boats of both neighbours.

"We shall settle on a day with our neighbours, and we trust that this will be in April," Mori told reporters.

Mori, in talks with South Korea on January 20, turned down a wish for more patrol boats.

However, on February 9, ASEAN invited South Korea to a meeting of the fishing council.

Norwegian observers confirm unusual movements of Indian troops along the border with Nepal.
"""
PUBLISHED = datetime(2031, 3, 4, 12, tzinfo=UTC)


def test_one_alert_a_development_and_no_old_date() -> None:
    """Talks in April, tentative; an invitation without a day; troops at a border; neither January nor February is news."""
    said = alerts(WATCHES, piece(TEXT, title=TITLE, at=PUBLISHED))
    assert sorted((one.watch, str(one.change), str(one.status), one.parties) for one in said) == [
        ("bloc-talks", "new", "tentative", ("ASEAN", "KR")),
        ("himalaya-troops", "new", "reported", ("IN",)),
        ("quota-talks", "new", "tentative", ("JP", "KR")),
    ]
    by_watch = {one.watch: one for one in said}
    april = by_watch["quota-talks"].when
    assert april
    assert (str(april.low), str(april.high), str(april.grain)) == ("2031-04-01", "2031-04-30", "month")
    assert by_watch["bloc-talks"].when is None
    assert by_watch["himalaya-troops"].place == "border with Nepal"


def test_who_said_so() -> None:
    """The speaker stands in the sentence after the news, with the station that carries it; the troops have observers."""
    found = {
        one.watch: one.attribution
        for one in reversed(mentions(WATCHES, TEXT, title=TITLE, at=PUBLISHED))
        if one.accepted
    }
    talks = found["quota-talks"]
    assert (talks.speaker, talks.side, talks.via) == ("Haruto Mori", "JP", "Radio Pacific")
    assert found["himalaya-troops"].speaker == "Norwegian observers"


def test_the_same_article_again_says_nothing_more() -> None:
    """A reprint stands behind the same developments."""
    again = piece(TEXT, title=TITLE, at=PUBLISHED, name="https://b.example/2")
    assert len(alerts(WATCHES, piece(TEXT, title=TITLE, at=PUBLISHED), again)) == 3
