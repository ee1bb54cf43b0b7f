"""A sheet and the cards that it would make."""

from collections.abc import Callable
from dataclasses import dataclass

from openspaces.board.state import Board
from openspaces.intake.sheets import BadRow, Guess, Ready, Sheet, guessed, read_rows, read_sheet


@dataclass(frozen=True)
class Cards:
    """What a sheet holds, which of its columns is what, the rows that can be played and those that cannot."""

    sheet: Sheet
    guess: Guess
    ready: tuple[Ready, ...]
    bad: tuple[BadRow, ...]

    @property
    def placed(self) -> int:
        """How many name a cell."""
        return sum(1 for row in self.ready if row.move.cells)

    @property
    def ideas(self) -> int:
        """How many nobody hosts."""
        return sum(1 for row in self.ready if not row.move.cells and not row.move.host)

    @property
    def planned(self) -> int:
        """How many have a host and no cell."""
        return len(self.ready) - self.placed - self.ideas

    @property
    def wish_for_cells(self) -> bool:
        """Whether there are columns of times and rooms, by which cards could be placed."""
        return {"time", "room"} <= set(self.guess.columns)

    @property
    def private(self) -> list[str]:
        """The columns that are not read because cards are public."""
        return [self.guess.name(column) for column in self.guess.unused if column in self.guess.private]

    @property
    def unused(self) -> list[str]:
        """The other columns that are not read."""
        return [self.guess.name(column) for column in self.guess.unused if column not in self.guess.private]


def cards_in(raw: bytes, board: Board, choose: Callable[[Guess], Guess], *, place: bool = False) -> Cards:
    """The cards in a sheet. `choose` may change which column is what. Raises WrongSheet, and what `choose` raises."""
    sheet = read_sheet(raw)
    guess = choose(guessed(sheet, board))
    rows = list(read_rows(guess, board, place=place))
    ready = tuple(row for row in rows if isinstance(row, Ready))
    return Cards(sheet, guess, ready, tuple(row for row in rows if isinstance(row, BadRow)))
