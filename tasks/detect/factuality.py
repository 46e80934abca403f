"""Pure. Event factuality: what a clause says of its event — planned, held, called off — by time, certainty and polarity.

Cues are words of the language; a cue counts where it governs the trigger, and of several the nearest one does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, pattern, words_between
from tasks.model.language import Cues
from tasks.model.mention import Status
from tasks.model.when import When

# An end of plans must stand by the meeting it ends: within about five words (measured on replays of headlines).
BREAK_REACH = 6
CUE_REACH = 9
# Half of all meetings are first heard of as held; what is longer ago than this is background (DESIGN §6).
RECENT = timedelta(hours=72)

PLANS = ("future", "tentative", "confirmed", "hypothetical")
BREAKS = ("cancelled", "refused", "postponed")
ORDER = (
    "previous", "moved", "reinstated", "cancelled", "postponed", "refused", "denied", "hypothetical", "confirmed", "tentative", "under_way", "held", "future", "negation",
)  # fmt: skip

STATUS = {
    "future": Status.ANNOUNCED,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status that a clause gives its event, or none and the reason."""

    status: Status | None
    why: str
    moved: bool = False
    reinstated: bool = False


class Judge:
    """Reads the factuality of triggers in clauses."""

    def __init__(self, cues: Cues) -> None:
        self._kinds: dict[str, str] = {}
        for kind in ORDER:
            for phrase in getattr(cues, kind):
                self._kinds.setdefault(phrase, kind)
        self._cues = pattern(self._kinds)
        self._background = pattern(cues.background)

    def cues(self, text: str, start: int, end: int) -> tuple[Cue, ...]:
        """Give the cues of a stretch of the sentence, in order."""
        return tuple(
            Cue(kind=self._kinds[re.sub(r"\s+", " ", m[0].lower())], text=m[0], start=m.start(), end=m.end())
            for m in self._cues.finditer(text, start, end)
        )

    def judge(
        self, text: str, span: tuple[int, int], trigger: Trigger, when: When | None, published: date | None
    ) -> Verdict:
        """Judge one trigger in its clause (`span`), with the date that it governs."""
        cues = self.cues(text, *span)
        verdict = self._broken(text, cues, trigger) or self._governed(text, cues, trigger) or self._tense(trigger)
        return self._in_time(verdict, text, span, when, published)

    def _broken(self, text: str, cues: tuple[Cue, ...], trigger: Trigger) -> Verdict | None:
        """Find a break that governs the meeting noun or is its predicate; a negated one is none ("not ruled out")."""
        moved = any(cue.kind == "moved" for cue in cues)
        for cue in self._near(text, cues, trigger, BREAK_REACH):
            if cue.kind not in BREAKS or self._negated(text, cues, cue):
                continue
            status = STATUS[cue.kind]
            if moved:
                return Verdict(status=Status.ANNOUNCED, why=f"moved: {cue.text}", moved=True)
            if self._only_possible(text, cues, cue):
                return Verdict(status=None, why=f"only possible: {cue.text}")
            return Verdict(status=status, why=f"{cue.kind}: {cue.text}")
        return None

    def _negated(self, text: str, cues: tuple[Cue, ...], cue: Cue) -> bool:
        return any(
            other.kind in ("negation", "denied")
            and other.end <= cue.start
            and words_between(text, (other.start, other.end), (cue.start, cue.end)) <= 2  # noqa: PLR2004
            for other in cues
        )

    def _only_possible(self, text: str, cues: tuple[Cue, ...], cue: Cue) -> bool:
        return any(
            other.kind in ("hypothetical", "tentative")
            and other.end <= cue.start
            and words_between(text, (other.start, other.end), (cue.start, cue.end)) <= 2  # noqa: PLR2004
            for other in cues
        )

    def _governed(self, text: str, cues: tuple[Cue, ...], trigger: Trigger) -> Verdict | None:
        """Take the nearest cue; a plan word right before another cue governs that ("to hold", "will begin")."""
        for cue in self._near(text, cues, trigger, CUE_REACH):
            if cue.kind in BREAKS or cue.kind in ("previous", "negation", "moved"):
                continue
            if trigger.tense is not Tense.NOUN and cue.kind not in PLANS and cue.start > trigger.start:
                continue
            if trigger.tense is Tense.PAST and cue.start < trigger.start and cue.kind == "future":
                continue  # "announced … met": the past form decides
            kind = self._governor(text, cues, cue) or cue.kind
            if kind == "hypothetical":
                return Verdict(status=None, why=f"wished or hypothetical: {cue.text}")
            moved = any(other.kind == "moved" for other in cues)
            if kind == "reinstated":
                return Verdict(status=Status.ANNOUNCED, why=f"reinstated: {cue.text}", reinstated=True)
            return Verdict(status=STATUS[kind], why=f"{kind}: {cue.text}", moved=moved)
        return None

    def _governor(self, text: str, cues: tuple[Cue, ...], cue: Cue) -> str:
        before = [
            other.kind
            for other in cues
            if other.kind in PLANS
            and other.end <= cue.start
            and words_between(text, (other.start, other.end), (cue.start, cue.end)) <= 1
        ]
        order = ("hypothetical", "tentative", "confirmed", "future")
        return next((kind for kind in order if kind in before), "")

    def _near(self, text: str, cues: tuple[Cue, ...], trigger: Trigger, reach: int) -> Iterator[Cue]:
        """Yield the cues within reach, the nearest first; of equally near ones the one before the trigger."""

        def distance(cue: Cue) -> tuple[int, bool]:
            return words_between(text, (cue.start, cue.end), trigger.span), cue.start > trigger.start

        yield from sorted((cue for cue in cues if distance(cue)[0] <= reach), key=distance)

    def _tense(self, trigger: Trigger) -> Verdict:
        if trigger.tense in (Tense.PAST, Tense.PRESENT):
            return Verdict(status=Status.HELD, why=f"{trigger.tense}: {trigger.text}")
        return Verdict(status=None, why="nothing says that it will take place or took place")

    def _in_time(
        self, verdict: Verdict, text: str, span: tuple[int, int], when: When | None, published: date | None
    ) -> Verdict:
        """Let the date overrule the words where they cannot both be right."""
        stale = self._background.search(text, *span)
        if when is None or published is None:
            return Verdict(status=None, why=f"background: {stale[0]}") if stale and verdict.status else verdict
        if when.last_day < published - RECENT:
            return Verdict(status=None, why=f"background: {when.last_day} is more than 72 hours ago")
        if (
            when.first_day > published
            and verdict.status in (None, Status.HELD, Status.UNDER_WAY)
            and "wished" not in verdict.why
        ):
            return Verdict(status=Status.ANNOUNCED, why=f"dated ahead; {verdict.why}", moved=verdict.moved)
        if when.last_day < published and verdict.status in (Status.ANNOUNCED, Status.TENTATIVE, Status.CONFIRMED):
            return Verdict(status=None, why="the date is over, the words say it is to come")
        return verdict
