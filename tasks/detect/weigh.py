"""Pure. Mentions to confidences: every gate a mention must pass, and what its parts add up to, each with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.detect.clauses import Clause
from tasks.detect.factuality import Verdict
from tasks.detect.parties import Arguments, Frame, satisfies
from tasks.detect.scene import Scene
from tasks.detect.triggers import Trigger
from tasks.detect.words import Tense, pattern
from tasks.model.language import Cues
from tasks.model.mention import Attribution, Mention, Status
from tasks.model.watch import Shape, Watch
from tasks.model.when import Grain, When

# What adds up to a confidence; to be fitted when labelled data is read (calibration comes with the fold's issue).
BASE = 0.3
OFF_TOPIC = -0.35
FRAMES = {Frame.EXACT: 0.25, Frame.INHERITED: 0.1, Frame.LOOSE: -0.15}
NO_PARTIES, DATED, CUED, LEAD, SPOKEN, TOPICAL, SIDE = 0.1, 0.15, 0.1, 0.05, 0.05, 0.1, -0.1
LEAST, MOST = 0.05, 0.95
FINE = (Grain.WEEK, Grain.DAY, Grain.HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one trigger's clause gave, before it is weighed."""

    clause: Clause
    arguments: Arguments
    verdict: Verdict
    when: When | None = None
    previous: When | None = None
    place: str | None = None


class Scale:
    """Weighs the mentions of one watch."""

    def __init__(self, watch: Watch, cues: Cues) -> None:
        self._watch = watch
        self._about = pattern(form for word in watch.about for form in (word, word + "s"))
        self._explainer = pattern(cues.explainer)
        self._perfect = re.compile(f"(?:{pattern(cues.perfect).pattern})\\s+(?:\\w+\\s+)?$", re.IGNORECASE)
        self._afterwards, self._backdrop = frozenset(cues.afterwards), frozenset(cues.backdrop)

    def weigh(self, mention: Mention, scene: Scene, trigger: Trigger, found: Found) -> Mention:
        """Pass the mention through every gate, and give it its confidence and reasons."""
        refusals = (*self._refusals(mention, scene, found), *self._irregular(mention, scene, trigger, found))
        parts = dict(self._parts(mention, scene, found))
        confidence = round(min(MOST, max(LEAST, sum(parts.values()))), 2)
        return replace(mention, confidence=confidence, accepted=not refusals, why=(*refusals, *parts))

    def _parts(self, mention: Mention, scene: Scene, found: Found) -> Iterator[tuple[str, float]]:
        frame, why = found.arguments.frame, found.verdict.why
        yield f"trigger: {mention.trigger}", BASE
        if self._watch.parties:
            yield f"parties {frame}: {', '.join(mention.parties)}", FRAMES[frame]
        else:
            yield "parties: not asked for", NO_PARTIES
        yield f"status {mention.status}: {why}", 0.0 if why.startswith(tuple(Tense)) else CUED
        if when := mention.when:
            yield f"date: {when.low}..{when.high} {when.grain}", DATED if when.grain in FINE else DATED / 2
        if mention.place:
            yield f"place: {mention.place}", DATED
        yield from self._topic(scene)
        if mention.attribution != Attribution():
            yield f"says: {mention.attribution.speaker or mention.attribution.via}", SPOKEN
        if scene.lead:
            yield "lead", LEAD
        if (intro := found.clause.intro) and intro not in self._afterwards:
            yield f"side clause: {intro}", SIDE * (2 if intro in self._backdrop else 1)

    def _topic(self, scene: Scene) -> Iterator[tuple[str, float]]:
        if topical := self._about.search(scene.text):
            yield f"about: {topical[0]}", TOPICAL
        elif self._watch.about and self._watch.shape is Shape.OCCASION and len(self._watch.parties) == 1:
            yield "no topic word, and one party alone tells little", OFF_TOPIC

    def _refusals(self, mention: Mention, scene: Scene, found: Found) -> Iterator[str]:
        watch = self._watch
        if not satisfies(frozenset(mention.parties), watch.parties):
            yield f"refused: parties {', '.join(mention.parties) or 'none'} do not fit the watch"
        if watch.places and not mention.place:
            yield "refused: none of the watch's places"
        if watch.require_about and not self._about.search(scene.text):
            yield "refused: none of the watch's topic words"
        if found.verdict.status is None:
            yield f"refused: {found.verdict.why}"
        if scene.text.rstrip(" ”’\"')").endswith("?"):
            yield "refused: a question"
        if scene.field == "title" and self._explainer.match(scene.text.lstrip()):
            yield "refused: an explainer or opinion"
        if watch.shape is Shape.NOTICE and not mention.subject:
            yield "refused: no subject"

    def _irregular(self, mention: Mention, scene: Scene, trigger: Trigger, found: Found) -> Iterator[str]:
        """Refuse what is only said about a regular occasion: forecasts without a day, looks back."""
        if not self._watch.event.spacing_days:
            return
        held = mention.status is Status.HELD
        noun = trigger.tense is Tense.NOUN and found.clause.intro not in self._afterwards
        if not mention.when and (noun or not held):
            yield "refused: talk of a regular decision without its day"
        if held and self._perfect.search(scene.text[: trigger.start]):
            yield "refused: a look back at a regular decision"
