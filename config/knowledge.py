"""Edge: files. Packs, actors and languages: the built-in data, and what a configuration folder adds to it.

A pack or language of the same id overrides the built-in one key by key; an actor of the same id adds to its lists.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from config.documents import Document, Findings
from config.forms import (
    NO_TRIGGER,
    ActorForm,
    ActorTables,
    EventForm,
    LanguageForm,
    OriginsForm,
    has_trigger,
    noun,
)
from config.nearest import plain
from tasks.model.language import Language
from tasks.model.outlet import Agency
from tasks.model.watch import Actor, EventPack, Knowledge
from tasks.wire import dumps

DATA = Path(__file__).parent  # the built-in packs/, actors/ and languages/
DIGEST_VERSION = b"\x01"  # another one makes every digest new: for a change that the nouns do not show

_WORDS = ("names", "adjectives", "seats", "organs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What watches are compiled against, before their own actors are added (whose `spellings` are there already)."""

    packs: Mapping[str, EventPack] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    agencies: tuple[Agency, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)

    @property
    def context(self) -> dict[str, object]:
        """Give what the checks of forms need."""
        return {"actor": self.spellings, "pack": self.packs}


def library(found: Findings, roots: tuple[Path, ...], own_actors: Mapping[str, Any]) -> Library:
    """Read packs, actors, languages and agencies from these folders, the later over the earlier ones."""
    actor_documents = _documents(found, roots, "actors")
    known = spellings((*(one.data for one in actor_documents), own_actors))
    return Library(
        packs=_packs(found, _documents(found, roots, "packs")),
        actors=extended({}, *(found.form(ActorTables, one, {"actor": known}) for one in actor_documents)),
        languages=_languages(found, _documents(found, roots, "languages")),
        agencies=_agencies(found, _documents(found, roots, "origins")),
        spellings=known,
    )


def spellings(tables: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give every way in which people may have meant an actor (its id, names, seats …) with the id."""
    actors = [(name, table) for one in tables for name, table in one.items() if isinstance(table, dict)]
    words = {word: name for name, table in actors for key in _WORDS for word in _words(table.get(key))}
    return words | plain(*(name for name, _ in actors))


def _words(found: object) -> list[str]:
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def extended(actors: Mapping[str, Actor], *more: Mapping[str, ActorForm]) -> dict[str, Actor]:
    """Add actors: a known id gets the union of both, list by list."""
    both = dict(actors)
    for tables in more:
        for name, form in tables.items():
            both[name] = _union(both.get(name, Actor(id=name)), form)
    return dict(sorted(both.items()))


def _union(old: Actor, new: Actor) -> Actor:
    both: dict[str, Any] = {
        one.name: tuple(dict.fromkeys((*getattr(old, one.name), *getattr(new, one.name))))
        for one in fields(Actor)
        if one.name != "id"
    }
    return replace(old, **both)


def with_digest(knowledge: Knowledge) -> Knowledge:
    """Give the knowledge its digest, which is equal exactly where all of it is equal."""
    content = dumps(replace(knowledge, digest=""))
    return replace(knowledge, digest=hashlib.sha256(DIGEST_VERSION + content).hexdigest())


def _packs(found: Findings, documents: tuple[Document, ...]) -> dict[str, EventPack]:
    forms = [(one, found.form(EventForm, one)) for one in _merged(documents)]
    blank = EventForm()  # what stands for a document that is complained of already
    lame = (one for one, form in forms if form != blank and not has_trigger(form))
    found.problems += (one.problem(("nouns",), NO_TRIGGER) for one in lame)
    return {one.id: noun(EventPack, form, id=one.id) for one, form in forms}


def _languages(found: Findings, documents: tuple[Document, ...]) -> dict[str, Language]:
    return {one.id: noun(Language, found.form(LanguageForm, one), id=one.id) for one in _merged(documents)}


def _agencies(found: Findings, documents: tuple[Document, ...]) -> tuple[Agency, ...]:
    """Read agencies; of two with one id the later counts."""
    forms = {form.id: form for one in documents for form in found.form(OriginsForm, one).agency}
    return tuple(noun(Agency, form) for form in forms.values())


def _documents(found: Findings, roots: tuple[Path, ...], kind: str) -> tuple[Document, ...]:
    paths = [path for root in roots for path in sorted((root / kind).glob("*.toml"))]
    return tuple(found.read(path, f"{kind}/{path.name}") for path in paths)


def _merged(documents: tuple[Document, ...]) -> Iterable[Document]:
    """Lay documents of one id over each other; what is then wrong stands in the last one."""
    by_id: dict[str, Document] = {}
    for one in documents:
        old = by_id.get(one.id, Document(file=one.file))
        by_id[one.id] = replace(one, data=_overridden(old.data, one.data))
    return tuple(by_id[name] for name in sorted(by_id))


def _overridden(old: Any, new: Any) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return {**old, **{key: _overridden(old.get(key), value) for key, value in new.items()}}
