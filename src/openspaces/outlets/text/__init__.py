"""The board as plain text: for a terminal, a bad network, a message to somebody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import title_says, told
from openspaces.look.cells import Status, closes_says, decided_says, quoted, status_of, time_says, until_says
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
    if board.freeze:
        yield _("The board is paused.") + f" {apart(board.freeze.reason)}"
    for said in board.announcements:
        until = _("until %(time)s") % {"time": time_says(board, said.until, board.local(said.at).date())}
        yield f"{apart(said.text)} ({until})"
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
        if all(status_of(board, cell) is Status.FREE and not _takers(board, cell) for cell in cells):
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
    taken = [(_room(board, cell) if detail > 1 else cell.room, cell) for cell in cells if _takers(board, cell)]
    wide = max((len(room) for room, _cell in taken), default=0) if detail > 1 else 0
    for room, cell in taken:
        for line in _cell_lines(board, slot, cell, detail):
            yield f"  {room:{wide}}  {line}"
    yield from _closed_lines(board, cells)
    free = [cell for cell in cells if status_of(board, cell) is Status.FREE and not board.is_elsewhere(cell)]
    if free:
        yield f"  {_free(board, free)}"


def _takers(board: Board, cell: Cell) -> tuple[Card, ...]:
    """Who holds a cell or asks for it; whoever does so of a closed one has lost it."""
    return (*board.cards_at(cell), *board.claimed_by(cell)) if cell not in board.closures else ()


def _cell_lines(board: Board, slot: Slot, cell: Cell, detail: int) -> Iterator[str]:
    """The cards that hold the cell, and those that ask for it; of a contest all in one line."""
    if contest := board.contest_at(cell):
        titles = in_a_row(_quoted(board.cards[code], detail) for code in contest.cards)
        yield f"{decided_says(contest, closes_says(board, contest))}: {titles}"
        return
    for card in board.cards_at(cell):
        yield _card_line(board, slot, card, detail)
    if asking := board.claimed_by(cell):
        yield _("Asked for: %(titles)s") % {"titles": in_a_row(_quoted(card, detail) for card in asking)}


def _card_line(board: Board, slot: Slot, card: Card, detail: int) -> str:
    """Title, who, and what else one needs: the place written in, the end where it is not the slot's, no room left."""
    words, placement = card.words, card.placement
    assert placement is not None
    ends, where = board.time_of(placement)[1], told(card, placement).where
    until = _("until %(time)s") % {"time": clock(board.local(ends))} if ends > slot.ends else ""
    who = (words.host if detail > 1 else "", words.handle if detail > 2 else "")
    by = in_a_row(apart(each) for each in who if each)
    full = _("Room full") if card.full else ""
    facts = in_a_row(each for each in (apart(where) if where else "", until, full) if each)
    return _title(card, detail) + (f" – {by}" if by else "") + (f" ({facts})" if facts else "")


def _title(card: Card, detail: int) -> str:
    title = title_says(card)
    return apart(title if detail else _shortened(title))


def _quoted(card: Card, detail: int) -> str:
    return quoted(card) if detail or card.hidden else _("“%s”") % _title(card, detail)


def _closed_lines(board: Board, cells: list[Cell]) -> Iterator[str]:
    """The closed rooms, one line for each reason, and those that are held, one for each reason and time."""
    rooms: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        if closure := board.closures.get(cell):
            until = until_says(board, closure, cell) if closure.until else ""
            rooms.setdefault((closure.reason, until), []).append(_room(board, cell))
    for (reason, until), names in rooms.items():
        facts = {"rooms": _listed(names), "reason": apart(reason), "time": until}
        held = _("Held until %(time)s: %(rooms)s (%(reason)s)") if until else _("Closed: %(rooms)s (%(reason)s)")
        yield "  " + held % facts


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
