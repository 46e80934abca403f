"""Filing in memory."""

from datetime import timedelta

from tasks.model.outlet import Agency
from tasks.stories.index import MOST_OF_A_KEY, StoryIndex
from tests.support.nouns import NOON, article, prose


def test_copies_share_story_and_origin() -> None:
    """Copies are filed to the first; its origin is theirs."""
    index = StoryIndex(agencies=(Agency(id="ap", marks=("AP",)),))
    text = f"OLD HARBOUR (AP) — {prose(1)}"
    first = index.file(article("https://a.example/1", text=text))
    copy = index.file(article("https://b.example/2", text=text[40:], source="Herald"))
    apart = index.file(article("https://c.example/3", text=prose(2), source="Herald"))
    assert (first.story, first.origin, first.duplicate_of) == ("https://a.example/1", "agency:ap", None)
    assert (copy.story, copy.origin, copy.duplicate_of) == ("https://a.example/1", "agency:ap", "https://a.example/1")
    assert (apart.story, apart.origin, apart.duplicate_of) == ("https://c.example/3", "outlet:herald", None)


def test_copies_of_copies() -> None:
    """What resembles a copy more than the first is filed to the same story."""
    index = StoryIndex()
    a, b, c, d = prose(1, 100), prose(2, 150), prose(3, 150), prose(4, 100)
    texts = (f"{a} {b}", f"{b} {c}", f"{c} {d}")
    found = [index.file(article(f"https://{n}.example/", text=text)) for n, text in enumerate(texts)]
    assert {one.story for one in found} == {"https://0.example/"}


def test_one_address_is_one_story() -> None:
    """New headlines under one address are one story, whatever else it carries along."""
    index = StoryIndex()
    first = index.file(article("1", title="Ferry late", text="", url="https://www.a.example/x?utm_source=rss"))
    second = index.file(article("2", title="Ferry sunk, many saved", text="", url="http://a.example/x/"))
    assert (second.story, second.duplicate_of) == (first.story, "1")


def test_without_address() -> None:
    """Articles without an address are told apart by what they say."""
    index = StoryIndex()
    found = [index.file(article(str(n), title="", text=prose(n), url="")) for n in range(3)]
    assert len({one.story for one in found}) == 3


def test_a_key_that_many_stories_share_leads_to_the_newest() -> None:
    """A rubric's title is looked up among so many stories and no more; a copy is found by its text."""
    index = StoryIndex()
    rubric = [article(f"https://a.example/{n}", title="The week in pictures from around the world", text=prose(n), published=NOON + n * timedelta(days=7)) for n in range(MOST_OF_A_KEY + 5)]  # fmt: skip
    assert len({index.file(one).story for one in rubric}) == len(rubric)
    copy = article("https://b.example/copy", title="Something else", text=rubric[0].text, published=rubric[0].published)
    assert index.file(copy).duplicate_of == rubric[0].id
