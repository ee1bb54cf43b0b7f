"""The board as a list of text: a row for each card that has a place, the same in every language."""

from collections.abc import Iterator
from datetime import date

from openspaces.board.state import Board, Card
from openspaces.look.cards import told
from openspaces.look.cells import Status, status_of

COLUMNS = ("day", "starts", "ends", "room", "title", "host", "handle", "text", "link", "code", "status")


def list_rows(board: Board, only: date | None = None) -> Iterator[tuple[str, ...]]:
    """The names of the columns, then the placed cards in order of time and room, of all days or of one. `status` says
    that a room is full, or that others want it too."""
    yield COLUMNS
    yield from (_values(board, card) for card in in_time(board, only))


def in_time(board: Board, only: date | None = None) -> Iterator[Card]:
    """Each placed card once, where it starts; of all days, or of one."""
    for day in board.days:
        for cell in board.cells_of(day):
            if only in (None, day.date):
                yield from (card for card in board.cards_at(cell) if card.cells[0] == cell)


def place_says(board: Board, card: Card) -> str:
    """The room of a placed card; of one Elsewhere also the place that its host wrote in."""
    assert card.placement is not None
    room = board.room(card.placement.cells[0].room)
    assert room is not None
    where = told(card, card.placement).where
    return f"{room.name}: {where}" if where else room.name


def mark_of(board: Board, card: Card) -> Status | None:
    """What to know of a placed card before one goes there: that others want one of its cells, or that it is full."""
    if any(status_of(board, cell) is Status.CONTESTED for cell in card.cells):
        return Status.CONTESTED
    return Status.FULL if card.full else None


def _values(board: Board, card: Card) -> tuple[str, ...]:
    assert card.placement is not None
    starts, ends = (board.local(moment) for moment in board.time_of(card.placement))
    day = board.day_of(card.cells[0]).date.isoformat()
    words = card.words
    said = (words.title, words.host, words.handle, words.text, words.link)
    mark = mark_of(board, card)
    times = [f"{moment:%Y-%m-%d %H:%M}" for moment in (starts, ends)]
    return (day, *times, place_says(board, card), *said, card.code, mark.value if mark else "")
