"""Types. A language as data: the words that the detection rules run on (config/languages/ID.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Words and phrases that decide factuality, each list in lower case; longest match wins."""

    future: tuple[str, ...] = ()  # will, is set to, scheduled for
    infinitive: tuple[str, ...] = ()  # to: right before a verb it is a plan
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
    conditional: tuple[str, ...] = ()  # if, once: what hangs on them is no plan
    background: tuple[str, ...] = ()  # last year, a year ago, anniversary
    previous: tuple[str, ...] = ()  # originally, earlier, had been: the old value follows
    ahead: tuple[str, ...] = ()  # ahead of, before: a side clause after them is still to come
    afterwards: tuple[str, ...] = ()  # after, following: a side clause after them is over
    backdrop: tuple[str, ...] = ()  # amid, despite: a side clause after them is background
    side_clause: tuple[str, ...] = ()  # as, while, when, but
    relative: tuple[str, ...] = ()  # where, which: a side clause after them tells what was before
    perfect: tuple[str, ...] = ()  # has, have: a past form after them is no news of today
    not_side: tuple[str, ...] = ()  # phrases in which a side-clause word opens none: as well, such as
    more: tuple[str, ...] = ()  # more, additional, second, another
    during: tuple[str, ...] = ()  # in, during: what is said in a meeting tells that it took place
    saying: tuple[str, ...] = ()  # discusses: a meeting right behind it is what is talked about
    explainer: tuple[str, ...] = ()  # openings of titles that report nothing new: opinion, analysis, what to know


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentWords:
    """Words that tell a participant from a bystander, a topic and a venue."""

    topic: tuple[str, ...] = ()  # prepositions before what is talked about: on, over, about
    venue: tuple[str, ...] = ()  # prepositions before a place: in, at, near
    of: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()  # to, with: right after the trigger they bring a participant: visit to
    topic_heads: tuple[str, ...] = ()  # nouns that turn the name before them into a topic: war, plan, border
    diplomatic: tuple[str, ...] = ()  # nouns whose adjective takes part: minister, delegation, officials
    pronouns: tuple[str, ...] = ()  # he, they: the reporter of "A says he will …" takes part
    definite: tuple[str, ...] = ()  # the, this, these: a noun after them refers back
    joined: tuple[str, ...] = ()  # and, with
    modifiers: tuple[str, ...] = ()  # what may stand between a preposition and a name: the, former
    place_heads: tuple[str, ...] = ()  # border with, outskirts of, near: they belong to the place that follows


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionWords:
    """Words that tie a statement to who says it."""

    say: tuple[str, ...] = ()  # verbs of saying, every form
    carry: tuple[str, ...] = ()  # writes, reports: the outlet that carries it
    according: tuple[str, ...] = ()  # according to, in the words of
    collective: tuple[str, ...] = ()  # intelligence, officials, sources: unnamed speakers
    titles: tuple[str, ...] = ()  # president, secretary of state
    statements: tuple[str, ...] = ()  # openings that refer to the sentence before: this statement
    passive: tuple[str, ...] = ()  # made by: the speaker follows
    articles: tuple[str, ...] = ()  # not part of a role


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """Words of quantities."""

    numbers: Mapping[str, int] = field(default_factory=dict)  # two, dozen → value
    scales: Mapping[str, int] = field(default_factory=dict)  # after a number: thousand → factor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """Words around the subject of a notice."""

    cause: tuple[str, ...] = ()  # over, due to: what follows is the hazard, not the product
    filler: tuple[str, ...] = ()  # words that tell no two subjects apart: company, nationwide, products


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The words of dates, each in lower case; a blank in a phrase stands for any space. Rules and resolver know no others."""

    # Names: what they stand for.
    months: Mapping[str, int] = field(default_factory=dict)  # names and abbreviations (without dot) → 1 to 12
    weekdays: Mapping[str, int] = field(default_factory=dict)  # names and abbreviations → 0 (Monday) to 6
    seasons: Mapping[str, int] = field(default_factory=dict)  # → the first of its three months
    holidays: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # → month, day [, the weekday from that day on]; month 0: days from Easter
    spoken_years: Mapping[str, int] = field(
        default_factory=dict
    )  # nineteen → the year that the number behind it adds to
    from_now: Mapping[str, int] = field(default_factory=dict)  # stands behind its unit: the week after next → 2
    days: Mapping[str, int] = field(default_factory=dict)  # today, tomorrow → days from the publishing day
    units: Mapping[str, str] = field(default_factory=dict)  # singular → day, week, weekend, month, quarter, year
    plurals: Mapping[str, str] = field(default_factory=dict)  # plural → the same
    numbers: Mapping[str, int] = field(default_factory=dict)  # a, two → count
    ordinals: Mapping[str, int] = field(default_factory=dict)  # first → 1; -1 is the last
    ordinal_suffixes: tuple[str, ...] = ()  # 10th
    quarter_prefix: str = ""  # Q3
    decade_suffixes: tuple[str, ...] = ()  # the 1990s
    shifts: Mapping[str, int] = field(default_factory=dict)  # next → 1, this → 0, last → -1
    of_week: tuple[str, ...] = ()  # those that with a weekday name the one of another week: next Monday
    parts: Mapping[str, str] = field(
        default_factory=dict
    )  # stands before its unit → early, mid, late, start, middle, end, first_half, second_half
    ends: Mapping[str, str] = field(default_factory=dict)  # stands after its unit (year-end) → part
    bounds: Mapping[str, str] = field(default_factory=dict)  # stands before its date → on, by, not_before, until
    negations: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()  # bounds that a negation turns to not_before: will not meet before Monday
    # Clock times.
    half_days: Mapping[str, int] = field(default_factory=dict)  # a.m. → 0, p.m. → 12
    clock_words: Mapping[str, int] = field(default_factory=dict)  # noon → hour
    zones: Mapping[str, str] = field(default_factory=dict)  # stands after its clock time → offset or IANA name
    day_parts: tuple[str, ...] = ()  # morning, evening: belong to a day, make it no finer
    # Small words that join the pieces.
    articles: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    at: tuple[str, ...] = ()  # before a day or a clock time: on, at
    into: tuple[str, ...] = ()  # before a bare year, month or season: in, since, for
    before_ordinal: tuple[str, ...] = ()  # before a day that is a number alone: on the 10th
    in_time: tuple[str, ...] = ()  # in two weeks
    ago: tuple[str, ...] = ()  # two weeks ago
    hence: tuple[str, ...] = ()  # two weeks from now
    before: tuple[str, ...] = ()  # two weeks before 10 January
    after: tuple[str, ...] = ()  # two weeks after 10 January
    within: tuple[str, ...] = ()  # within two weeks
    coming: tuple[str, ...] = ()  # the coming days
    recent: tuple[str, ...] = ()  # the past weeks
    later: tuple[str, ...] = ()  # later this week
    week_of: tuple[str, ...] = ()
    year_word: tuple[str, ...] = ()  # the year 2022
    to: tuple[str, ...] = ()  # joins a range
    now: tuple[str, ...] = ()  # an end of a range, alone no date
    open_range: tuple[str, ...] = ()  # before a range, whose ends may then be of two sizes: from March 2020 to today
    between: tuple[str, ...] = ()  # opens a range that `and_` joins
    and_: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()  # from X to Y after these is a move, no range
    # What is no date.
    sets: tuple[str, ...] = ()  # each, every
    sets_after: tuple[str, ...] = ()  # Monday nights
    ambiguous: tuple[
        str, ...
    ] = ()  # names that are also other words: they need a capital and a number or `into` beside them
    dead: tuple[str, ...] = ()  # names of things that contain a date
    compared: tuple[str, ...] = ()  # before "a year ago": then a figure is compared, and no day meant
    counted: tuple[str, ...] = ()  # after a number: then it is no year
    spans: tuple[str, ...] = ()  # before "in two years": then it is a length (the first time in two years)
    # Tense: what tells past from future.
    future: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # asked only where no other verb is near
    past_endings: tuple[str, ...] = ()  # of regular verbs
    not_past: tuple[str, ...] = ()  # words with such an ending that are none
    infinitive: tuple[str, ...] = ()  # to meet
    not_infinitive: tuple[str, ...] = ()  # after it: then it is a preposition
    possessives: tuple[str, ...] = ()  # their June summit: past
    genitives: tuple[str, ...] = ()  # Sunday's summit
    determiners: tuple[str, ...] = ()  # before a named thing: a June summit, the 1996 Games
    be: tuple[str, ...] = ()  # between a future word and its participle: will be held
    appointed: tuple[str, ...] = ()  # future words of plans, that may be past: scheduled
    done_infinitives: tuple[str, ...] = ()  # before an infinitive of the past: failed to meet on Friday
    had_been: tuple[str, ...] = ()  # before these they are: had been scheduled for Friday
    fell_through: tuple[str, ...] = ()  # and behind their date: the talks scheduled for Friday were cancelled
    clause_openers: tuple[str, ...] = ()  # a date after these belongs to what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: `id` is its ISO 639-1 code."""

    id: str
    dates: DateWords = field(default_factory=DateWords)
    cues: Cues = field(default_factory=Cues)
    arguments: ArgumentWords = field(default_factory=ArgumentWords)
    attribution: AttributionWords = field(default_factory=AttributionWords)
    quantities: QuantityWords = field(default_factory=QuantityWords)
    notices: NoticeWords = field(default_factory=NoticeWords)
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # lemma → forms that rules do not make
    abbreviations: tuple[str, ...] = ()  # words whose dot ends no sentence
