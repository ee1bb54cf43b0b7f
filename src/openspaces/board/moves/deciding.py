"""How a move is decided: what holds for every move comes first, its own rules then, and what follows from it last."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from openspaces.board.contest import Contest
from openspaces.board.moves.base import NOTHING, Changes, Left, Move, following
from openspaces.board.moves.claiming import changed, in_vain
from openspaces.board.moves.hosts import ideas_of
from openspaces.board.moves.seating import displaced, seated
from openspaces.board.moves.settling import called_off, settlement, wanted_in
from openspaces.board.state import Board, Placement
from openspaces.board.vocabulary import Cause, Code, Method, Refusal
from openspaces.people.who import Who

NO_IDEAS: Left = {}


def decided(move: Move, board: Board, by: Who, at: datetime, left: Left = NO_IDEAS) -> Changes | Refusal:
    """The changes that follow when `by` asks for `move` at `at`, or why not. Where moves are slowed, what is `left`
    counts too."""
    refusal = move.may(by, board) or paused(board, by) or _too_fast(move, board, by, at, left)
    changes = refusal or move.decide(board, by, at)
    if isinstance(changes, Refusal):
        return changes
    return (*changes, *_consequences(board, changes, by, at))


def paused(board: Board, by: Who) -> Refusal | None:
    """While the board is frozen, only staff write."""
    if board.freeze is None or by.is_staff:
        return None
    return Refusal(Code.FROZEN, {"reason": board.freeze.reason})


def slowed(move: Move, board: Board, by: Who) -> bool:
    """Whether this is one of the moves between which a host waits in slow mode, while it lasts."""
    return board.caution.slow > 0 and not by.is_staff and getattr(move, "slows", False)


def _too_fast(move: Move, board: Board, by: Who, at: datetime, left: Left) -> Refusal | None:
    """In slow mode a host's next move waits until some minutes after the last. What the board owes is not slowed."""
    if not slowed(move, board, by):
        return None
    card = board.cards.get(getattr(move, "card", ""))
    theirs = (*board.cards_of(by.hand), *ideas_of(board, by.hand, left))
    last = max((card.at for card in theirs), default=None)
    ready = last and last + timedelta(minutes=board.caution.slow)
    if ready is None or at >= ready or (card and card.notice):
        return None
    return Refusal(Code.SLOW_DOWN, {"minutes": -((at - ready) // timedelta(minutes=1))})


def _consequences(board: Board, changes: Changes, by: Who, at: datetime) -> Changes:
    """What has to follow, until nothing follows any more. Nothing does where nobody asks or contends for anything."""
    if not (board.claimants or board.contested or any("contest" in change.after for change in changes)):
        return NOTHING
    now, done = following(board, changes, by, at), NOTHING
    while step := next(_due(now, at), NOTHING):
        now, done = following(now, step, by, at), (*done, *step)
    return done


def _due(board: Board, at: datetime) -> Iterator[Changes]:
    """A contest that cards have left is smaller; the last one that is left in it has won, and where those that are left
    are in nobody's way, each has what it wants. Who asks for a cell that another card has got, without a contest, is
    told so."""
    for contest in board.open_contests:
        if shrunk := _shrunk(board, contest, at):
            yield shrunk
    for card in board.claiming:
        if in_vain(board, card):
            yield (displaced(card, card.asks, Cause.TAKEN, "", at),)


def _shrunk(board: Board, contest: Contest, at: datetime) -> Changes:
    left = [card for code in contest.cards if (card := board.cards[code]).wants(contest.cells)]
    if len(left) == 1:
        told = replace(contest, settled=at, method=_how(board, contest, left[0].code), winner=left[0].code)
        return settlement(board, contest, told, at)
    cells = tuple(cell for cell in contest.cells if any(card.wants((cell,)) for card in left))
    smaller = replace(contest, cards=tuple(card.code for card in left), cells=cells or contest.cells)
    wishes = [wanted_in(card, smaller) for card in left]
    if _in_nobodys_way(wishes):
        seats = zip(left, wishes, strict=True)
        return called_off(contest, "", at), *(seated(card, wish) for card, wish in seats if card.placement != wish)
    return (changed(contest, smaller),) if smaller != contest else NOTHING


def _in_nobodys_way(wishes: list[Placement]) -> bool:
    """Whether no two want one cell."""
    return len({cell for wish in wishes for cell in wish.cells}) == sum(len(wish.cells) for wish in wishes)


def _how(board: Board, contest: Contest, last: str) -> Method:
    """The hosts agreed where the others became part of the card that is left; else they gave way."""
    others = (board.cards[code] for code in contest.cards if code != last)
    return Method.AGREEMENT if all(board.whole(card).code == last for card in others) else Method.YIELD
