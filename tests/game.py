"""A game of random moves: one event, the hands that ask, and the parts of the board that a number points at."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from tests import wishes
from tests.drawing import EVE, FACILITATOR, ZONE, Row, cells, day_of
from tests.verify import consistent, verify

from openspaces.board.contest import tallied
from openspaces.board.memory import MEMORY
from openspaces.board.models import Ballot, Placement
from openspaces.board.moves import (
    AddDay,
    AddRoom,
    Announce,
    AskDeal,
    ChangeEvent,
    ClaimCell,
    CloseCell,
    MakeEvent,
    MergeCards,
    Move,
    Profile,
    RemoveCard,
    ShieldCard,
    WriteCard,
)
from openspaces.board.state import Board, Card, Policy, Room
from openspaces.board.vocabulary import Cell, Code, Deal, Method
from openspaces.board.voices import Voice
from openspaces.people.who import PROGRAM, Who

KEYS: Row = ("oak", "elm", "elsewhere")
EVENTS = count(1)
Thing = TypeVar("Thing")
OAK, ELM = cells("oak 10:00", "elm 11:00")
MORNINGS: list[list[tuple[Move, Who]]] = [
    [],
    [
        (ClaimCell(card="CARD05", cells=(OAK,), confirmed=True), Who("bob")),
        (WriteCard(title="Rival", code="RIVAL1", cells=(OAK,), claim=True), Who("eve")),
        (WriteCard(title="Third", code="RIVAL2", cells=(ELM,), claim=True), Who("joe")),
    ],
    [
        (AskDeal(card="CARD00", other="CARD02", deal=Deal.SWAP), Who("ada")),
        (MergeCards(card="CARD01", into="CARD03"), FACILITATOR),
        (CloseCell(cells=(OAK, ELM, *cells("oak 10:00", day=1)), reason="Lunch"), FACILITATOR),
    ],
    [
        (ShieldCard(card="CARD01", reason="Read it first"), FACILITATOR),
        (RemoveCard(card="CARD02", reason="Abuse"), FACILITATOR),
        (Announce(text="Be kind", minutes=600), FACILITATOR),
    ],
]
"""How a game may begin: quietly, with a contest, with deals and a room lost, with trouble."""


class Table(RuleBasedStateMachine):
    """One event, and whatever anybody may ask of it."""

    done: ClassVar[Counter[type]] = Counter()
    steps: ClassVar[Counter[str]] = Counter()

    @initialize(policy=wishes.policies_to_begin_with, morning=st.sampled_from([1, 2, 3, 1, 0]))
    def begin(self, policy: Policy, morning: int) -> None:
        """An event with two days of three rooms and a spare one, five cards on the board, and one beside it; and what
        has happened until now."""
        self.event = f"game{next(EVENTS)}"
        profile = Profile(name="Camp", timezone=str(ZONE))
        self.ask(MakeEvent(profile=profile), PROGRAM)
        for key in (*KEYS, "yew"):
            self.ask(AddRoom(room=Room(key, key, elsewhere=key == "elsewhere")), PROGRAM)
        for number in range(2):
            self.ask(AddDay(day=day_of(["09:00", "10:00", "11:00"], KEYS, number)), PROGRAM)
        for number, hand in enumerate(("ada", "bob", "eve", "ada", "ada", "bob")):
            wanted = self.cells(4 * number) if number < 5 else ()
            self.ask(WriteCard(title=hand, code=self.fresh_code(), cells=wanted, where="Park"), Who(hand))
        self.ask(ChangeEvent(profile=replace(profile, policy=policy)), PROGRAM)
        for move, by in MORNINGS[morning]:
            self.ask(move, by)

    def ask(self, move: Move | Voice, by: Who, at: datetime = EVE) -> None:
        """Play a move and prove it. Where only the database stops it, a rule forgot something: that is a bug."""
        outcome = verify(self.event, move, by=by, at=at, old=MEMORY.board(self.event))
        self.steps["asked"] += 1
        if outcome.refusal:
            assert outcome.refusal.code is not Code.TRY_AGAIN
            self.steps[outcome.refusal.code] += 1
        elif outcome.changes or isinstance(move, Voice):
            self.done[type(move)] += 1

    @property
    def board(self) -> Board:
        """The board now."""
        board = MEMORY.board(self.event)
        assert board is not None
        return board

    def card(self, number: int, fitting: Callable[[Card], object] = lambda _card: True) -> str:
        """The code of one of the cards, of a fitting one if there is any."""
        every = self.board.in_order()
        codes = [card.code for card in every if fitting(card)] or [card.code for card in every]
        return self.one(number, codes, "NOBODY")

    def one(self, number: int, things: Sequence[Thing], none: Thing) -> Thing:
        """One of some things, or `none`."""
        return things[number % len(things)] if things and number != wishes.NOBODY else none

    def contest(self, number: int) -> int:
        """The number of one of the contests, of an open one if there is any."""
        return self.one(number, [each.id for each in self.board.open_contests] or list(self.board.contests), 0)

    def while_it_is_on(self, code: str, at: datetime) -> datetime:
        """A moment of the card's time, if it has one; for one card of four `at`."""
        card = self.board.cards.get(code)
        if card is None or card.placement is None or card.serial % 4 == 0:
            return at
        return self.board.time_of(card.placement)[0] + timedelta(minutes=5)

    def host_or(self, by: Who, code: str) -> Who:
        """Whoever has the card's key, or else staff; for one card of four just anybody."""
        card = self.board.cards.get(code)
        return by if card is None or by.is_staff or card.serial % 4 == 0 else Who(card.hand, cards=frozenset({code}))

    def cells(self, number: int, length: int = 1) -> tuple[Cell, ...]:
        """Cells in a row, from one of the cells on."""
        there = [one for day in self.board.days for one in self.board.cells_of(day)]
        if not there or number == wishes.NOBODY:
            return cells("attic 09:00", "attic 10:00")[:length]
        return self.board.run(there[number % len(there)], length)

    def fresh_code(self) -> str:
        """A code that is fresh until there are twenty cards."""
        return f"CARD{self.board.last_serial % 20:02}"

    def teardown(self) -> None:
        """Log and tables agree to the last row, no ordinary cell has a second lane, and every vote can be recounted."""
        if not hasattr(self, "event"):
            return
        board = consistent(self.event)
        self._assert_rows(board)
        for contest in board.contests.values():
            if contest.winner and contest.method is Method.VOTE:
                rows = Ballot.objects.filter(contest__event=self.event, contest__number=contest.id)
                assert tallied(contest.cards, rows.values_list("cards", flat=True)) == contest.tally

    def _assert_rows(self, board: Board) -> None:
        rows = Placement.objects.filter(card__event_id=self.event)
        held = list(rows.values_list("room__key", "slot__key", "lane", "card__code"))
        assert sorted((Cell(room, slot), code) for room, slot, _, code in held) == sorted(
            (cell, code) for cell, codes in board.holders.items() for code in codes
        )
        assert {lane for room, _, lane, _ in held if not board.is_elsewhere(Cell(room, ""))} <= {0}
