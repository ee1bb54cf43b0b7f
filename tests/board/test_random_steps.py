"""Random moves by many hands against a real database: after each, log, tables and memory tell one story, and the board
is sound.

The normal run takes 1,000 steps, `make faults` 50,000 on each database. A failing run is repeated with the seed that it
prints, and then it is made as short as it can be, which takes minutes:
OPENSPACES_SEED=… pytest tests/board/test_random_steps.py
"""

import os
import random

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.game_of_hosts import Hosts
from tests.game_of_the_desk import Desk
from tests.promises import Promise

from openspaces.board import state
from openspaces.board.moves import MOVES, claiming, deciding, taking
from openspaces.board.voices import CastBallot, DeclineOffer, OfferToHost, Report, Star
from openspaces.board.words import Words

STEPS_OF_A_GAME = 60
ENOUGH = 20_000
"""Steps in which every kind of move is done."""


class Game(Hosts, Desk):
    """Everything that anybody may ask."""


def play_games(games: int) -> None:
    """Play so many games, from a seed that is printed."""
    wanted = os.environ.get("OPENSPACES_SEED")
    number = int(wanted or random.randrange(2**32))
    print(f"OPENSPACES_SEED={number}")
    chosen = settings(
        phases=[Phase.generate, Phase.shrink] if wanted else [Phase.generate],
        report_multiple_bugs=False,
        max_examples=games,
        stateful_step_count=STEPS_OF_A_GAME,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        print_blob=False,
    )
    run_state_machine_as_test(seed(number)(Game), settings=chosen)
    print(dict(Game.steps), {kind.__name__: times for kind, times in Game.done.items()})


@pytest.fixture(autouse=True)
def _counting() -> None:
    Game.done.clear()
    Game.steps.clear()


PROMISED = "board + changes = board loaded afresh, for every move"


@pytest.mark.parametrize("steps", [1_000, pytest.param(50_000, marks=pytest.mark.faults)])
def test_random_steps_leave_one_story(database: None, promise: Promise, steps: int) -> None:
    every = {*MOVES, CastBallot, DeclineOffer, OfferToHost, Report, Star}
    kept = promise("T5", PROMISED, database="PostgreSQL" if connection.vendor == "postgresql" else "SQLite")
    while Game.steps["asked"] < steps:
        play_games(max(15, steps // 500))
    missing = {move.__name__ for move in every - set(Game.done)} if steps >= ENOUGH else set()
    assert missing == set()
    kept.found(f"{Game.steps['asked']:,} steps, {len(Game.done)} of {len(every)} kinds of move done, no difference")


def test_control_a_fold_that_forgets_to_free_a_cell_is_found(
    database: None, monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    control = promise.control("T5", "a fold that forgets to free a cell")
    real = state._handed_over
    monkeypatch.setattr(state, "_handed_over", lambda holders, code, _left, taken: real(holders, code, (), taken))
    with pytest.raises(AssertionError):
        play_games(50)
    control.found(f"found after {Game.steps['asked']} steps")


def test_control_a_rule_that_is_blind_is_found(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for blind in (taking, claiming):
        monkeypatch.setattr(blind, "holder", lambda *_: None)
    with pytest.raises(AssertionError):
        play_games(50)


def test_control_contests_that_nobody_looks_after_are_found(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_consequences", lambda *_: ())
    with pytest.raises(AssertionError):
        play_games(50)


def test_control_words_that_are_not_hidden_are_found(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Words, "hidden", lambda words: words)
    with pytest.raises(AssertionError):
        play_games(50)
