"""The moves of a contest: open it, change it, settle it, call it off."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from openspaces.board.contest import Contest, tallied
from openspaces.board.facts import waiting_facts
from openspaces.board.moves.base import NOTHING, Changes, Knowing, OfStaff, all_living
from openspaces.board.moves.claiming import changed, fresh_contest, in_turn, opened, rows_of
from openspaces.board.moves.open_contests import not_in, open_contest
from openspaces.board.moves.seating import displaced
from openspaces.board.moves.settling import by_lot, by_voices, called_off, settlement
from openspaces.board.moves.telling import cell_facts, titles
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Cause, Cell, Code, Kind, Method, Refusal, fresh_seal
from openspaces.board.words import Unfit, sentence
from openspaces.people.who import PROGRAM, Who

LONGEST_CONTEST = 7 * 24 * 60
"""Minutes."""
MOST_HANDS = 100_000


@dataclass(frozen=True, kw_only=True)
class OpenContest(OfStaff):
    """Staff let two or more cards contend for a cell, whether they asked for it or not. Unless they say otherwise the
    event's policy gives method and minutes."""

    cell: Cell
    cards: tuple[str, ...]
    method: Method | None = None
    minutes: int = 0
    presence: bool | None = None
    seal: str = fresh_seal()

    def __post_init__(self) -> None:
        _fit(self.method, self.minutes)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if not board.has_cell(self.cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(self.cell)})
        named = all_living(board, *dict.fromkeys(self.cards))
        if isinstance(named, Refusal):
            return named
        cells = rows_of(named, (self.cell,))
        known = in_turn(named, cells)
        if refusal := _not_to_contend(board, cells, [card.code for card in known]):
            return refusal
        asking = tuple(_asking(card, self.cell) for card in known if not card.wants((self.cell,)))
        return *asking, opened(self._contest(board, cells, tuple(card.code for card in known), at))

    def _contest(self, board: Board, cells: tuple[Cell, ...], cards: tuple[str, ...], at: datetime) -> Contest:
        contest = fresh_contest(board, cells, cards, at, self.seal, self.minutes)
        presence = contest.presence if self.presence is None else self.presence
        return replace(contest, method=self.method or contest.method, presence=presence)


@dataclass(frozen=True, kw_only=True)
class ChangeContest(OfStaff):
    """Staff settle an open contest in another way or at another time: its method, the minutes from now until it closes,
    and whether voters must show that they are at the event."""

    contest: int
    method: Method | None = None
    minutes: int = 0
    presence: bool | None = None

    def __post_init__(self) -> None:
        _fit(self.method, self.minutes)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old = open_contest(board, self.contest)
        if isinstance(old, Refusal):
            return old
        new = replace(
            old,
            method=self.method or old.method,
            closes=at + timedelta(minutes=self.minutes) if self.minutes else old.closes,
            presence=old.presence if self.presence is None else self.presence,
        )
        return (changed(old, new),) if new != old else NOTHING


