"""Pure. Mentions of one watch in an article: trigger, arguments, when, factuality, attribution, evidence, reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tasks.detect.attribution import AttributionReader
from tasks.detect.clauses import Clause
from tasks.detect.factuality import Judge, Verdict
from tasks.detect.parties import Arguments, Frame, PartyFinder, satisfies
from tasks.detect.places import PlaceFinder
from tasks.detect.quantities import QuantityFinder
from tasks.detect.scene import Dated, Scene
from tasks.detect.subjects import SubjectFinder
from tasks.detect.triggers import Trigger, TriggerFinder
from tasks.detect.words import Tense, pattern, words_between
from tasks.model.language import Language
from tasks.model.mention import Attribution, Evidence, Mention, Status
from tasks.model.watch import Shape, Watch
from tasks.model.when import Grain, When

# A date this near a verb of saying is the reporting day ("announced Tuesday", "on December 9 he invited").
REPORTING_REACH = 2
# A hedge or negation governs a movement within so many words ("no plans to send troops").
HEDGE_REACH = 4
# What adds up to a confidence; to be fitted when labelled data is read (calibration comes with the fold's issue).
BASE = 0.3
FRAMES = {Frame.EXACT: 0.25, Frame.INHERITED: 0.1, Frame.LOOSE: -0.05}
DATED, CUED, LEAD, SPOKEN, TOPICAL, SIDE = 0.15, 0.1, 0.05, 0.05, 0.1, -0.1
FINE = (Grain.WEEK, Grain.DAY, Grain.HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one trigger's clause gave, before it is weighed."""

    arguments: Arguments
    verdict: Verdict
    when: When | None = None
    previous: When | None = None
    place: str | None = None


