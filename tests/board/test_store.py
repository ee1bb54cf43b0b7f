"""Loading a board while others write: what comes out is one moment's board, never a mixture."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import connection
from tests.drawing import FACILITATOR, cells, code
from tests.verify import consistent, stored

from openspaces.board import store
from openspaces.board.moves import CloseCell, MoveCard, WriteCard
from openspaces.board.play import play
from openspaces.board.store import loading
from openspaces.people.who import Who

BOARD = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
"""
QUERIES_OF_A_LOAD = 10
KNIT = code("Knit")


@contextmanager
def somebody_writes_before_query(wanted: Callable[[int], bool], event: str) -> Iterator[list[int]]:
    """Plays moves in the writer's thread just before those queries of this thread; none once the event is locked."""
    counted, numbers = count(), [0]

    def meddling(execute: Callable[..., Any], *query: Any) -> Any:
        number = next(counted)
        if wanted(number) and not connection.in_atomic_block:
            numbers.append(_three_moves(event, len(numbers)))
        return execute(*query)

    with connection.execute_wrapper(meddling):
        yield numbers


def _three_moves(event: str, turn: int) -> int:
    play(event, WriteCard(title=f"Card {turn}", code=f"CARD{turn:02}"), by=Who("eve"))
    play(event, CloseCell(cells=cells("elm 09:00"), reason=f"Reason {turn}"), by=FACILITATOR)
    there = cells("oak 10:00") if turn % 2 else cells("oak 09:00")
    return play(event, MoveCard(card=KNIT, cells=there, confirmed=True), by=FACILITATOR).number


@pytest.mark.parametrize("query", range(QUERIES_OF_A_LOAD))
def test_a_board_loaded_while_others_write_is_whole(database: None, query: int) -> None:
    event = stored(BOARD)
    with somebody_writes_before_query(lambda number: number == query, event) as numbers:
        loaded = store.load(event)
    assert len(numbers) == 2
    assert loaded == consistent(event)


def test_a_board_is_loaded_though_others_never_stop_writing(database: None) -> None:
    event = stored(BOARD)
    with somebody_writes_before_query(lambda number: number % QUERIES_OF_A_LOAD == 4, event) as numbers:
        loaded = store.load(event)
    assert len(numbers) - 1 == loading.TRIES_TO_LOAD
    assert loaded == consistent(event)


def test_control_without_the_second_look_at_the_number_the_board_is_torn(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = stored(BOARD)
    before = consistent(event)
    monkeypatch.setattr(loading, "head", lambda _slug: (before.epoch, before.number))
    with somebody_writes_before_query(lambda number: number == 4, event):
        loaded = store.load(event)
    assert loaded is not None
    assert loaded.number == before.number
    assert loaded != before


def test_an_unknown_event_has_no_board(database: None) -> None:
    assert store.load("nowhere") is None


def test_the_log_can_be_read_in_parts(database: None) -> None:
    event = stored(BOARD)
    whole = store.log(event)
    assert store.log(event, after=2, limit=3) == whole[2:5]