@dataclass(frozen=True, kw_only=True)
class SettleContest(OfStaff):
    """The contest has its outcome, which everyone can read with its reason: by the ballots, by a show of hands with the
    `counts` typed in, by lot, by agreement of the hosts, or by the facilitator's decision. The winner has the cell; the
    others keep everything they wrote and are owed another one, but for those who want cells that the winner does not
    need. Staff may settle it before its deadline; the clock plays the close of votes and lots, and waits while the
    board is frozen. Of a tie decides what was told beforehand: the lot, or who asked first."""

    contest: int
    method: Method | None = None
    winner: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    ballots: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason, needed=False))
        _fit(self.method, 0)
        if self.winner and self.method in (Method.VOTE, Method.LOT):
            raise Unfit("method", "unknown")
        if any(not 0 <= count <= MOST_HANDS for _, count in self.counts):
            raise Unfit("counts", "too-long", MOST_HANDS)

    def informed(self, known: Knowing) -> Self:
        return replace(self, ballots=tuple(tuple(ballot) for ballot in known.ballots(self.contest)))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        contest = open_contest(board, self.contest)
        if isinstance(contest, Refusal):
            return contest
        if by == PROGRAM and not self._due(board, contest, at):
            return NOTHING
        outcome = self._outcome(board, contest, at)
        return outcome if isinstance(outcome, Refusal) else settlement(board, contest, outcome, at)

    def _due(self, board: Board, contest: Contest, at: datetime) -> bool:
        """Whether the clock, which asks for it, is right: a person may have changed the contest meanwhile."""
        waits = board.freeze is not None or not contest.by_itself
        return not waits and contest.closes is not None and contest.closes <= at

    def _outcome(self, board: Board, contest: Contest, at: datetime) -> Contest | Refusal:
        """The contest as it is settled."""
        method = self.method or self._meant(contest)
        told = replace(contest, settled=at, method=method, reason=self.reason, ballots=len(self.ballots))
        if refusal := not_in(board, contest, (self.winner,) if self.winner else ()):
            return refusal
        match method:
            case Method.VOTE:
                return by_voices(told, tallied(contest.cards, self.ballots))
            case Method.HANDS:
                return self._by_hands(board, told)
            case Method.LOT:
                return by_lot(told, contest.cards)
        if not self.winner:
            return Refusal(Code.WINNER_NEEDED, {"titles": titles(board, contest.cards)})
        return replace(told, winner=self.winner)

    def _meant(self, contest: Contest) -> Method:
        """The method that fits what was given: counts are hands, a winner is a decision."""
        if self.counts:
            return Method.HANDS
        if self.winner and contest.method in (Method.VOTE, Method.LOT, Method.HANDS):
            return Method.DECISION
        return contest.method

    def _by_hands(self, board: Board, told: Contest) -> Contest | Refusal:
        counts = dict(self.counts)
        if refusal := not_in(board, told, counts):
            return refusal
        if not counts:
            return Refusal(Code.COUNTS_NEEDED, {"titles": titles(board, told.cards)})
        return by_voices(told, {code: counts.get(code, 0) for code in told.cards})


@dataclass(frozen=True, kw_only=True)
class CallOffContest(OfStaff):
    """Staff call a contest off with a reason. Whoever holds the cell keeps it, and the others are owed another one;
    where nobody holds it, the claims wait for the facilitator."""

    contest: int
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        contest = open_contest(board, self.contest)
        if isinstance(contest, Refusal):
            return contest
        held = [cell for cell in contest.cells if board.holders.get(cell)]
        others = (board.cards[code] for code in contest.cards)
        lost = [
            displaced(card, card.asks, Cause.TAKEN, self.reason, at) for card in others if set(card.asks) & set(held)
        ]
        return called_off(contest, self.reason, at), *lost


def _asking(card: Card, cell: Cell) -> Change:
    after = {"cells": [str(cell)], "where": ""}
    return Change(Kind.CARD_CLAIMED, card.code, (cell,), waiting_facts(card, "claim"), after)


def _not_to_contend(board: Board, cells: tuple[Cell, ...], cards: list[str]) -> Refusal | None:
    """Why these cards cannot contend for these cells."""
    for cell in cells:
        if closure := board.closures.get(cell):
            return Refusal(Code.CELL_CLOSED, {**cell_facts(board, cell), "reason": closure.reason})
        if contest := board.contest_at(cell):
            return Refusal(Code.IN_CONTEST, {**cell_facts(board, cell), "titles": titles(board, contest.cards)})
    held = [card.code for cell in cells for card in board.cards_at(cell)]
    if len(cards) < 2 or not set(held) <= set(cards) or board.is_elsewhere(cells[0]):
        return Refusal(Code.NO_CONTEST_HERE)
    return None


def _fit(method: Method | None, minutes: int) -> None:
    if method is Method.YIELD:
        raise Unfit("method", "unknown")
    if not 0 <= minutes <= LONGEST_CONTEST:
        raise Unfit("minutes", "too-long", LONGEST_CONTEST)
