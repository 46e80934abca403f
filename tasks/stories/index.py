"""Pure. The filing of articles into stories in memory, for the batch commands: the store decides with the same functions."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from tasks.model.feed import Article
from tasks.model.outlet import Agency
from tasks.stories.address import canonical_url
from tasks.stories.origin import Origin, origin_of
from tasks.stories.same import first_same
from tasks.stories.sketch import Sketch, sketch

MOST_OF_A_KEY = 50  # stories, the newest: a key that leads to more is of a footer or a rubric, and tells nothing
MOST_CANDIDATES = 50  # verified per article, those that share most keys first: copies share many, chance shares one


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where an article was put: its story, the story's origin, and the story's first article where that is another."""

    story: str
    origin: str
    duplicate_of: str | None


@dataclass(slots=True)
class _Story:
    first: str
    origin: Origin


@dataclass(slots=True)
class StoryIndex:
    """Files articles one by one, in the order given; each id once."""

    agencies: tuple[Agency, ...] = ()
    _stories: dict[str, _Story] = field(default_factory=dict)  # by article id
    _by_address: dict[str, str] = field(default_factory=dict)
    _by_key: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # story → its newest article
    _articles: dict[str, Article] = field(default_factory=dict)

    def file(self, article: Article) -> Filed:
        """Put an article to the story it carries, or open one."""
        keys = sketch(article)
        story = self._found(article, keys) or _Story(article.id, origin_of(article, self.agencies))
        self._remember(article, keys, story)
        other = story.first if story.first != article.id else None
        return Filed(story=story.first, origin=story.origin.id, duplicate_of=other)

    def _found(self, article: Article, keys: Sketch) -> _Story | None:
        known = self._by_address.get(canonical_url(article.url))
        if known is not None:
            return self._stories[known]
        same = first_same(article, self._candidates(keys))
        return self._stories[same.id] if same else None

    def _candidates(self, keys: Sketch) -> Iterable[Article]:
        shared = Counter(name for key in keys.keys for name in _newest(self._by_key.get(key, {})))
        return (self._articles[name] for name, _ in shared.most_common(MOST_CANDIDATES))

    def _remember(self, article: Article, keys: Sketch, story: _Story) -> None:
        self._stories[article.id] = story
        self._articles[article.id] = article
        if address := canonical_url(article.url):
            self._by_address.setdefault(address, article.id)
        for key in keys.keys:
            self._by_key[key][story.first] = article.id


def _newest(articles: dict[str, str]) -> Iterable[str]:
    return islice(reversed(articles.values()), MOST_OF_A_KEY)
