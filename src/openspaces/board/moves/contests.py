"""The moves of a contest: open it, change it, settle it, call it off."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from openspaces.board.contest import Contest, drawn_from, most_voices, tallied
from openspaces.board.facts import claim_facts, contest_facts
from openspaces.board.moves.base import NOTHING, Changes, Knowing, OfStaff, living
from openspaces.board.moves.claiming import changed, fresh_contest, opened
from openspaces.board.moves.seating import displaced, seated
from openspaces.board.moves.taking import cell_facts, holder
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cause, Cell, Code, Facts, Kind, Method, Refusal, fresh_seal
from openspaces.board.words import Unfit, sentence
from openspaces.people.who import Who

LONGEST_CONTEST = 7 * 24 * 60
"""Minutes."""


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
        _fit_minutes(self.minutes)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if refusal := self._why_not(board):
            return refusal
        claims: list[Change] = []
        for code in dict.fromkeys(self.cards):
            card = living(board, code)
            if isinstance(card, Refusal):
                return card
            if self.cell not in card.cells and not (card.claim and self.cell in card.claim.placement.cells):
                claims.append(_asking(card, self.cell))
        contest = fresh_contest(board, (self.cell,), tuple(dict.fromkeys(self.cards)), at, self.seal, self.minutes)
        presence = contest.presence if self.presence is None else self.presence
        return *claims, opened(replace(contest, method=self.method or contest.method, presence=presence))

    def _why_not(self, board: Board) -> Refusal | None:
        if not board.has_cell(self.cell) or board.is_elsewhere(self.cell):
            return Refusal(Code.UNKNOWN_CELL, {"cell": str(self.cell)})
        if closure := board.closures.get(self.cell):
            return Refusal(Code.CELL_CLOSED, {**_named(board, self.cell), "reason": closure.reason})
        if board.contest_at(self.cell):
            return Refusal(Code.IN_CONTEST, {**_named(board, self.cell), "titles": _titles(board, self.cards)})
        held = holder(board, self.cell, None)
        if len(set(self.cards)) < 2 or (held and held.code not in self.cards):
            return Refusal(Code.NO_CONTEST_HERE, _named(board, self.cell))
        return None


@dataclass(frozen=True, kw_only=True)
class ChangeContest(OfStaff):
    """Staff settle an open contest in another way or at another time: its method, the minutes from now until it closes,
    and whether voters must show that they are at the event."""

    contest: int
    method: Method | None = None
    minutes: int = 0
    presence: bool | None = None

    def __post_init__(self) -> None:
        _fit_minutes(self.minutes)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        old = _open(board, self.contest)
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
    others keep everything they wrote and are owed another one. Staff may settle it before its deadline; the clock plays
    the close of votes and lots. Of a tie decides what was told beforehand: the lot, or who asked first."""

    contest: int
    method: Method | None = None
    winner: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    ballots: tuple[tuple[str, ...], ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason, needed=False))
        if any(count < 0 for _, count in self.counts):
            raise Unfit("counts", "negative")

    def informed(self, known: Knowing) -> Self:
        return replace(self, ballots=tuple(tuple(ballot) for ballot in known.ballots(self.contest)))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        contest = _open(board, self.contest)
        if isinstance(contest, Refusal):
            return contest
        outcome = self._outcome(board, contest, at)
        return outcome if isinstance(outcome, Refusal) else settlement(board, contest, outcome, at)

    def _outcome(self, board: Board, contest: Contest, at: datetime) -> Contest | Refusal:
        """The contest as it is settled."""
        method = self.method or self._meant(contest)
        told = replace(contest, settled=at, method=method, reason=self.reason, ballots=len(self.ballots))
        if self.winner and self.winner not in contest.cards:
            return _not_in(board, contest, self.winner)
        match method:
            case Method.VOTE:
                return _by_voices(told, tallied(contest.cards, self.ballots))
            case Method.HANDS:
                return self._by_hands(board, told)
            case Method.LOT:
                return _by_lot(told, contest.cards)
        if not self.winner:
            return Refusal(Code.WINNER_NEEDED, {"titles": _titles(board, contest.cards)})
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
        stranger = next((code for code in counts if code not in told.cards), None)
        if stranger is not None:
            return _not_in(board, told, stranger)
        if not counts:
            return Refusal(Code.COUNTS_NEEDED, {"titles": _titles(board, told.cards)})
        return _by_voices(told, {code: counts.get(code, 0) for code in told.cards})


