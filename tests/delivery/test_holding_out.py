"""Whatever a destination answers, and whatever the desk does meanwhile, the worker goes on for everybody else."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.delivery.trial import MINUTE, Ear, Working, destination, telling, trial
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.intake.event import furnish

from openspaces.board.memory import MEMORY
from openspaces.board.moves import MoveCard, WriteCard
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.delivery import rows
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.contract import Destination, Job, Later, Refused, Thing, Unreachable
from openspaces.delivery.destinations import opened, remove
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State

DRAWN = """
          oak     elm    fir
  09:00   Knit    .      .
  10:00   .       .      .
"""
KNIT = code("Knit")
SECOND = timedelta(seconds=1)
UNWRITABLE = "It says \ud800\x00 no."
"""A server may say so in JSON, in letters that anybody can type: no database keeps half a letter, nor every NUL."""


@pytest.fixture(autouse=True)
def _event(database: None) -> None:
    furnish(DRAWN)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def working(ear: Ear) -> Iterator[Working]:
    """One destination, and a worker that has begun."""
    push = trial(ear)
    destination(EVENT, push)
    with telling(push) as working:
        yield working


def do(move: Move) -> None:
    """The desk makes a move."""
    outcome = play(EVENT, move, by=FACILITATOR)
    assert outcome.refusal is None, outcome.refusal


def move_to(place: str) -> None:
    """Knit moves."""
    do(MoveCard(card=KNIT, cells=cells(place)))


def test_a_destination_may_be_removed_while_something_is_sent_there(ear: Ear, working: Working) -> None:
    def removed_meanwhile(job: Job) -> None:
        assert job.destination is not None
        remove(job.destination.id)

    ear.trouble = removed_meanwhile
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert (len(ear.heard), Delivery.objects.count()) == (1, 0)


def test_what_a_server_says_is_kept_as_it_can_be_written_down(ear: Ear, working: Working) -> None:
    def refuse(job: Job) -> None:
        raise Refused(UNWRITABLE)

    ear.trouble = refuse
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert [(row.state, row.trouble) for row in Delivery.objects.all()] == [(State.FAILED, "It says no.")]


def test_so_is_a_receipt(ear: Ear) -> None:
    push = trial(ear, send=lambda message, job: "7\ud800\x00 mark")
    destination(EVENT, push)
    with telling(push) as working:
        move_to("elm 09:00")
        working.on(2 * MINUTE)
    assert [(row.state, row.receipt) for row in Delivery.objects.all()] == [(State.SENT, "7 mark")]


def test_and_what_is_wrong_with_a_test(ear: Ear) -> None:
    def refuse(there: Destination, board: object) -> None:
        raise Refused(UNWRITABLE)

    board = MEMORY.board(EVENT)
    push = trial(ear, try_out=refuse)
    assert board is not None
    assert tried_out(push, opened(destination(EVENT, push)), board) == "It says no."


def test_what_happens_meanwhile_waits_too_where_nobody_answers(ear: Ear, working: Working) -> None:
    tries: list[str] = []

    def silent(job: Job) -> None:
        tries.append(job.subject)
        raise Unreachable("Nobody answers.")

    ear.trouble = silent
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    working.on(2 * MINUTE)  # tried twice: again in five minutes
    do(WriteCard(title="Other", cells=cells("oak 10:00")))
    working.on(3 * MINUTE)
    assert tries == [KNIT, KNIT]
    working.on(3 * MINUTE)
    assert len(tries) > 2


def test_and_goes_at_once_where_somebody_says_that_it_works_again(ear: Ear, working: Working) -> None:
    def silent(job: Job) -> None:
        raise Unreachable("Nobody answers.")

    ear.trouble = silent
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    working.on(2 * MINUTE)
    ear.trouble = lambda job: None
    rows.hurry(EVENT, Delivery.objects.get().destination, working.at)
    do(WriteCard(title="Other", cells=cells("oak 10:00")))
    working.on()
    assert len(ear.heard) == 2


def test_nobody_can_have_us_ask_without_a_pause(ear: Ear, working: Working) -> None:
    tries: list[int] = []

    def at_once(job: Job) -> None:
        tries.append(job.tries)
        raise Later("Again, at once.", 0)

    ear.trouble = at_once
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert tries == [1]


def test_who_says_later_for_ever_is_asked_as_long_as_others_are(ear: Ear, working: Working) -> None:
    asked: list[datetime] = []

    def later(job: Job) -> None:
        asked.append(working.at)
        raise Later("In half a minute.", 30)

    ear.trouble = later
    move_to("elm 09:00")
    for _ in range(40):
        working.on(MINUTE / 2)
    patience = sum(trial(ear).again, timedelta())
    assert timedelta() <= asked[-1] - asked[0] - patience <= MINUTE
    assert [(row.state, row.trouble) for row in Delivery.objects.all()] == [(State.FAILED, "In half a minute.")]


def test_what_is_sent_again_by_hand_has_all_its_tries_once_more(ear: Ear, working: Working) -> None:
    test_who_says_later_for_ever_is_asked_as_long_as_others_are(ear, working)
    row = Delivery.objects.get()
    assert rows.send_again(EVENT, row.destination, row.pk, working.at)
    working.on()
    assert Delivery.objects.get().state == State.WAITING
    ear.trouble = lambda job: None
    working.on(MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"]


def test_who_says_later_each_second_is_asked_as_long_as_others_are(ear: Ear, working: Working) -> None:
    def soon(job: Job) -> None:
        raise Later("In a second.", 1)

    ear.trouble = soon
    move_to("elm 09:00")
    for _ in range(20):
        working.on(2 * MINUTE / 20 + MINUTE / 20)
    assert Delivery.objects.get().state == State.WAITING
    ear.trouble = lambda job: None
    working.on(MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"]


def test_what_is_kept_back_a_moment_before_it_goes_does_not_go(working: Working, ear: Ear) -> None:
    things = [Thing("1", working.at, number=1)]
    rows.plan(trial(ear), EVENT, 0, things, asks=False, since=working.at)
    row = rows.next_due(working.at, [])
    assert row is not None
    assert rows.drop(EVENT, 0, row.pk)
    assert not rows.claim(row, working.at)
    assert Delivery.objects.get().state == State.DROPPED


@pytest.mark.parametrize("kept", [True, False], ids=["each outlet has its part", "control: all for one"])
def test_a_silent_server_of_many_readers_holds_up_no_other_outlet(
    ear: Ear, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.delivery.worker.AT_ONCE_EACH", 7 if kept else 16)
    let_go, heard = threading.Event(), threading.Event()

    def wait(job: Job) -> None:
        let_go.wait(10)

    mail, hook = replace(trial(Ear(trouble=wait)), name="mail", fields=()), trial(ear)
    ear.trouble = lambda job: heard.set()
    destination(EVENT, hook)
    with telling(mail, hook) as working:
        many = [Thing("news", working.at, number=1, to=f"{number}") for number in range(40)]
        rows.plan(mail, EVENT, 0, many, asks=False, since=working.at)
        move_to("elm 09:00")
        working.worker.turn(working.at)
        working.worker.turn(working.at + 2 * MINUTE)
        assert heard.wait(10 if kept else 1) is kept
        let_go.set()
        working.worker.settle(working.at)
