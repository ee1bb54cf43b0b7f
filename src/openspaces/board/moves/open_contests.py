"""The contest that a move or a ballot means, if it is open; or why not, and why a card has no part in it."""

from collections.abc import Iterable

from openspaces.board.contest import Contest
from openspaces.board.moves.base import unknown_card
from openspaces.board.moves.telling import cell_facts, titles
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Code, Facts, Refusal


def open_contest(board: Board, number: int) -> Contest | Refusal:
    """The contest of that number, or why nothing can be done in it."""
    contest = board.contests.get(number)
    if contest is None:
        return Refusal(Code.UNKNOWN_CONTEST, {"contest": number})
    return contest if contest.open else over(board, contest)


def over(board: Board, contest: Contest) -> Refusal:
    """The contest is over, and who has won it if that is known."""
    won = board.cards.get(contest.winner)
    return Refusal(Code.CONTEST_OVER, {**_named(board, contest.cell), "title": won.words.title if won else ""})


def not_in(board: Board, contest: Contest, cards: Iterable[str]) -> Refusal | None:
    """That one of `cards` does not stand in the contest, or is none of this event's."""
    stranger = next((code for code in cards if code not in contest.cards), None)
    if stranger is None:
        return None
    if stranger not in board.cards:
        return unknown_card(stranger)
    return Refusal(Code.NOT_IN_CONTEST, {"card": stranger, "titles": titles(board, contest.cards)})


def _named(board: Board, cell: Cell) -> Facts:
    """The cell of a contest that is over may be gone."""
    return cell_facts(board, cell) if board.has_cell(cell) else {"cell": str(cell), "room": cell.room}
