"""Pure. How a validator says what is wrong, with the nearest thing that would be right."""

from pydantic_core import PydanticCustomError


def wrong(problem: str, nearest: str | None = None) -> PydanticCustomError:
    """Make the error that becomes a Problem of the configuration."""
    return PydanticCustomError("wrong", "{problem}", {"problem": problem, "nearest": nearest})
