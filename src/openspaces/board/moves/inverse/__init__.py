"""What takes a change back, kind by kind: the changes that do it, or why it cannot be taken back any more."""

from openspaces.board.moves.inverse import cards, cells, contests, deals, desk, event, hiding
from openspaces.board.moves.inverse.base import Answer, Inverses, Now
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Refusal

__all__ = ["INVERSES", "Answer", "Now", "inverse"]

INVERSES: Inverses = {
    **event.INVERSES,
    **cards.INVERSES,
    **cells.INVERSES,
    **contests.INVERSES,
    **deals.INVERSES,
    **hiding.INVERSES,
    **desk.INVERSES,
}
"""Kinds that are missing cannot be undone: an event that was made, a host's yes, and what is read or counted."""


def inverse(board: Board, change: Change, now: Now) -> Answer:
    """The changes on `board` that take `change` back, or why not: what it touched has moved since."""
    take_back = INVERSES.get(change.kind)
    return take_back(board, change, now) if take_back else Refusal(Code.CANNOT_UNDO)
