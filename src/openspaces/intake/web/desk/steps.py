"""The log step by step, newest first: what was done together, whether it was undone, and whether it still can be."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from openspaces.board.moves import Undo
from openspaces.board.moves.deciding import decided
from openspaces.board.read import changes_after
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind, Refusal
from openspaces.intake.web.desk.doing import why
from openspaces.people.who import Who

READ_AT_ONCE = 300
MOST_READ = 3000
"""How many changes one look at the log reads at most, whatever it looks for."""

Wanted = Callable[["Step"], bool]


@dataclass(frozen=True)
class Step:
    """What one move changed. `number` is that of its first change, by which it is undone."""

    number: int
    changes: tuple[Change, ...]
    undone: bool = False
    read: Sequence[Change] = ()
    """All that was read of the log, also what was done since."""

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.changes[0].at

    @property
    def by(self) -> str:
        """The hand that did it."""
        return self.changes[0].by

    @property
    def undoes(self) -> int:
        """The number that it undid; 0 if it undid nothing."""
        return int(self.changes[0].after.get("undoes", 0))


@dataclass(frozen=True)
class Look:
    """What one look at the log found; `older` is where the next one begins, 0 at the log's beginning."""

    steps: list[Step]
    older: int


def look(board: Board, wanted: Wanted, most: int, before: int = 0) -> Look:
    """The newest steps that are wanted, of those before number `before` (0: of all)."""
    found: list[Step] = []
    oldest = before or board.number + 1
    for step in steps(board):
        if oldest - step.number > MOST_READ or len(found) == most:
            return Look(found, step.number + len(step.changes))
        if (not before or step.number < before) and wanted(step):
            found.append(step)
    return Look(found, 0)


def steps(board: Board) -> Iterator[Step]:
    """Every step up to the board's number, newest first, each with whether it was undone by a later one."""
    undone: set[int] = set()
    read: list[Change] = []
    for step in _read_back(board):
        read += step.changes
        if all(change.kind is Kind.STARS_COUNTED for change in step.changes):
            continue  # it comes up to once a second, and nobody did it
        gone = step.number in undone
        if step.undoes and not gone:
            undone.add(step.undoes)
        yield Step(step.number, step.changes, gone, read)


def why_not_undone(board: Board, step: Step, by: Who, at: datetime) -> str:
    """Why a step cannot be undone now; "" if it can."""
    later = tuple(change for change in step.read if change.number > step.changes[-1].number)
    answer = decided(Undo(number=step.number, changes=step.changes, later=later), board, by, at)
    if isinstance(answer, Refusal):
        return why(answer)
    return "" if answer else _("There is nothing left of it to undo.")


def _read_back(board: Board) -> Iterator[Step]:
    """Steps, read some hundred changes at a time; none is cut in two."""
    end = board.number
    while end > 0:
        start = max(0, end - READ_AT_ONCE)
        changes = changes_after(board.event, start, end - start)
        if not changes:
            return
        first = changes[0]
        if 0 < first.step < first.number:
            start = first.step - 1
            changes = changes_after(board.event, start, end - start)
        found = [
            Step(key, tuple(each)) for key, each in groupby(changes, key=lambda change: change.step or change.number)
        ]
        yield from reversed(found)
        end = start
