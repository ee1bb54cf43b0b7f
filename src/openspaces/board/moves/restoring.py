"""The moves that put one card, or the whole board, back to how it was at a number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from openspaces.board.contest import Contest
from openspaces.board.facts import wished_facts
from openspaces.board.moves.base import Changes, OfFacilitators, following, unknown_card
from openspaces.board.moves.cells import CloseCell, reopening
from openspaces.board.moves.moderating import approval
from openspaces.board.moves.seating import displaced, seated, taken_down
from openspaces.board.moves.settling import called_off
from openspaces.board.moves.taking import why_not
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Refusal, Stage, Standing
from openspaces.people.who import PROGRAM, Who

RESTORES = "restores"
"""The fact by which the log tells that somebody went back, and to which number."""


@dataclass(frozen=True, kw_only=True)
class RestoreCard(OfFacilitators):
    """A facilitator puts one card back to how it was at a number: its words, its hosts, and its cells if they are
    free."""

    card: str
    number: int
    past: Board = field(compare=False, repr=False)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        now, then = board.cards.get(self.card), self.past.cards.get(self.card)
        if now is None or then is None:
            return unknown_card(self.card)
        if now.merged_into:
            return Refusal(Code.MERGED, {"title": now.words.title, "into": board.whole(now).words.title})
        if now.standing is Standing.REMOVED:
            return Refusal(Code.REMOVED)
        changes = tuple(_words_back(now, then))
        seat = _seat_back(following(board, changes, by, at), then, at)
        return seat if isinstance(seat, Refusal) else _restoring((*changes, *seat), self.number)


@dataclass(frozen=True, kw_only=True)
class RestoreBoard(OfFacilitators):
    """A facilitator puts the whole board back to how it was at a number, in one step: cards, their words and cells, and
    what was closed. Cards that had no cell then are kept, off the board, and owed one; ideas that were taken up since
    are ideas again; contests that have begun since are called off; rooms and days stay as they are."""

    number: int
    past: Board = field(compare=False, repr=False)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        done: list[Change] = []
        for changes in (_contests_as, _cleared, _opened_as, _words_as, _placed_as, _closed_as):
            step = tuple(changes(board, self.past, at))
            board = following(board, step, by, at)
            done += step
        return _restoring(done, self.number)


def _restoring(changes: Iterable[Change], number: int) -> Changes:
    """The log says of each to which number it goes back."""
    return tuple(replace(change, after={**change.after, RESTORES: number}) for change in changes)


def _contests_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """Only a contest that was open then among the same cards goes on."""
    for contest in board.open_contests:
        if not _went_on(contest, past.contests.get(contest.id)):
            yield called_off(contest, "", at)


def _went_on(now: Contest, then: Contest | None) -> bool:
    return then is not None and then.open and (then.cells, then.cards) == (now.cells, now.cards)


def _cleared(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """Cards leave the cells where they did not stand; one that can stand nowhere then is owed another cell."""
    for card in board.in_order():
        then = past.cards.get(card.code)
        there = then.cells if then else ()
        if card.cells and not (there and _in_a_row(board, there)) and not _idea_again(card, then):
            yield displaced(card, card.cells, Cause.RESTORED, "", at)
        elif then and card.placement and then.placement != card.placement:
            yield taken_down(card)


def _idea_again(card: Card, then: Card | None) -> bool:
    """Whether nobody will host it, so that nobody is owed a cell."""
    return then is not None and then.stage is Stage.IDEA and not (card.hidden or then.hidden)


def _in_a_row(board: Board, cells: tuple[Cell, ...]) -> bool:
    """Whether the board has these cells still, one after the other."""
    return board.has_cell(cells[0]) and board.run(cells[0], len(cells)) == cells


def _opened_as(board: Board, past: Board, at: datetime) -> Changes:
    return reopening(board, [cell for cell in board.closures if cell not in past.closures])


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
    before, after = _of_hosts(now), _of_hosts(then)
    differing = [name for name in before if before[name] != after[name]]
    if differing or now.words.as_said() != then.words.as_said():
        kind = next((kind for name, kind in _KINDS.items() if name in differing), Kind.CARD_EDITED)
        words = replace(then.words, version=now.words.version + 1)
        was = {"words": now.words, **approval(now), **{name: before[name] for name in differing}}
        yield Change(kind, now.code, now.cells, was, {"words": words, **{name: after[name] for name in differing}})


_KINDS = {"hand": Kind.CARD_TAKEN_UP, "cohosts": Kind.CARD_COHOSTED}


def _of_hosts(card: Card) -> dict[str, Any]:
    """Whose the card is, and what was understood of their wish."""
    return {"hand": card.hand, "cohosts": list(card.cohosts), "wished": wished_facts(card.wished)}


def _placed_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """Cards go back to the cells where they stood."""
    for then in past.in_order():
        seat = _seat_back(board, then, at) if then.placement and then.code in board.cards else ()
        if not isinstance(seat, Refusal):
            board = following(board, seat, PROGRAM, at)
            yield from seat


def _closed_as(board: Board, past: Board, at: datetime) -> Iterator[Change]:
    """What was closed is closed, but for holds that are over and cells that a card has."""
    for cell, closure in past.closures.items():
        over = closure.until and closure.until <= at
        if cell in board.closures or not board.has_cell(cell) or board.cards_at(cell) or over:
            continue
        closed = CloseCell(cells=(cell,), reason=closure.reason, until=closure.until).decide(board, PROGRAM, at)
        if not isinstance(closed, Refusal):
            board = following(board, closed, PROGRAM, at)
            yield from closed


def _seat_back(board: Board, then: Card, at: datetime) -> Changes | Refusal:
    """The card where it stood then; nowhere if it stood nowhere."""
    now = board.cards[then.code]
    if now.placement == then.placement or now.withdrawn or now.merged_into:
        return ()
    if then.placement is None:
        return (taken_down(now),)
    return why_not(board, PROGRAM, at, then.placement, now, confirmed=True) or (seated(now, then.placement),)
