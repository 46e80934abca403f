"""Pure. Activities and notices: which way a clause says that they go."""

import re

from tasks.detect.factuality import Judge, Verdict
from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, pattern, words_between
from tasks.model.language import Language
from tasks.model.mention import Status
from tasks.model.watch import EventPack

# A hedge or negation governs a movement within so many words ("no plans to send troops").
HEDGE_REACH = 4
# A ruling or a reversal may stand further off ("Judge blocks Trump from sending", "deployment of … was unlawful").
RULING_REACH = 9
NONE = ("hypothetical", "negation", "refused", "cancelled", "postponed")


class LevelJudge:
    """Judges one pack's activity or notice."""

    def __init__(self, pack: EventPack, language: Language, judge: Judge) -> None:
        self._judge = judge
        self._up, self._down = frozenset(pack.up), frozenset(pack.down)
        self._over = pattern(pack.ended)
        self._rulings = pattern((*pack.stops, *pack.starts))
        self._stops = frozenset(pack.stops)
        self._denied = pattern(language.cues.denied)
        self._topics = re.compile(
            f"(?:{pattern(language.arguments.topic).pattern})\\s+(?:[\\w’'.-]+\\s+){{0,4}}$", re.IGNORECASE
        )
        self._only_talk = pattern(pack.only_talk)
        self._aim = re.compile(f"(?:{pattern(language.cues.infinitive).pattern})\\s+$", re.IGNORECASE)

    def version(self, text: str) -> Verdict:
        """Judge a notice: out, or over."""
        over = self._over.search(text)
        return Verdict(status=Status.ENDED if over else Status.ANNOUNCED, why=f"over: {over[0]}" if over else "notice")

    def level(self, text: str, span: tuple[int, int], trigger: Trigger) -> Verdict:
        """Judge an activity in its clause (`span`): up, down, over, denied; only reported where the trigger has no direction."""
        if denied := self._denied.search(text, *span):
            return Verdict(status=Status.DENIED, why=f"denied: {denied[0]}")
        if found := self._near(self._only_talk, text, span, trigger):
            return Verdict(status=None, why=f"only spoken of: {found[0][0]}")
        if over := self._over.search(text, *span):
            return Verdict(status=Status.ENDED, why=f"over: {over[0]}")
        if ruling := self._ruling(text, span, trigger):
            return ruling
        if trigger.tense is Tense.NOUN and (topic := self._topics.search(text[span[0] : trigger.start])):
            return Verdict(status=None, why=f"only spoken of: {topic[0].strip()}")
        return self._hedged(text, span, trigger) or self._direction(trigger)

    def _ruling(self, text: str, span: tuple[int, int], trigger: Trigger) -> Verdict | None:
        """Find what stops a movement or lets it go ahead."""
        found = self._near(self._rulings, text, span, trigger)
        found = [
            match for match in found if match.end() <= trigger.start or not self._aim.search(text[: match.start()])
        ]
        if not found:
            return None
        stopped = " ".join(found[0][0].lower().split()) in self._stops
        down = stopped != (trigger.lemma in self._down)
        return Verdict(
            status=Status.RECEDING if down else Status.ESCALATING, why=f"{'down' if down else 'up'}: {found[0][0]}"
        )

    def _near(self, words: re.Pattern[str], text: str, span: tuple[int, int], trigger: Trigger) -> list[re.Match[str]]:
        return [
            match
            for match in words.finditer(text, *span)
            if words_between(text, match.span(), trigger.span) <= RULING_REACH
            and not (match.start() < trigger.end and trigger.start < match.end())
        ]

    def _hedged(self, text: str, span: tuple[int, int], trigger: Trigger) -> Verdict | None:
        near = [
            cue
            for cue in self._judge.cues(text, span[0], trigger.start)
            if words_between(text, (cue.start, cue.end), trigger.span) <= HEDGE_REACH
        ]
        for cue in reversed(near):
            if cue.kind in NONE:
                return Verdict(status=None, why=f"no movement: {cue.text}")
            if cue.kind == "tentative":
                return Verdict(status=Status.TENTATIVE, why=f"tentative: {cue.text}")
        return None

    def _direction(self, trigger: Trigger) -> Verdict:
        if trigger.lemma in self._down:
            return Verdict(status=Status.RECEDING, why=f"down: {trigger.text}")
        status = Status.ESCALATING if trigger.lemma in self._up else Status.REPORTED
        return Verdict(status=status, why=f"{status}: {trigger.text}")
