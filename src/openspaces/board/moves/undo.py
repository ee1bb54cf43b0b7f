"""The moves that go back: undo a change, put one card or the whole board back to how it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.fold import fold
from openspaces.board.moves.base import Changes, Knowing, OfFacilitators, staff_only, unknown_card
from openspaces.board.moves.cells import reopening
from openspaces.board.moves.inverse import inverse
from openspaces.board.moves.seating import seated, taken_down
from openspaces.board.moves.taking import why_not
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import PROGRAM, Role, Who

OF_ORGANISERS = ("event", "room", "day")
OF_FACILITATORS = (
    Kind.CARD_REMOVED,
    Kind.BOARD_FROZEN,
    Kind.BOARD_THAWED,
    Kind.CAUTION_CHANGED,
)


@dataclass(frozen=True, kw_only=True)
class Undo:
    """Staff take back a change, and with it what followed from it in the same step: closing a room and all whom it
    displaced are one. A change can be undone as long as what it touched has not moved since. What only organisers or
    facilitators may do, only they undo."""

    number: int
    changes: tuple[Change, ...] = field(default=(), compare=False)
    """The changes of the step to which it belongs, as the log has them."""

    def informed(self, known: Knowing) -> Self:
        return replace(self, changes=tuple(known.step(self.number)))

    def may(self, by: Who, board: Board) -> Refusal | None:
        kinds = [change.kind for change in self._following()]
        if any(kind.partition(".")[0] in OF_ORGANISERS for kind in kinds):
            return staff_only(by, Role.ORGANISER)
        if any(kind in OF_FACILITATORS for kind in kinds):
            return staff_only(by, Role.ORGANISER, Role.FACILITATOR)
        return staff_only(by)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        following = self._following()
        if not following:
            return Refusal(Code.UNKNOWN_CHANGE, {"change": self.number})
        done: list[Change] = []
        for change in reversed(following):
            back = inverse(board, change, at)
            if isinstance(back, Refusal):
                return back
            board = _after(board, back, by, at)
            done += back
        return tuple(replace(change, after={**change.after, "undoes": self.number}) for change in done)

    def _following(self) -> list[Change]:
        return [change for change in self.changes if change.number >= self.number]


@dataclass(frozen=True, kw_only=True)
class RestoreCard(OfFacilitators):
    """A facilitator puts one card back to how it was at a number: its words, and its cells if they are free."""

    card: str
    number: int
    past: Board = field(compare=False, repr=False)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        now, then = board.cards.get(self.card), self.past.cards.get(self.card)
        if now is None or then is None:
            return unknown_card(self.card)
        changes = tuple(_words_back(now, then))
        seat = _seat_back(_after(board, changes, by, at), then, at)
        return seat if isinstance(seat, Refusal) else (*changes, *seat)


@dataclass(frozen=True, kw_only=True)
class RestoreBoard(OfFacilitators):
    """A facilitator puts the whole board back to how it was at a number, in one step: cards, their words and cells, and
    what was closed. Cards that were written since are kept, off the board; rooms and days stay as they are."""

    number: int
    past: Board = field(compare=False, repr=False)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        done: list[Change] = []
        for changes in (_cleared, _opened_as, _words_as, _placed_as, _closed_as):
            step = tuple(changes(board, self.past, at))
            board = _after(board, step, by, at)
            done += step
        return tuple(done)


def _cleared(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """Cards leave the cells where they did not stand."""
    for card in board.in_order():
        then = past.cards.get(card.code)
        if card.placement and (then is None or then.placement != card.placement):
            yield taken_down(card)


def _opened_as(board: Board, past: Board, at: datetime) -> Changes:
    return reopening(board, tuple(cell for cell in board.closures if cell not in past.closures))


def _words_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    for card in board.in_order():
        if then := past.cards.get(card.code):
            yield from _words_back(card, then)


def _words_back(now: Card, then: Card) -> Iterator[Change]:
    """A card that was alive is alive, and says what it said. What is hidden stays hidden, what was merged merged."""
    if now.hidden or then.hidden or now.merged_into:
        return
    if now.withdrawn and not then.withdrawn:
        yield Change(Kind.CARD_RESTORED, now.code)
    if now.words.as_said() != then.words.as_said():
        words = replace(then.words, version=now.words.version + 1)
        yield Change(Kind.CARD_EDITED, now.code, now.cells, {"words": now.words}, {"words": words})


def _placed_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """Cards go back to the cells where they stood, those that the board still has."""
    for then in past.in_order():
        seat = _seat_back(board, then, at) if then.placement and then.code in board.cards else ()
        if not isinstance(seat, Refusal):
            board = _after(board, seat, PROGRAM, at)
            yield from seat


def _closed_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """What was closed is closed, but for holds that are over and cells that a card has."""
    for cell, closure in past.closures.items():
        over = closure.until and closure.until <= at
        if cell in board.closures or not board.has_cell(cell) or board.cards_at(cell) or over:
            continue
        until = {"until": closure.until.isoformat()} if closure.until else {}
        yield Change(Kind.CELL_CLOSED, cells=(cell,), after={"reason": closure.reason, **until})


def _seat_back(board: Board, then: Card, at: datetime) -> Changes | Refusal:
    """The card where it stood then; nowhere if it stood nowhere."""
    now = board.cards[then.code]
    if now.placement == then.placement or now.withdrawn or now.merged_into:
        return ()
    if then.placement is None:
        return (taken_down(now),)
    if not all(map(board.has_cell, then.cells)):
        return Refusal(Code.UNKNOWN_CELL, {"cell": str(then.cells[0])})
    return why_not(board, PROGRAM, at, then.placement, now, confirmed=True) or (seated(now, then.placement),)


def _after(board: Board, changes: Iterable[Change], by: Who, at: datetime) -> Board:
    for change in changes:
        board = fold(board, replace(change, number=board.number + 1, at=at, by=by.hand))
    return board
