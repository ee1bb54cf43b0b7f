"""Takes back that cells were closed or reopened, and what cards lost by it."""

from datetime import datetime
from typing import Any

from openspaces.board.facts import moment_from, notice_facts, placement_from
from openspaces.board.moves.base import Changes
from openspaces.board.moves.cells import reopening
from openspaces.board.moves.inverse.base import Answer, Inverses, Now, asking_again, back, changed_since, waited_for
from openspaces.board.moves.telling import cell_facts
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Cell, Code, Kind, Refusal

Shut = tuple[str, str | None]
"""Why a cell is closed, and until when if it is only held, as the log writes it."""


def _closed(board: Board, change: Change, now: Now) -> Answer:
    """Open again, or closed for the reason that held before."""
    after = (change.after["reason"], change.after.get("until"))
    for cell in change.cells:
        closure = board.closures.get(cell)
        until = closure.until.isoformat() if closure and closure.until else None
        if closure is None or (closure.reason, until) != after:
            return Refusal(Code.CHANGED_SINCE)
    was = _shut_before(change, now.at)
    opening = [cell for cell in change.cells if str(cell) not in was]
    return (*reopening(board, opening), *_closed_again(was, after))


def _reopened(board: Board, change: Change, now: Now) -> Answer:
    for cell in change.cells:
        if not board.has_cell(cell) or cell in board.closures or board.contest_at(cell) or board.claimed_by(cell):
            return Refusal(Code.CHANGED_SINCE)
        if held := next(iter(board.cards_at(cell)), None):
            facts = {**cell_facts(board, cell), "title": held.words.title, "host": held.words.host}
            return Refusal(Code.CELL_TAKEN, facts, held.code)
    return _closed_again(_shut_before(change, now.at), None)


def _shut_before(change: Change, at: datetime) -> dict[str, Shut]:
    """The closures that `before` names, by cell, but for holds that are over by now."""
    untils = change.before.get("untils", {})
    was = {cell: (reason, untils.get(cell)) for cell, reason in change.before.get("reasons", {}).items()}
    return {cell: shut for cell, shut in was.items() if not (until := moment_from(shut[1])) or until > at}


def _closed_again(was: dict[str, Shut], instead: Shut | None) -> Changes:
    """The cells are closed as they were; `instead` is why, and until when, they are closed by now."""
    return tuple(_closing(cell, *shut, instead) for cell, shut in was.items())


def _closing(cell: str, reason: str, until: str | None, instead: Shut | None) -> Change:
    before = _named(cell, *instead) if instead else {}
    return Change(
        Kind.CELL_CLOSED,
        cells=(Cell.parse(cell),),
        before=before,
        after={"reason": reason, **({"until": until} if until else {})},
    )


def _named(cell: str, reason: str, until: str | None) -> dict[str, Any]:
    return {"reasons": {cell: reason}, **({"untils": {cell: until}} if until else {})}


def _displaced(board: Board, change: Change, now: Now) -> Answer:
    """Back to its cells, and to what it asked for."""
    card, held = board.cards[change.card], placement_from(change.before)
    if card.withdrawn or card.merged_into or (held and card.placement) or (card.claim and "claim" in change.before):
        return changed_since(card)
    if change.after["notice"] != notice_facts(card.notice):
        return changed_since(card)
    waiting = waited_for(change, "claim", "notice")
    if held:
        return back(board, card, held, waiting, now)
    return asking_again(board, card, {"notice": {}, **waiting})


INVERSES: Inverses = {
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _reopened,
    Kind.CARD_DISPLACED: _displaced,
}