class WatchReader:
    """Reads the scenes of an article for one watch."""

    def __init__(self, watch: Watch, language: Language) -> None:
        self.watch = watch
        self._words = language
        self._triggers = TriggerFinder(watch.event, language.irregular, watch.exclude)
        self._parties = PartyFinder(language)
        self._judge = Judge(language.cues)
        self._attribution = AttributionReader(language.attribution)
        self._places = PlaceFinder(watch.places, language.arguments)
        self._quantities = QuantityFinder(watch.event, watch.measure.unit if watch.measure else "")
        self._subjects = SubjectFinder(watch.event, language.notices)
        self._about = pattern(watch.about)
        self._say = pattern(language.attribution.say)
        self._more = pattern(language.cues.more)
        self._denied = pattern(language.cues.denied)
        self._previous = pattern(language.cues.previous)
        self._explainer = pattern(language.cues.explainer)
        self._definite = pattern(language.arguments.definite)
        self._outcome = pattern(watch.event.outcome)
        self._up = frozenset(watch.event.up)
        self._down = frozenset(watch.event.down)
        self._widen, self._narrow, self._end = (
            pattern(words) for words in (watch.event.up, watch.event.down, watch.event.ended)
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that can trigger, for the prefilter."""
        return self._triggers.words

    def read(self, scenes: Iterable[Scene]) -> Iterator[Mention]:
        """Yield the mentions of an article's scenes in order, each sentence's best reading, accepted or not."""
        carried: tuple[str, ...] = ()
        last: Mention | None = None
        for scene in scenes:
            if last and self._attribution.refers_back(scene.text):
                last = replace(last, attribution=self._attribution.read(scene))
            if last:
                yield last
            found = [self._mention(scene, trigger, carried) for trigger in self._triggers.find(scene.text)]
            last = max(found, key=lambda one: (one.accepted, one.when is not None, one.confidence), default=None)
            carried = last.parties if last and satisfies(frozenset(last.parties), self.watch.parties) else carried
        if last:
            yield last

    def _mention(self, scene: Scene, trigger: Trigger, carried: tuple[str, ...]) -> Mention:
        clause = scene.clause_at(trigger.start)
        found = self._look(scene, clause, trigger, carried)
        attribution = self._attribution.read(scene)
        text = scene.text[clause.start : clause.end]
        mention = Mention(
            watch=self.watch.id,
            trigger=trigger.text,
            status=found.verdict.status or Status.RUMOURED,
            evidence=Evidence(
                field=scene.field, start=scene.offset, end=scene.offset + len(scene.text), text=scene.text
            ),
            when=found.when,
            previous=found.previous,
            moved=found.verdict.moved,
            parties=found.arguments.actors,
            place=found.place,
            quantity=self._quantities.find(scene.text),
            subject=self._subjects.find(text, trigger, clause.start) if self.watch.shape is Shape.NOTICE else None,
            outcome=self._outcome_of(trigger, text),
            more=bool(self._more.search(text)),
            reinstated=found.verdict.reinstated,
            attribution=attribution,
        )
        return self._weighed(mention, scene, clause, found)

    def _look(self, scene: Scene, clause: Clause, trigger: Trigger, carried: tuple[str, ...]) -> Found:
        place = self._places.find(scene.text)
        arguments = self._arguments(scene, clause, trigger, carried)
        if self.watch.shape is not Shape.OCCASION:
            verdict = (
                self._level(scene, clause, trigger)
                if self.watch.shape is Shape.ACTIVITY
                else self._version(scene, clause)
            )
            return Found(arguments=arguments, verdict=verdict, place=place[1] if place else None)
        when, previous = self._dates(scene, clause, trigger)
        verdict = self._judge.judge(scene.text, (clause.start, clause.end), trigger, when, scene.published)
        if clause.intro in self._words.cues.ahead and verdict.status in (None, Status.HELD, Status.UNDER_WAY):
            verdict = Verdict(status=Status.ANNOUNCED, why=f"still to come: {clause.intro}")
        elif (
            clause.intro in self._words.cues.afterwards
            and verdict.status is None
            and "hypothetical" not in verdict.why
            and "background" not in verdict.why
        ):
            verdict = Verdict(status=Status.HELD, why=f"over: {clause.intro}")
        return Found(arguments=arguments, verdict=verdict, when=when, previous=previous)

    def _arguments(self, scene: Scene, clause: Clause, trigger: Trigger, carried: tuple[str, ...]) -> Arguments:
        """Take the parties from the clause, else, where it names no other pair, from the sentence or what it refers back to."""
        here = self._parties.arguments(scene, clause, trigger)
        if satisfies(frozenset(here.actors), self.watch.parties) or len(here.actors) > 1:
            return here
        wider = self._parties.arguments(scene, Clause(start=0, end=len(scene.text)), trigger)
        if satisfies(frozenset(wider.actors), self.watch.parties):
            return replace(wider, frame=Frame.LOOSE)
        if carried and self._definite.match(scene.text, scene.text.rfind(" ", 0, max(trigger.start - 1, 0)) + 1):
            return Arguments(actors=carried, frame=Frame.INHERITED)
        return here

    def _dates(self, scene: Scene, clause: Clause, trigger: Trigger) -> tuple[When | None, When | None]:
        """Give the date that the trigger governs, and the old value that the clause names."""
        governed = [one for one in scene.dates_in(clause) if not self._reporting(scene.text, clause, one, trigger)]
        old = [one for one in governed if self._is_previous(scene.text, clause, one)]
        new = [one for one in governed if one not in old]
        nearest = min(new, key=lambda one: words_between(scene.text, (one.start, one.end), trigger.span), default=None)
        return (nearest.when if nearest else None), (old[0].when if old and (nearest or len(governed) > 1) else None)

    def _reporting(self, text: str, clause: Clause, dated: Dated, trigger: Trigger) -> bool:
        here = (dated.start, dated.end)
        to_trigger = words_between(text, here, trigger.span)
        return any(
            words_between(text, here, say.span()) <= min(REPORTING_REACH, to_trigger - 1)
            for say in self._say.finditer(text, clause.start, clause.end)
            if not (say.start() < trigger.end and trigger.start < say.end())
        )

    def _is_previous(self, text: str, clause: Clause, dated: Dated) -> bool:
        return any(
            cue.end() <= dated.start and words_between(text, cue.span(), (dated.start, dated.end)) <= REPORTING_REACH
            for cue in self._previous.finditer(text, clause.start, dated.start)
        )

    def _level(self, scene: Scene, clause: Clause, trigger: Trigger) -> Verdict:
        """Judge an activity: up, down, over, denied; only reported where the trigger has no direction."""
        text = scene.text[clause.start : clause.end]
        if denied := self._denied.search(text):
            return Verdict(status=Status.DENIED, why=f"denied: {denied[0]}")
        cues = [
            cue
            for cue in self._judge.cues(scene.text, clause.start, trigger.start)
            if words_between(scene.text, (cue.start, cue.end), trigger.span) <= HEDGE_REACH
        ]
        for cue in reversed(cues):
            if cue.kind in ("hypothetical", "negation", "refused", "cancelled", "postponed"):
                return Verdict(status=None, why=f"no movement: {cue.text}")
            if cue.kind == "tentative":
                return Verdict(status=Status.TENTATIVE, why=f"tentative: {cue.text}")
        if over := self._end.search(text):
            return Verdict(status=Status.ENDED, why=f"over: {over[0]}")
        if trigger.lemma in self._down:
            return Verdict(status=Status.RECEDING, why=f"down: {trigger.text}")
        status = Status.ESCALATING if trigger.lemma in self._up else Status.REPORTED
        return Verdict(status=status, why=f"{status}: {trigger.text}")

    def _version(self, scene: Scene, clause: Clause) -> Verdict:
        text = scene.text[clause.start : clause.end]
        over = self._end.search(text)
        return Verdict(status=Status.ENDED if over else Status.ANNOUNCED, why=f"over: {over[0]}" if over else "notice")

    def _outcome_of(self, trigger: Trigger, text: str) -> str | None:
        if found := self._outcome.search(text):
            return found[0].lower()
        return trigger.lemma if trigger.lemma in self.watch.event.outcome else None

    def _weighed(self, mention: Mention, scene: Scene, clause: Clause, found: Found) -> Mention:
        """Pass the mention through every gate, and give it its confidence and reasons."""
        topical = self._about.search(scene.text)
        refusals = tuple(self._refusals(mention, scene, found, topical=bool(topical)))
        parts = {
            f"trigger: {mention.trigger}": BASE,
            f"parties {found.arguments.frame}: {', '.join(mention.parties)}": FRAMES[found.arguments.frame]
            if self.watch.parties
            else 0.1,
            f"status {mention.status}: {found.verdict.why}": 0.0
            if found.verdict.why.startswith(tuple(Tense))
            else CUED,
        }
        if mention.when:
            parts[f"date: {mention.when.low}..{mention.when.high} {mention.when.grain}"] = (
                DATED if mention.when.grain in FINE else DATED / 2
            )
        if mention.place:
            parts[f"place: {mention.place}"] = DATED
        if topical:
            parts[f"about: {topical[0]}"] = TOPICAL
        if mention.attribution != Attribution():
            parts[f"says: {mention.attribution.speaker or mention.attribution.via}"] = SPOKEN
        if scene.lead:
            parts["lead"] = LEAD
        if clause.intro and clause.intro not in self._words.cues.afterwards:
            parts[f"side clause: {clause.intro}"] = SIDE * (2 if clause.intro in self._words.cues.backdrop else 1)
        confidence = round(min(0.95, max(0.05, sum(parts.values()))), 2)
        why = tuple(parts) if not refusals else (*refusals, *parts)
        return replace(mention, confidence=confidence, accepted=not refusals, why=why)

    def _refusals(self, mention: Mention, scene: Scene, found: Found, *, topical: bool) -> Iterator[str]:
        if not satisfies(frozenset(mention.parties), self.watch.parties):
            yield f"refused: parties {', '.join(mention.parties) or 'none'} do not fit the watch"
        if self.watch.places and not mention.place:
            yield "refused: none of the watch's places"
        if self.watch.require_about and not topical:
            yield "refused: none of the watch's topic words"
        if found.verdict.status is None:
            yield f"refused: {found.verdict.why}"
        if scene.field == "title" and scene.text.rstrip().endswith("?"):
            yield "refused: a question"
        if scene.field == "title" and self._explainer.match(scene.text.lstrip()):
            yield "refused: an explainer or opinion"
        if self.watch.shape is Shape.NOTICE and not mention.subject:
            yield "refused: no subject"
