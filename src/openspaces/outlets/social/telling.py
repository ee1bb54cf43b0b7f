"""What is told and when: each slot before it begins, what became wrong in that, announcements, closed rooms."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import blake2b

from openspaces.board.read import changes_of
from openspaces.board.state import Board, Change, Slot
from openspaces.board.vocabulary import Cell, Kind
from openspaces.delivery.contract import Destination, News, Thing
from openspaces.delivery.holding import HOLD, speaks

MINUTES = 10
"""How long before a slot it is told, unless the organiser says otherwise."""
SLOT, HIDES, SAID, CELLS = "slot", "hides", "said", "cells"
"""What a telling is about: a slot; that what it says of a hidden card goes, which waits for nothing that a slot waits
for; an announcement; closed cells."""
OF_SLOTS = (SLOT, HIDES)
SETTLE = timedelta(seconds=30)
"""What happens to a card may be corrected so long before it is told."""
TAKEN_BACK = timedelta(minutes=1)
"""So long an announcement may be taken back before it is posted."""
AHEAD = timedelta(minutes=1)
TO_READ = timedelta(minutes=15)
"""How long before it is due somebody who approves it can read it."""
_VEILS = (Kind.CARD_SHIELDED, Kind.CARD_REMOVED)
_SECOND = timedelta(seconds=1)


def coming(board: Board, at: datetime, destination: Destination | None) -> Iterator[Thing]:
    """Each slot that begins soon."""
    assert destination is not None
    for slot in board.slots.values():
        due = told_at(slot, destination)
        if due - _ahead(destination) <= at < slot.starts:
            yield Thing(f"{SLOT} {slot.key}", due, until=slot.starts)


def wants(news: News) -> Iterator[Thing]:
    """What changes a slot that is told already, announcements, and cells that were closed under cards."""
    assert news.destination is not None
    tells_more = news.destination.settings.get("news") == "on"
    for change in news.changes:
        for slot in _slots_in(news.board, change):
            if thing := _again(slot, change, news.destination):
                yield thing
        if tells_more:
            yield from _big(change, news.changes)


def told_at(slot: Slot, destination: Destination) -> datetime:
    """When a slot is told."""
    return slot.starts - timedelta(minutes=int(destination.settings.get("minutes") or MINUTES))


def subject_of(change: Change) -> str:
    """How what is told of cells is called: the same when they are closed and when they are open again."""
    named = " ".join(sorted(map(str, change.cells)))
    return f"{CELLS} {blake2b(named.encode(), digest_size=8).hexdigest()}"


def _ahead(destination: Destination) -> timedelta:
    return TO_READ if destination.asks else AHEAD


# Slots


def _again(slot: Slot, change: Change, destination: Destination) -> Thing | None:
    """A slot that has to be told once more, if it was told by then. What is hidden goes at any time, and at once."""
    first, veils = told_at(slot, destination), change.kind in _VEILS
    if change.at < first - max(HOLD, _ahead(destination)) or (change.at >= slot.starts and not veils):
        return None
    if veils:
        return Thing(f"{HIDES} {slot.key}", max(first, change.at), change.number, presses=True, unasked=True)
    settles = HOLD + _SECOND if speaks(change) else SETTLE
    return Thing(f"{SLOT} {slot.key}", max(first, change.at + settles), change.number)


def _slots_in(board: Board, change: Change) -> list[Slot]:
    """The slots whose posts a change touches: of what is hidden all that ever had it."""
    if not change.card:
        return []
    cells = {*_cells(change)}
    for code in (change.card, change.after.get("with", "")):
        if card := board.cards.get(code):
            cells |= {*card.cells, *card.asks}
    if change.kind in _VEILS:
        cells |= {cell for each in changes_of(board.event, change.card) for cell in _cells(each)}
    keys = {cell.slot for cell in cells}
    return [slot for key, slot in board.slots.items() if key in keys]


def _cells(change: Change) -> Iterator[Cell]:
    yield from change.cells
    for facts in (change.before, change.after):
        yield from map(Cell.parse, facts.get("cells", ()))


# The rest


def _big(change: Change, changes: Iterable[Change]) -> Iterator[Thing]:
    """An announcement; cells that were closed under a card, and that they are open again."""
    if change.kind is Kind.ANNOUNCED:
        until = datetime.fromisoformat(change.after["until"])
        yield Thing(f"{SAID} {change.number}", change.at + TAKEN_BACK, change.number, until=until)
    elif change.kind is Kind.CELL_REOPENED or (change.kind is Kind.CELL_CLOSED and _cost(change, changes)):
        yield Thing(subject_of(change), change.at + HOLD, change.number)


def _cost(closed: Change, changes: Iterable[Change]) -> bool:
    """Whether a card lost its cell."""
    return any(each.kind is Kind.CARD_DISPLACED and each.step == closed.step for each in changes)
