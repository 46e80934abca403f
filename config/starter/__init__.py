"""Edge: files. The configuration that `tocsin init DIR` writes."""

from pathlib import Path

from tasks.errors import ConfigError, Problem

_HERE = Path(__file__).parent


def write(folder: Path) -> tuple[Path, ...]:
    """Write the starter configuration and give its files; raise ConfigError, and write nothing, where one is there already."""
    templates = sorted(_HERE.glob("*.toml"))
    there = tuple(_refusal(one.name, folder) for one in templates if (folder / one.name).exists())
    if there:
        raise ConfigError(there)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_written(folder / one.name, one.read_text("utf-8")) for one in templates)
    except OSError as error:
        problem = Problem(file=str(error.filename), place=str(folder), problem=f"cannot be written: {error.strerror}")
        raise ConfigError((problem,)) from error


def _refusal(file: str, folder: Path) -> Problem:
    return Problem(file=file, place=str(folder), problem="is already there and stays as it is")


def _written(path: Path, text: str) -> Path:
    with path.open("x", encoding="utf-8") as file:  # "x": never over somebody's file, even one written meanwhile
        file.write(text)
    return path
