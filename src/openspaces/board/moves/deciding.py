"""How a move is decided: what holds for every move comes first, its own rules then, and what follows from it last."""

from dataclasses import replace
from datetime import datetime, timedelta

from openspaces.board.contest import Contest
from openspaces.board.fold import fold
from openspaces.board.moves.base import Changes, Move
from openspaces.board.moves.claiming import changed
from openspaces.board.moves.contests import called_off, settlement
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Method, Refusal
from openspaces.people.who import Who


def decided(move: Move, board: Board, by: Who, at: datetime) -> Changes | Refusal:
    """The changes that follow when `by` asks for `move` at `at`, or why not."""
    refusal = paused(board, by) or _too_fast(move, board, by, at) or move.may(by, board)
    changes = refusal or move.decide(board, by, at)
    if isinstance(changes, Refusal):
        return changes
    return (*changes, *_consequences(board, changes, by, at)) if board.contests else changes


def paused(board: Board, by: Who) -> Refusal | None:
    """While the board is frozen, only staff write."""
    if board.freeze is None or by.is_staff:
        return None
    return Refusal(Code.FROZEN, {"reason": board.freeze.reason})


def _too_fast(move: Move, board: Board, by: Who, at: datetime) -> Refusal | None:
    """In slow mode a host's next move waits until some minutes after the last."""
    if not board.caution.slow or by.is_staff or not getattr(move, "slows", False):
        return None
    last = max((card.at for card in board.cards_of(by.hand)), default=None)
    ready = last and last + timedelta(minutes=board.caution.slow)
    if ready is None or at >= ready:
        return None
    return Refusal(Code.SLOW_DOWN, {"minutes": -((at - ready) // timedelta(minutes=1))})


def _consequences(board: Board, changes: Changes, by: Who, at: datetime) -> Changes:
    """A contest that cards have left is smaller; the last one that is left in it has won."""
    for change in changes:
        board = fold(board, replace(change, number=board.number + 1, at=at, by=by.hand))
    done: list[Change] = []
    for contest in board.contests.values():
        if contest.open:
            done += _shrunk(board, contest, at)
    return tuple(done)


def _shrunk(board: Board, contest: Contest, at: datetime) -> Changes:
    left = tuple(code for code in contest.cards if _stands(board, contest, code))
    if left == contest.cards:
        return ()
    if len(left) > 1:
        return (changed(contest, replace(contest, cards=left)),)
    told = replace(contest, settled=at, method=Method.YIELD)
    if not left:
        return (called_off(contest, "", at),)
    return settlement(board, replace(contest, cards=left), replace(told, winner=left[0]), at)


def _stands(board: Board, contest: Contest, code: str) -> bool:
    """Whether a card still holds or asks for what the contest is about."""
    card = board.cards[code]
    rows = (placement for placement in (card.placement, card.claim and card.claim.placement) if placement)
    return any(not set(row.cells).isdisjoint(contest.cells) for row in rows)
