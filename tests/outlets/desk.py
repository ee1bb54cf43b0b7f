"""A board with everything on it that waits for somebody: claims, a contest, a hold, cards that lost their cells, a
hidden one, a full room, two cards in one, a pause, an announcement, a pitch."""

from dataclasses import replace
from datetime import timedelta

from tests.drawing import EVE, FACILITATOR, after, at, cell, cells, code, drawn, host_of

from openspaces.board.moves import (
    Announce,
    CallOffContest,
    ClaimCell,
    CloseCell,
    ConfirmCard,
    FreezeBoard,
    MarkFull,
    MergeCards,
    OpenContest,
    RemoveCard,
    SetPitch,
    SettleContest,
    ShieldCard,
)
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Competing, Method, Placing

LED = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
OPEN = Policy(competing=Competing.CONTEST)
_DRAWN = """
          oak        elm       ash        elsewhere
  09:00   Knit/ada   Chess     Abuse      Outside at Gate
  10:00   "          .         .          .
  11:00   .          Lost      Guests     Rude at Behind the bins
  ---
  09:00   Talk       .         .          .
"""


def desk() -> Board:
    """The board as it is on the eve of its first day."""
    board = replace(drawn(_DRAWN, OPEN, planned=("Robots", "Vim", "Emacs", "Yoga")), policy=LED)
    for title, place in (("Robots", "elm 10:00"), ("Vim", "oak 11:00"), ("Emacs", "oak 11:00")):
        board = after(board, ClaimCell(card=code(title), cells=cells(place), seal="a seal"), host_of(board, title))
    for move in (
        CloseCell(cells=cells("ash 10:00"), reason="Kept for speakers", until=at("9:30")),
        CloseCell(cells=cells("elm 11:00"), reason="Needed for lunch"),
        ShieldCard(card=code("Abuse"), reason="Three people reported it"),
        RemoveCard(card=code("Rude"), reason="It insults people"),
        MarkFull(card=code("Chess"), full=True),
        ConfirmCard(card=code("Knit")),
        MergeCards(card=code("Guests"), into=code("Outside")),
        Announce(text="The keynote begins ten minutes late", minutes=45),
        SetPitch(queue=(code("Yoga"), code("Robots"))),
        FreezeBoard(reason="The hall's network is being repaired"),
    ):
        board = after(board, move, FACILITATOR)
    return board


def settled() -> Board:
    """A board whose contests are over: one by the ballots of 40 people, one by lot, one called off."""
    board = drawn(_DRAWN, OPEN, planned=("Robots", "Vim", "Emacs"))
    for place, *titles in (
        ("elm 09:00", "Chess", "Robots"),
        ("oak 09:00", "Knit", "Vim"),
        ("elm 11:00", "Lost", "Emacs"),
    ):
        rivals = tuple(code(title) for title in titles)
        board = after(board, OpenContest(cell=cell(place), cards=rivals, seal="a seal"), FACILITATOR)
    vote, lot, off = sorted(board.contests)
    ballots = ((code("Chess"),),) * 23 + ((code("Robots"),),) * 17
    ends = SettleContest(contest=vote, method=Method.VOTE, ballots=ballots, reason="Both were glad")
    board = after(board, ends, FACILITATOR, EVE + timedelta(minutes=30))
    board = after(board, SettleContest(contest=lot, method=Method.LOT), FACILITATOR, EVE + timedelta(minutes=40))
    return after(board, CallOffContest(contest=off, reason="It was a mistake"), FACILITATOR, EVE + timedelta(hours=1))
