"""Proves for a move that log, tables and memory tell one story: old board + changes = board loaded afresh."""

from collections.abc import Iterable
from datetime import datetime

from tests import drawing
from tests.playing import Wanted, meant
from tests.sound import unsettled, unsound

from openspaces.board import store
from openspaces.board.audit import differences
from openspaces.board.fold import fold_all
from openspaces.board.memory import MEMORY
from openspaces.board.moves import Move
from openspaces.board.play import Outcome, play
from openspaces.board.state import Board, Policy
from openspaces.board.voices import Voice
from openspaces.people.who import Who

Step = tuple[Wanted, Who]


def stored(
    text: str,
    policy: Policy = drawing.OPEN,
    planned: drawing.Row = (),
    ideas: drawing.Row = (),
    before: Iterable[Step] = (),
) -> str:
    """Play the drawn board into the database, and what was done `before` on it; the answer is its event."""
    for move, by in (*drawing.moves_of(text, policy, planned, ideas), *before):
        outcome = play(drawing.EVENT, wanted(move, drawing.EVENT), by=by, at=drawing.EVE)
        assert outcome.refusal is None, outcome.refusal
    return drawing.EVENT


def wanted(move: Wanted, event: str) -> Move:
    """The move that is meant on the event's board as it is by now."""
    return meant(move, MEMORY.board(event) or store.blank(event, ""))


def verify(
    event: str, move: Move | Voice, *, by: Who, at: datetime = drawing.EVE, key: str = "", old: Board | None = None
) -> Outcome:
    """Play `move` for real and prove that log, tables and memory tell one story. The answer is its outcome. Who knows
    that they tell one story of the `old` board says it, and the audit is left for the end of a game."""
    before = old or store.load(event) or store.blank(event, "")
    outcome = play(event, move, by=by, at=at, key=key)
    new = consistent(event, audited=old is None)
    assert fold_all(store.blank(event, new.epoch) if before.number == 0 else before, outcome.changes) == new
    assert tuple(store.log(event, before.number)) == outcome.changes
    assert outcome.number == new.number
    assert unsettled(new, outcome.changes) == []
    if outcome.refusal:
        assert new == before
    return outcome


def consistent(event: str, *, audited: bool = True) -> Board:
    """The event's board, the same from its tables, from its whole log, and in memory; numbers without gaps."""
    board = store.load(event)
    assert board is not None
    log = store.log(event)
    assert [change.number for change in log] == list(range(1, board.number + 1))
    assert fold_all(store.blank(event, board.epoch), log) == board
    assert MEMORY.board(event) == board
    assert not audited or differences(event) == []
    assert unsound(board) == []
    return board
