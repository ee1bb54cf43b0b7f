"""A drawn board with its log and its ballots, so that a test can play on: undo, go back, vote, without a database."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from types import FunctionType
from typing import cast

from tests import drawing
from tests.drawing import EVE, asked

from openspaces.board.fold import fold_all
from openspaces.board.moves import Changes, Move, Undo
from openspaces.board.moves.base import Informed
from openspaces.board.moves.event import profile_of
from openspaces.board.state import Board, Card, Change, Policy
from openspaces.board.vocabulary import Kind, Refusal
from openspaces.board.voices import CastBallot
from openspaces.board.words import Words
from openspaces.people.who import Who

Wanted = Move | Callable[[Board], Move]
"""A move, or what it is on the board as it has become."""


def meant(wanted: Wanted, board: Board) -> Move:
    """The move that is wanted on this board."""
    return wanted(board) if isinstance(wanted, FunctionType) else cast(Move, wanted)


class Playing:
    """One event in play. It knows what a move may have to know beside the Board."""

    def __init__(
        self,
        text: str,
        policy: Policy = drawing.OPEN,
        planned: drawing.Row = (),
        ideas: drawing.Row = (),
    ) -> None:
        self.log: list[Change] = []
        self.board = Board(drawing.EVENT, drawing.EPOCH)
        self._ballots: dict[tuple[int, str], tuple[str, ...]] = {}
        self.offers: dict[tuple[str, str], str] = {}
        """The names of those who offered to host a card too, by card and device."""
        self.staff: set[str] = set()
        """Who has shown to have a role."""
        self.starred: dict[str, int] = {}
        """How many would come, by card."""
        for move, by in drawing.moves_of(text, policy, planned, ideas):
            self.do(move, by)

    def do(self, wanted: Wanted, by: Who, at: datetime = EVE) -> Changes:
        """A move that must not be refused; the answer is what it changed."""
        answer = self._answer(wanted, by, at)
        assert not isinstance(answer, Refusal), f"{wanted} was refused: {answer}"
        self.board = fold_all(self.board, answer)
        self.log += answer
        return answer

    def refused(self, wanted: Wanted, by: Who, at: datetime = EVE) -> Refusal:
        """The refusal of a move that must be refused."""
        answer = self._answer(wanted, by, at)
        assert isinstance(answer, Refusal), f"{wanted} was done: {answer}"
        return answer

    def undo(self, step: Changes, by: Who, at: datetime = EVE) -> Changes:
        """Take back what was done in one step."""
        return self.do(Undo(number=step[0].number), by, at)

    def vote(self, contest: int, hand: str, *cards: str, at: datetime = EVE, present: bool = True) -> Refusal | None:
        """A device's ballot; why it is not taken, if it is not."""
        ballot, by = CastBallot(contest=contest, cards=cards), Who(hand, present=present)
        if refusal := ballot.why_not(self.board, by, at):
            return refusal
        self._ballots[contest, hand] = cards
        return None

    def past(self, number: int) -> Board:
        """The board as it was at a number."""
        return fold_all(Board(drawing.EVENT, drawing.EPOCH), self.log[:number])

    def card(self, title: str) -> Card:
        """The card of that title."""
        return drawing.card(self.board, title)

    def _answer(self, wanted: Wanted, by: Who, at: datetime) -> Changes | Refusal:
        move = meant(wanted, self.board)
        if by.is_staff:
            self.staff.add(by.hand)
        told = move.informed(self) if isinstance(move, Informed) else move
        return asked(self.board, told, by, at, self.ideas_left())

    # What a move may have to know

    def ballots(self, contest: int) -> list[list[str]]:
        """The ballots of a contest."""
        return [list(cards) for (number, _), cards in self._ballots.items() if number == contest]

    def step(self, number: int) -> list[Change]:
        """What was done in one step with that change."""
        steps = {change.step for change in self.log if change.number == number}
        return [change for change in self.log if change.step in steps]

    def later(self, number: int) -> list[Change]:
        """What was done after the step with that change."""
        step = self.step(number)
        return [change for change in self.log if step and change.number > step[-1].number]

    def ideas_left(self) -> dict[str, list[str]]:
        """The ideas that nobody has taken up, by who left them."""
        left: dict[str, list[str]] = {}
        for change in self.log:
            if change.kind is Kind.CARD_WRITTEN and change.by not in self.staff and self._is_nobodys(change.card):
                left.setdefault(change.by, []).append(change.card)
        return left

    def _is_nobodys(self, card: str) -> bool:
        words = self.words(card)
        return not (self.board.cards[card].hand or (words and words.host))

    def merging(self, card: str) -> Change | None:
        """The last change by which a card became part of another."""
        merged = (change for change in reversed(self.log) if change.kind is Kind.CARDS_MERGED)
        return next((change for change in merged if change.after["with"] == card), None)

    def doubted(self, card: str) -> bool:
        """Nobody reports anything here."""
        return False

    def words(self, card: str) -> Words | None:
        """What a card says, hidden or not."""
        said = [fact for change in self.log if change.card == card for fact in _words_in(change)]
        return max(said, key=lambda words: words.version, default=None)

    def words_naming(self, cards: Iterable[str], names: Collection[str]) -> dict[str, Words]:
        """The same of those cards that name hosts."""
        return {card: words for card in cards if (words := self.words(card)) and words.host}

    def offer(self, card: str, hand: str) -> str | None:
        """The name of somebody who offered to host a card too."""
        return self.offers.get((card, hand))

    def stars(self) -> dict[str, int]:
        """How many would come to each card."""
        return self.starred


def told(board: Board, cards: Iterable[str]) -> list[object]:
    """What a board says to people of those cards and of everything else, whenever and however often it was said: what
    an undo has to reach."""
    said = {code: _told_of(board.cards[code]) for code in cards}
    closures = {cell: (closure.reason, closure.until) for cell, closure in board.closures.items()}
    contests = [replace(contest, seal="", closes=None) for contest in board.open_contests]
    heard = [(said.text, said.until) for said in board.announcements]
    desk = (board.freeze and board.freeze.reason, heard, board.caution, board.pitch)
    return [profile_of(board), board.rooms, board.days, said, closures, contests, dict(board.contested), desk]


def _told_of(card: Card) -> Card:
    words = replace(card.words, version=1)
    return replace(card, words=words, edited=0, at=EVE, sequence=0, was=None, confirmed=0, full=False)


def _words_in(change: Change) -> list[Words]:
    facts = (change.before.get("words"), change.after.get("words"))
    return [words for words in facts if isinstance(words, Words) and words.title != "[…]"]
