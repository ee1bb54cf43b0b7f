"""What stands in the picture of one day: the event, the day, its first cards, and how much more there is."""

from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day
from openspaces.lib.graphemes import cut
from openspaces.look.cards import hue, title_says, told
from openspaces.look.cells import Status, status_of
from openspaces.look.typeset.letters import apart, letters
from openspaces.look.typeset.palette import LIGHT
from openspaces.wording import clock, day_says, in_a_row

ROWS = 5
"""So many cards stand in it."""
TITLE, ROOM = 60, 24
"""So many letters of a title and of a place stay on one line."""


def day_values(board: Board, wanted: date | None) -> dict[str, Any]:
    """The values for the template, in the language that is active."""
    language = get_language() or "en"
    day = board.day(wanted) if wanted else None
    cards = cards_on(board, day) if day else []
    return {
        "kind": "day",
        "back": LIGHT["paper"],
        "edge": LIGHT["edges"][5],
        "event": letters(board.name, language, 24),
        "day": letters(day_says(day.date) if day else _("No days yet"), language, 40),
        "venue": letters(board.venue, language, 40),
        "rows": [_row(board, card, language) for card in cards[:ROWS]],
        "nothing": letters("" if cards else _("Open Spaces: the timetable that you make."), language, 40),
        "more": letters(_more(board, day, len(cards) - ROWS) if day else "", language, 40),
    }


def cards_on(board: Board, day: Day) -> list[Card]:
    """The cards of a day in order of time, and then of rooms."""
    order = {room: index for index, room in enumerate(day.rooms)}
    cards = {card.code: card for cell in board.cells_of(day) for card in board.cards_at(cell)}
    placed = [card for card in cards.values() if not card.hidden]
    return sorted(placed, key=lambda card: (board.slot_of(card.cells[0]).starts, order[card.cells[0].room]))


def _row(board: Board, card: Card, language: str) -> dict[str, Any]:
    assert card.placement
    cell = card.placement.cells[0]
    room = board.room(cell.room)
    place = told(card, card.placement).where or (room.name if room else cell.room)
    return {
        "back": LIGHT["cards"][hue(card)],
        "edge": LIGHT["edges"][hue(card)],
        "time": apart(clock(board.local(board.slot_of(cell).starts))),
        "title": letters(cut(title_says(card), TITLE), language, TITLE),
        "room": letters(cut(place, ROOM), language, ROOM),
    }


def _more(board: Board, day: Day, more: int) -> str:
    """How many cards are not shown, and how many cells wait for one."""
    rooms = (cell for cell in board.cells_of(day) if not board.is_elsewhere(cell))
    free = sum(status_of(board, cell) is Status.FREE for cell in rooms)
    said = [ngettext("%(count)d more card", "%(count)d more cards", more) % {"count": more}] if more > 0 else []
    if free:
        said.append(ngettext("%(count)d place is free", "%(count)d places are free", free) % {"count": free})
    return in_a_row(said)
