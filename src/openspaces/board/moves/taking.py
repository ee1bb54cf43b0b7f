"""The rules of taking cells: may this card have them now, and what is free near by if not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from openspaces.board.moves.programme import beside
from openspaces.board.state import Board, Card, Day, Placement, Room, Slot
from openspaces.board.vocabulary import LONGEST_RUN, Cell, Code, Facts, Placing, Refusal
from openspaces.people.who import PROGRAM, Who

NOBODYS = ("", PROGRAM.hand)
"""The hands of cards without a device: ideas, and the cards of an event file, whose hosts are many."""
OFFERS = 3
"""How many free cells a refusal offers in the same slot, and again in the same room."""


def may_place(by: Who, board: Board) -> Refusal | None:
    """The event's choice of who places cards; staff always may."""
    if by.is_staff:
        return None
    match board.policy.placing:
        case Placing.FACILITATORS:
            return Refusal(Code.FACILITATORS_PLACE)
        case Placing.SIGNED_IN if not by.signed_in:
            return Refusal(Code.SIGN_IN_NEEDED)
        case Placing.PRESENCE if not by.present:
            return Refusal(Code.PRESENCE_NEEDED)
    return None


def placement_of(board: Board, cells: tuple[Cell, ...], where: str) -> Placement:
    """The placement that is asked for. A place is written in for Elsewhere only."""
    outside = bool(cells) and board.has_cell(cells[0]) and board.is_elsewhere(cells[0])
    return Placement(cells, where if outside else "")


