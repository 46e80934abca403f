"""Pure. Event triggers: the words of a pack that say that its event is spoken of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tasks.detect.words import Tense, folded, pattern, verb_forms, words_between
from tasks.model.language import Language
from tasks.model.watch import EventPack

Span = tuple[int, int]

# Words between a movement verb and its object ("deploy about 2,000 more National Guard troops"); beyond that they belong to others.
OBJECT_REACH = 6
# Words between what moves and its verb ("troops have finally arrived"), and between a noun and what it counts.
SUBJECT_REACH = 4
BREAK = re.compile(r"[;:–—|]|,\s")
# Sentences of news have at most six such words (91,000 counted); more are a list or an attack, and each would be read against all names and dates.
MOST_TRIGGERS = 6
# Six words of prose are shorter: what stands further off is not looked at.
REACH_CHARACTERS = 200
# "Troops to leave", "troops are to leave"; beyond that somebody is told to leave by them.
TOLD_REACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """An event trigger in a sentence, with the lemma or noun of the pack it comes from; offsets into the sentence."""

    text: str
    start: int
    end: int
    lemma: str
    tense: Tense
    object: Span | None = None  # the pack's object that it governs

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


class TriggerFinder:
    """Finds one pack's triggers."""

    def __init__(self, pack: EventPack, language: Language, exclude: tuple[str, ...] = ()) -> None:
        self._lemmas: dict[str, tuple[str, Tense]] = {}
        for verb in (*pack.verbs, *pack.frames):
            for form, tense in verb_forms(verb, language.irregular).items():
                self._lemmas.setdefault(form, (verb, tense))
        self._nouns = frozenset(pack.nouns)
        for noun in pack.nouns:
            self._lemmas.setdefault(noun, (noun, Tense.NOUN))
        self._triggers = pattern(self._lemmas)
        self._objects = pattern(pack.objects)
        self._movers = pattern((*pack.objects, *pack.movers))
        self._moving = frozenset(pack.intransitive)
        self._needs_object = bool(pack.objects)
        self._exclude = pattern((*pack.exclude, *exclude))
        cues = language.cues
        modals = pattern((*cues.infinitive, *cues.future, *cues.tentative, *cues.hypothetical, *cues.negation)).pattern
        self._modal_before = re.compile(f"(?:{modals})(?:\\s+\\w+ly)?\\s+$", re.IGNORECASE)
        determiners = pattern((*language.dates.determiners, *language.dates.sets)).pattern
        self._told_before = re.compile(f"(?:{pattern(cues.infinitive).pattern})(?:\\s+\\w+ly)?\\s+$", re.IGNORECASE)
        self._topic = pattern(language.arguments.topic)
        self._noun_before = re.compile(f"(?:(?:{determiners})\\s+|[’']s?\\s+)$", re.IGNORECASE)
        self._plural_before = re.compile(r"(?:[^\W\d_]+(?<!s)s|\band\s+[\w’'.-]+)\s+(?:\w+ly\s+)?$")

    @property
    def words(self) -> tuple[str, ...]:
        """Every form that can trigger, for the prefilter."""
        return tuple(self._lemmas)

    def find(self, text: str) -> Iterator[Trigger]:
        """Yield the triggers of a sentence, but those inside an excluded phrase or without their object."""
        excluded = [match.span() for match in self._exclude.finditer(text)]
        for match in islice(self._triggers.finditer(text), MOST_TRIGGERS):
            if any(low <= match.start() < high for low, high in excluded):
                continue
            trigger = self._read(text, match)
            if trigger and self._needs_object:
                trigger = self._with_object(text, trigger)
            if trigger:
                yield trigger

    def _read(self, text: str, match: re.Match[str]) -> Trigger | None:
        """Tell verb from noun where a form is both, by what stands before it; None where a verb form is no verb here."""
        form = folded(match[0])
        lemma, tense = self._lemmas[form]
        before = text[: match.start()]
        if tense in (Tense.BASE, Tense.PRESENT) and not self._modal_before.search(before):
            if form in self._nouns or form.partition(" ")[0] in self._nouns:
                tense = Tense.NOUN
            elif self._noun_before.search(before):
                return None
        elif tense is Tense.ING and form in self._nouns:
            tense = Tense.NOUN
        return Trigger(text=match[0], start=match.start(), end=match.end(), lemma=lemma, tense=tense)

    def _with_object(self, text: str, trigger: Trigger) -> Trigger | None:
        """Give the trigger with the object that it governs; None where it governs none."""
        around = max(0, trigger.start - REACH_CHARACTERS), trigger.end + REACH_CHARACTERS
        objects = [match.span() for match in self._objects.finditer(text, *around)]
        found = self._governed(text, trigger, objects)
        return None if found is None else Trigger(
            text=trigger.text, start=trigger.start, end=trigger.end, lemma=trigger.lemma, tense=trigger.tense, object=found
        )  # fmt: skip

    def _governed(self, text: str, trigger: Trigger, objects: list[Span]) -> Span | None:
        before = text[: trigger.start]
        if trigger.tense is Tense.NOUN:
            return nearest(text, trigger, objects, SUBJECT_REACH)
        modal, plural = self._modal_before.search(before), self._plural_before.search(before)
        if trigger.tense is Tense.BASE and not (modal or plural):
            return None  # "fire station", "mass graves"
        if trigger.tense is Tense.PAST and self._noun_before.search(before):
            return None  # "the deployed troops"
        after = [span for span in objects if span[0] >= trigger.end and self._is_object(text[trigger.end : span[0]])]
        if found := nearest(text, trigger, after, OBJECT_REACH):
            return found
        if trigger.tense is not Tense.PAST and trigger.lemma not in self._moving:
            return None
        movers = [span.span() for span in self._movers.finditer(text, 0, trigger.start)]
        told = trigger.tense is Tense.BASE and self._told_before.search(before)
        return nearest(text, trigger, movers, TOLD_REACH if told else SUBJECT_REACH)

    def _is_object(self, between: str) -> bool:
        return not (BREAK.search(between) or self._topic.search(between))


def nearest(text: str, trigger: Trigger, spans: Iterable[Span], reach: int) -> Span | None:
    """Give the nearest span within reach of the trigger."""
    ranked = sorted((words_between(text, trigger.span, span), span) for span in spans)
    return ranked[0][1] if ranked and ranked[0][0] <= reach else None
