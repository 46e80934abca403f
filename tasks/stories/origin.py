"""Pure. Who really stands behind an article: an agency, an outlet family, an outlet. Five agency copies are one origin."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.model.feed import Article
from tasks.model.outlet import Agency
from tasks.stories.address import host_of
from tasks.stories.sketch import words

_HEAD = 250  # a dateline stands in the first sentence: CITY, Month day (AGENCY) —
_TAIL = 400  # credits stand in the last lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who stands behind an article: `agency:ap`, `family:…` or `outlet:…`, and what says so."""

    id: str
    why: str


Test = Callable[[Article, Agency], bool]


def origin_of(article: Article, agencies: Iterable[Agency]) -> Origin:
    """Find who stands behind an article, by the surest sign first; two agencies on one sign are none."""
    known = tuple(agencies)
    written = _written(article, known)
    for why, test in _SIGNS:
        named = [agency for agency in (written if test in _IN_WRITING else known) if test(article, agency)]
        if len(named) == 1:
            return Origin(id=f"agency:{named[0].id}", why=why)
    if article.family:
        return Origin(id=f"family:{_slug(article.family)}", why="family of the feed")
    return _outlet(article)


def _written(article: Article, agencies: tuple[Agency, ...]) -> tuple[Agency, ...]:
    """Give the agencies to look for in the writing: none, in a tenth of the time, where no name of any stands there."""
    parts = (article.text[:_HEAD], article.text[-_TAIL:], article.summary[:_HEAD], article.summary[-_TAIL:])
    read = "\n".join(parts).casefold()
    return agencies if any(name in read for name in _all_names(agencies)) else ()


@lru_cache(maxsize=16)
def _all_names(agencies: tuple[Agency, ...]) -> tuple[str, ...]:
    names = (name.casefold() for one in agencies for name in (*one.names, *one.marks, *one.credits))
    return tuple(dict.fromkeys(names))


def _outlet(article: Article) -> Origin:
    host = host_of(article.url) or host_of(article.id)
    if article.source:
        return Origin(id=f"outlet:{_slug(article.source)}", why="name of the outlet")
    if host:
        return Origin(id=f"outlet:{host}", why="host of the address")
    return Origin(id=f"article:{article.id}", why="nothing names an outlet")


def _slug(name: str) -> str:
    return "-".join(words(name)) or "unnamed"


def _by_host(article: Article, agency: Agency) -> bool:
    host = host_of(article.url) or host_of(article.id)
    return any(host == own or host.endswith(f".{own}") for own in agency.hosts)


def _by_source(article: Article, agency: Agency) -> bool:
    return _is_named(article.source, agency)


def _by_author(article: Article, agency: Agency) -> bool:
    if not article.author:
        return False
    parts = re.split(r"[,;/|&()]|\band\b|\bfor\b|\bwith\b", article.author)
    return any(_is_named(part, agency) for part in parts)


def _by_dateline(article: Article, agency: Agency) -> bool:
    return any(_dateline(agency).search(head) for head in (article.text[:_HEAD], article.summary[:_HEAD]))


def _by_credit(article: Article, agency: Agency) -> bool:
    tail = article.text[-_TAIL:] if article.text else article.summary[-_TAIL:]
    return bool(_credit(agency).search(tail))


_SIGNS: tuple[tuple[str, Test], ...] = (
    ("host of an agency", _by_host),
    ("agency as source", _by_source),
    ("byline", _by_author),
    ("dateline", _by_dateline),
    ("credit at the end", _by_credit),
)
_IN_WRITING = frozenset({_by_dateline, _by_credit})


def _is_named(text: str, agency: Agency) -> bool:
    return _bare(text) in _bare_names(agency)


@lru_cache(maxsize=256)
def _bare_names(agency: Agency) -> frozenset[str]:
    return frozenset(_bare(name) for name in (*agency.names, *agency.marks))


def _bare(name: str) -> str:
    """Leave only the name of "By The Associated Press", "Reuters Staff"."""
    kept = [
        word for word in words(name) if word not in {"by", "the", "from", "staff", "newsroom", "agency", "agencies"}
    ]
    return " ".join(kept)


@lru_cache(maxsize=256)
def _dateline(agency: Agency) -> re.Pattern[str]:
    named = _any_of((*agency.names, *agency.marks))
    return re.compile(rf"[(\[/](?:the )?(?:{named})[)\]/]|^(?:{named})\s?[-–—]{{1,2}}\s", re.MULTILINE)


@lru_cache(maxsize=256)
def _credit(agency: Agency) -> re.Pattern[str]:
    named = _any_of((*agency.names, *agency.marks))
    own = f"|{_any_of(agency.credits)}" if agency.credits else ""
    return re.compile(rf"(?:©|\(c\)|copyright|source:|photo and text:)\s*(?:\d{{4}} )?(?:the )?(?:{named})\b|[(\[](?:{named})[)\]]\s*$"
                      rf"{own}", re.IGNORECASE)  # fmt: skip


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in phrases)
