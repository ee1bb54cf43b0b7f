"""Draws the cells of a board: for a page, and for the stream that keeps open pages fresh. The one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from openspaces.board.state import Board, Card, Day, Slot, Talk
from openspaces.board.vocabulary import Cell, Placing
from openspaces.look.cards import draw_card, draw_card_again, told
from openspaces.look.cells import Status, status_of
from openspaces.outlets.page.wanted import draw_claims, draw_closure, draw_contest
from openspaces.wording import clock, in_a_row, span

HOUR = timedelta(hours=1)
MOST_TALKS = 4
"""So many talks of the main programme stand beside a slot."""
Drawn = tuple[str, str]
"""An element's id, and its HTML; empty HTML means that the element goes."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What the cells of one print share: escaped names of the rooms, how many they seat, the words on free cells."""

    rooms: dict[str, str]
    seats: dict[str, str]
    take: str
    take_hour: str
    elsewhere: str
    another: str


def draw_cells(board: Board, cells: Iterable[Cell], language: str, base_url: str = "") -> list[Drawn]:
    """The cells as pages show them now, and the lines that count what is free beside them.

    Cells that the board has not are left out. All addresses are paths, so every `base_url` gets the same bytes.
    """
    known = [cell for cell in dict.fromkeys(cells) if board.has_cell(cell)]
    with override(language):
        ink = mixed(board)
        drawn = [(f"cell-{cell}", draw_cell(board, cell, ink)) for cell in known]
        slots = dict.fromkeys(cell.slot for cell in known)
        return drawn + [(f"open-{key}", draw_open(board, board.slots[key])) for key in slots]


def mixed(board: Board) -> Ink:
    """The ink for one print, in the language that is active."""
    asked = board.policy.placing is Placing.FACILITATORS
    return Ink(
        rooms={room.key: f'<b class="room">{escape(room.name)}</b>' for room in board.rooms},
        seats={room.key: seats(room.capacity) for room in board.rooms},
        take=_("Ask for this time") if asked else _("Take this time"),
        take_hour=_("Ask for this hour") if asked else _("Take this hour"),
        elsewhere=_("Meet at a place of your choice"),
        another=_("Another place"),
    )


def seats(capacity: int | None) -> str:
    """How many a room seats, in words; nothing if nobody said."""
    return ngettext("%(count)d seat", "%(count)d seats", capacity) % {"count": capacity} if capacity else ""


def draw_slot(board: Board, day: Day, slot: Slot, ink: Ink, mark: str = "") -> str:
    """One slot with all its cells: a row of the grid, a chapter of the list. `mark` is a word beside its time."""
    cells = "".join([draw_cell(board, Cell(room, slot.key), ink) for room in day.rooms])
    marked = f' <span class="now-mark">{mark}</span>' if mark else ""
    return (
        f'<section class="slot" id="slot-{slot.key}"><h2>{_time(board, slot)}{marked}</h2>'
        f"{draw_beside(board, slot)}{draw_open(board, slot)}<ul>{cells}</ul></section>\n"
    )


def draw_beside(board: Board, slot: Slot) -> str:
    """The line that says what the main programme has meanwhile, keynotes first; nothing where it has nothing."""
    talks = [talk for talk in board.programme.talks if talk.starts < slot.ends and slot.starts < talk.ends]
    if not talks:
        return ""
    talks.sort(key=lambda talk: not talk.keynote)
    named = [_talk(board, talk) for talk in talks[:MOST_TALKS]]
    rest = len(talks) - len(named)
    more = ngettext("%(count)d more talk", "%(count)d more talks", rest) % {"count": rest}
    label = _("Main programme:")
    return f'<p class="shadow"><span class="soft">{label}</span> {in_a_row([*named, *[more] * (rest > 0)])}</p>'


def _talk(board: Board, talk: Talk) -> str:
    title = f"<bdi>{escape(talk.title)}</bdi>"
    facts = {"time": clock(board.local(talk.starts)), "title": f"<b>{title}</b>" if talk.keynote else title}
    if not talk.room:
        return _("%(time)s %(title)s") % facts
    return _("%(time)s %(title)s (%(room)s)") % {**facts, "room": f"<bdi>{escape(talk.room)}</bdi>"}


