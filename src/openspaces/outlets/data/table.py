"""The placed cards as CSV: for a spreadsheet, also one that fetches it by itself."""

import csv
import io
from collections.abc import Iterator

from openspaces.board.state import Board, Card
from openspaces.look.cards import told
from openspaces.look.cells import Status, status_of
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.data.board import only_day

COLUMNS = ("day", "starts", "ends", "room", "title", "host", "handle", "text", "link", "code", "status")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(board: Board, variant: Variant) -> bytes:
    """One line for each placed card in order of time and room, in UTF-8, after a line of names. `status` says that a
    room is full, or that others want it too."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for card in _in_time(board, variant):
        lines.writerow([_harmless(value) for value in _values(board, card)])
    return text.getvalue().encode()


def _in_time(board: Board, variant: Variant) -> Iterator[Card]:
    """Each placed card once, where it starts."""
    for day in board.days:
        for cell in board.cells_of(day):
            if variant.day in (None, day.date):
                yield from (card for card in board.cards_at(cell) if card.cells[0] == cell)


def _values(board: Board, card: Card) -> tuple[str, ...]:
    placement = card.placement
    assert placement is not None
    room = board.room(placement.cells[0].room)
    assert room is not None
    starts, ends = (board.local(moment) for moment in board.time_of(placement))
    day = board.day_of(placement.cells[0]).date.isoformat()
    where = told(card, placement).where
    place = f"{room.name}: {where}" if where else room.name
    words = card.words
    said = (words.title, words.host, words.handle, words.text, words.link)
    status = status_of(board, placement.cells[0])
    marked = status.value if status in (Status.FULL, Status.CONTESTED) else ""
    return (day, f"{starts:%Y-%m-%d %H:%M}", f"{ends:%Y-%m-%d %H:%M}", place, *said, card.code, marked)


def _harmless(value: str) -> str:
    """`value`, which no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


CSV = Pull("data-csv", ("/{event}/board.csv",), "text/csv; charset=utf-8", only_day, render)
