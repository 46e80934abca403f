"""Commands. Pure: whether the demo's story came out as told."""

from collections.abc import Iterable, Iterator, Sequence

from config.demo import Moment, Said
from tasks.alerts.say import day_words, state_words


def differences(moments: Sequence[Moment], said: Sequence[Sequence[Said]]) -> tuple[str, ...]:
    """Say of each moment what was said instead of what was expected; the order within a moment does not matter."""
    return tuple(_differences(moments, said))


def _differences(moments: Sequence[Moment], said: Sequence[Sequence[Said]]) -> Iterator[str]:
    for moment, found in zip(moments, said, strict=True):
        if sorted(moment.expected) != sorted(found):
            yield f"{day_words(moment.at)}: expected {_words(moment.expected)}; got {_words(found)}"


def _words(said: Iterable[Said]) -> str:
    return ", ".join(f"{one.watch} {state_words(one.change)}" for one in sorted(said)) or "nothing"
