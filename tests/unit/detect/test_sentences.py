"""Unit tests of tasks/detect/sentences.py."""

import time

import pytest

from tasks.detect.sentences import Sentence, article_end, split

ABBREVIATIONS = ("mr", "gen", "no", "inc", "jan", "u.s", "a.m", "p.m", "e.g")


def texts(text: str) -> list[str]:
    found = split(text, "text", ABBREVIATIONS)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [one.flat for one in found]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The envoys met.", "Nothing was agreed."],
        ["Did they meet?", "They did!", "And left…", "Quietly."],
        ["Mr. Orlov met Gen. Pike.", "They shook hands."],
        ["Delegates of the U.S. Senate flew to Bern.", "They return on Monday."],
        ["The offer came from the U.S.", "They took it."],
        ["It starts at 9 a.m. on Tuesday.", "It ends at 5 p.m.", "The hall is open."],
        ["He is J. R. Moreau of Lyon.", "She is not."],
        ["Rates rose by 3.5 points to No. 4 of the list.", "No 10 was silent."],
        ["The plant of Acme Inc. Germany is closed.", "It was sold to Acme Inc.", "The price is unknown."],
        ["“We will come.”", "“We may not,” said the other."],
        ['He said: "No."', "Then he left."],
        ["“Who are they?” Ms Okafor asked.", "Nobody knew."],
        ["Talks (in Oslo.) They failed."],
        ["In 2021 they met.", "12 people came."],
        ["Talks about trade, e.g. steel, go on."],
        ["They waited... and waited.", "Nobody came."],
    ],
)
def test_sentences_end_at_their_marks_and_nowhere_else(sentences: list[str]) -> None:
    """Marks end a sentence, with their closing quotes; dots of abbreviations, initials and numbers do not."""
    if sentences == ["Talks (in Oslo.) They failed."]:
        sentences = ["Talks (in Oslo.)", "They failed."]
    assert texts(" ".join(sentences)) == sentences


def test_a_line_may_be_wrapped_inside_a_sentence() -> None:
    """A wrapped line goes on; `flat` gives one line of the same length."""
    text = "The two ministers will hold a second round of\ntalks in Muscat next week, two people who know the\nplan said. A third was not so sure."
    assert texts(text) == [
        "The two ministers will hold a second round of talks in Muscat next week, two people who know the plan said.",
        "A third was not so sure.",
    ]
    (first, _) = split(text, "text", ())
    assert "\n" in first.text
    assert len(first.flat) == len(first.text)


def test_a_capital_after_a_wrap_does_not_end_the_sentence() -> None:
    """A name at the start of a wrapped line belongs to the sentence before."""
    text = "Officials of both sides have confirmed that the President of\nMoldova will take part in the conference on Thursday, and the\nGeorgian one too."
    assert len(texts(text)) == 1


@pytest.mark.parametrize(
    "text", ["A short heading\nThe ministers will meet on Monday in the old town hall.", "One\n\nTwo", "One\n \t\nTwo"]
)
def test_headings_and_paragraphs_end_sentences(text: str) -> None:
    """A line that was ended on purpose ends a sentence without any mark."""
    assert len(texts(text)) == 2


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    """Where lines are too long to be wrapped, every line is a paragraph."""
    long = "The committee of the two chambers has heard nine witnesses on the matter and will hear four more of them before the break"
    assert texts(f"{long}\n{long}") == [long, long]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "It may be held this autumn.Hungary offers a venue.",
            ["It may be held this autumn.", "Hungary offers a venue."],
        ),
        (
            "The minister at the port REUTERSThe port was closed.",
            ["The minister at the port REUTERS", "The port was closed."],
        ),
        ("See example.com or Node.js for more.", ["See example.com or Node.js for more."]),
        ("The U.S.A. and the U.K. agree.", ["The U.S.A. and the U.K. agree."]),
        ("NATO, OPEC and UNESCO agree.", ["NATO, OPEC and UNESCO agree."]),
    ],
)
def test_glued_joints_are_split(text: str, sentences: list[str]) -> None:
    """Sentences that scraping glued together are two; names with dots or capitals are one."""
    assert texts(text) == sentences


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tanks on a train / photo AGENCY", "Tanks on a train"),
        ("Tanks on a train. (Photo: A. Person/AGENCY)", "Tanks on a train."),
        ("Tanks on a train (file photo)", "Tanks on a train"),
        ("Tanks on a train. Image credit: AGENCY via Pool", "Tanks on a train."),
        ("Photo by A Person", ""),
        ("The photo of the tank was a fake.", "The photo of the tank was a fake."),
        ("They share the big picture.", "They share the big picture."),
    ],
)
def test_photo_credits_are_left_out(text: str, left: str) -> None:
    """A credit at the end of a sentence is cut off; the word photo alone is none."""
    assert " ".join(texts(text)) == left


