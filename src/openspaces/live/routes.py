"""From an address to the outlet that answers it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from openspaces.board.state import Board
from openspaces.outlets.base import Pull

PICTURE = "image-png"
"""The name of the outlet behind `/os`."""
PATHS = 4096
"""How many paths are known again without being matched with every pattern."""
LONGEST = 256
"""No path of ours has more letters; strangers may write longer ones, which are not kept."""


@dataclass(frozen=True, slots=True)
class Route:
    """An outlet and what the path says to it."""

    pull: Pull
    path: Mapping[str, str]


class Routes:
    """The public addresses of all pull outlets."""

    def __init__(self, pulls: Iterable[Pull]) -> None:
        self._pulls = list(pulls)
        self._patterns = [(_pattern(path), pull) for pull in self._pulls for path in pull.paths if "{event}" in path]
        self._picture = next((pull for pull in self._pulls if pull.name == PICTURE), None)
        self._found = lru_cache(PATHS)(self._find)

    def find(self, path: str) -> Route | None:
        """The route of a path inside an event, or None."""
        return self._found(path) if len(path) <= LONGEST else self._find(path)

    def _find(self, path: str) -> Route | None:
        for pattern, pull in self._patterns:
            if found := pattern.fullmatch(path):
                return Route(pull, found.groupdict())
        return None

    def picture(self, boards: Iterable[Board], at: datetime) -> Route | None:
        """The route of `/os`: the picture of the current event."""
        event = current(boards, at)
        return Route(self._picture, {"event": event.event}) if self._picture and event else None


def current(boards: Iterable[Board], at: datetime) -> Board | None:
    """The event that runs at `at` (the largest, if several do), else the next to come, else the last."""
    known = sorted((board for board in boards if board.slots), key=lambda board: board.event)
    running = [board for board in known if _begins(board) <= at < _ends(board)]
    if running:
        return max(running, key=lambda board: sum(len(day.slots) * len(day.rooms) for day in board.days))
    coming = [board for board in known if _begins(board) > at]
    return min(coming, key=_begins) if coming else max(known, key=_ends, default=None)


def _begins(board: Board) -> datetime:
    """The first minute of its first day: the picture hangs before the doors open."""
    first = next(iter(board.slots.values())).starts
    return board.local(first).replace(hour=0, minute=0, second=0, microsecond=0)


def _ends(board: Board) -> datetime:
    return max(slot.ends for slot in board.slots.values())


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile("".join(f"(?P<{part}>[^/]+)" if odd % 2 else re.escape(part) for odd, part in enumerate(parts)))
