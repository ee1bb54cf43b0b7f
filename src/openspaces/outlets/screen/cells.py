"""Draws the slots of a screen: each cell's card or cards, its closure, its contest, or that it is free."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board, Card, Closure, Day, Slot
from openspaces.board.vocabulary import Cell, Placing
from openspaces.lib import qr
from openspaces.look.cards import hue, title_says, told
from openspaces.look.cells import quoted, until_says
from openspaces.wording import clock, day_says, in_a_row, span_says

LONG = 32
"""From how many letters on a title is written smaller."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What the cells of one print share: the heads of the rooms, and how much each cell tells."""

    rooms: dict[str, str]
    base_url: str
    door: bool
    texts: bool
    take: str


def mixed(board: Board, base_url: str, *, door: bool, texts: bool) -> Ink:
    """The ink for one print, in the language that is active. At a `door` a free cell says until when, and how to take
    it; with `texts` a card says more than its title."""
    asks = board.policy.placing is Placing.FACILITATORS
    take = _("Scan this to ask for it") if asks else _("Scan this to take it")
    return Ink({room.key: _head(room.name, room.capacity) for room in board.rooms}, base_url, door, texts, take)


def draw_slot(board: Board, day: Day, slot: Slot, rooms: list[str], ink: Ink) -> str:
    """One slot with its cells; the script reads its times and its day."""
    cells = "".join([draw_cell(board, slot, Cell(room, slot.key), ink) for room in rooms])
    starts, ends = board.local(slot.starts), board.local(slot.ends)
    ends_of = " data-first" * (day == board.days[0]) + " data-last" * (day == board.days[-1])
    return (
        f'<section class="slot" data-day="{day.date}" data-says="{escape(day_says(day.date))}"'
        f' data-weekday="{escape(day_says(day.date, short=True))}" data-opens="{clock(starts)}"'
        f' data-starts="{starts.isoformat()}" data-ends="{ends.isoformat()}"{ends_of}>'
        f"<h2>{span_says(starts, ends)}</h2><ul>{cells}</ul></section>\n"
    )


def draw_cell(board: Board, slot: Slot, cell: Cell, ink: Ink) -> str:
    """One cell as an item for each of its cards, or one that says why there is none."""
    if closure := board.closures.get(cell):
        return _item(cell, "closed", ink, _closed(board, cell, closure))
    if cards := board.cards_at(cell):
        return "".join([_item(cell, "taken", ink, _card(board, slot, cell, card, ink)) for card in cards])
    if board.is_elsewhere(cell) and not ink.door:
        return ""
    if wanted := board.claimed_by(cell):
        return _item(cell, "wanted", ink, _wanted(board, cell, wanted))
    return _item(cell, "free", ink, _free_at_door(board, cell, ink) if ink.door else _free())


@lru_cache(maxsize=2048)
def scannable(address: str) -> SafeString:
    """An address as a QR code that says to those who do not see it where it leads."""
    return mark_safe(f'<div class="qr" role="img" aria-label="{escape(address)}">{qr.svg(address)}</div>')


def titled(cards: list[Card]) -> str:
    """The titles of some cards, in quotation marks."""
    return in_a_row(quoted(card) for card in cards)


def ink_of(card: Card) -> str:
    """The class of a card's hue; one that is hidden has none."""
    return "veiled" if card.hidden else f"h{hue(card)}"


def _head(name: str, capacity: int | None) -> str:
    seats = ngettext("%(count)d seat", "%(count)d seats", capacity) % {"count": capacity} if capacity else ""
    return f"<h3><bdi>{escape(name)}</bdi>{f' <small>{seats}</small>' if seats else ''}</h3>"


def _item(cell: Cell, kind: str, ink: Ink, inside: str) -> str:
    return f'<li class="{kind}" data-room="{cell.room}">{ink.rooms[cell.room]}{inside}</li>'


def _card(board: Board, slot: Slot, cell: Cell, card: Card, ink: Ink) -> str:
    placement = card.placement
    assert placement is not None
    title, words, ends, where = title_says(card), card.words, board.time_of(placement)[1], told(card, placement).where
    on = cell != placement.cells[0]
    ending = {"time": clock(board.local(ends))}
    until = _span("until", _("until %(time)s") % ending) if ends > slot.ends or ink.door else ""
    until += _span("on", _("goes on until %(time)s") % ending) if on else ""
    marks = _mark(_("Room full")) if card.full else ""
    marks += _mark(_("In a contest")) if board.contest_at(cell) else ""
    more = " more" if on else ""
    long = " long" if len(title) > LONG else ""
    return (
        f'<article class="card {ink_of(card)}{more}{long}"><h4><bdi>{escape(title)}</bdi></h4><div class="meta">'
        + _line("by", f"<bdi>{escape(words.host or words.handle)}</bdi>" if words.host or words.handle else "")
        + _line("where", f"<bdi>{escape(where)}</bdi>" if where else "")
        + _line("facts", marks + until)
        + "</div>"
        + _line("text", f"<bdi>{escape(words.text)}</bdi>" if words.text and ink.texts else "")
        + "</article>"
    )


def _closed(board: Board, cell: Cell, closure: Closure) -> str:
    until = until_says(board, closure, cell) if closure.until else ""
    held = _("Held until %(time)s") % {"time": until} if until else ""
    return f'<p class="why">{f"<b>{held}</b> " if held else ""}<span><bdi>{escape(closure.reason)}</bdi></span></p>'


def _wanted(board: Board, cell: Cell, wanted: tuple[Card, ...]) -> str:
    contest = board.contest_at(cell)
    cards = [board.cards[code] for code in contest.cards] if contest else list(wanted)
    says = _("In a contest") if contest else _("Asked for")
    return f'<p class="why"><b>{says}</b> <span><bdi>{escape(titled(cards))}</bdi></span></p>'


def _free() -> str:
    return _line("open", _("Free"))


def _free_at_door(board: Board, cell: Cell, ink: Ink) -> str:
    says = _("Free until %(time)s") % {"time": clock(board.local(_free_until(board, cell).ends))}
    code = scannable(f"{ink.base_url}/{board.event}/cells/{cell}/") if ink.base_url else ""
    return f'<p class="open">{says}</p>' + (f'<div class="take">{code}<p>{ink.take}</p></div>' if code else "")


def _free_until(board: Board, cell: Cell) -> Slot:
    """The last slot in a row in which the room is free."""
    slots = [board.slots[each.slot] for each in board.run(cell, len(board.day_of(cell).slots))]
    last = slots[0]
    for slot in slots[1:]:
        later = Cell(cell.room, slot.key)
        if not board.is_free(later) or board.claimed_by(later):
            break
        last = slot
    return last


def _line(name: str, html: str) -> str:
    return f'<p class="{name}">{html}</p>' if html else ""


def _span(name: str, says: str) -> str:
    return f'<span class="{name}">{says}</span>'


def _mark(says: str) -> str:
    return f'<b class="mark">{says}</b> '
