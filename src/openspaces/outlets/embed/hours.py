"""The hours of a day with their cards, and how many rooms are free, as a list that fits any column."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import draw_card, draw_card_again, told
from openspaces.look.cells import Status, status_of
from openspaces.wording import clock, span


@dataclass(frozen=True, slots=True)
class Hour:
    """A slot: when it is, its cards as HTML, and the way to what is free in it."""

    key: str
    starts: datetime
    ends: datetime
    cards: SafeString
    free: str


def hours(board: Board, day: Day, room: str = "") -> list[Hour]:
    """Every slot of the day, of one room or of all, in the language that is active."""
    rooms = [key for key in day.rooms if room in ("", key)]
    return [_hour(board, slot, rooms) for slot in day.slots]


def _hour(board: Board, slot: Slot, rooms: list[str]) -> Hour:
    cells = [Cell(room, slot.key) for room in rooms]
    drawn = "".join(_drawn(board, cell, card) for cell in cells for card in board.cards_at(cell))
    starts, ends = board.local(slot.starts), board.local(slot.ends)
    return Hour(slot.key, starts, ends, mark_safe(drawn), _free(board, cells))


def _drawn(board: Board, cell: Cell, card: Card) -> str:
    room = board.room(cell.room)
    assert card.placement
    assert room
    label = f'<b class="room">{escape(room.name)}</b>'
    if cell != card.cells[0]:
        ends = clock(board.local(board.slot_of(card.cells[-1]).ends))
        again = draw_card_again(board.event, card, _("goes on until %(time)s") % {"time": ends}, label)
        return f"<li>{again}</li>"
    facts = span(board, card.placement) if len(card.cells) > 1 else ""
    return f"<li>{draw_card(board.event, card, facts, told(card, card.placement).where, label)}</li>"


def _free(board: Board, cells: list[Cell]) -> str:
    """How many rooms wait for a card, in words; nothing where none does."""
    free = [cell for cell in cells if status_of(board, cell) is Status.FREE and not board.is_elsewhere(cell)]
    count = len(free)
    return ngettext("%(count)d room is free", "%(count)d rooms are free", count) % {"count": count} if count else ""
