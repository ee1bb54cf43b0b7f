"""Random moves by many hands against a real database: after each, log, tables and memory tell one story.

The normal run takes 1,000 steps, `make faults` 5,000 more. A failing run is repeated with the seed that it prints:
OPENSPACES_SEED=… pytest tests/board/test_random_steps.py
"""

import os
import random
from collections import Counter
from datetime import datetime
from itertools import count
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests import wishes
from tests.drawing import EVE, FACILITATOR, ZONE, Row, cells, day_of
from tests.verify import consistent, verify

from openspaces.board import state
from openspaces.board.memory import MEMORY
from openspaces.board.models import Placement
from openspaces.board.moves import (
    MOVES,
    AddDay,
    AddRoom,
    CloseCell,
    EditCard,
    MakeEvent,
    Move,
    MoveCard,
    PlaceCard,
    Profile,
    ReopenCell,
    SwapCards,
    TakeDown,
    WithdrawCard,
    WriteCard,
    taking,
)
from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Cell, Code
from openspaces.people.who import PROGRAM, Who

STEPS_OF_A_GAME = 40
KEYS: Row = ("oak", "elm", "elsewhere")
EVENTS = count(1)


class Game(RuleBasedStateMachine):
    """One event, and whatever anybody may ask of it."""

    done: ClassVar[Counter[type[Move]]] = Counter()
    steps: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        """An event with two days of three rooms and a spare one, five cards on the board, and one beside it."""
        self.event = f"game{next(EVENTS)}"
        self.ask(MakeEvent(profile=Profile(name="Camp", timezone=str(ZONE))), PROGRAM)
        for key in (*KEYS, "yew"):
            self.ask(AddRoom(room=Room(key, key, elsewhere=key == "elsewhere")), PROGRAM)
        for number in range(2):
            self.ask(AddDay(day=day_of(["09:00", "10:00", "11:00"], KEYS, number)), PROGRAM)
        for number, hand in enumerate(("ada", "bob", "eve", "ada", "ada", "bob")):
            wanted = self.cells(4 * number) if number < 5 else ()
            self.ask(WriteCard(title=hand, code=self.fresh_code(), cells=wanted, where="Park"), Who(hand))

    def ask(self, move: Move, by: Who, at: datetime = EVE) -> None:
        """Play a move and prove it. Where only the database stops it, a rule forgot something: that is a bug."""
        outcome = verify(self.event, move, by=by, at=at)
        self.steps["asked"] += 1
        if outcome.refusal:
            assert outcome.refusal.code is not Code.TRY_AGAIN
            self.steps[outcome.refusal.code] += 1
        elif outcome.changes:
            self.done[type(move)] += 1

    @property
    def board(self) -> Board:
        """The board now."""
        board = MEMORY.board(self.event)
        assert board is not None
        return board

    def card(self, number: int) -> str:
        """The code of one of the cards."""
        codes = [card.code for card in self.board.in_order()]
        return codes[number % len(codes)] if codes and number != wishes.NOBODY else "NOBODY"

    def host_or(self, by: Who, code: str) -> Who:
        """The card's host, or else staff; for one card of four just anybody."""
        card = self.board.cards.get(code)
        return by if card is None or by.is_staff or card.serial % 4 == 0 else Who(card.hand)

    def cells(self, number: int, length: int = 1) -> tuple[Cell, ...]:
        """Cells in a row, from one of the cells on."""
        there = [one for day in self.board.days for one in self.board.cells_of(day)]
        if not there or number == wishes.NOBODY:
            return cells("attic 09:00", "attic 10:00")[:length]
        return self.board.run(there[number % len(there)], length)

    def fresh_code(self) -> str:
        """A code that is fresh until there are twenty cards."""
        return f"CARD{self.board.last_serial % 20:02}"

    @rule(title=wishes.titles, idea=st.booleans(), by=wishes.anybody)
    def write(self, title: str, idea: bool, by: Who) -> None:
        """A card beside the board."""
        self.ask(WriteCard(title=title, code=self.fresh_code(), idea=idea), by)

    @rule(
        title=wishes.titles,
        cell=wishes.numbers,
        length=wishes.lengths,
        where=wishes.places,
        by=wishes.anybody,
        at=wishes.moments,
    )
    def write_onto(self, title: str, cell: int, length: int, where: str, by: Who, at: datetime) -> None:
        """A card straight onto the board."""
        wanted = self.cells(cell, length)
        self.ask(WriteCard(title=title, code=self.fresh_code(), where=where, cells=wanted), by, at)

    @rule(card=wishes.numbers, title=wishes.titles, seen=st.sampled_from([0, 10, 999]), by=wishes.anybody)
    def edit(self, card: int, title: str, seen: int, by: Who) -> None:
        """A card with other words."""
        code = self.card(card)
        self.ask(EditCard(card=code, title=title, seen=seen), self.host_or(by, code))

    @rule(
        how=st.sampled_from([PlaceCard, MoveCard]),
        card=wishes.numbers,
        cell=wishes.numbers,
        length=wishes.lengths,
        where=wishes.places,
        by=wishes.anybody,
        at=wishes.moments,
        sure=st.booleans(),
    )
    def place(
        self, how: type[PlaceCard], card: int, cell: int, length: int, where: str, by: Who, at: datetime, sure: bool
    ) -> None:
        """A card onto cells."""
        code, wanted = self.card(card), self.cells(cell, length)
        self.ask(how(card=code, cells=wanted, where=where, confirmed=sure), self.host_or(by, code), at)

    @rule(card=wishes.numbers, other=wishes.numbers)
    def swap(self, card: int, other: int) -> None:
        """Two cards."""
        self.ask(SwapCards(card=self.card(card), other=self.card(other)), FACILITATOR)

    @rule(card=wishes.numbers, by=wishes.anybody, how=st.sampled_from([TakeDown, TakeDown, WithdrawCard]))
    def take_down_or_withdraw(self, card: int, by: Who, how: type[TakeDown | WithdrawCard]) -> None:
        """A card off the board."""
        code = self.card(card)
        self.ask(how(card=code), self.host_or(by, code))

    @rule(cell=wishes.numbers, length=wishes.lengths, reason=wishes.reasons, by=wishes.staff)
    def close(self, cell: int, length: int, reason: str, by: Who) -> None:
        """Cells that nobody may take."""
        self.ask(CloseCell(cells=self.cells(cell, length), reason=reason), by)

    @rule(cell=wishes.numbers, length=wishes.lengths, by=wishes.staff)
    def reopen(self, cell: int, length: int, by: Who) -> None:
        """Closed cells, or any."""
        closed = tuple(sorted(self.board.closures))[:length]
        self.ask(ReopenCell(cells=closed if cell % 2 else self.cells(cell, length)), by)

    @rule(move=wishes.of_rooms, by=wishes.organisers)
    def organise_rooms(self, move: Move, by: Who) -> None:
        """The event and its rooms."""
        self.ask(move, by)

    @rule(move=wishes.of_days, by=wishes.organisers)
    def organise_days(self, move: Move, by: Who) -> None:
        """Its days, or everything at once."""
        self.ask(move, by)

    def teardown(self) -> None:
        """Log and tables agree to the last row, and no ordinary cell has a second lane."""
        if not hasattr(self, "event"):
            return
        board = consistent(self.event)
        rows = Placement.objects.filter(card__event_id=self.event)
        held = list(rows.values_list("room__key", "slot__key", "lane", "card__code"))
        assert sorted((Cell(room, slot), code) for room, slot, _, code in held) == sorted(
            (cell, code) for cell, codes in board.holders.items() for code in codes
        )
        assert {lane for room, _, lane, _ in held if not board.is_elsewhere(Cell(room, ""))} <= {0}


