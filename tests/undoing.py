"""A board for the tests of undo."""

from tests.drawing import code
from tests.playing import Playing

from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Placing

BOARD = """
          oak      elm      ash
  09:00   Knit     .        #paint
  10:00   Lunch    Talk     .
  11:00   .        "        .
"""
PLANNED = ("Wine", "Tea")
KNIT, LUNCH, TALK, WINE, TEA = (code(title) for title in ("Knit", "Lunch", "Talk", "Wine", "Tea"))
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)


def drawn(policy: Policy | None = None) -> Playing:
    """Three cards on the board, two beside it."""
    return Playing(BOARD, policy or Policy(), PLANNED)
