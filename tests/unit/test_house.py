"""The house's own rules: kinds, sizes, clocks, and what the README and the lock promise."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from flows.cli import app

ROOT = Path(__file__).parents[2]
HOUSE = tuple(path for top in ("flows", "tasks", "config") for path in sorted((ROOT / top).rglob("*.py")))
DOORS = tuple(ROOT / top / "__init__.py" for top in ("flows", "tasks", "config"))  # they say when, what and with what
STEPS = ROOT / "tasks/store/migrations/versions"  # a step is as long as the tables that it makes
SIZED = tuple(path for path in HOUSE if STEPS not in path.parents)
TESTS = tuple(sorted((ROOT / "tests").rglob("test_*.py")))

KIND = re.compile(r"(Types|Pure|Flow|Route|Root|Commands)\. |Edge: [^.]+\. ")
TIMELESS = ("Types. ", "Pure. ")
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
MAX_MODULE, MAX_FUNCTION = 300, 40  # what one sitting takes in

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a module, once."""
    return ast.parse(path.read_text())


def docstring(path: Path) -> str:
    """Give a module's docstring, with a space behind it."""
    return (ast.get_docstring(parsed(path)) or "").replace("\n", " ") + " "


def functions(path: Path) -> Iterator[Function]:
    """Find all functions and methods of a module, nested ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Count a function's lines without its docstring."""
    first = function.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    spared = (first.end_lineno or 0) - first.lineno + 1 if told else 0
    return (function.end_lineno or 0) - function.lineno + 1 - spared


def project() -> dict[str, Any]:
    """Read the project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def imports(tree: ast.AST) -> Iterator[str]:
    """Name what a module imports when it is loaded: not what its functions import when they are called."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not isinstance(node, Function):
            yield from imports(node)


def name(path: Path) -> str:
    """Name a file as people do, from the root."""
    return path.relative_to(ROOT).as_posix()


def test_every_module_says_its_kind() -> None:
    """A module's docstring begins with its kind, one of a closed set; an edge names its world."""
    assert [name(path) for path in HOUSE if path not in DOORS and not KIND.match(docstring(path))] == []


def test_pure_modules_read_no_clock() -> None:
    """What is pure or a type takes `now` as an argument."""
    timeless = (path for path in HOUSE if docstring(path).startswith(TIMELESS))
    calls = ((path, node.func) for path in timeless for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
    assert [
        f"{name(path)}:{func.lineno}"
        for path, func in calls
        if isinstance(func, ast.Attribute) and func.attr in CLOCKS and isinstance(func.value, ast.Name)
        and func.value.id in {"datetime", "date", "time"}
    ] == []  # fmt: skip


def test_pure_modules_import_no_world() -> None:
    """What is pure or a type imports nothing that reaches the world, wherever it stands; the list is the contract's."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    worlds = {world for contract in contracts if contract["id"] == "pure" for world in contract["forbidden_modules"]}
    timeless = [path for path in HOUSE if docstring(path).startswith(TIMELESS)]
    roots = {name(path): {imported.split(".")[0] for imported in imports(parsed(path))} for path in timeless}
    assert {path: found & worlds for path, found in roots.items() if found & worlds} == {}


def test_modules_are_short() -> None:
    """No module is longer than one sitting."""
    lengths = {name(path): len(path.read_text().splitlines()) for path in SIZED}
    assert {path: lines for path, lines in lengths.items() if lines > MAX_MODULE} == {}


def test_functions_are_short() -> None:
    """No function is longer than a screen."""
    lengths = {f"{name(path)}:{function.name}": length(function) for path in SIZED for function in functions(path)}
    assert {function: lines for function, lines in lengths.items() if lines > MAX_FUNCTION} == {}


def test_every_test_states_its_fact() -> None:
    """A test says in one sentence what it shows."""
    tests = ((path, test) for path in TESTS for test in functions(path) if test.name.startswith("test_"))
    assert [f"{name(path)}:{test.name}" for path, test in tests if not ast.get_docstring(test)] == []


def loaded(path: Path, seen: set[str]) -> set[str]:
    """Collect all names that loading a module imports, through the modules of this repository."""
    for imported in set(imports(parsed(path))):
        parts = imported.split(".")
        for dotted in {".".join(parts[:depth]) for depth in range(1, len(parts) + 1)} - seen:
            seen.add(dotted)
            file = ROOT / dotted.replace(".", "/")
            for source in (file.with_suffix(".py"), file / "__init__.py"):
                if source.is_file():
                    loaded(source, seen)
    return seen


def test_unit_tests_do_not_load_prefect() -> None:
    """No unit test imports Prefect, itself or through our modules: that alone takes longer than all of them."""
    units = [path for path in TESTS if path.is_relative_to(ROOT / "tests/unit")]
    assert [name(path) for path in units if "prefect" in loaded(path, set())] == []


def code_of(text: str) -> str:
    """Give what a Markdown text shows as code: fenced blocks and spans, a line each."""
    fenced = r"^```.*?\n(.*?)^```"
    blocks = re.findall(fenced, text, flags=re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(fenced, "", text, flags=re.DOTALL | re.MULTILINE))
    return "\n".join([*blocks, *spans])


def test_make_targets_of_the_readme_exist() -> None:
    """What the README tells people to make can be made."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    told = set(re.findall(r"^(?:\$ )?make ([a-z]+)", code_of((ROOT / "README.md").read_text()), flags=re.MULTILINE))
    assert {"run", "test", "check", "soak"} - told == set()
    assert told - targets == set()


def test_commands_of_the_readme_exist() -> None:
    """What the README tells people to run is a command of `tocsin`."""
    commands = {
        command.name or getattr(command.callback, "__name__", "").replace("_", "-")
        for command in app.registered_commands
    }
    shown = code_of((ROOT / "README.md").read_text())
    told = set(re.findall(r"^(?:\$ )?(?:\.venv/bin/)?tocsin ([a-z][a-z-]+)", shown, flags=re.MULTILINE))
    assert told
    assert told - commands == set()


def test_the_lock_names_releases_only() -> None:
    """The lock pins every dependency, and names no index, address or path of the machine that it was made on."""
    lines = [line for line in (ROOT / "deploy/constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; [\w.'<>=! ]+)?", line)] == []
    about = project()["project"]
    wanted = [*about["dependencies"], *(one for extra in about["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=! ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names - {line.partition("==")[0] for line in lines} == set()
    assert "async-timeout" in {line.partition("==")[0] for line in lines}  # Python 3.11.2 (Debian 12) needs it
