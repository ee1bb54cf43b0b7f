"""The rules of taking cells: may this card have them now, and why not."""

from datetime import datetime

from openspaces.board.moves.free import offers, offers_after
from openspaces.board.moves.hosts import clashing, too_many
from openspaces.board.moves.hours import limit_facts, mistimed
from openspaces.board.moves.programme import beside
from openspaces.board.moves.telling import cell_facts, titles, written
from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import LONGEST_RUN, Cell, Code, Placing, Refusal
from openspaces.people.who import Who


def may_place(by: Who, board: Board) -> Refusal | None:
    """The event's choice of who places cards; staff always may."""
    if by.is_staff:
        return None
    match board.policy.placing:
        case Placing.FACILITATORS:
            return Refusal(Code.FACILITATORS_PLACE)
        case Placing.SIGNED_IN if not by.signed_in:
            return Refusal(Code.SIGN_IN_NEEDED)
        case Placing.PRESENCE if not by.present:
            return Refusal(Code.PRESENCE_NEEDED)
    return None


def placement_of(board: Board, cells: tuple[Cell, ...], where: str) -> Placement:
    """The placement that is asked for. A place is written in for Elsewhere only."""
    outside = bool(cells) and board.has_cell(cells[0]) and board.is_elsewhere(cells[0])
    return Placement(cells, where if outside else "")


def why_not(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """Why `card` (None: one just being written) may not hold `wanted` now; None if it may."""
    cells = wanted.cells
    return (
        _not_there(board, cells, at)
        or taken(board, cells, card, at)
        or _in_contest(board, cells, at)
        or _not_for_them(board, by, at, wanted, card, confirmed)
    )


def why_not_ask(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """Why `card` may not even ask for `wanted`; that others hold it or ask for it too is another matter."""
    return _not_there(board, wanted.cells, at) or _not_for_them(board, by, at, wanted, card, confirmed)


def taken(board: Board, cells: tuple[Cell, ...], card: Card | None, at: datetime) -> Refusal | None:
    """That another card holds one of `cells`: which one, and what is free instead."""
    for cell in cells:
        if other := holder(board, cell, card):
            facts = {**cell_facts(board, cell), "title": other.words.title, "host": other.words.host}
            return Refusal(Code.CELL_TAKEN, facts, other.code, offers(board, cells[0], len(cells), at))
    return None


def _not_there(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    return _no_such_cells(board, cells) or _closed(board, cells, at)


def _not_for_them(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """What binds the host, not the cells. Staff are bound by neither hours nor numbers."""
    return (
        _no_place_written(board, wanted)
        or (None if by.is_staff else _untimely(board, wanted.cells, at))
        or (None if by.is_staff else too_many(board, by, card, at))
        or (None if confirmed else clashing(board, by, wanted, card))
        or (None if confirmed or by.is_staff or card is None else beside(board, wanted, card.words.host))
    )


def _no_such_cells(board: Board, cells: tuple[Cell, ...]) -> Refusal | None:
    for cell in cells:
        if not board.has_cell(cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
    if not cells or len(cells) > LONGEST_RUN or cells != board.run(cells[0], len(cells)):
        return Refusal(Code.NOT_IN_A_ROW, {"longest": LONGEST_RUN})
    return None


def _closed(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    for cell in cells:
        if closure := board.closures.get(cell):
            until = {"until": written(board, closure.until)} if closure.until else {}
            facts = {**cell_facts(board, cell), "reason": closure.reason, **until}
            return Refusal(Code.CELL_CLOSED, facts, free=offers(board, cells[0], len(cells), at))
    return None


def _in_contest(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    for cell in cells:
        if contest := board.contest_at(cell):
            facts = {**cell_facts(board, cell), "titles": titles(board, contest.cards)}
            return Refusal(Code.IN_CONTEST, facts, free=offers(board, cells[0], len(cells), at))
    return None


def holder(board: Board, cell: Cell, card: Card | None) -> Card | None:
    """The other card that holds `cell`, where a cell holds only one."""
    if board.is_elsewhere(cell):
        return None
    others = (held for held in board.cards_at(cell) if card is None or held.code != card.code)
    return next(others, None)


def _no_place_written(board: Board, wanted: Placement) -> Refusal | None:
    if board.is_elsewhere(wanted.cells[0]) and not wanted.where:
        return Refusal(Code.PLACE_NEEDED, cell_facts(board, wanted.cells[0]))
    return None


def _untimely(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    code = mistimed(board, cells[0], at)
    if code is None:
        return None
    later = code in (Code.OVER, Code.TOO_LATE)
    free = offers_after(board, cells[0], len(cells), at) if later else ()
    return Refusal(code, {**cell_facts(board, cells[0]), **limit_facts(board, cells[0], code)}, free=free)
