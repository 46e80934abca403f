"""Pure. Mentions of one watch in an article: trigger, arguments, when, factuality, attribution, evidence, reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tasks.detect.attribution import AttributionReader
from tasks.detect.clauses import Clause
from tasks.detect.factuality import PLANNED, Judge, Verdict
from tasks.detect.forces import ForceFinder
from tasks.detect.levels import LevelJudge
from tasks.detect.parties import Arguments, Frame, PartyFinder, satisfies
from tasks.detect.places import PlaceFinder
from tasks.detect.quantities import QuantityFinder
from tasks.detect.scene import Dated, Scene
from tasks.detect.subjects import SubjectFinder
from tasks.detect.triggers import Trigger, TriggerFinder
from tasks.detect.weigh import Found, Scale
from tasks.detect.words import pattern, words_between
from tasks.model.language import Language
from tasks.model.mention import Evidence, Mention, Status
from tasks.model.watch import Shape, Watch
from tasks.model.when import When

# A date this near a verb of saying is the reporting day ("announced Tuesday", "on December 9 he invited").
REPORTING_REACH = 2
LOOK = 100  # characters around a date that hold those words


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """What "the talks" of a later sentence refer back to."""

    lemma: str = ""
    parties: tuple[str, ...] = ()


class WatchReader:
    """Reads the scenes of an article for one watch."""

    def __init__(self, watch: Watch, language: Language) -> None:
        self.watch = watch
        self._cues = language.cues
        self._watched = frozenset(actor for group in watch.parties for actor in group)
        self._triggers = TriggerFinder(watch.event, language, watch.exclude)
        self._parties, self._forces = PartyFinder(language), ForceFinder(language)
        words = language.arguments
        self._judge = Judge(
            language.cues,
            language.attribution.say,
            (*words.topic, *words.venue, *words.of, *words.towards, *words.joined),
        )
        self._levels = LevelJudge(watch.event, language, self._judge)
        self._attribution = AttributionReader(language.attribution)
        self._places = PlaceFinder(watch.places, language.arguments)
        self._quantities = QuantityFinder(watch.event, language.quantities, watch.measure.unit if watch.measure else "")
        self._subjects = SubjectFinder(watch.event, language.notices)
        self._scale = Scale(watch, language.cues)
        widening = watch.event.up if watch.shape is Shape.NOTICE else ()
        self._say, self._more = pattern(language.attribution.say), pattern((*language.cues.more, *widening))
        self._previous, self._definite = pattern(language.cues.previous), pattern(language.arguments.definite)
        self._outcome = pattern(watch.event.outcome)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that can trigger, for the prefilter."""
        return self._triggers.words

    def read(self, scenes: Iterable[Scene]) -> Iterator[Mention]:
        """Yield the mentions of an article's scenes in order, each sentence's best reading, accepted or not."""
        carried, last = Antecedent(), None
        for scene in scenes:
            if last and self._attribution.refers_back(scene.text):
                last = replace(last, attribution=self._attribution.read(scene))
            if last:
                yield last
            found = [(trigger, self._mention(scene, trigger, carried)) for trigger in self._triggers.find(scene.text)]
            best = max(found, key=lambda one: rank(one[1]), default=None)
            last = best[1] if best else None
            if best and satisfies(frozenset(best[1].parties), self.watch.parties):
                carried = Antecedent(lemma=best[0].lemma, parties=best[1].parties)
        if last:
            yield last

    def _mention(self, scene: Scene, trigger: Trigger, carried: Antecedent) -> Mention:
        found = self._look(scene, trigger, carried)
        clause = found.clause
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
            subject=self._subject(scene, clause, trigger),
            outcome=self._outcome_of(trigger, text),
            more=bool(self._more.search(text)) or trigger.lemma in self.watch.event.steps,
            reinstated=found.verdict.reinstated,
            attribution=self._attribution.read(scene),
        )
        return self._scale.weigh(mention, scene, trigger, found)

    def _look(self, scene: Scene, trigger: Trigger, carried: Antecedent) -> Found:
        clause = scene.clause_at(trigger.start)
        span = (clause.start, clause.end)
        place = self._places.find(scene.text, trigger.object)
        if self.watch.shape is Shape.ACTIVITY:
            arguments = self._forces.arguments(scene, clause, trigger)
            verdict = self._levels.level(scene.text, span, trigger)
            verdict = self._in_clause(clause, verdict)
            return Found(clause=clause, arguments=arguments, verdict=verdict, place=place)
        arguments = self._arguments(scene, clause, trigger, carried)
        if self.watch.shape is Shape.NOTICE:
            verdict = self._levels.version(scene.text[clause.start : clause.end])
            return Found(clause=clause, arguments=arguments, verdict=verdict, place=place)
        when, previous = self._dates(scene, clause, trigger)
        verdict = self._judge.judge(scene, clause, trigger, when)
        verdict = self._in_clause(clause, verdict)
        return Found(clause=clause, arguments=arguments, verdict=verdict, when=when, previous=previous, place=place)

    def _in_clause(self, clause: Clause, verdict: Verdict) -> Verdict:
        """Let the word that opens the clause say whether it is still to come or over."""
        if clause.intro in self._cues.relative and verdict.status not in (None, *PLANNED):
            return Verdict(status=None, why=f"told of before: {clause.intro}")
        open_ = verdict.unmarked or verdict.status in (Status.HELD, Status.UNDER_WAY)
        if clause.intro in self._cues.ahead and open_:
            return Verdict(status=Status.ANNOUNCED, why=f"still to come: {clause.intro}")
        begun = verdict.unmarked or verdict.status is Status.UNDER_WAY
        if clause.intro in self._cues.afterwards and begun:
            return Verdict(status=Status.HELD, why=f"over: {clause.intro}")
        return verdict

    def _arguments(self, scene: Scene, clause: Clause, trigger: Trigger, carried: Antecedent) -> Arguments:
        """Take the parties from the clause, else, where it names no other pair, from the sentence or what it refers back to."""
        here = self._parties.arguments(scene, clause, trigger, self._watched)
        if satisfies(frozenset(here.actors), self.watch.parties) or len(here.actors) > 1:
            return here
        if clause.intro in self._cues.afterwards and here.actors:
            joined = tuple(dict.fromkeys((*self._parties.subject_of(scene, clause), *here.actors)))
            if satisfies(frozenset(joined), self.watch.parties):
                return Arguments(actors=joined, frame=Frame.EXACT)  # "A warns B after meeting C": A met C
        wider = self._parties.arguments(scene, Clause(start=0, end=len(scene.text)), trigger, self._watched)
        if satisfies(frozenset(wider.actors), self.watch.parties):
            alone = (
                clause.intro
                and not here.actors
                and len({one.actor for one in scene.actors}) == len(self.watch.parties) > 1
            )
            return replace(wider, frame=Frame.INHERITED if alone else Frame.LOOSE)
        before = scene.text.rfind(" ", 0, max(trigger.start - 1, 0)) + 1
        if trigger.lemma == carried.lemma and self._definite.match(scene.text, before):
            return Arguments(actors=carried.parties, frame=Frame.INHERITED)
        return here

    def _dates(self, scene: Scene, clause: Clause, trigger: Trigger) -> tuple[When | None, When | None]:
        """Give the date that the trigger governs, and the old value that the clause names."""
        governed = [one for one in scene.dates_in(clause) if not self._reporting(scene.text, clause, one, trigger)]
        old = [one for one in governed if self._is_previous(scene.text, clause, one)]
        new = [one for one in governed if one not in old]
        nearest = min(new, key=lambda one: words_between(scene.text, (one.start, one.end), trigger.span), default=None)
        return (nearest.when if nearest else None), (old[0].when if old and (nearest or len(governed) > 1) else None)

    def _reporting(self, text: str, clause: Clause, dated: Dated, trigger: Trigger) -> bool:
        """Say whether a date is the day of the saying: nearer to that than to the trigger, and not set off from it by a comma alone."""
        here, around = (
            (dated.start, dated.end),
            (max(clause.start, dated.start - LOOK), min(clause.end, dated.end + LOOK)),
        )
        to_trigger = words_between(text, here, trigger.span)
        beside = "," not in text[trigger.end : dated.start] and trigger.end <= dated.start
        return any(
            words_between(text, here, say.span()) <= min(REPORTING_REACH, to_trigger - 1)
            for say in self._say.finditer(text, *around)
            if not (say.start() < trigger.end and trigger.start < say.end())
            and not (beside and "," in text[dated.end : say.start()])
        )

    def _is_previous(self, text: str, clause: Clause, dated: Dated) -> bool:
        return any(
            cue.end() <= dated.start and words_between(text, cue.span(), (dated.start, dated.end)) <= REPORTING_REACH
            for cue in self._previous.finditer(text, max(clause.start, dated.start - LOOK), dated.start)
        )

    def _subject(self, scene: Scene, clause: Clause, trigger: Trigger) -> str | None:
        """Read a notice's subject from the clause; where that names none, from the sentence."""
        if self.watch.shape is not Shape.NOTICE:
            return None
        here = self._subjects.find(scene.text[clause.start : clause.end], trigger, clause.start)
        return here or self._subjects.find(scene.text, trigger, 0)

    def _outcome_of(self, trigger: Trigger, text: str) -> str | None:
        if found := self._outcome.search(text):
            return found[0].lower()
        return trigger.lemma if trigger.lemma in self.watch.event.outcome else None


def rank(mention: Mention) -> tuple[bool, bool, float]:
    """Rank the readings of one sentence: the accepted, the dated, the surest."""
    return mention.accepted, mention.when is not None, mention.confidence
