"""What those who would come to a card want beside it: which hours avoid it, and whether a room seats so many."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.read import stars_on, stars_with
from openspaces.board.state import Board, Card
from openspaces.intake.web.offering import FreeDay, Offers, room_name
from openspaces.intake.web.visiting import Visit
from openspaces.look.cells import quoted
from openspaces.wording import apart, placement_says

MOST = 3
"""So many other cards are named."""


@dataclass(frozen=True)
class Interest:
    """How many devices would come to a card (`stars`), in sentences (`says`), and in the same slots as other cards on
    the board: how many of those people want each of them, the card that most of them want first."""

    stars: int = 0
    says: tuple[str, ...] = ()
    wanted: Mapping[str, tuple[int, Card]] = field(default_factory=dict)


def interest_in(visit: Visit, board: Board, card: Card) -> Interest:
    """What is known of those who would come to `card`. It asks the database."""
    stars = stars_on(visit.event, [part.code for part in board.parts(card)])
    if not stars:
        return Interest()
    others = _others(board, card, stars_with(visit.event, card.code))
    wanted: dict[str, tuple[int, Card]] = {}
    for count, other in others:
        for cell in other.cells:
            wanted.setdefault(cell.slot, (count, other))
    says = (_coming(stars), *_too_small(board, card, stars), *(_also(stars, board, *each) for each in others[:MOST]))
    return Interest(stars, says, wanted)


def with_interest(board: Board, days: list[FreeDay], interest: Interest) -> list[FreeDay]:
    """The free cells, with what those who would come want at the same time, and how many each room seats."""
    if not interest.stars:
        return days
    return [replace(day, slots=tuple(_noted(board, slot, interest) for slot in day.slots)) for day in days]


def _noted(board: Board, slot: Offers, interest: Interest) -> Offers:
    cells = tuple(
        replace(offer, label=_seats(offer.label, board, offer.cell.room, interest.stars)) for offer in slot.cells
    )
    found = interest.wanted.get(slot.cells[0].cell.slot)
    note = ""
    if found:
        facts = {"stars": interest.stars, "count": found[0], "title": quoted(found[1])}
        note = _("%(count)d of %(stars)d also want %(title)s then") % facts
    return replace(slot, cells=cells, note=note)


def _seats(label: str, board: Board, key: str, stars: int) -> str:
    room = board.room(key)
    if room is None or room.capacity is None:
        return label
    seats = ngettext("%(count)d seat", "%(count)d seats", room.capacity)
    if room.capacity < stars:
        seats = ngettext("only %(count)d seat", "only %(count)d seats", room.capacity)
    return f"{label} · {seats % {'count': room.capacity}}"


def _others(board: Board, card: Card, counts: Mapping[str, int]) -> list[tuple[int, Card]]:
    """The cards on the board that the same people starred, with how many of them, the most first."""
    mine = {part.code for part in board.parts(card)}
    there = [(count, board.cards[code]) for code, count in counts.items() if code in board.cards and code not in mine]
    placed = [(count, other) for count, other in there if other.placement and not other.hidden]
    return sorted(placed, key=lambda each: (-each[0], each[1].serial))


def _coming(stars: int) -> str:
    return ngettext("%(count)d would come.", "%(count)d would come.", stars) % {"count": stars}


def _too_small(board: Board, card: Card, stars: int) -> list[str]:
    """That the room in which it is, or for which it wishes, does not seat as many as would come."""
    wished = card.wished.room if card.wished else ""
    room = board.room(card.cells[0].room if card.cells else wished or "")
    if room is None or room.capacity is None or room.capacity >= stars:
        return []
    facts = {"stars": stars, "room": apart(room_name(board, room.key)), "seats": room.capacity}
    return [_("%(stars)d would come, and %(room)s seats %(seats)d. Perhaps a larger room is free.") % facts]


def _also(stars: int, board: Board, count: int, other: Card) -> str:
    assert other.placement
    facts = {
        "stars": stars,
        "count": count,
        "title": quoted(other),
        "where": placement_says(board, other.placement),
    }
    return _("Of %(stars)d who would come, %(count)d also want %(title)s (%(where)s).") % facts
