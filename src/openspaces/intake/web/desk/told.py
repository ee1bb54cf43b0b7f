"""What was just done, in the words of the log: the page after it says so, and offers to undo it."""

from dataclasses import dataclass

from openspaces.board.read import changes_after
from openspaces.board.state import Board, Change
from openspaces.wording import tells

SENTENCES = 3
"""How many changes of one step are told; closing a room for a day has many."""


@dataclass(frozen=True)
class Told:
    """The sentences of one step, how many more there are, and the number by which it is undone."""

    number: int
    sentences: list[str]
    more: int
    undoes: bool


def told(board: Board, number: str) -> Told | None:
    """The step that begins with the change of that number, as it is written in an address."""
    first = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    if not 1 <= first <= board.number:
        return None
    later = changes_after(board.event, first - 1, limit=100)
    step = [change for change in later if change.step == later[0].step]
    return Told(first, [tells(change, board) for change in step[:SENTENCES]], len(step[SENTENCES:]), _undoes(step))


def _undoes(step: list[Change]) -> bool:
    return any("undoes" in change.after for change in step)