def draw_open(board: Board, slot: Slot) -> str:
    """The line of the list that says how many rooms are free, and opens them."""
    free = [cell for cell in _row(board, slot) if status_of(board, cell) is Status.FREE]
    rooms = sum(not board.is_elsewhere(cell) for cell in free)
    if not free:
        says = _("No room is free.")
        return f'<p class="open" id="open-{slot.key}">{says}</p>'
    says = _("No room is free: meet elsewhere")
    if rooms:
        says = _free_says(board, rooms)
    return f'<details class="open" id="open-{slot.key}"><summary>{says}</summary></details>'


def draw_cell(board: Board, cell: Cell, ink: Ink) -> str:
    """One cell: its card or cards, its closure, who asks for it, or the way to take it."""
    room, status = ink.rooms[cell.room], status_of(board, cell)
    if closure := board.closures.get(cell):
        kind = "closed held" if status is Status.HELD else "closed"
        return _cell(cell, kind, draw_closure(board, cell, closure, room))
    if board.is_elsewhere(cell):
        return _elsewhere(board, cell, ink)
    if contest := board.contest_at(cell):
        return _cell(cell, "contested", draw_contest(board, contest, room))
    if cards := board.cards_at(cell):
        return _cell(cell, _joints(cell, cards[0]), _card(board, cell, cards[0], room))
    if status is Status.CLAIMED:
        return _cell(cell, "claimed", draw_claims(board, cell, board.claimed_by(cell), room))
    return _cell(cell, "free", _taking(board, cell, _take_says(board, cell, ink), ink))


def _elsewhere(board: Board, cell: Cell, ink: Ink) -> str:
    """Any number of cards, those that ask to be there, and the way for another."""
    cards, claiming, room = board.cards_at(cell), board.claimed_by(cell), ink.rooms[cell.room]
    if not cards and not claiming:
        return _cell(cell, "free else", _taking(board, cell, f"<i>{ink.elsewhere}</i>", ink))
    drawn = "".join([_card(board, cell, card, room) for card in cards])
    claims = draw_claims(board, cell, claiming, room) if claiming else ""
    more = f'<a class="add" href="/{board.event}/cells/{cell}/">{ink.another}</a>'
    return _cell(cell, "else", drawn + claims + more)


def _cell(cell: Cell, kind: str, inside: str) -> str:
    classes = f"cell {kind}" if kind else "cell"
    return f'<li class="{classes}" id="cell-{cell}">{inside}</li>'


def _free_says(board: Board, rooms: int) -> str:
    if board.policy.placing is Placing.FACILITATORS:
        said = ngettext("%(count)d room free: ask for it", "%(count)d rooms free: ask for one", rooms)
    else:
        said = ngettext("%(count)d room free: take it", "%(count)d rooms free: take one", rooms)
    return said % {"count": rooms}


def _taking(board: Board, cell: Cell, says: str, ink: Ink) -> str:
    return f'<a href="/{board.event}/cells/{cell}/">{ink.rooms[cell.room]} {says}</a>'


def _take_says(board: Board, cell: Cell, ink: Ink) -> str:
    slot = board.slots[cell.slot]
    says = ink.take_hour if slot.ends - slot.starts == HOUR else ink.take
    small = ink.seats[cell.room]
    return f"<i>{says}</i> <small>{small}</small>" if small else f"<i>{says}</i>"


def _card(board: Board, cell: Cell, card: Card, room: str) -> str:
    placement = card.placement
    assert placement is not None
    if cell != placement.cells[0]:
        ends = clock(board.local(board.slots[placement.cells[-1].slot].ends))
        return draw_card_again(board.event, card, _("goes on until %(time)s") % {"time": ends}, room)
    facts = span(board, placement) if len(placement.cells) > 1 else ""
    return draw_card(board.event, card, facts, told(card, placement).where, room)


def _joints(cell: Cell, card: Card) -> str:
    """Whether the card comes on from the cell before, and goes on into the next one."""
    return " ".join(["on"] * (card.cells[0] != cell) + ["goes-on"] * (card.cells[-1] != cell))


def _time(board: Board, slot: Slot) -> str:
    starts, ends = board.local(slot.starts), board.local(slot.ends)
    return (
        f'<time datetime="{starts.isoformat()}">{clock(starts)}</time>'
        f'<span>–<time datetime="{ends.isoformat()}">{clock(ends)}</time></span>'
    )


def _row(board: Board, slot: Slot) -> list[Cell]:
    day = board.day(slot.day)
    return [Cell(room, slot.key) for room in day.rooms] if day else []
