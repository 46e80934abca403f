"""Pure. Articles to readings, with everything compiled once from the knowledge."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from ahocorasick_rs import AhoCorasick

from tasks.detect.actors import ActorFinder
from tasks.detect.clauses import ClauseSplitter
from tasks.detect.dates import DateTagger
from tasks.detect.mentions import WatchReader
from tasks.detect.scene import Finders, Scene
from tasks.detect.sentences import Sentence, split
from tasks.model.feed import Article
from tasks.model.language import Language
from tasks.model.mention import ActorMention, Mention, Reading
from tasks.model.watch import Knowledge
from tasks.model.when import Timex

FIELDS = ("title", "summary", "text")
# The title and the first sentences of a text say what the report is about.
LEAD_SENTENCES = 3
# No sentence of prose is longer (of 91,000 the longest has 2,342 characters): what is, a list or an attack, is read in pieces.
LONGEST_SENTENCE = 2500
DEFAULT_LANGUAGE = "en"


class Reader:
    """Reads articles for all watches; build one per process, it compiles its matchers when made."""

    def __init__(self, knowledge: Knowledge) -> None:
        actors = ActorFinder(knowledge.actors)
        self._languages = {
            id_: LanguageReader(knowledge, language, actors) for id_, language in knowledge.languages.items()
        }

    def read(self, article: Article) -> Reading:
        """Find the accepted and refused mentions of an article that passes the prefilter."""
        return Reading(mentions=tuple(self._language(article).mentions(article)))

    def explain(self, article: Article) -> Reading:
        """Find every date, actor and mention, without the prefilter."""
        language = self._language(article)
        return Reading(
            dates=tuple(timex for field in FIELDS for timex in language.dates(article, getattr(article, field), field)),
            actors=tuple(
                named for field in FIELDS for named in language.actors(article, getattr(article, field), field)
            ),
            mentions=tuple(language.mentions(article, prefilter=False)),
        )

    def _language(self, article: Article) -> "LanguageReader":
        return self._languages.get(article.language[:2].lower()) or self._languages[DEFAULT_LANGUAGE]


class LanguageReader:
    """Reads articles of one language."""

    def __init__(self, knowledge: Knowledge, language: Language, actors: ActorFinder) -> None:
        self._abbreviations = language.abbreviations
        self._actors = actors
        self._clauses = ClauseSplitter(language.cues)
        self._tagger = DateTagger(language.dates)
        self._watches = tuple(WatchReader(watch, language) for watch in knowledge.watches)
        self._prefilter = Prefilter(tuple(watch.words for watch in self._watches))

    def mentions(self, article: Article, *, prefilter: bool = True) -> Iterator[Mention]:
        """Yield the mentions of every watch whose words stand in the article, or of all."""
        texts = (article.title, article.summary, article.text)
        watches = self._prefilter.touched("\n".join(texts)) if prefilter else range(len(self._watches))
        scenes = self._scenes(article) if watches else ()
        touched = [frozenset(self._prefilter.touched(scene.text)) for scene in scenes] if prefilter else []
        for number in watches:
            yield from self._watches[number].read(around(scenes, touched, number) if prefilter else scenes)

    def dates(self, article: Article, text: str, field: str) -> Iterator[Timex]:
        """Yield the dates of a text of the article."""
        return self._tagger.find(text, field, article.published or article.first_seen, zone_of(article))

    def actors(self, article: Article, text: str, field: str) -> tuple[ActorMention, ...]:
        """Give the actors of a text of the article."""
        return self._actors.find(text, field, published_day(article))

    def _scenes(self, article: Article) -> tuple[Scene, ...]:
        finders = Finders(
            clauses=self._clauses.split,
            actors=lambda text, field: self.actors(article, text, field),
            dates=lambda text, field: self.dates(article, text, field),
        )
        published = published_day(article)
        return tuple(
            Scene(sentence, finders, published=published, lead=field == "title" or place < LEAD_SENTENCES)
            for field in FIELDS
            for place, sentence in enumerate(self._sentences(article, field))
        )

    def _sentences(self, article: Article, field: str) -> tuple[Sentence, ...]:
        sentences = split(getattr(article, field), field, self._abbreviations)
        return tuple(piece for sentence in sentences for piece in pieces(sentence))


def pieces(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, or, where it is too long for one, its pieces, cut between words."""
    text, start = sentence.text, 0
    while len(text) - start > LONGEST_SENTENCE:
        end = text.rfind(" ", start + 1, start + LONGEST_SENTENCE) + 1 or start + LONGEST_SENTENCE
        yield _piece(sentence, start, end)
        start = end
    yield _piece(sentence, start, len(text)) if start else sentence


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    at = sentence.start
    return Sentence(text=sentence.text[start:end], field=sentence.field, start=at + start, end=at + end)


class Prefilter:
    """Tells which watches an article can concern, in one pass over its text (Aho-Corasick)."""

    def __init__(self, words: tuple[tuple[str, ...], ...]) -> None:
        self._owners: dict[str, set[int]] = {}
        for number, own in enumerate(words):
            for word in own:
                self._owners.setdefault(word.lower(), set()).add(number)
        self._words = tuple(self._owners)
        self._automaton = AhoCorasick(self._words)

    def touched(self, text: str) -> tuple[int, ...]:
        """Give the numbers of the watches with a word in the text, in order."""
        flat = " ".join(text.lower().split())
        matches = self._automaton.find_matches_as_indexes(flat, overlapping=True)
        found = {place for place, start, end in matches if _whole(flat, start, end)}
        return tuple(sorted({number for place in found for number in self._owners[self._words[place]]}))


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether no word goes on over an end of a match: "met", not "something"."""
    opens = not (text[start].isalnum() and text[start - 1 : start].isalnum())
    return opens and not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


def around(scenes: tuple[Scene, ...], touched: list[frozenset[int]], number: int) -> Iterator[Scene]:
    """Yield the scenes with a word of a watch, and the one behind each, which may say whose words those were."""
    before = False
    for scene, watches in zip(scenes, touched, strict=True):
        here = number in watches
        if here or before:
            yield scene
        before = here


def zone_of(article: Article) -> tzinfo | None:
    """Give the zone that relative dates belong to: the feed's, else the offset of the published stamp."""
    if article.timezone:
        return ZoneInfo(article.timezone)
    return article.published.tzinfo if article.published else None


def published_day(article: Article) -> date | None:
    """Give the publishing day in the zone that relative dates belong to; the day first seen where none is stated."""
    stamp: datetime | None = article.published or article.first_seen
    return stamp.astimezone(zone_of(article) or UTC).date() if stamp else None
