"""A command run in this process, as `main` runs it: quick, with what it printed and the code it left with."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest

from flows.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its JSON Lines; standard output has nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]


def tocsin(*words: object, **environment: str) -> Said:
    """Run a command to its end; `environment` is added for it alone."""
    out, err = _stream(), _stream()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["tocsin", *map(str, words)])
        for name, value in environment.items():
            patch.setenv(name, value)
        code = _code()
    return Said(code=code, out=_text(out), err=_text(err))


def _code() -> int:
    try:
        main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