def play_games(games: int, **more: Any) -> None:
    """Play so many games, from a seed that is printed."""
    number = int(os.environ.get("OPENSPACES_SEED") or random.randrange(2**32))
    print(f"OPENSPACES_SEED={number}")
    chosen = settings(
        max_examples=games,
        stateful_step_count=STEPS_OF_A_GAME,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        **more,
    )
    run_state_machine_as_test(seed(number)(Game), settings=chosen)
    print(dict(Game.steps), {kind.__name__: times for kind, times in Game.done.items()})


@pytest.fixture(autouse=True)
def _counting() -> None:
    Game.done.clear()
    Game.steps.clear()


def test_a_thousand_random_steps_leave_one_story(database: None) -> None:
    while Game.steps["asked"] < 1000:
        play_games(25)


@pytest.mark.faults
def test_five_thousand_random_steps_leave_one_story_and_do_every_move(database: None) -> None:
    while Game.steps["asked"] < 5000:
        play_games(100)
    assert set(Game.done) == set(MOVES)


BARE = {"phases": [Phase.generate], "report_multiple_bugs": False, "print_blob": False}


def test_control_a_fold_that_forgets_to_free_a_cell_is_found(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    real = state._handed_over
    monkeypatch.setattr(state, "_handed_over", lambda holders, code, _left, taken: real(holders, code, (), taken))
    with pytest.raises(AssertionError):
        play_games(50, **BARE)


def test_control_a_rule_that_is_blind_is_found(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "holder", lambda *_: None)
    with pytest.raises(AssertionError):
        play_games(50, **BARE)
