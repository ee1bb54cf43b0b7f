"""The board as a grid of text: a row for each slot, a column for each room, the same in every language."""

from collections.abc import Iterator
from datetime import date

from openspaces.board.state import Board, Card, Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.look.cards import told
from openspaces.look.cells import Status, status_of


def grid_rows(board: Board, only: date | None = None) -> Iterator[tuple[str, ...]]:
    """The names of the columns (`day`, `starts`, `ends` and every room), then the slots of all days or of one. A room
    that a day has not is empty, a closed one says why in brackets."""
    yield ("day", "starts", "ends", *(room.name for room in board.rooms))
    for day in board.days:
        if only in (None, day.date):
            yield from (_row(board, day, slot) for slot in day.slots)


def _row(board: Board, day: Day, slot: Slot) -> tuple[str, ...]:
    times = [f"{board.local(moment):%H:%M}" for moment in (slot.starts, slot.ends)]
    return (day.date.isoformat(), *times, *(_cell(board, Cell(room.key, slot.key)) for room in board.rooms))


def _cell(board: Board, cell: Cell) -> str:
    if not board.has_cell(cell):
        return ""
    named = " / ".join(_card(card, cell) for card in cards_for(board, cell))
    if closure := board.closures.get(cell):
        return f"{named} ({closure.reason})".strip()
    return _marked(named, Status.CONTESTED) if status_of(board, cell) is Status.CONTESTED else named


def cards_for(board: Board, cell: Cell) -> list[Card]:
    """The cards that hold a cell, and where it is contested all that want it."""
    contest = board.contest_at(cell)
    rivals = [board.cards[code] for code in contest.cards] if contest else []
    return list(dict.fromkeys([*board.cards_at(cell), *rivals]))


def _card(card: Card, cell: Cell) -> str:
    """Title and host, where it is if its host wrote that in, and whether it is full; a card of two hours stands in
    both."""
    where = told(card, card.placement).where if card.placement else ""
    named = f"{card.words.title}, {card.words.host}" if card.words.host else card.words.title
    placed = f"{named}: {where}" if where else named
    return _marked(placed, Status.FULL) if card.full and cell in card.cells else placed


def _marked(says: str, status: Status) -> str:
    return f"{says} ({status.value})"
