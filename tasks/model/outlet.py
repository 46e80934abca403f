"""Types. Who publishes: news agencies, as outlets credit them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency as data (config/origins/*.toml): how outlets credit it."""

    id: str
    names: tuple[str, ...] = ()  # in full, as bylines have it
    marks: tuple[str, ...] = ()  # short forms; they count only in brackets, slashes, or as a whole byline
    credits: tuple[str, ...] = ()  # phrases at the end of its texts
    hosts: tuple[str, ...] = ()