@pytest.mark.parametrize(
    "tail",
    [
        "(C)AGENCY 2021\n\n 1. What a shame.\n\nLiked by 2 people",
        "© 2024 The Daily Lantern. All rights reserved.",
        "Copyright 2024 The Daily Lantern",
        "Leave a Reply\n\nFill in your details below",
        "  1. What a shame, they never learn. Talk, talk, talk.\n    Ugh!\n\n    Liked by 1 person\n\nReply",
        "3 comments\nWhat a shame.",
        "Related:\nAnother headline about talks",
        "Related articles\nAnother headline about talks",
        "Read more: Another headline about talks",
        "Subscribe to our newsletter\nAnother headline",
        "Sign up for our newsletter",
        "Follow us on the usual networks",
        "Tags: talks, Geneva",
    ],
)
def test_the_tail_of_a_page_is_dropped(tail: str) -> None:
    """Comments, reply forms, links and rights are no part of the article, nor is anything behind them."""
    article = "The ministers will meet in Oslo on Friday. They have not met since March."
    assert texts(f"{article}\n\n{tail}\n\nOne more line.") == [
        "The ministers will meet in Oslo on Friday.",
        "They have not met since March.",
    ]


def test_an_aside_in_the_first_half_loses_its_line_only() -> None:
    """A link between paragraphs does not end the article."""
    rest = [
        "The ministers will meet in Oslo on Friday, in the afternoon.",
        "They have not met since the conference in March.",
    ]
    assert texts("The plan is out.\nRead more: Another headline\n" + "\n".join(rest)) == ["The plan is out.", *rest]


def test_an_aside_before_more_prose_loses_its_line_only() -> None:
    """Where paragraphs follow a link, the article goes on, in its second half too."""
    prose = "The delegation, which had waited for eleven hours in the building, did not want to comment on the offer."
    assert texts(f"They met.\nRead more: Another headline\n{prose}\n{prose}") == ["They met.", prose, prose]


@pytest.mark.parametrize(
    "text",
    [
        "Related parties will meet.",
        "Read more than the title, he said.",
        "Commenters were angry.",
        "Subscribers left.",
        "More from them is expected, he said.",
    ],
)
def test_prose_that_begins_like_a_cue_stays(text: str) -> None:
    """A sentence is no cue because its first word is one."""
    whole = f"They met.\n{text}"
    assert article_end(whole) == len(whole)


def test_a_sentence_says_where_it_stands() -> None:
    """Field and offsets point into the original."""
    assert split("  One. Two.", "summary", ())[1] == Sentence("Two.", "summary", 7, 11)


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "\n"])
def test_nothing_gives_little(text: str) -> None:
    """Empty texts have no sentence, and marks alone are no reason to fail."""
    assert len(split(text, "text", ())) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "!" * 100_000,
        ". " + " " * 100_000,
        "(photo " * 15_000,
        "A" * 100_000,
        "\n \t" * 30_000,
        "Liked by\n1. \n" * 8_000,
    ],
)
def test_hostile_texts_take_no_quadratic_time(text: str) -> None:
    """A hundred kilobytes of one thing are cut in well under the seconds that a quadratic rule would need."""
    began = time.process_time()
    split(text, "text", ABBREVIATIONS)
    assert time.process_time() - began < 2
