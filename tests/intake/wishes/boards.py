"""The boards of the real event files, without a database, and a way to write down what a wish is understood as."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from openspaces.board.fold import fold_all
from openspaces.board.moves import FollowPlan
from openspaces.board.state import Board
from openspaces.intake.file import read_file
from openspaces.intake.wishes import Understood, read_wish
from openspaces.people.who import PROGRAM

EXAMPLES = Path(__file__).parents[3] / "src" / "openspaces" / "examples"


@cache
def board_of(event: str) -> Board:
    """The board that an event file of ours makes."""
    plan = read_file(EXAMPLES / f"{event}.toml")
    blank = Board(plan.event, "drawn")
    changes = FollowPlan(plan=plan).decide(blank, PROGRAM, datetime(2018, 1, 1, tzinfo=UTC))
    assert isinstance(changes, tuple)
    return fold_all(blank, [replace(change, number=number) for number, change in enumerate(changes, 1)])


def eve_of(board: Board) -> datetime:
    """Noon on the day before an event."""
    return board.days[0].slots[0].starts.replace(hour=12) - timedelta(days=1)


def wish(event: str, text: str) -> Understood:
    """What a wish is understood as, on the day before that event."""
    board = board_of(event)
    return read_wish(text, board, eve_of(board))


def said(understood: Understood) -> str:
    """It in one line: `0429-1900+2000 250de`, a date alone as `0429`, `?day` for what is open and `!day` for what the
    event has not."""
    day = f"{understood.day:%m%d}" if understood.day else ""
    slots = "+".join(key if not place else key[5:] for place, key in enumerate(understood.slots))
    doubts = [("?" if doubt.choices else "!") + doubt.part for doubt in understood.ambiguous]
    return " ".join(piece for piece in (slots or day, understood.room, *doubts) if piece)
