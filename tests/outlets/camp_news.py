"""A camp whose news are read from its feeds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.drawing import EVE, FACILITATOR, ORGANISER, Row, cells, code
from tests.outlets.asking import variant_of
from tests.outlets.feeds import atom
from tests.playing import Playing

from openspaces.board.moves import (
    Announce,
    CloseCell,
    EditCard,
    FreezeBoard,
    MarkFull,
    Move,
    MoveCard,
    RemoveCard,
    TakeUp,
)
from openspaces.board.public import masked_change
from openspaces.board.state import Change
from openspaces.outlets.base import Pull
from openspaces.outlets.feed import ATOM
from openspaces.outlets.feed.telling import KINDS
from openspaces.people.who import Who

DRAWN = """
          oak        elm       elsewhere
  09:00   Knit/ada   Chess     Outside at Gate
  10:00   .          .         .
  11:00   .          .         .
"""
ADA = Who("ada")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
FIRST_HOUR = EVE + HOUR
"""When the tests play on: what was drawn has settled by then."""
Entries = list[dict[str, Any]]


def camp(ideas: Row = (), planned: Row = ()) -> Playing:
    return Playing(DRAWN, ideas=ideas, planned=planned)


def known(camp: Playing, most: int = 10_000) -> tuple[Change, ...]:
    """The last changes of the kinds that the outlet asks for."""
    return tuple(masked_change(each, camp.board) for each in camp.log if each.kind in KINDS)[-most:]


def rendered(camp: Playing, pull: Pull = ATOM, most: int = 10_000, **query: str) -> bytes:
    variant = variant_of(pull, camp.board, **query)
    return pull.render(camp.board, replace(variant, base_url="https://board.example", log=known(camp, most)))


def told(camp: Playing, most: int = 10_000) -> Entries:
    return atom(rendered(camp, most=most))[1]


def news(camp: Playing) -> list[str]:
    """The titles of the entries since the board was drawn, the newest first."""
    return [each["title"] for each in since_drawn(camp)]


def since_drawn(camp: Playing) -> Entries:
    return [each for each in told(camp) if each["published"] > camp.board.local(EVE).isoformat()]


def a_day() -> Playing:
    """A little of everything, an hour apart."""
    day = camp(ideas=("Vim",), planned=("Robots/rob",))
    moves: list[tuple[Move, Who]] = [
        (MoveCard(card=code("Knit"), cells=cells("oak 10:00")), ADA),
        (EditCard(card=code("Knit"), seen=99, title="Purl & <knit>", text="Bring wool.\n\nAny colour."), ADA),
        (TakeUp(card=code("Vim"), host="Zoë"), Who("zoe")),
        (CloseCell(cells=cells("elm 09:00"), reason="Needed for lunch"), FACILITATOR),
        (MarkFull(card=code("Outside"), full=True), Who("outside")),
        (Announce(text="The keynote begins ten minutes late", minutes=45), FACILITATOR),
        (RemoveCard(card=code("Outside"), reason="It insults people"), FACILITATOR),
        (FreezeBoard(reason="The network is being repaired"), ORGANISER),
    ]
    for hour, (move, by) in enumerate(moves, start=1):
        day.do(move, by, EVE + hour * HOUR)
    return day
