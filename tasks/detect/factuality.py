"""Pure. Event factuality: what a clause says of its event — planned, held, called off — by time, certainty and polarity.

Cues are words of the language; a cue counts where it governs the trigger, and of several the nearest one does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.detect.clauses import Clause
from tasks.detect.scene import Dated, Scene
from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, folded, pattern, words_between
from tasks.model.language import Cues
from tasks.model.mention import Status
from tasks.model.when import When

# An end of plans must stand by the meeting it ends: within about five words (measured on replays of headlines).
BREAK_REACH = 6
CUE_REACH = 9
# "Did not meet", "talks were not called off", "could be postponed": a small word governs what comes within two words.
SMALL_REACH = 2
# "Discussed the course of the talks".
TOPIC_REACH = 3
# "Plans to hold", "will begin": a plan word governs the cue right behind it.
PLAN_REACH = 1
# Half of all meetings are first heard of as held; what is longer ago than this is background (DESIGN §6).
RECENT = timedelta(hours=72)

UNDONE = ("refused", "denied", "cancelled", "postponed", "previous")
BREAKS = ("cancelled", "refused", "postponed")
# Words that make what follows a plan or a wish, the most doubtful first.
PLANS = ("hypothetical", "tentative", "confirmed", "future", "infinitive")
PLANNED = (Status.ANNOUNCED, Status.TENTATIVE, Status.CONFIRMED)
# A phrase in two lists is of the first of these kinds.
ORDER = (
    "infinitive", "previous", "moved", "reinstated", "cancelled", "postponed", "refused", "denied", "hypothetical", "confirmed", "tentative",
    "under_way", "held", "future", "negation",
)  # fmt: skip

STATUS = {
    "future": Status.ANNOUNCED,
    "infinitive": Status.ANNOUNCED,
    "tentative": Status.TENTATIVE,
    "confirmed": Status.CONFIRMED,
    "under_way": Status.UNDER_WAY,
    "held": Status.HELD,
    "cancelled": Status.CANCELLED,
    "postponed": Status.POSTPONED,
    "refused": Status.REFUSED,
    "denied": Status.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue word in a clause and what it stands for; offsets into the sentence."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status that a clause gives its event, or none and the reason."""

    status: Status | None
    why: str
    moved: bool = False
    reinstated: bool = False
    unmarked: bool = False  # nothing says anything of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A trigger in its clause, with the clause's cues."""

    text: str
    trigger: Trigger
    cues: tuple[Cue, ...]

    @property
    def moved(self) -> bool:
        """Say whether a cue tells of another date."""
        return any(cue.kind == "moved" for cue in self.cues)

    def near(self, reach: int) -> Iterator[Cue]:
        """Yield the cues within reach, the nearest first; of equally near ones the one before the trigger."""

        def distance(cue: Cue) -> tuple[int, bool]:
            return words_between(self.text, cue.span, self.trigger.span), cue.start > self.trigger.start

        yield from sorted((cue for cue in self.cues if distance(cue)[0] <= reach), key=distance)

    def before(self, cue: Cue, reach: int) -> tuple[str, ...]:
        """Give the kinds of the cues so near before another cue."""
        return tuple(
            other.kind
            for other in self.cues
            if other.end <= cue.start and words_between(self.text, other.span, cue.span) <= reach
        )

    def negated(self, cue: Cue) -> bool:
        """Say whether a small word negates a cue."""
        return "negation" in self.before(cue, SMALL_REACH)

    def possible(self, cue: Cue) -> bool:
        """Say whether a cue is only possible: "could be called off"."""
        return not {"hypothetical", "tentative"}.isdisjoint(self.before(cue, SMALL_REACH))

    def kind(self, cue: Cue) -> str:
        """Give the kind of a cue, or of the plan word that governs it."""
        before = self.before(cue, PLAN_REACH)
        return next((kind for kind in PLANS if kind in before), cue.kind)

    def governs(self, cue: Cue) -> bool:
        """Say whether a cue can be one of the trigger's status at all."""
        trigger = self.trigger
        if cue.kind in (*BREAKS, "previous", "moved", "negation"):
            return False
        if cue.kind == "infinitive":  # only "to meet", nothing between
            return cue.end <= trigger.start and not self.text[cue.end : trigger.start].strip()
        if trigger.tense is Tense.PAST and cue.start < trigger.start and cue.kind == "future":
            return False  # "announced … met": the past form decides
        return trigger.tense is Tense.NOUN or cue.kind in PLANS or cue.start <= trigger.start


