"""A contest in the database: some cards contend for Elm at nine, where the facilitators place."""

from datetime import timedelta

from tests.drawing import EVE, cells, code
from tests.verify import stored

from openspaces.board.contest import Contest
from openspaces.board.memory import MEMORY
from openspaces.board.moves import ClaimCell
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Competing, Placing
from openspaces.people.who import Who

BOARD = """
          oak      elm      ash
  09:00   Knit     .        .
  10:00   Talk     .        .
  11:00   "        .        .
"""
PLANNED = ("Wine", "Tea", "Cake")
KNIT, TALK, WINE, TEA, CAKE = (code(title) for title in ("Knit", "Talk", "Wine", "Tea", "Cake"))
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
CLOSES = EVE + timedelta(minutes=30)


def contested(policy: Policy = DESK, *titles: str) -> str:
    """Some cards contend for Elm at nine; the event."""
    named = titles or ("Wine", "Tea")
    claims = ((ClaimCell(card=code(title), cells=cells("elm 09:00")), Who(title.lower())) for title in named)
    return stored(BOARD, policy, PLANNED, before=claims)


def board_of(event: str) -> Board:
    """The event's board."""
    board = MEMORY.board(event)
    assert board is not None
    return board


def contest_in(event: str) -> Contest:
    """The only contest."""
    return next(iter(board_of(event).contests.values()))
