"""Pure. The book that a fold writes: developments as they stand, updates as they came."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict, Unpack

from tasks.model.ledger import Development, Fact, Ledger, Update
from tasks.model.mention import Quantity, Status
from tasks.model.watch import Change, Watch
from tasks.model.when import When


class Values(TypedDict, total=False):
    """What an update may set on its development."""

    status: Status
    when: When | None
    quantity: Quantity | None
    subject: str | None


def merged(held: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Add what is not there yet, in order."""
    return tuple(dict.fromkeys((*held, *(one for one in more if one))))


class Book:
    """Developments and updates of one watch while its facts are folded."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self._developments: dict[str, Development] = {}
        self._updates: list[Update] = []

    def latest_first(self) -> Iterator[Development]:
        """Yield the developments, the last changed first."""
        return iter(sorted(self._developments.values(), key=lambda one: one.changed_at, reverse=True))

    def open(self, fact: Fact, change: Change, *, maybe_same_as: str | None = None) -> None:
        """Open a development with this fact."""
        mention = fact.mention
        development = Development(
            id=development_id(fact),
            watch=self.watch.id,
            shape=self.watch.shape,
            status=mention.status,
            when=mention.when,
            parties=mention.parties,
            place=mention.place,
            quantity=mention.quantity,
            subject=mention.subject,
            outcome=mention.outcome,
            attribution=mention.attribution,
            opened_at=fact.at,
            changed_at=fact.at,
            maybe_same_as=maybe_same_as,
        )
        self._write(development, change, fact, None)

    def change(
        self,
        development: Development,
        change: Change,
        fact: Fact,
        before: When | Quantity | str | None,
        **values: Unpack[Values],
    ) -> None:
        """Record one change of a development."""
        mention = fact.mention
        told = replace(
            development,
            attribution=mention.attribution,
            changed_at=fact.at,
            place=mention.place or development.place,
            outcome=mention.outcome or development.outcome,
        )
        self._write(replace(told, **values), change, fact, before)

    def corroborate(self, development: Development, fact: Fact) -> None:
        """Let a fact stand behind a development without changing it."""
        self._developments[development.id] = _backed(development, fact)

    def ledger(self) -> Ledger:
        """Give what the fold made."""
        return Ledger(developments=tuple(self._developments.values()), updates=tuple(self._updates))

    def _write(
        self, development: Development, change: Change, fact: Fact, before: When | Quantity | str | None
    ) -> None:
        backed = _backed(development, fact)
        self._developments[backed.id] = backed
        mention = fact.mention
        self._updates.append(
            Update(
                change=change,
                at=fact.at,
                development=backed,
                before=before,
                article=fact.article,
                revision=fact.revision,
                attribution=mention.attribution,
                evidence=mention.evidence,
                confidence=mention.confidence,
                why=mention.why,
            )
        )


def _backed(development: Development, fact: Fact) -> Development:
    return replace(
        development,
        origins=merged(development.origins, (fact.origin,)),
        outlets=merged(development.outlets, (fact.outlet,)),
        facts=merged(development.facts, (fact.key,)),
    )


def development_id(fact: Fact) -> str:
    """Name a development after the fact that opens it."""
    return "dev-" + hashlib.sha256(f"{fact.mention.watch}\x1f{fact.key}".encode()).hexdigest()[:10]