class Judge:
    """Reads the factuality of triggers in clauses."""

    def __init__(self, cues: Cues, say: Iterable[str] = (), around: Iterable[str] = ()) -> None:
        self._kinds: dict[str, str] = {}
        for kind in ORDER:
            for phrase in getattr(cues, kind):
                self._kinds.setdefault(phrase, kind)
        self._cues = pattern(self._kinds)
        self._conditional = pattern(cues.conditional)
        self._background = pattern(cues.background)
        self._say = pattern(say)
        self._saying = frozenset(cues.saying)
        preposition = pattern(cues.during).pattern
        self._during = re.compile(
            f"({preposition})\\s+(?:(?!(?:{pattern(around).pattern})\\b)[\\w’'“”‘\"-]+\\s+){{0,4}}$", re.IGNORECASE
        )

    def cues(self, text: str, start: int, end: int) -> tuple[Cue, ...]:
        """Give the cues of a stretch of the sentence, in order."""
        return tuple(
            Cue(kind=self._kinds[folded(m[0])], text=m[0], start=m.start(), end=m.end())
            for m in self._cues.finditer(text, start, end)
        )

    def judge(self, scene: Scene, clause: Clause, trigger: Trigger, when: When | None) -> Verdict:
        """Judge one trigger in its clause, with the date that it governs."""
        span = (clause.start, clause.end)
        if hanging := self._conditional.search(scene.text, *span):
            return Verdict(status=None, why=f"hypothetical: {hanging[0]}")
        dates = scene.dates_in(clause)
        cues = tuple(
            cue
            for cue in self.cues(scene.text, *span)
            if not (is_month(cue, dates) or self._is_topic(scene.text, cue, trigger))
        )
        setting = Setting(text=scene.text, trigger=trigger, cues=cues)
        verdict = (
            broken(setting)
            or denied(setting)
            or self._said_there(setting, clause)
            or governed(setting)
            or tense(setting)
        )
        if when is not None and scene.published is not None:
            return in_time(verdict, when, scene.published)
        stale = self._background.search(scene.text, *span)
        return Verdict(status=None, why=f"background: {stale[0]}") if stale and verdict.status else verdict

    def _is_topic(self, text: str, cue: Cue, trigger: Trigger) -> bool:
        """Say whether a cue makes the meeting what is talked about: "discussed the talks"."""
        before = cue.end <= trigger.start and trigger.tense is Tense.NOUN
        return (
            before and folded(cue.text) in self._saying and words_between(text, cue.span, trigger.span) <= TOPIC_REACH
        )

    def _said_there(self, setting: Setting, clause: Clause) -> Verdict | None:
        """Take a meeting in or during which something is said or done for held; where that is to come, so is the meeting."""
        trigger = setting.trigger
        here = self._during.search(setting.text, clause.start, trigger.start) if trigger.tense is Tense.NOUN else None
        if here is None or any(cue.end > here.start() and cue.start < trigger.start for cue in setting.cues):
            return None
        first = next((cue for cue in setting.cues if cue.end <= here.start()), None)
        kind = first.kind if first and not self._say.search(setting.text, clause.start, first.start) else "held"
        among = here[1].lower() == "in" and trigger.text.split()[0].lower().endswith("s")  # "sees no progress in talks"
        if among or kind in UNDONE or (kind == "hypothetical" and here[1].lower() == "at"):
            return None
        return Verdict(
            status=STATUS[kind] if kind in PLANS[1:] else Status.HELD, why=f"{kind}: {here[0].strip()} {trigger.text}"
        )


def is_month(cue: Cue, dates: Iterable[Dated]) -> bool:
    """Say whether a cue is only the name of a month: 20 May"""
    return cue.kind == "tentative" and any(one.start <= cue.start and cue.end <= one.end for one in dates)


def broken(setting: Setting) -> Verdict | None:
    """Find a break that governs the meeting noun or is its predicate; a negated one is none ("not ruled out")."""
    for cue in setting.near(BREAK_REACH):
        if cue.kind in BREAKS and "denied" in setting.before(cue, len(setting.text)):
            return Verdict(status=None, why=f"denied: {cue.text}")
        if cue.kind not in BREAKS or setting.negated(cue):
            continue
        if setting.moved:
            return Verdict(status=Status.ANNOUNCED, why=f"moved: {cue.text}", moved=True)
        if setting.possible(cue):
            return Verdict(status=None, why=f"only possible: {cue.text}")
        return Verdict(status=STATUS[cue.kind], why=f"{cue.kind}: {cue.text}")
    return None


def denied(setting: Setting) -> Verdict | None:
    """Find what unsays the trigger right before it: "did not meet", "had been scheduled to meet"."""
    for cue in setting.near(SMALL_REACH):
        if cue.end <= setting.trigger.start and cue.kind == "negation":
            return Verdict(status=None, why=f"negated: {cue.text}")
        if cue.end <= setting.trigger.start and cue.kind == "previous" and setting.trigger.tense is not Tense.NOUN:
            return Verdict(status=None, why=f"an old plan: {cue.text}")
    return None


def governed(setting: Setting) -> Verdict | None:
    """Take the nearest cue; a plan word right before it governs that ("to hold", "will begin")."""
    cue = next((cue for cue in setting.near(CUE_REACH) if setting.governs(cue)), None)
    if cue is None:
        return None
    kind = setting.kind(cue)
    if setting.negated(cue):
        return Verdict(status=None, why=f"negated: {cue.text}")
    if kind == "hypothetical":
        return Verdict(status=None, why=f"hypothetical: {cue.text}")
    if kind == "reinstated":
        return Verdict(status=Status.ANNOUNCED, why=f"reinstated: {cue.text}", reinstated=True)
    return Verdict(status=STATUS[kind], why=f"{kind}: {cue.text}", moved=setting.moved)


def tense(setting: Setting) -> Verdict:
    """Let the verb's own form decide where no cue does: what is told in the present or past took place."""
    trigger = setting.trigger
    if trigger.tense in (Tense.PAST, Tense.PRESENT, Tense.BASE):
        return Verdict(status=Status.HELD, why=f"{trigger.tense}: {trigger.text}")
    return Verdict(
        status=None, why="nothing says that it will take place or took place", unmarked=True, moved=setting.moved
    )


def in_time(verdict: Verdict, when: When, published: date) -> Verdict:
    """Let the date overrule the words where they cannot both be right."""
    if when.last_day < published - RECENT:
        return Verdict(status=None, why=f"background: {when.last_day} is more than 72 hours ago")
    if when.first_day > published and (verdict.unmarked or verdict.status in (Status.HELD, Status.UNDER_WAY)):
        return Verdict(status=Status.ANNOUNCED, why=f"dated ahead; {verdict.why}", moved=verdict.moved)
    if when.last_day < published and verdict.status in PLANNED:
        return Verdict(status=None, why="the date is over, the words say it is to come")
    return verdict
