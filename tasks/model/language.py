"""Types. A language as data: the words that the detection rules run on (config/languages/ID.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Words and phrases that decide factuality, each list in lower case; longest match wins."""

    future: tuple[str, ...] = ()  # will, is set to, scheduled for
    tentative: tuple[str, ...] = ()  # may, could, proposed, invited
    confirmed: tuple[str, ...] = ()  # agreed to, confirmed
    under_way: tuple[str, ...] = ()  # began, arrived for
    held: tuple[str, ...] = ()  # met, concluded, after meeting
    cancelled: tuple[str, ...] = ()
    postponed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  # brought forward, instead of, will now
    reinstated: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()
    hypothetical: tuple[str, ...] = ()  # if, would, ready to, called for
    background: tuple[str, ...] = ()  # last year, a year ago, anniversary
    previous: tuple[str, ...] = ()  # originally, earlier, had been: the old value follows
    side_clause: tuple[str, ...] = ()  # ahead of, before, after, amid, as, while
    more: tuple[str, ...] = ()  # more, additional, second, another


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionWords:
    """Words that tie a statement to who says it."""

    say: tuple[str, ...] = ()  # verbs of saying, every form
    carry: tuple[str, ...] = ()  # writes, reports: the outlet that carries it
    according: tuple[str, ...] = ()  # according to, in the words of
    collective: tuple[str, ...] = ()  # intelligence, officials, sources: unnamed speakers
    titles: tuple[str, ...] = ()  # president, secretary of state


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The words of dates; the detection of dates defines and documents each table."""

    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: `id` is its ISO 639-1 code."""

    id: str
    dates: DateWords = field(default_factory=DateWords)
    cues: Cues = field(default_factory=Cues)
    attribution: AttributionWords = field(default_factory=AttributionWords)
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # lemma → forms that rules do not make
    abbreviations: tuple[str, ...] = ()  # words whose dot ends no sentence
