"""Commands. Expected errors to one clear message and an exit code; anything else is a bug and shows its traceback."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tasks.errors import ConfigError, StoreError, TocsinError

FINDING, USAGE, CONFIGURATION, UNAVAILABLE = 1, 2, 3, 4


@contextmanager
def exits() -> Iterator[None]:
    """Leave the process with the code that fits the error."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here, and not when Python ends, where nobody could catch that the reader has gone
    except BrokenPipeError:
        # The reader has gone (`tocsin alerts | head`): say nothing, and keep Python from trying to flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINDING)
    except ConfigError as error:
        fail(str(error), CONFIGURATION)
    except StoreError as error:
        fail(str(error), UNAVAILABLE)
    except TocsinError as error:
        fail(str(error), FINDING)


def fail(message: str, code: int) -> NoReturn:
    """Say what went wrong on standard error, and leave."""
    sys.stderr.write(f"{message}\n")
    sys.exit(code)
