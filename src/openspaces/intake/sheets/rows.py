"""Rows become moves: each a card that is planned, an idea where nobody hosts it, or placed where its cell is free."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from django.utils.translation import gettext as _

from openspaces import wording
from openspaces.board.moves import WriteCard
from openspaces.board.state import Board, Wished
from openspaces.board.vocabulary import WISH_LENGTH, Cell
from openspaces.board.words import Unfit
from openspaces.intake.file.cards import card_code
from openspaces.intake.sheets.columns import Guess
from openspaces.intake.sheets.table import Row
from openspaces.intake.sheets.where import Where

WORDS = ("title", "text", "host", "handle", "link")


@dataclass(frozen=True)
class BadRow:
    """A row that no card can be made of: its number, the column, and why."""

    number: int
    column: str
    says: str

    def __str__(self) -> str:
        facts = {"row": self.number, "column": self.column, "says": self.says}
        return _("Row %(row)d, column %(column)s: %(says)s") % facts


@dataclass(frozen=True)
class Ready:
    """A row that can be played, the `nth` with its title and host. `note` says why it is not placed although a place
    was named."""

    number: int
    move: WriteCard
    nth: int
    note: str = ""

    def codes(self, event: str) -> Iterator[str]:
        """What its card may be called, in turn, until one is free or its own: of ten thousand cards with six symbols
        two may well meet."""
        known_by = f"{self.move.host or ''}\n{self.nth}"
        return (card_code(event, f"sheet{attempt} {known_by}", self.move.title or "") for attempt in count())


def read_rows(guess: Guess, board: Board, *, place: bool = False) -> Iterator[Ready | BadRow]:
    """Every row in turn. A row is known again by its title, its host, and how often both stood above it already; so the
    same sheet makes the same cards, whoever added a row in between."""
    where, met, taken = Where(board), Counter[tuple[str, str]](), set[Cell]()
    for row in guess.rows:
        move = _move(guess, row, where)
        if isinstance(move, BadRow):
            yield move
            continue
        known_by = (move.title or "", move.host or "")
        met[known_by] += 1
        placed, note = _placed(guess, row, board, where, move, taken) if place else (move, "")
        yield Ready(row.number, placed, met[known_by], note)


def _move(guess: Guess, row: Row, where: Where) -> WriteCard | BadRow:
    said = {field: text for field in WORDS if (text := guess.said(row, field))}
    if tags := _tags(guess.said(row, "tags")):
        said["text"] = f"{said.get('text', '')}\n{tags}".strip()
    wish, wished = _wish(guess, row, where)
    try:
        return WriteCard(**{"title": "", **said}, wish=wish or None, wished=wished, idea=True, code="", seal="")  # type: ignore[arg-type]
    except Unfit as unfit:
        field = unfit.field if unfit.field in guess.columns else "title" if unfit.field == "title" else "text"
        column = guess.columns.get(field)
        return BadRow(row.number, field if column is None else guess.name(column), wording.unfit_says(unfit))


def _wish(guess: Guess, row: Row, where: Where) -> tuple[str, Wished | None]:
    """The wish as the row says it, and what is understood of it: by its own column, where it has one, else by all."""
    day, time, room = (guess.said(row, field) for field in ("day", "time", "room"))
    words = ", ".join(filter(None, (day, time, room, guess.said(row, "wish"))))[:WISH_LENGTH]
    on, minutes, key = where.day(day or time), where.minutes(time or day), where.room(room)
    slot = where.slot(on, minutes) if on and minutes is not None else None
    read = where.wish(words) if words else Wished()
    understood = Wished(on or read.day, (slot.key,) if slot else read.slots, key or read.room)
    return words, understood if understood != Wished() else None


def _tags(typed: str) -> str:
    """Tags as words with a # before them; a card has no field for them."""
    words = (
        "".join(char for char in each if char.isalnum() or char in "_-") for each in typed.replace(";", ",").split(",")
    )
    return " ".join(f"#{word}" for word in words if word)


def _placed(
    guess: Guess, row: Row, board: Board, where: Where, move: WriteCard, taken: set[Cell]
) -> tuple[WriteCard, str]:
    """The same on its cell, if day, time and room name one that is free; else why not."""
    day, time, room = (guess.said(row, field) for field in ("day", "time", "room"))
    if not (day or time or room):
        return move, ""
    cell = where.cell(day, time, room)
    if cell is None:
        return move, _("its day, time and room name no cell of this board exactly")
    name = wording.cell_says(board, cell)
    if board.is_elsewhere(cell):
        return move, _("%(cell)s needs a place written in") % {"cell": name}
    if cell in taken:
        return move, _("a row above takes %(cell)s") % {"cell": name}
    taken.add(cell)
    return replace(move, cells=(cell,), idea=False, walk_up=True), ""
