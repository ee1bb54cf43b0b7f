"""Plays the cards of a sheet through the one writer, many of them waiting at once, so that they are committed together.

A card that an earlier import made is found again by its code, and is left as people have it by now: there is nothing
to remember beside the board itself, and a row that was refused once is not refused for ever.
"""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from openspaces import wording
from openspaces.board.moves import PlaceCard, WriteCard
from openspaces.board.play import WRITER, Asked, Outcome
from openspaces.board.read import changes_of
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Kind, Stage
from openspaces.intake.sheets.rows import Ready
from openspaces.people.who import PROGRAM

WAITING = 400
"""Moves that wait for the writer at once."""
STEP = 100
"""Rows between two words about the progress."""


@dataclass(frozen=True)
class Played:
    """A row that came to something else than a new card, and what is said about it."""

    number: int
    says: str


@dataclass
class Tally:
    """What the rows came to."""

    written: int = 0
    placed: int = 0
    there: int = 0
    notes: list[Played] = field(default_factory=list)
    """What is worth knowing of rows whose card is on the lists all the same."""
    refused: list[Played] = field(default_factory=list)
    """Rows of which there is no card."""


def play_all(board: Board, rows: Iterable[Ready], progress: Callable[[int], None] = lambda done: None) -> Tally:
    """Play them all, in order; `progress` hears now and then how many are done."""
    tally, used = Tally(), set[str]()
    waiting: deque[tuple[Ready, PlaceCard | WriteCard, Future[Outcome]]] = deque()
    done = 0
    for row in rows:
        move = _next_move(board, row, used, tally)
        if move:
            asked = Asked(board.event, move, PROGRAM, datetime.now(UTC), "")
            waiting.append((row, move, WRITER.ask(asked)))
        if len(waiting) >= WAITING:
            _answered(board, tally, *waiting.popleft())
        done += 1
        if done % STEP == 0:
            progress(done - len(waiting))
    while waiting:
        _answered(board, tally, *waiting.popleft())
        if len(waiting) % STEP == 0:
            progress(done - len(waiting))
    return tally


def _next_move(board: Board, row: Ready, used: set[str], tally: Tally) -> PlaceCard | WriteCard | None:
    """What to ask for: a new card, or a place for one that is there already; nothing if it is there as it should be."""
    code = next(code for code in row.codes(board.event) if code not in used and _is_free_or_its_own(board, code, row))
    used.add(code)
    card = board.cards.get(code)
    if card is None:
        if row.note:
            tally.notes.append(Played(row.number, row.note))
        return replace(row.move, code=code)
    tally.there += 1
    if row.move.cells and card.stage in (Stage.IDEA, Stage.PLANNED):
        return PlaceCard(card=code, cells=row.move.cells)
    return None


def _is_free_or_its_own(board: Board, code: str, row: Ready) -> bool:
    """Whether no card is called so, or the one that this row made; its words may have been changed since."""
    card = board.cards.get(code)
    return card is None or _says(card, row) or _said_at_first(board, code, row)


def _says(card: Card, row: Ready) -> bool:
    return (card.words.title, card.words.host) == (row.move.title, row.move.host or "")


def _said_at_first(board: Board, code: str, row: Ready) -> bool:
    written = [change for change in changes_of(board.event, code) if change.kind is Kind.CARD_WRITTEN]
    words = written[0].after["words"] if written else None
    return words is not None and (words.title, words.host) == (row.move.title, row.move.host or "")


def _answered(board: Board, tally: Tally, row: Ready, move: PlaceCard | WriteCard, answer: Future[Outcome]) -> None:
    """Count what came of it. A card whose cell is not to be had is written without."""
    outcome = answer.result()
    if outcome.refusal and move.cells:
        tally.notes.append(Played(row.number, wording.says(outcome.refusal)))
        if isinstance(move, WriteCard):
            without = replace(move, cells=(), walk_up=False, idea=True)
            outcome = WRITER.ask(Asked(board.event, without, PROGRAM, datetime.now(UTC), "")).result()
            move = without
    if outcome.refusal and isinstance(move, WriteCard):
        tally.refused.append(Played(row.number, wording.says(outcome.refusal)))
    elif not outcome.refusal:
        tally.written += isinstance(move, WriteCard)
        tally.placed += bool(move.cells)
