"""One way out: the board now and then, and a follower that hears what other processes write."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from tests.drawing import EVE, FACILITATOR, cells, code
from tests.neighbour import neighbour
from tests.verify import consistent, stored

from openspaces.board import read, store
from openspaces.board.memory import MEMORY
from openspaces.board.moves import MoveCard, SwapCards, WithdrawCard, WriteCard
from openspaces.board.play import play
from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind
from openspaces.people.who import Who

BOARD = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
"""
KNIT, TALK = code("Knit"), code("Talk")
NEW = WriteCard(title="New", code="NEW000")
SECONDS_TO_HEAR = 5.0


@contextmanager
def following() -> Iterator[None]:
    """A follower at work."""
    follower = read.Follower()
    follower.start()
    try:
        yield
    finally:
        follower.stop()


@contextmanager
def hearing(number: int) -> Iterator[Event]:
    """An event that is set once memory has a board of that number."""
    heard = Event()

    def listener(board: Board) -> None:
        if board.number >= number:
            heard.set()

    stop = MEMORY.listen(listener)
    try:
        yield heard
    finally:
        stop()


def test_the_board_at_a_number_is_the_one_kept_then(database: None) -> None:
    event = stored(BOARD)
    kept = {}
    stop = MEMORY.listen(lambda board: kept.update({board.number: board}))
    for move in (NEW, MoveCard(card=KNIT, cells=cells("oak 10:00")), SwapCards(card=KNIT, other=TALK)):
        play(event, move, by=FACILITATOR, at=EVE)
    stop()
    assert len(kept) == 3
    assert {number: read.board_at(event, number) for number in kept} == kept


def test_before_the_beginning_there_is_a_blank_board_and_after_the_end_the_last(database: None) -> None:
    event = stored(BOARD)
    board = consistent(event)
    assert read.board_at(event, 0) == store.blank(event, board.epoch)
    assert read.board_at(event, 10_000) == board


def test_an_event_that_does_not_exist_has_no_board(database: None) -> None:
    assert (read.board_now("nowhere"), read.board_at("nowhere", 1), read.events()) == (None, None, [])


def test_the_changes_after_a_number_lead_to_the_board_now(database: None) -> None:
    event = stored(BOARD)
    whole = store.log(event)
    assert read.changes_after(event, 3) == whole[3:]
    assert read.changes_after(event, 3, limit=1) == whole[3:4]
    assert read.events() == [event]


def test_the_last_changes_of_some_kinds_end_at_a_number(database: None) -> None:
    event = stored(BOARD)
    for move in (NEW, MoveCard(card=KNIT, cells=cells("oak 10:00")), SwapCards(card=KNIT, other=TALK)):
        play(event, move, by=FACILITATOR, at=EVE)
    wanted = {Kind.CARD_WRITTEN, Kind.CARD_MOVED, Kind.CARDS_SWAPPED}
    every = [change for change in read.changes_after(event, 0) if change.kind in wanted]
    last = consistent(event).number
    assert [change.kind for change in every][-3:] == [Kind.CARD_WRITTEN, Kind.CARD_MOVED, Kind.CARDS_SWAPPED]
    assert read.last_changes(event, last, wanted, 100) == every
    assert read.last_changes(event, last, wanted, 2) == every[-2:]
    assert read.last_changes(event, last - 1, wanted, 2) == every[-3:-1]


def test_the_board_now_has_what_another_process_wrote(database: None) -> None:
    event = stored(BOARD)
    with neighbour() as other:
        number = other.play(event, NEW, by=Who("them"), at=EVE).number
    kept = MEMORY.board(event)
    assert kept is not None
    assert kept.number == number - 1
    board = read.board_now(event)
    assert board == consistent(event)
    assert board.number == number


def test_a_follower_hears_of_another_process_at_once(database: None) -> None:
    event = stored(BOARD)
    number = consistent(event).number
    with following(), neighbour() as other:
        other.play(event, NEW, by=Who("them"), at=EVE)
        with hearing(number + 2) as heard:
            other.play(event, WithdrawCard(card="NEW000"), by=Who("them"), at=EVE)
            assert heard.wait(read.NOTIFY_SECONDS / 2)
        consistent(event)


def test_a_follower_loads_events_that_nobody_here_has_seen(database: None) -> None:
    event = stored(BOARD)
    board = consistent(event)
    MEMORY.forget(event)
    with hearing(board.number) as heard, following():
        assert heard.wait(SECONDS_TO_HEAR)
    assert MEMORY.board(event) == board


def test_a_follower_takes_over_a_restored_board_of_another_epoch(database: None) -> None:
    from openspaces.board.models import Event as EventRow

    event = stored(BOARD)
    EventRow.objects.filter(slug=event).update(epoch="restored")
    read.catch_up()
    kept = MEMORY.board(event)
    assert kept is not None
    assert kept.epoch == "restored"
    consistent(event)


@pytest.mark.parametrize("trouble", [ZeroDivisionError("seeded"), OSError("seeded")])
def test_a_follower_survives_whatever_happens(
    database: None, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    event = stored(BOARD)
    number = consistent(event).number
    real, troubles = read.catch_up, [trouble]

    def once_in_trouble() -> None:
        if troubles:
            raise troubles.pop()
        real()

    monkeypatch.setattr(read, "catch_up", once_in_trouble)
    monkeypatch.setattr(read, "NOTIFY_SECONDS", 0.05)
    with following(), neighbour() as other, hearing(number + 1) as heard:
        other.play(event, NEW, by=Who("them"), at=EVE)
        assert heard.wait(SECONDS_TO_HEAR)
    assert troubles == []


def test_control_without_a_follower_nobody_hears(database: None) -> None:
    event = stored(BOARD)
    number = consistent(event).number
    with neighbour() as other, hearing(number + 1) as heard:
        other.play(event, NEW, by=Who("them"), at=EVE)
        assert not heard.wait(0.3)


def test_a_follower_stops_soon(database: None) -> None:
    with following():
        time.sleep(0.05)
        began = time.monotonic()
    assert time.monotonic() - began < read.NOTIFY_SECONDS + 1
