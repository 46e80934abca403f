"""Edge: files. The story of `tocsin demo`: which outlets publish what, at which moments, and what the watches must say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from config.documents import Findings, read
from tasks.model.watch import Change

_HERE = Path(__file__).parent
_WIRE = "wire.toml"
_COPIED = ("watches.toml", "settings.toml")
_STRICT = {"extra": "forbid", "strict": True}
GOOD = 200  # what a server answers where all is well


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet with its feed; `answer` is the HTTP status of the feed."""

    __pydantic_config__ = _STRICT
    id: str
    name: str
    answer: int = GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reader writes below an article."""

    __pydantic_config__ = _STRICT
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of an outlet; paragraphs are set apart by an empty line. One that `copies` another has that one's words."""

    __pydantic_config__ = _STRICT
    outlet: str
    slug: str
    published: datetime
    title: str
    lead: str = ""
    text: str = ""
    copies: str = ""
    answer: int = GOOD  # the HTTP status of its page
    comments: tuple[Comment, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Give the paragraphs of the text."""
        return tuple(part.strip() for part in self.text.split("\n\n"))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Said:
    """What a watch says: one change."""

    __pydantic_config__ = _STRICT
    watch: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment at which Tocsin looks: what was published since the one before, and what is to be said of it, in any order."""

    __pydantic_config__ = _STRICT
    at: datetime
    expected: tuple[Said, ...] = ()
    articles: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole of it, in order."""

    __pydantic_config__ = _STRICT
    outlets: tuple[Outlet, ...] = ()
    moments: tuple[Moment, ...] = ()


def story() -> Story:
    """Read the story."""
    found = Findings()
    told = found.form(Story, read(_HERE / _WIRE, f"demo/{_WIRE}"))
    found.refuse()
    pieces = {piece.slug: piece for moment in told.moments for piece in moment.articles}
    return replace(told, moments=tuple(_copied(moment, pieces) for moment in told.moments))


def _copied(moment: Moment, pieces: Mapping[str, Piece]) -> Moment:
    """Give copies the words of what they copy."""
    return replace(moment, articles=tuple(_worded(piece, pieces) for piece in moment.articles))


def _worded(piece: Piece, pieces: Mapping[str, Piece]) -> Piece:
    if not piece.copies:
        return piece
    first = pieces[piece.copies]
    return replace(piece, lead=first.lead, text=first.text)


def lay_out(folder: Path, feeds: Mapping[str, str]) -> None:
    """Write the demo's configuration into a folder; `feeds` gives each feed's address by its name."""
    for name in _COPIED:
        (folder / name).write_text((_HERE / name).read_text("utf-8"), "utf-8")
    tables = (f'[[feed]]\nname = "{name}"\nurl = "{url}"\nlanguage = "en"\n' for name, url in feeds.items())
    (folder / "feeds.toml").write_text("\n".join(tables), "utf-8")
