"""Where a card may go: ranked cells as buttons, the best one first."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.moves.relocating import alternatives
from openspaces.board.state import Board, Card, Day, Notice, Placement, Slot
from openspaces.board.vocabulary import Cause, Cell
from openspaces.intake.web.desk.items import Answer
from openspaces.intake.web.offering import room_name
from openspaces.look.wished import wished_place
from openspaces.wording import day_says, span

MOST = 6
"""How many places are offered at once."""


def wanted(board: Board, card: Card, at: datetime) -> Placement | None:
    """The cells that a card asks for, or lost, or wishes for."""
    if card.claim:
        return card.claim.placement
    if card.notice:
        return card.notice.lost
    return None if card.placement else wished_place(board, card, at)


def ranked(board: Board, card: Card, at: datetime) -> list[Cell]:
    """Where a card may go instead of what it asks for or lost, or soon where it wants nothing; the best cell first."""
    near = wanted(board, card, at) or _soon(board, at)
    if near is None:
        return []
    notice = replace(card.notice, lost=near) if card.notice else Notice(Cause.OFFER, near, "", at)
    return alternatives(board, replace(card, notice=notice), at, MOST)


def places(board: Board, card: Card, at: datetime) -> tuple[Answer, ...]:
    """The same as buttons."""
    asked, today = wanted(board, card, at), board.day_at(at)
    length = len(asked.cells) if asked else 1
    return tuple(
        Answer(f"place {cell}", _place_says(board, board.run(cell, length), today), card.words.title)
        for cell in ranked(board, card, at)
    )


def placement_for(board: Board, card: Card, cell: Cell, at: datetime) -> Placement:
    """The cells from `cell` on that a card takes: as many as it asks for, lost or wishes for."""
    asked = wanted(board, card, at)
    if asked and asked.cells[0] == cell:
        return asked
    return Placement(board.run(cell, len(asked.cells) if asked else 1) if board.has_cell(cell) else (cell,))


def coming(board: Board, at: datetime, most: int) -> list[Slot]:
    """The next slots that are not over, of the running day or of the next one that has any."""
    ahead = [slot for slot in board.slots.values() if slot.ends > at]
    day = ahead[0].day if ahead else None
    return [slot for slot in ahead if slot.day == day][:most]


def _soon(board: Board, at: datetime) -> Placement | None:
    """The first cell of the next slot that begins."""
    ahead: Iterable[Slot] = (slot for slot in board.slots.values() if slot.starts > at)
    slot = next(iter(ahead), None)
    day = board.day(slot.day) if slot else None
    return Placement((Cell(day.rooms[0], slot.key),)) if slot and day and day.rooms else None


def _place_says(board: Board, cells: tuple[Cell, ...], today: Day | None) -> str:
    day = board.slot_of(cells[0]).day
    facts = {"room": room_name(board, cells[0].room), "time": span(board, Placement(cells))}
    if today and day == today.date:
        return _("%(room)s %(time)s") % facts
    return _("%(room)s %(day)s %(time)s") % {**facts, "day": day_says(day, short=True)}
