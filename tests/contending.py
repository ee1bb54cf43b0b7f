"""Cards that contend for Elm at nine, played in memory."""

from datetime import timedelta

from tests.drawing import EVE, HELPER, cells, code
from tests.playing import Playing

from openspaces.board.moves import ClaimCell, SettleContest
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Placing
from openspaces.people.who import Who

BOARD = """
          oak      elm      ash      elsewhere
  09:00   Knit     .        #paint   .
  10:00   .        Talk     .        .
  11:00   .        "        .        .
"""
HOSTS = Policy(competing=Competing.CONTEST)
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
PLANNED = ("Wine", "Tea", "Cake")
KNIT, TALK, WINE, TEA, CAKE = (code(title) for title in ("Knit", "Talk", "Wine", "Tea", "Cake"))
LATER = EVE + timedelta(minutes=30)


def begun(policy: Policy = DESK, *names: str, who: tuple[str, ...] = ("Wine", "Tea")) -> Playing:
    """Some cards that ask for the same cells."""
    play = Playing(BOARD, policy, PLANNED)
    for title in who:
        play.do(ClaimCell(card=code(title), cells=cells(*(names or ("elm 09:00",)))), Who(title.lower()))
    return play


def contested(policy: Policy = HOSTS) -> Playing:
    """Wine asks for the cell that Knit has, where hosts place."""
    return begun(policy, "oak 09:00", who=("Wine",))


def number(play: Playing) -> int:
    """The contest that is open."""
    return play.board.open_contests[0].id


def settled(play: Playing, by: Who = HELPER, at_time: object = EVE, **how: object) -> Playing:
    """The contest that is open is settled."""
    play.do(SettleContest(contest=number(play), **how), by, at_time)  # type: ignore[arg-type]
    return play


def has(play: Playing, *titles: str) -> list[bool]:
    """Which of the cards hold a cell."""
    return [play.card(title).placement is not None for title in titles]
