"""Pure. What is only wrong in view of the whole: repeated names, ledgers moved twice, new actors that cannot be found."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from config.addresses import same_address
from config.documents import Document
from config.nearest import nearest, plain
from tasks.errors import Problem
from tasks.model.watch import Actor


def repeated(document: Document, table: str, key: str, same: Callable[[str], str] = str.casefold) -> Iterator[Problem]:
    """Notice tables that share what must be theirs alone; file systems and people do not tell capitals apart."""
    first: dict[str, int] = {}
    for index, value in _values(document, table, key):
        earlier = first.setdefault(same(value), index)
        if earlier != index:
            yield document.problem((table, index, key), f"{table}[{earlier + 1}] has the same {key}")


def renamed(watches: Document) -> Iterator[Problem]:
    """Notice a watch that takes over the ledger of one that is still there."""
    present = {name for _, name in _values(watches, "watch", "id")}
    for index, old in _values(watches, "watch", "renamed_from"):
        if old in present:
            yield watches.problem(("watch", index, "renamed_from"), f"a watch {old!r} is still there")


def nameless(watches: Document, actors: Mapping[str, Actor]) -> Iterator[Problem]:
    """Notice a new actor without names: mostly a built-in one under a wrong id."""
    words = {word: one.id for one in actors.values() for word in (*one.names, *one.adjectives, *one.seats, *one.organs)}
    for name, table in own_actors(watches).items():
        if name not in actors and name.isupper() and isinstance(table, dict) and not table.get("names"):
            yield watches.problem(("actors", name), "a new actor needs names", nearest(name, words | plain(*actors)))


def own_actors(watches: Document) -> dict[str, Any]:
    """Give the actor tables of a watches file, as written."""
    found = watches.data.get("actors")
    return found if isinstance(found, dict) else {}


def comparable(url: str) -> str:
    """Give a form in which equal feeds are equal; an address that cannot be read is complained of elsewhere."""
    try:
        return same_address(url)
    except ValueError:
        return url


def names(document: Document, table: str, key: str) -> tuple[str, ...]:
    """Give what the tables of a document have under a key, as far as it is text."""
    return tuple(value for _, value in _values(document, table, key))


def _values(document: Document, table: str, key: str) -> Iterator[tuple[int, str]]:
    for index, one in enumerate(document.tables(table)):
        value = one.get(key)
        if isinstance(value, str) and value:
            yield index, value