def why_not(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """Why `card` (None: one just being written) may not hold `wanted` now; None if it may."""
    cells = wanted.cells
    return (
        _not_there(board, cells, at)
        or taken(board, cells, card, at)
        or _in_contest(board, cells, at)
        or _not_for_them(board, by, at, wanted, card, confirmed)
    )


def why_not_ask(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """Why `card` may not even ask for `wanted`; that others hold it or ask for it too is another matter."""
    return _not_there(board, wanted.cells, at) or _not_for_them(board, by, at, wanted, card, confirmed)


def offers(board: Board, cell: Cell, length: int, at: datetime) -> tuple[Cell, ...]:
    """The nearest cells from which `length` in a row are free: first in the same slot, then in the same room."""
    slot, day = board.slot_of(cell), board.day_of(cell)
    same_slot = [Cell(room.key, slot.key) for room in _rooms_by_nearness(board, day, cell.room)]
    same_room = [Cell(cell.room, other.key) for other in _slots_by_nearness(day, slot)]
    return (
        *_first_free(board, same_slot, length, at),
        *_first_free(board, same_room, length, at),
    )


def taken(board: Board, cells: tuple[Cell, ...], card: Card | None, at: datetime) -> Refusal | None:
    """That another card holds one of `cells`: which one, and what is free instead."""
    for cell in cells:
        if other := holder(board, cell, card):
            facts = {**cell_facts(board, cell), "title": other.words.title, "host": other.words.host}
            return Refusal(Code.CELL_TAKEN, facts, other.code, offers(board, cells[0], len(cells), at))
    return None


def open_now(board: Board, cell: Cell, at: datetime) -> bool:
    """Whether a host could take this cell at `at`, were it only for the time."""
    return _mistimed(board, cell, at) is None


def _first_free(board: Board, cells: list[Cell], length: int, at: datetime) -> list[Cell]:
    return [cell for cell in cells if free_run(board, cell, length, at)][:OFFERS]


def free_run(board: Board, cell: Cell, length: int, at: datetime) -> bool:
    """Whether `length` cells in a row from `cell` on could be taken by a host now."""
    row = board.run(cell, length)
    return len(row) == length and all(_to_have(board, each) and open_now(board, each, at) for each in row)


def _to_have(board: Board, cell: Cell) -> bool:
    """Free, and nobody waits for it."""
    return board.is_free(cell) and not board.contest_at(cell) and not board.claimed_by(cell)


def _rooms_by_nearness(board: Board, day: Day, room: str) -> list[Room]:
    """The day's other rooms, the nearest in the board's order first, Elsewhere last."""
    place = day.rooms.index(room)
    others = [(abs(index - place), found) for index, key in enumerate(day.rooms) if (found := board.room(key))]
    near = sorted(others, key=lambda other: (other[1].elsewhere, other[0]))
    return [found for _, found in near if found.key != room]


def _slots_by_nearness(day: Day, slot: Slot) -> list[Slot]:
    """The day's other slots, the nearest in time first, of two as near the earlier."""
    others = [other for other in day.slots if other != slot]
    return sorted(others, key=lambda other: (abs(other.starts - slot.starts), other.starts))


def _not_there(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    return _no_such_cells(board, cells) or _closed(board, cells, at)


def _not_for_them(
    board: Board, by: Who, at: datetime, wanted: Placement, card: Card | None, confirmed: bool
) -> Refusal | None:
    """What binds the host, not the cells. Staff are bound by neither hours nor numbers."""
    return (
        _no_place_written(board, wanted)
        or (None if by.is_staff else _untimely(board, wanted.cells, at))
        or (None if by.is_staff else _too_many(board, by, card, at))
        or (None if confirmed else _clash(board, by, wanted, card))
        or (None if confirmed or by.is_staff or card is None else beside(board, wanted, card.words.host))
    )


def _no_such_cells(board: Board, cells: tuple[Cell, ...]) -> Refusal | None:
    for cell in cells:
        if not board.has_cell(cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(cell)})
    if not cells or len(cells) > LONGEST_RUN or cells != board.run(cells[0], len(cells)):
        return Refusal(Code.NOT_IN_A_ROW, {"longest": LONGEST_RUN})
    return None


def _closed(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    for cell in cells:
        if closure := board.closures.get(cell):
            until = {"until": _written(board, closure.until)} if closure.until else {}
            facts = {**cell_facts(board, cell), "reason": closure.reason, **until}
            return Refusal(Code.CELL_CLOSED, facts, free=offers(board, cells[0], len(cells), at))
    return None


def _in_contest(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    for cell in cells:
        if contest := board.contest_at(cell):
            titles = [board.cards[code].words.title for code in contest.cards]
            facts = {**cell_facts(board, cell), "titles": titles}
            return Refusal(Code.IN_CONTEST, facts, free=offers(board, cells[0], len(cells), at))
    return None


def holder(board: Board, cell: Cell, card: Card | None) -> Card | None:
    """The other card that holds `cell`, where a cell holds only one."""
    if board.is_elsewhere(cell):
        return None
    others = (held for held in board.cards_at(cell) if card is None or held.code != card.code)
    return next(others, None)


def _no_place_written(board: Board, wanted: Placement) -> Refusal | None:
    if board.is_elsewhere(wanted.cells[0]) and not wanted.where:
        return Refusal(Code.PLACE_NEEDED, cell_facts(board, wanted.cells[0]))
    return None


def _untimely(board: Board, cells: tuple[Cell, ...], at: datetime) -> Refusal | None:
    code = _mistimed(board, cells[0], at)
    if code is None:
        return None
    later = code in (Code.OVER, Code.TOO_LATE)
    free = offers_after(board, cells[0], len(cells), at) if later else ()
    return Refusal(code, {**cell_facts(board, cells[0]), **_limit_facts(board, cells[0], code)}, free=free)


def _mistimed(board: Board, cell: Cell, at: datetime) -> Code | None:
    """Over, too late, not open yet, or sign-up closed. A running slot may be taken, unless the event stops earlier."""
    slot, day, stop = board.slot_of(cell), board.day_of(cell), board.policy.stop_taking
    if at >= slot.ends:
        return Code.OVER
    if stop and at >= slot.starts - timedelta(minutes=stop):
        return Code.TOO_LATE
    if day.opens and at < day.opens:
        return Code.NOT_OPEN_YET
    if day.closes and at >= day.closes:
        return Code.SIGN_UP_CLOSED
    return None


def _limit_facts(board: Board, cell: Cell, code: Code) -> Facts:
    day = board.day_of(cell)
    if code is Code.TOO_LATE:
        return {"minutes": board.policy.stop_taking}
    if code is Code.NOT_OPEN_YET and day.opens:
        return {"opens": _written(board, day.opens)}
    if code is Code.SIGN_UP_CLOSED and day.closes:
        return {"closed": _written(board, day.closes)}
    return {}


def offers_after(board: Board, cell: Cell, length: int, at: datetime) -> tuple[Cell, ...]:
    """The next free cells in the same room that can still be taken, on that day or a later one."""
    coming = (Cell(cell.room, slot.key) for slot in _slots_from(board, at) if cell.room in _rooms(board, slot))
    return tuple(_first_free(board, list(coming), length, at))


def _slots_from(board: Board, at: datetime) -> Iterator[Slot]:
    return (slot for slot in board.slots.values() if slot.ends > at)


def _rooms(board: Board, slot: Slot) -> tuple[str, ...]:
    day = board.day(slot.day)
    return day.rooms if day else ()


def _too_many(board: Board, by: Who, card: Card | None, at: datetime) -> Refusal | None:
    most = board.policy.cards_per_host
    hand = card.hand if card and card.hand else by.hand
    if hand in NOBODYS:
        return None
    others = [
        held for held in _placed_of(board, hand, card) if held.placement and board.time_of(held.placement)[1] > at
    ]
    if most and len(others) >= most:
        return Refusal(Code.TOO_MANY_CARDS, {"most": most, "titles": [held.words.title for held in others]})
    return None


def _clash(board: Board, by: Who, wanted: Placement, card: Card | None) -> Refusal | None:
    """A host can be in one room at a time: a warning, for two hosts may share a device."""
    hand = card.hand if card else by.hand
    if by.is_staff and (card is None or card.hand == by.hand):
        return None
    other = clash(board, hand, wanted, card)
    if other is None:
        return None
    ends = cell_facts(board, other.cells[-1])["ends"]  # a card of several hours clashes until its last one is over
    facts = {**cell_facts(board, other.cells[0]), "ends": ends, "title": other.words.title}
    return Refusal(Code.CLASH, facts, held_by=other.code, confirmable=True)


def clash(board: Board, hand: str, wanted: Placement, but: Card | None) -> Card | None:
    """The other card of the same host that is on at the time of `wanted`."""
    if hand in NOBODYS:
        return None
    times = board.time_of(wanted)
    others = (card for card in _placed_of(board, hand, but) if but is None or not _of_two_hosts(card, but))
    return next((card for card in others if card.placement and _overlap(board.time_of(card.placement), times)), None)


def _of_two_hosts(card: Card, other: Card) -> bool:
    """Whether both name their hosts, and no name is among both: whoever shares a device, or types in for others."""
    names, others = (set(filter(None, each.words.host.casefold().split(", "))) for each in (card, other))
    return bool(names and others) and names.isdisjoint(others)


def _placed_of(board: Board, hand: str, but: Card | None) -> list[Card]:
    """What a host has on the board; a card of two hosts counts for both."""
    return [card for card in board.hosted_by(hand) if card.placement and (but is None or card.code != but.code)]


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def cell_facts(board: Board, cell: Cell) -> Facts:
    """What a sentence needs to name a cell: room, day, start and end by the event's clocks."""
    slot, room = board.slot_of(cell), board.room(cell.room)
    return {
        "cell": str(cell),
        "room": room.name if room else cell.room,
        "starts": _written(board, slot.starts),
        "ends": _written(board, slot.ends),
    }


def _written(board: Board, moment: datetime) -> str:
    return board.local(moment).isoformat()