@dataclass(frozen=True, kw_only=True)
class CallOffContest(OfStaff):
    """Staff call a contest off with a reason. Whoever holds the cell keeps it, and the others' claims wait for the
    facilitator."""

    contest: int
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        contest = _open(board, self.contest)
        return contest if isinstance(contest, Refusal) else (called_off(contest, self.reason, at),)


def settlement(board: Board, contest: Contest, told: Contest, at: datetime) -> Changes:
    """The changes of a contest that was settled as `told` says: its outcome, the losers' loss, the winner's cell."""
    losers = [board.cards[code] for code in contest.cards if code != told.winner]
    lost = [_lost(card, contest, told.reason, at) for card in losers]
    winner = board.cards[told.winner]
    wins = wanted_in(winner, contest)
    seats = () if winner.placement == wins else (seated(winner, wins),)
    return _settled(contest, told), *lost, *seats


def called_off(contest: Contest, reason: str, at: datetime) -> Change:
    """The contest is over without a winner."""
    return _settled(contest, replace(contest, settled=at, reason=reason, winner=""))


def reopened(contest: Contest, at: datetime) -> Change:
    """The contest is open again, as if it had not been settled; where its time is over, a person settles it."""
    closes = contest.closes if contest.closes and contest.closes > at else None
    open_again = replace(contest, settled=None, winner="", reason="", tally={}, ballots=0, drawn=(), closes=closes)
    facts = {"contest": contest_facts(contest)}, {"contest": contest_facts(open_again)}
    return Change(Kind.CONTEST_REOPENED, cells=contest.cells, before=facts[0], after=facts[1])


def wanted_in(card: Card, contest: Contest) -> Placement:
    """The cells that a card holds or asks for in a contest."""
    rows = [placement for placement in (card.placement, card.claim and card.claim.placement) if placement]
    return next((row for row in rows if set(row.cells) & set(contest.cells)), Placement(contest.cells[:1]))


def _lost(card: Card, contest: Contest, reason: str, at: datetime) -> Change:
    """A card that holds another cell keeps it."""
    wanted = wanted_in(card, contest)
    return displaced(card, Cause.CONTEST, wanted, reason, at, keeps=card.placement != wanted)


def _settled(contest: Contest, told: Contest) -> Change:
    facts = {"contest": contest_facts(contest)}, {"contest": contest_facts(told)}
    return Change(Kind.CONTEST_SETTLED, told.winner, contest.cells, *facts)


def _by_voices(told: Contest, tally: dict[str, int]) -> Contest:
    """The card with the most voices; between equals the tie rule."""
    first = most_voices(told.cards, tally)
    told = replace(told, tally=tally)
    if len(first) == 1:
        return replace(told, winner=first[0])
    return _by_lot(told, tuple(first)) if told.tie == "lot" else replace(told, winner=first[0])


def _by_lot(told: Contest, cards: tuple[str, ...]) -> Contest:
    drawn = drawn_from(told.seal, cards)
    return replace(told, winner=drawn[0], drawn=tuple(drawn))


def _asking(card: Card, cell: Cell) -> Change:
    after = {"cells": [str(cell)], "where": ""}
    return Change(Kind.CARD_CLAIMED, card.code, (cell,), {"claim": claim_facts(card.claim)}, after)


def _open(board: Board, number: int) -> Contest | Refusal:
    contest = board.contests.get(number)
    if contest is None:
        return Refusal(Code.UNKNOWN_CONTEST, {"contest": number})
    if contest.open:
        return contest
    won = board.cards.get(contest.winner)
    return Refusal(Code.CONTEST_OVER, {**_named(board, contest.cell), "title": won.words.title if won else ""})


def _not_in(board: Board, contest: Contest, code: str) -> Refusal:
    return Refusal(Code.NOT_IN_CONTEST, {"card": code, "titles": _titles(board, contest.cards)})


def _titles(board: Board, codes: tuple[str, ...]) -> list[str]:
    return [board.cards[code].words.title for code in codes if code in board.cards]


def _named(board: Board, cell: Cell) -> Facts:
    return cell_facts(board, cell) if board.has_cell(cell) else {"cell": str(cell), "room": cell.room, "starts": ""}


def _fit_minutes(minutes: int) -> None:
    if not 0 <= minutes <= LONGEST_CONTEST:
        raise Unfit("minutes", "too-long", LONGEST_CONTEST)
