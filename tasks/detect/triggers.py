"""Pure. Event triggers: the words of a pack that say that its event is spoken of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tasks.detect.words import Tense, pattern, verb_forms, words_between
from tasks.model.watch import EventPack

# Words between a movement verb and its object ("deploy about 2,000 more National Guard troops"); beyond that they belong to others.
OBJECT_REACH = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """An event trigger in a sentence, with the lemma or noun of the pack it comes from; offsets into the sentence."""

    text: str
    start: int
    end: int
    lemma: str
    tense: Tense
    object: tuple[int, int] | None = None  # the pack's object that stands by it

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class TriggerFinder:
    """Finds one pack's triggers."""

    def __init__(
        self, pack: EventPack, irregular: Mapping[str, tuple[str, ...]], exclude: tuple[str, ...] = ()
    ) -> None:
        self._lemmas: dict[str, tuple[str, Tense]] = {}
        for verb in (*pack.verbs, *pack.frames):
            for form, tense in verb_forms(verb, irregular).items():
                self._lemmas.setdefault(form, (verb, tense))
        for noun in pack.nouns:
            self._lemmas[noun] = (noun, Tense.NOUN)
        self._triggers = pattern(self._lemmas)
        self._objects = pattern(pack.objects)
        self._needs_object = bool(pack.objects)
        self._exclude = pattern((*pack.exclude, *exclude))

    @property
    def words(self) -> tuple[str, ...]:
        """Every form that can trigger, for the prefilter."""
        return tuple(self._lemmas)

    def find(self, text: str) -> Iterator[Trigger]:
        """Yield the triggers of a sentence, but those inside an excluded phrase or without their object."""
        excluded = [match.span() for match in self._exclude.finditer(text)]
        objects = [match.span() for match in self._objects.finditer(text)]
        for match in self._triggers.finditer(text):
            if any(low < match.end() and match.start() < high for low, high in excluded):
                continue
            lemma, tense = self._lemmas[re.sub(r"\s+", " ", match[0].lower())]
            near = min(objects, key=lambda span: words_between(text, match.span(), span), default=None)
            if self._needs_object and (near is None or words_between(text, match.span(), near) > OBJECT_REACH):
                continue
            yield Trigger(text=match[0], start=match.start(), end=match.end(), lemma=lemma, tense=tense, object=near)
