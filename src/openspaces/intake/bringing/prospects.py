"""What a programme would change on a board, beside its talks: rooms and days to add, cells to close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from openspaces.board.moves import CloseCell, Move
from openspaces.board.play import play
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Refusal
from openspaces.intake.programme import Programme
from openspaces.intake.programme.proposed import Proposal, busy_cells, closing, proposed
from openspaces.people.who import Who

APART = timedelta(days=3)


@dataclass(frozen=True)
class Prospect:
    """The rooms and days that the board has not; the cells in which talks are held, those that are free with the
    talk's title, and those that have a card with the card's."""

    proposal: Proposal
    closures: tuple[CloseCell, ...]
    free: tuple[tuple[Cell, str], ...]
    under: tuple[tuple[Cell, str], ...]


def prospect(board: Board, programme: Programme) -> Prospect:
    """What the programme would change. Nothing of it is played without a yes."""
    moves = tuple(closing(board, programme))
    order = {key: place for place, key in enumerate(board.slots)}
    free = sorted(((cell, move.reason) for move in moves for cell in move.cells), key=lambda each: order[each[0].slot])
    under = [cell for cell in busy_cells(board, programme) if board.holders.get(cell)]
    titled = ((cell, board.cards_at(cell)[0].words.title) for cell in under)
    return Prospect(proposed(board, programme), moves, tuple(free), tuple(titled))


def is_another_year(board: Board, programme: Programme) -> bool:
    """Whether board and programme are days apart; a workshop day before or after is none of that."""
    days, there = [day.date for day in programme.days], [day.date for day in board.days]
    return bool(days and there) and (min(days) - max(there) > APART or min(there) - max(days) > APART)


def play_each(event: str, moves: Iterable[Move], by: Who) -> Refusal | None:
    """Play them in turn, as far as none is refused."""
    refusals = (play(event, move, by=by).refusal for move in moves)
    return next((refusal for refusal in refusals if refusal), None)
