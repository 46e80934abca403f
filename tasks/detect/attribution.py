"""Pure. Attribution: who says so, with role and side, and the outlet that carries it."""

import re

from tasks.detect.scene import Named, Scene
from tasks.detect.words import pattern
from tasks.model.language import AttributionWords
from tasks.model.mention import Attribution

NAME = r"(?:[A-Z][\w’'.-]+\s?){1,4}"
NAMED = re.compile(r"(?:[A-Z][\w’'-]+\s)?[A-Z][\w’'-]+$")  # first name and surname at the end of a phrase
SUBJECT_WORDS = 9  # a subject longer than this is a clause, not a speaker
BREAK = re.compile(r"[,;:.“”\"()]|\s[-–—]\s")


class AttributionReader:
    """Reads who stands behind a sentence."""

    def __init__(self, words: AttributionWords) -> None:
        self._say = pattern(words.say)
        self._according = pattern(words.according)
        self._carry = re.compile(f"(?:{pattern(words.carry).pattern})\\s+(?P<outlet>(?-i:{NAME}))", re.IGNORECASE)
        self._collective = pattern(words.collective)
        self._titles = pattern(words.titles)
        self._statement = re.compile(pattern(words.statements).pattern, re.IGNORECASE)
        self._article = re.compile(f"(?:{pattern(words.articles).pattern})\\s+", re.IGNORECASE)
        self._passive = frozenset(words.passive)

    def read(self, scene: Scene) -> Attribution:
        """Give the speaker of a sentence and the carrier, each empty where none is named."""
        carrier = self._carry.search(scene.text)
        phrase, at = self._speaker_phrase(scene.text)
        via = carrier["outlet"].strip(" .") if carrier else ""
        if not phrase or phrase == via:
            return Attribution(via=via)
        speaker, role, side = self._identify(scene, phrase, at)
        return Attribution(speaker=speaker, role=role, side=side, via=via)

    def refers_back(self, text: str) -> bool:
        """Say whether the sentence is about the statement before it: "This statement was made by …"."""
        return bool(self._statement.match(text))

    def _speaker_phrase(self, text: str) -> tuple[str, int]:
        """Find the words that name the speaker, and where they stand."""
        if according := self._according.search(text):
            end = BREAK.search(text, according.end())
            return self._trimmed(text, according.end(), end.start() if end else len(text))
        for say in self._say.finditer(text):
            after = BREAK.search(text, say.end())
            if " ".join(say[0].lower().split()) in self._passive:
                return self._trimmed(text, say.end(), after.start() if after else len(text))
            breaks = [match.end() for match in BREAK.finditer(text, 0, say.start())]
            found = self._trimmed(text, breaks[-1] if breaks else 0, say.start())
            if self._can_speak(found[0]):
                return found
            inverted = self._trimmed(text, say.end(), after.start() if after else len(text))
            if re.match(NAME, inverted[0]) and self._can_speak(inverted[0]):
                return inverted
        return "", 0

    def _trimmed(self, text: str, start: int, end: int) -> tuple[str, int]:
        raw = text[start:end]
        lead = len(raw) - len(raw.lstrip())
        return raw.strip(), start + lead

    def _can_speak(self, phrase: str) -> bool:
        if not 0 < len(phrase.split()) <= SUBJECT_WORDS:
            return False
        return bool(re.search(r"[A-Z]\w", phrase)) or bool(self._collective.search(phrase))

    def _identify(self, scene: Scene, phrase: str, at: int) -> tuple[str, str, str]:
        inside = [one for one in scene.actors if at <= one.start < at + len(phrase)]
        person = next((one for one in inside if one.kind == "person"), None)
        side = (person or inside[0]).actor if inside else ""
        if person:
            return person.text, self._role(phrase, person), side
        name = NAMED.search(phrase)
        if name is None or self._titles.search(name[0]) or not self._titles.search(phrase[: name.start()]):
            return phrase, "", side
        return name[0], self._bare(phrase[: name.start()].strip()), side

    def _role(self, phrase: str, person: Named) -> str:
        role, _, _ = phrase.partition(person.text)
        return self._bare(role.strip(" ,"))

    def _bare(self, role: str) -> str:
        article = self._article.match(role)
        return role[article.end() :] if article else role
