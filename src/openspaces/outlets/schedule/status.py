"""Which rooms are full just now, as Giggity and EventFahrplan ask each minute: FOSDEM's feed of the states of rooms."""

import json

from openspaces.board.state import Board
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.schedule.places import Place, places_of

ROOM, FULL = "0", "1"
"""There is also "2", everybody out: a board never says that."""


def _variant(asked: Asked, board: Board) -> Variant:
    """The slots that run now are part of the variant: the print itself knows no time."""
    return Variant(name="/".join(key for key, slot in board.slots.items() if slot.starts <= asked.at < slot.ends))


def _render(board: Board, variant: Variant) -> bytes:
    running = set(variant.name.split("/"))
    states = [{"roomname": place.name, "state": _state(place, running)} for place in places_of(board)]
    return json.dumps(states, ensure_ascii=False, separators=(",", ":")).encode()


STATUS = Pull("schedule-status", ("/{event}/rooms/status.json",), "application/json", _variant, _render)


def _state(place: Place, running: set[str]) -> str:
    there = [card for card in place.cards if any(cell.slot in running for cell in card.cells)]
    return FULL if any(card.full for card in there) else ROOM
