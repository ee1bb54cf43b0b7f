"""The cells of the coming hours as buttons: a free one takes the card, behind the others waits a contest."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Slot
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.desk.items import in_quotes
from openspaces.intake.web.offering import room_name
from openspaces.wording import cell_says, day_says, in_a_row, span_says

SHOWN = 3
"""How many hours stand open; the later ones of the day are behind a summary."""


@dataclass(frozen=True)
class Choice:
    """A cell as a button: the room on it, its seats, and the whole of it for those who hear the button alone. `who` are
    the cards that have it or ask for it, `why` says why nobody can have it."""

    cell: Cell
    room: str
    seats: int | None
    says: str
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Hour:
    """One slot: what is free in it, what others have, and what nobody can have."""

    key: str
    says: str
    free: list[Choice]
    wanted: list[Choice]
    shut: list[Choice]


@dataclass(frozen=True)
class Picker:
    """The hours of one day that are not over, and the other days that have any."""

    day: date | None
    hours: list[Hour]
    later: list[Hour]
    days: list[tuple[str, str]]


def picker_of(board: Board, asked: str, at: datetime, *, two: bool) -> Picker:
    """The hours of the day that an address asks for, else of the running one or the next. Two want a room, not a place
    of their own choice."""
    ahead = [day for day in board.days if any(slot.ends > at for slot in day.slots)]
    shown = next((day for day in ahead if day.date.isoformat() == asked), board.day_at(at) if ahead else None)
    slots = [slot for slot in shown.slots if slot.ends > at] if shown else []
    rooms = [key for key in shown.rooms if not (two and _is_elsewhere(board, key))] if shown else []
    hours = [_hour(board, rooms, slot) for slot in slots]
    others = [(day.date.isoformat(), day_says(day.date)) for day in ahead if day != shown]
    return Picker(shown.date if shown else None, hours[:SHOWN], hours[SHOWN:], others)


def choice_of(board: Board, cell: Cell) -> Choice:
    """One cell."""
    room = board.room(cell.room)
    closure = board.closures.get(cell)
    rivals = in_a_row(in_quotes(board, tuple(card.code for card in rivals_for(board, cell))))
    return Choice(
        cell,
        room_name(board, cell.room),
        room.capacity if room else None,
        cell_says(board, cell),
        who=rivals,
        why=_("closed: %(reason)s") % {"reason": closure.reason} if closure else _contended(board, cell),
    )


def rivals_for(board: Board, cell: Cell) -> list[Card]:
    """The cards that hold a cell or ask for it, which a card that wants it too would contend with."""
    if board.is_elsewhere(cell):
        return []
    return list({card.code: card for card in (*board.cards_at(cell), *board.claimed_by(cell))}.values())


def _contended(board: Board, cell: Cell) -> str:
    contest = board.contest_at(cell)
    return _("contended for already") if contest else ""


def _is_elsewhere(board: Board, key: str) -> bool:
    room = board.room(key)
    return room is not None and room.elsewhere


def _hour(board: Board, rooms: list[str], slot: Slot) -> Hour:
    choices = [choice_of(board, Cell(room, slot.key)) for room in rooms]
    return Hour(
        slot.key,
        span_says(board.local(slot.starts), board.local(slot.ends)),
        free=[each for each in choices if not each.why and not each.who],
        wanted=[each for each in choices if each.who and not each.why],
        shut=[each for each in choices if each.why],
    )
