"""What would come of asking for a cell now, found by the rules themselves before anybody presses a button."""

from dataclasses import dataclass
from datetime import datetime

from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.moves import ClaimCell, WriteCard
from openspaces.board.moves.base import Changes
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Placing, Refusal
from openspaces.people.who import Who

OTHERS = (Code.CELL_TAKEN, Code.CLAIMED, Code.IN_CONTEST)
"""The refusals which say that others have a cell or want it."""


@dataclass(frozen=True)
class Prospect:
    """What comes of the plain form: a refusal, the cell at once, or a claim (`asks`) that somebody answers. `contest`
    is what would begin, or be joined, if one asked though others have the cell or want it."""

    refusal: Refusal | None
    asks: bool = False
    contest: Contest | None = None


def for_new_card(board: Board, by: Who, at: datetime, cell: Cell) -> Prospect:
    """What would come of a card that is being written for `cell`."""

    def answer(contend: bool) -> Changes | Refusal:
        card = WriteCard(title="-", cells=(cell,), where="-", claim=not by.is_staff, contend=contend, confirmed=True)
        return _answer(card, board, by, at)

    return _prospect(answer(False), answer(True))


def for_card(board: Board, by: Who, at: datetime, card: Card, cells: tuple[Cell, ...]) -> Prospect:
    """The same for a card that is there already."""

    def answer(contend: bool) -> Changes | Refusal:
        move = ClaimCell(card=card.code, cells=cells, where="-", contend=contend, confirmed=True)
        return _answer(move, board, by, at)

    return _prospect(answer(False), answer(True))


def do_for(board: Board, by: Who, card: Card) -> str:
    """What the button of a free cell asks for: where the facilitator places cards a host claims it, but a card that
    lost its cell takes another one. (Of cells that the desk offered, a claim is a taking.)"""
    owed = card.owed and card.notice is not None and card.notice.cause is not Cause.OFFER
    if board.policy.placing is Placing.FACILITATORS and not (by.is_staff or owed):
        return "claim"
    return "move" if card.placement else "place"


def _answer(move: WriteCard | ClaimCell, board: Board, by: Who, at: datetime) -> Changes | Refusal:
    """What the cell says comes before who may ask for it: nobody signs in for an hour that is over."""
    answer = move.decide(board, by, at)
    return answer if isinstance(answer, Refusal) else move.may(by, board) or answer


def _prospect(plain: Changes | Refusal, contending: Changes | Refusal) -> Prospect:
    if not isinstance(plain, Refusal):
        return Prospect(None, asks=any(change.kind is Kind.CARD_CLAIMED for change in plain))
    if plain.code not in OTHERS or isinstance(contending, Refusal):
        return Prospect(plain)
    told = [change.after["contest"] for change in contending if "contest" in change.after]
    return Prospect(plain, contest=contest_from(told[0]) if told else None)
