"""The board of the day in a small grid beside the list: a free cell leads to quick entry, a card to itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Slot
from openspaces.board.vocabulary import Cell
from openspaces.intake.web.desk.items import in_quotes
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.intake.web.links import edit_url
from openspaces.intake.web.offering import cell_url, room_name
from openspaces.look.cells import Status, status_of
from openspaces.wording import cell_says, clock, in_a_row


@dataclass(frozen=True)
class Square:
    """One cell: what is so about it, what stands in it, and where it leads; `says` is all of that in a sentence."""

    cell: Cell
    kind: str
    shown: str
    says: str
    url: str


@dataclass(frozen=True)
class Row:
    """One slot."""

    starts: str
    is_now: bool
    squares: list[Square]


@dataclass(frozen=True)
class Today:
    """The slots of the day that are not over."""

    date: date
    rooms: list[str]
    rows: list[Row]


def today_of(board: Board, at: datetime) -> Today | None:
    """The running day, or the next one; None when all is over."""
    day = board.day_at(at)
    slots = [slot for slot in day.slots if slot.ends > at] if day else []
    if not day or not slots:
        return None
    rooms = [key for key in day.rooms if (room := board.room(key)) and not room.elsewhere]
    names = [room_name(board, key) for key in rooms]
    return Today(day.date, names, [_row(board, slot, rooms, at) for slot in slots])


def _row(board: Board, slot: Slot, rooms: list[str], at: datetime) -> Row:
    squares = [_square(board, Cell(room, slot.key)) for room in rooms]
    return Row(clock(board.local(slot.starts)), slot.starts <= at, squares)


def _square(board: Board, cell: Cell) -> Square:
    status = status_of(board, cell)
    shown, url = _shown(board, cell, status)
    says = _("%(cell)s: %(what)s") % {"cell": cell_says(board, cell), "what": shown or _("free")}
    return Square(cell, status.value, shown, says, url)


def _shown(board: Board, cell: Cell, status: Status) -> tuple[str, str]:
    """What stands in the cell, and where it leads."""
    if contest := board.contest_at(cell):
        return in_a_row(in_quotes(board, contest.cards)), desk_url(board.event, "contests", contest.id)
    if closure := board.closures.get(cell):
        return closure.reason, cell_url(board, cell)
    if cards := board.cards_at(cell):
        return cards[0].words.title, edit_url(board.event, cards[0].code)
    if claims := board.claimed_by(cell):
        return _("%(titles)s?") % {"titles": in_a_row(card.words.title for card in claims)}, _entry(board, cell)
    return "", _entry(board, cell)


def _entry(board: Board, cell: Cell) -> str:
    return f"{desk_url(board.event, 'enter')}?cell={cell}"
