"""The board as plain text: for a terminal, a bad network, a message to somebody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.outlets.base import Asked, Pull, Variant, day_wanted
from openspaces.wording import apart, clock, day_says, in_a_row

MOST_BYTES = 20_000
"""A board that would be longer leaves out handles, then hosts and the names of rooms, then the ends of long titles."""
FEW_ROOMS = 5
"""Up to so many free rooms are named, more are counted."""
SHORT_TITLE = 32


def render(board: Board, variant: Variant) -> bytes:
    """The board, or one day of it, in UTF-8 with Unix line ends."""
    with override(variant.language):
        for detail in (3, 2, 1, 0):
            text = "\n".join(_lines(board, variant, detail)) + "\n"
            if len(text.encode()) <= MOST_BYTES:
                break
    return text.encode()


def _lines(board: Board, variant: Variant, detail: int) -> Iterator[str]:
    at = board.local(board.at)
    yield board.name
    yield _("as of %(time)s, %(day)s") % {"time": clock(at), "day": day_says(at.date())}
    if variant.base_url:
        yield f"{variant.base_url}/{board.event}/"
    if board.hashtags:
        yield " ".join(f"#{tag}" for tag in board.hashtags)
    if detail < 3 and board.days:
        yield _("Shortened. Add ?day=%(day)s to the address to read one day in full.") % {"day": board.days[0].date}
    if detail < 2 and (keys := _keys(board)):
        yield keys
    if not board.days:
        yield from ("", _("This event has no days yet."))
    for day in board.days:
        if variant.day in (None, day.date):
            yield from _day_lines(board, day, detail)


def _keys(board: Board) -> str:
    """Which room is meant by a key that does not say it itself."""
    return ", ".join(f"{room.key} = {room.name}" for room in board.rooms if room.key not in room.name.lower())


def _day_lines(board: Board, day: Day, detail: int) -> Iterator[str]:
    heading = day_says(day.date)
    yield from ("", "", heading, "=" * len(heading))
    if not day.slots or not day.rooms:
        yield from ("", _("This day has no rooms and hours yet."))
        return
    quiet: list[Slot] = []
    for slot in day.slots:
        cells = [Cell(room, slot.key) for room in day.rooms]
        if all(board.is_free(cell) and not board.cards_at(cell) for cell in cells):
            quiet.append(slot)
            continue
        yield from _all_free(board, quiet)
        quiet = []
        yield from _slot_lines(board, slot, cells, detail)
    yield from _all_free(board, quiet)


def _all_free(board: Board, slots: list[Slot]) -> Iterator[str]:
    """Slots in which everything is free, as one line for each stretch."""
    while slots:
        stretch = [slots.pop(0)]
        while slots and slots[0].starts == stretch[-1].ends:
            stretch.append(slots.pop(0))
        yield from ("", _span(board, stretch[0], stretch[-1]) + "  " + _("all rooms free"))


def _slot_lines(board: Board, slot: Slot, cells: list[Cell], detail: int) -> Iterator[str]:
    yield from ("", _span(board, slot, slot))
    taken = [(_room(board, cell) if detail > 1 else cell.room, cell) for cell in cells if board.cards_at(cell)]
    wide = max((len(room) for room, _cell in taken), default=0) if detail > 1 else 0
    for room, cell in taken:
        for card in board.cards_at(cell):
            yield f"  {room:{wide}}  {_card_line(board, slot, card, detail)}"
    yield from _closed_lines(board, cells)
    if free := [cell for cell in cells if board.is_free(cell) and not board.is_elsewhere(cell)]:
        yield f"  {_free(board, free)}"


def _card_line(board: Board, slot: Slot, card: Card, detail: int) -> str:
    """Title, who, and what else one needs: the place written in, and the end where it is not the slot's."""
    words, placement = card.words, card.placement
    assert placement is not None
    ends = board.time_of(placement)[1]
    until = _("until %(time)s") % {"time": clock(board.local(ends))} if ends > slot.ends else ""
    who = (words.host if detail > 1 else "", words.handle if detail > 2 else "")
    by = in_a_row(apart(each) for each in who if each)
    facts = in_a_row(each for each in (apart(placement.where) if placement.where else "", until) if each)
    title = words.title if detail else _shortened(words.title)
    return apart(title) + (f" – {by}" if by else "") + (f" ({facts})" if facts else "")


def _closed_lines(board: Board, cells: list[Cell]) -> Iterator[str]:
    """The closed rooms, one line for each reason."""
    rooms: dict[str, list[str]] = {}
    for cell in cells:
        if closure := board.closures.get(cell):
            rooms.setdefault(closure.reason, []).append(_room(board, cell))
    for reason, names in rooms.items():
        yield "  " + _("Closed: %(rooms)s (%(reason)s)") % {"rooms": _listed(names), "reason": apart(reason)}


def _free(board: Board, cells: list[Cell]) -> str:
    return _("Free: %(rooms)s") % {"rooms": _listed([_room(board, cell) for cell in cells])}


def _listed(names: list[str]) -> str:
    count = len(names)
    return (
        in_a_row(names)
        if count <= FEW_ROOMS
        else ngettext("%(count)d room", "%(count)d rooms", count) % {"count": count}
    )


def _room(board: Board, cell: Cell) -> str:
    room = board.room(cell.room)
    return room.name if room else cell.room


def _span(board: Board, first: Slot, last: Slot) -> str:
    return f"{clock(board.local(first.starts))}–{clock(board.local(last.ends))}"


def _shortened(title: str) -> str:
    return title if len(title) <= SHORT_TITLE else title[: SHORT_TITLE - 1].rstrip() + "…"


def _variant(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language, day=day_wanted(asked, board) if asked.query.get("day") else None)


TEXT = Pull("text", ("/{event}/board.txt",), "text/plain; charset=utf-8", _variant, render)
