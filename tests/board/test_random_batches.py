"""Random moves that wait together and are committed together: every one is answered, the numbers have no gap, and log,
tables and memory tell one story.

The normal run asks for 250, `make faults` for 20,000. A failing run is repeated with the seed that it prints:
OPENSPACES_SEED=… pytest tests/board/test_random_batches.py
"""

import os
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.drawing import EVE
from tests.game_of_hosts import Hosts
from tests.game_of_the_desk import Desk
from tests.promises import Promise
from tests.verify import consistent

from openspaces.board import commit, store
from openspaces.board.answering import answers
from openspaces.board.fold import fold_all
from openspaces.board.memory import MEMORY
from openspaces.board.moves import ApproveCard, EditCard, EraseHosts, Move
from openspaces.board.outcome import Asked, Outcome
from openspaces.board.state import Change
from openspaces.board.vocabulary import Code
from openspaces.board.voices import Voice
from openspaces.people.who import PROGRAM, Who

TOGETHER = 7
"""So many moves wait until they are played."""
ERASES = 23
"""After so many moves names are erased too, as no player of the games asks for."""
BLIND = (EditCard, ApproveCard)
"""Moves that say which words they saw: where others of the same batch changed these, they may be tried again."""
PROMISED = "moves that are committed together leave one story"


class Batched(Hosts, Desk):
    """The games of all hands, whose moves wait for each other."""

    many: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Asked] = []

    def ask(self, move: Move | Voice, by: Who, at: datetime = EVE) -> None:
        """Let a move wait; when there are enough, play them. An event is made move by move, until it has cards."""
        self._wait(move, by, at)
        board = MEMORY.board(self.event)
        if board and board.cards and Batched.many % ERASES == 0:
            self._wait(EraseHosts(cards=tuple(board.cards)[:3]), PROGRAM, at)
        if board is None or not board.cards or len(self.waiting) >= TOGETHER:
            self.play()

    def _wait(self, move: Move | Voice, by: Who, at: datetime) -> None:
        self.waiting.append(Asked(self.event, move, by, at, ""))
        Batched.many += 1

    def play(self) -> None:
        """Play what waits, and prove it."""
        batch, self.waiting = self.waiting, []
        before = MEMORY.board(self.event)
        number = before.number if before else 0
        outcomes = answers(batch)
        made: list[Change] = []
        for asked, outcome in zip(batch, outcomes, strict=True):
            assert isinstance(outcome, Outcome), (asked, outcome)
            refused_by_the_database = outcome.refusal and outcome.refusal.code in (Code.TRY_AGAIN, Code.NOT_NOW)
            assert not refused_by_the_database or isinstance(asked.move, BLIND), (asked, outcome)
            made += outcome.changes
        assert [change.number for change in made] == list(range(number + 1, number + len(made) + 1))
        log = store.log(self.event, number)
        erases = any(isinstance(asked.move, EraseHosts) for asked in batch)  # the log has other words by now
        assert list(map(_name, log)) == list(map(_name, made)) if erases else log == made
        consistent(self.event, audited=False)

    def teardown(self) -> None:
        """Play what still waits."""
        if self.waiting:
            self.play()
        super().teardown()


def _name(change: Change) -> tuple[str, int, str]:
    return change.kind, change.number, change.card


def play_games(games: int) -> None:
    """Play so many games, from a seed that is printed."""
    number = int(os.environ.get("OPENSPACES_SEED") or random.randrange(2**32))
    print(f"OPENSPACES_SEED={number}")
    chosen = settings(
        phases=[Phase.generate],
        report_multiple_bugs=False,
        max_examples=games,
        stateful_step_count=60,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
    )
    run_state_machine_as_test(seed(number)(Batched), settings=chosen)


@pytest.fixture(autouse=True)
def _counting() -> None:
    Batched.many = 0


@pytest.mark.parametrize("moves", [250, pytest.param(20_000, marks=pytest.mark.faults)])
def test_random_batches_leave_one_story(database: None, promise: Promise, moves: int) -> None:
    kept = promise("T5", PROMISED, database="PostgreSQL" if connection.vendor == "postgresql" else "SQLite")
    while Batched.many < moves:
        play_games(max(5, moves // 500))
    kept.found(f"{Batched.many:,} moves, up to {TOGETHER + 1} together, no difference")


def test_control_a_commit_that_writes_the_last_of_its_moves_alone_is_found(
    database: None, monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    control = promise.control("T5", "the log of a commit has its last move alone")

    def add(draft: Any, changes: Sequence[Change]) -> None:
        draft.board = fold_all(draft.board, changes)
        draft.changes = list(changes) or draft.changes

    monkeypatch.setattr(commit._Draft, "add", add)
    with pytest.raises(AssertionError):
        play_games(50)
    control.found(f"found after {Batched.many} moves")
