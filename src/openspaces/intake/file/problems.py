"""What is wrong with an event file: each problem with its line and key, all of them at once."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]
"""Where something stands in a file: `("days", 0, "slots")` is the first day's `slots`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` counts from 1, 0 is the file as a whole; so does the key: `days[1].slots`."""

    line: int
    key: str
    says: str

    def __str__(self) -> str:
        return f"{self.key}: {self.says}" if self.key else self.says


class WrongFile(Exception):
    """The file cannot be followed, and nothing of it was."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        self.file, self.problems = file, problems
        super().__init__("\n".join(f"{self._place(problem)}: {problem}" for problem in problems))

    def _place(self, problem: Problem) -> str:
        return f"{self.file}:{problem.line}" if problem.line else self.file


class Report:
    """Collects the problems of one file while it is read."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines
        self._problems: list[Problem] = []

    def add(self, path: Path, says: str) -> None:
        """Note a problem of the value at `path`."""
        self._problems.append(Problem(self.line(path), key_at(path), says))

    def line(self, path: Path) -> int:
        """The line of a key, or of the table that should have it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def problems(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the file."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line))


def key_at(path: Path) -> str:
    """A path as people write it; tables of a list count from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def meant(typed: str, known: list[str], instead: str = "") -> str:
    """A hint for something mistyped: the nearest known name, or `instead`, or all known names."""
    near = get_close_matches(typed, known, n=1)
    if near:
        return _("Did you mean “%(near)s”?") % {"near": near[0]}
    return instead or _("Known here: %(known)s.") % {"known": ", ".join(known)}


# Lines: tomllib tells none, so the file is cut into statements, each the shortest run of lines that is TOML.


def lines_of(text: str) -> dict[Path, int]:
    """The line of every key and table in `text`, which must be TOML."""
    found: dict[Path, int] = {}
    here: Path = ()
    for line, statement in _statements(text):
        tree = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            here = _header(tree, found)
            found.setdefault(here, line)
        else:
            found |= {(*here, *path): line for path in _paths(tree)}
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    waiting = ""
    start = 1
    for number, line in enumerate(text.split("\n"), start=1):
        waiting += line + "\n"
        if _is_toml(waiting):
            if not re.fullmatch(r"\s*(#.*)?\s*", waiting):
                yield start, waiting
            waiting, start = "", number + 1


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _header(tree: Any, found: Mapping[Path, int]) -> Path:
    """The path that `[table]` or `[[table]]` opens, given what was opened before."""
    path: Path = ()
    while tree:
        key, tree = next(iter(tree.items()))
        path = (*path, key)
        opened = sum(1 for known in found if known[:-1] == path and isinstance(known[-1], int))
        if isinstance(tree, list):
            path, tree = (*path, opened), tree[0]
        elif opened:
            path = (*path, opened - 1)
    return path


def _paths(tree: Any) -> Iterator[Path]:
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (key,)
        yield from ((key, *path) for path in _paths(value))
