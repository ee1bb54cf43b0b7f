"""One way in: keys that make retries harmless, moves committed together, and two processes that do not disagree."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from tests.drawing import EVE, FACILITATOR, ORGANISER, STRANGER, at, cells, code
from tests.neighbour import neighbour
from tests.verify import consistent, stored, verify

from openspaces.board import commit as committing
from openspaces.board import store
from openspaces.board.memory import MEMORY
from openspaces.board.models import Change, Placement
from openspaces.board.moves import (
    AddRoom,
    MoveCard,
    TakeDown,
    WriteCard,
    taking,
)
from openspaces.board.play import WRITER, Asked, KeyReused, Outcome, play, play_soon
from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Cell, Code
from openspaces.people.who import Who

BOARD = """
          oak      elm      elsewhere
  09:00   Knit     .        .
  10:00   .        Talk     .
  11:00   .        .        .
"""
KNIT, TALK = code("Knit"), code("Talk")
EVE_HERSELF = Who("eve")


def written(title: str, *names: str, code: str = "") -> WriteCard:
    """A card to write, with a code of its own unless one is given."""
    more: dict[str, Any] = {"code": code} if code else {}
    return WriteCard(title=title, cells=cells(*names), confirmed=True, **more)


# Keys


def test_a_retry_with_its_key_gets_the_same_outcome(database: None) -> None:
    event = stored(BOARD)
    first = verify(event, written("New", "oak 10:00"), by=EVE_HERSELF, key="k1")
    again = verify_retry(event, written("New", "oak 10:00"), "k1")
    assert again == first


def test_a_retry_gets_the_code_that_was_minted_first(database: None) -> None:
    event = stored(BOARD)
    first = play(event, written("New", code="FIRST2"), by=EVE_HERSELF, at=EVE, key="k1")
    again = play(event, written("New", code="SECND2"), by=EVE_HERSELF, at=EVE, key="k1")
    assert ([change.card for change in again.changes], again) == (["FIRST2"], first)


def test_a_retry_is_answered_by_a_process_that_remembers_nothing(database: None) -> None:
    event = stored(BOARD)
    first = play(event, written("New", "oak 10:00"), by=EVE_HERSELF, at=EVE, key="k1")
    MEMORY.forget(event)
    assert verify_retry(event, written("New", "oak 10:00"), "k1") == first


def test_a_retry_after_a_refusal_gets_the_refusal(database: None) -> None:
    event = stored(BOARD)
    first = play(event, written("New", "oak 09:00"), by=EVE_HERSELF, at=EVE, key="k1")
    play(event, TakeDown(card=KNIT), by=FACILITATOR, at=EVE)
    again = play(event, written("New", "oak 09:00"), by=EVE_HERSELF, at=EVE, key="k1")
    assert first.refusal is not None
    assert (again, again.refusal) == (first, first.refusal)


def test_a_retry_is_answered_by_another_process(database: None) -> None:
    event = stored(BOARD)
    first = play(event, written("New", "oak 10:00"), by=EVE_HERSELF, at=EVE, key="k1")
    with neighbour() as other:
        assert other.play(event, written("New", "oak 10:00"), by=EVE_HERSELF, at=EVE, key="k1") == first


def test_a_key_answers_one_question_only(database: None) -> None:
    event = stored(BOARD)
    play(event, written("New", "oak 10:00"), by=EVE_HERSELF, at=EVE, key="k1")
    with pytest.raises(KeyReused):
        play(event, written("Newer", "oak 10:00"), by=EVE_HERSELF, at=EVE, key="k1")


def test_two_of_one_key_in_one_batch_are_one(database: None) -> None:
    event = stored(BOARD)
    one, other, third = together(
        asked(event, written("New", "oak 10:00"), "k1"),
        asked(event, written("New", "oak 10:00"), "k1"),
        asked(event, written("Different", "oak 11:00"), "k1"),
    )
    assert one.result() == other.result()
    assert len(one.result().changes) == 2
    assert isinstance(third.exception(), KeyReused)
    assert len(consistent(event).cards) == 3


def test_without_a_key_every_asking_counts(database: None) -> None:
    event = stored(BOARD)
    for _ in range(2):
        play(event, written("New"), by=EVE_HERSELF, at=EVE)
    assert len(consistent(event).cards) == 4


# Together


def test_moves_committed_together_get_each_its_own_answer(database: None) -> None:
    event = stored(BOARD)
    before = consistent(event).number
    answers = together(
        asked(event, written("First", "oak 10:00")),
        asked(event, written("Late", "oak 10:00")),
        asked("nowhere", written("Lost")),
        asked(event, MoveCard(card=KNIT, cells=cells("oak 11:00"))),
    )
    outcomes = [answer.result() for answer in answers]
    assert [outcome.refusal and outcome.refusal.code for outcome in outcomes] == [
        None,
        Code.CELL_TAKEN,
        Code.UNKNOWN_EVENT,
        Code.NOT_ALLOWED,
    ]
    assert [change.number for change in outcomes[0].changes] == [before + 1, before + 2]
    assert consistent(event).number == before + 2


def test_a_move_that_breaks_the_database_does_not_lose_the_others(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = stored(BOARD)
    monkeypatch.setattr(store, "write", breaking_on("Bad", IntegrityError("seeded")))
    good, bad, better = together(
        asked(event, written("Good", "oak 10:00")),
        asked(event, written("Bad", "oak 11:00")),
        asked(event, written("Better", "elm 11:00")),
    )
    assert [answer.result().refusal for answer in (good, better)] == [None, None]
    assert refused_with(bad.result()) == Code.TRY_AGAIN
    assert sorted(card.words.title for card in consistent(event).in_order()) == ["Better", "Good", "Knit", "Talk"]


def test_a_move_that_fails_outside_the_database_fails_alone(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    event = stored(BOARD)
    monkeypatch.setattr(store, "write", breaking_on("Bad", ZeroDivisionError("seeded")))
    good, bad = together(asked(event, written("Good", "oak 10:00")), asked(event, written("Bad")))
    assert good.result().refusal is None
    assert isinstance(bad.exception(), ZeroDivisionError)
    assert len(consistent(event).cards) == 3


def test_a_passing_trouble_is_tried_again_before_anyone_hears_of_it(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = stored(BOARD)
    real, troubles = store.write, [OperationalError("database is locked")]

    def sometimes(old: Board, new: Board, changes: Any) -> None:
        if troubles:
            raise troubles.pop()
        real(old, new, changes)

    monkeypatch.setattr(store, "write", sometimes)
    assert verify(event, written("New", "oak 10:00"), by=EVE_HERSELF).refusal is None


def test_a_board_in_trouble_is_never_missing_from_memory(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    event = stored(BOARD)
    seen: list[bool] = []

    def failing(*_: object) -> None:
        seen.append(MEMORY.board(event) is not None)
        raise IntegrityError("seeded")

    monkeypatch.setattr(store, "write", failing)
    play(event, written("New", "oak 10:00"), by=EVE_HERSELF, at=EVE)
    assert seen == [True, True]


def test_a_caller_who_left_does_not_stop_the_writer(database: None) -> None:
    event = stored(BOARD)
    asks = [asked(event, written("Left", "oak 10:00")), asked(event, written("Stays", "oak 11:00"))]
    left, stays = together(*asks, meanwhile=lambda answers: answers[0].cancel())
    assert stays.result(timeout=5).refusal is None
    assert left.cancelled()
    assert sorted(card.words.title for card in consistent(event).in_order()) == ["Knit", "Stays", "Talk"]


def test_a_listener_that_fails_does_not_undo_an_answer(database: None) -> None:
    event = stored(BOARD)
    heard: list[int] = []

    def failing(_board: Board) -> None:
        raise ZeroDivisionError("seeded")

    stop = [MEMORY.listen(failing), MEMORY.listen(lambda board: heard.append(board.number))]
    try:
        done = verify(event, written("New", "oak 10:00"), by=EVE_HERSELF)
    finally:
        for each in stop:
            each()
    assert (done.refusal, heard) == (None, [done.number])


def test_callers_on_an_event_loop_get_the_same(database: None) -> None:
    event = stored(BOARD)

    async def several() -> list[Outcome]:
        asks = [play_soon(event, written(f"Card {n}", "oak 10:00"), by=Who(f"hand{n}"), at=EVE) for n in range(20)]
        return await asyncio.gather(*asks)

    outcomes = asyncio.run(several())
    assert sorted(outcome.refusal is None for outcome in outcomes) == [False] * 19 + [True]
    consistent(event)


def test_many_threads_race_for_one_cell_and_one_wins(database: None) -> None:
    event = stored(BOARD)
    barrier = threading.Barrier(8)

    def race(number: int) -> Outcome:
        barrier.wait()
        return play(event, written(f"Card {number}", "oak 10:00"), by=Who(f"hand{number}"), at=EVE)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(race, range(8)))
    assert sorted(outcome.refusal is None for outcome in outcomes) == [False] * 7 + [True]
    consistent(event)


# Time, strangers, and what does not exist


def test_the_time_of_the_log_never_goes_back(database: None) -> None:
    event = stored(BOARD)
    play(event, written("Later", "oak 10:00"), by=EVE_HERSELF, at=EVE + timedelta(hours=2))
    play(event, written("Earlier", "oak 11:00"), by=STRANGER, at=EVE + timedelta(hours=1))
    times = list(Change.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] == EVE + timedelta(hours=2)


def test_a_clock_that_was_ahead_once_does_not_make_the_board_over(database: None) -> None:
    event = stored(BOARD)
    play(event, written("From tomorrow"), by=EVE_HERSELF, at=at("18:00"))
    assert verify_at(event, written("New", "oak 10:00"), EVE).refusal is None


def test_an_event_that_does_not_exist_is_refused(database: None) -> None:
    assert refused_with(play("nowhere", written("New"), by=EVE_HERSELF)) == Code.UNKNOWN_EVENT
    assert refused_with(play("nowhere", AddRoom(room=Room("x", "X")), by=ORGANISER)) == Code.UNKNOWN_EVENT


# Two processes


def test_a_process_that_missed_moves_catches_up_before_it_decides(database: None) -> None:
    event = stored(BOARD)
    with neighbour() as other:
        taken = other.play(event, written("Theirs", "oak 10:00"), by=Who("them"), at=EVE)
        ours = play(event, written("Ours", "oak 10:00"), by=EVE_HERSELF, at=EVE)
        assert refused_with(ours) == Code.CELL_TAKEN
        assert ours.number == taken.number
        play(event, written("Ours", "oak 11:00"), by=EVE_HERSELF, at=EVE)
        theirs = other.play(event, written("Theirs again", "oak 11:00"), by=Who("them"), at=EVE)
        assert refused_with(theirs) == Code.CELL_TAKEN
    consistent(event)


def test_two_processes_race_for_every_cell_and_each_has_one_card(database: None) -> None:
    event = stored(BOARD)
    rounds = 12
    with neighbour() as other:
        for number in range(rounds):
            wanted = cells("oak 11:00") if number % 2 else cells("oak 10:00")
            here, there = (
                WriteCard(title=f"{side} {number}", code=f"{side}{number:04}", cells=wanted) for side in ("AA", "BB")
            )
            other.ask(event, there, by=Who("them"), at=EVE)
            ours, theirs = play(event, here, by=EVE_HERSELF, at=EVE), other.answer()
            assert sorted(outcome.refusal is None for outcome in (ours, theirs)) == [False, True], number
            won = here.code if ours.refusal is None else there.code
            play(event, TakeDown(card=won), by=FACILITATOR, at=EVE)
    consistent(event)


def test_control_a_process_that_does_not_catch_up_is_stopped_by_the_log(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = stored(BOARD)
    with neighbour() as other:
        other.play(event, written("Theirs", "oak 10:00"), by=Who("them"), at=EVE)
        monkeypatch.setattr(committing, "_board_under_lock", lambda event: MEMORY.board(event))
        monkeypatch.setattr(store, "load", lambda _: None)
        ours = play(event, written("Ours", "oak 11:00"), by=EVE_HERSELF, at=EVE)
    assert refused_with(ours) == Code.TRY_AGAIN


# The last guard


def test_the_unique_key_stops_what_a_blind_rule_lets_pass(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    event = stored(BOARD)
    monkeypatch.setattr(taking, "holder", lambda *_: None)
    ours = play(event, written("Ours", "oak 09:00"), by=EVE_HERSELF, at=EVE)
    assert refused_with(ours) == Code.TRY_AGAIN
    assert Placement.objects.filter(room__key="oak", slot__key="0517-0900").count() == 1
    assert consistent(event).holders[cells("oak 09:00")[0]] == (KNIT,)


def test_control_elsewhere_has_no_such_key(database: None) -> None:
    event = stored(BOARD)
    for number in range(2):
        card = WriteCard(title=f"Out {number}", cells=(Cell("elsewhere", "0517-0900"),), where="Lawn")
        assert play(event, card, by=Who(f"hand{number}"), at=EVE).refusal is None
    assert Placement.objects.filter(room__key="elsewhere").count() == 2


# Helpers


def asked(event: str, move: Any, key: str = "") -> Asked:
    """A move by a hand of its own."""
    return Asked(event, move, Who(f"hand of {getattr(move, 'title', 'nobody')}"), EVE, key)


def together(
    *asks: Asked, meanwhile: Callable[[list[Future[Outcome]]], object] = lambda _: None
) -> list[Future[Outcome]]:
    """The answers of moves that waited in the queue while the writer was busy, so that they were committed together."""
    busy, go_on = threading.Event(), threading.Event()

    class Slow:
        def may(self, _by: Who, _board: Board) -> None:
            busy.set()
            go_on.wait(5)

        def decide(self, _board: Board, _by: Who, _at: datetime) -> tuple[()]:
            return ()

    first = WRITER.ask(Asked(asks[0].event, Slow(), STRANGER, EVE, ""))
    busy.wait(5)
    answers = [WRITER.ask(each) for each in asks]
    meanwhile(answers)
    go_on.set()
    first.result(5)
    for answer in answers:
        answer.cancelled() or answer.exception(10)
    return answers


def breaking_on(title: str, trouble: Exception) -> Callable[..., None]:
    """A `store.write` that fails wherever a card of that title is written."""
    real = store.write

    def write(old: Board, new: Board, changes: Any) -> None:
        if any("words" in change.after and change.after["words"].title == title for change in changes):
            raise trouble
        real(old, new, changes)

    return write


def refused_with(outcome: Outcome) -> Code | None:
    """The code of an outcome's refusal."""
    return outcome.refusal.code if outcome.refusal else None


def verify_retry(event: str, move: Any, key: str) -> Outcome:
    """Ask again; nothing may change."""
    before = store.load(event)
    outcome = play(event, move, by=EVE_HERSELF, at=EVE, key=key)
    assert consistent(event) == before
    return outcome


def verify_at(event: str, move: Any, moment: datetime) -> Outcome:
    """Play at a moment and check that log, tables and memory agree."""
    outcome = play(event, move, by=EVE_HERSELF, at=moment)
    consistent(event)
    return outcome
