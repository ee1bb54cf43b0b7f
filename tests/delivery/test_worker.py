"""The worker tells what is due, each thing once, in its time, as it is by then; trouble at one place is its own."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.delivery.trial import MINUTE, Ear, Working, destination, telling, trial, wants
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.intake.event import furnish

from openspaces.board.moves import MoveCard, ShieldCard, TakeDown, WriteCard
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.delivery import rows
from openspaces.delivery.contract import Gone, Job, Later, News, Promise, Push, Refused, Thing, Unreachable
from openspaces.delivery.destinations import remove, resume, row_of, stop
from openspaces.delivery.known import know
from openspaces.delivery.lease import Lease
from openspaces.delivery.models import Cursor, Delivery
from openspaces.delivery.models import Lease as Holder
from openspaces.delivery.rows import State
from openspaces.delivery.worker import Worker

DRAWN = """
          oak     elm    fir
  09:00   Knit    .      .
  10:00   .       .      .
"""
KNIT = code("Knit")
SECOND = timedelta(seconds=1)


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


def do(move: Move) -> int:
    """The desk makes a move; the board's number after it."""
    outcome = play(EVENT, move, by=FACILITATOR)
    assert outcome.refusal is None, outcome.refusal
    return outcome.number


def move_to(place: str) -> int:
    """Knit moves."""
    return do(MoveCard(card=KNIT, cells=cells(place)))


def states() -> list[str]:
    """How far every telling has come, the oldest first."""
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


# What is told, and when


def test_what_was_before_a_destination_is_not_told(ear: Ear, working: Working) -> None:
    working.on(10 * MINUTE)
    assert ear.heard == []


def test_a_change_is_told_when_it_has_settled_and_once(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on()
    assert (ear.heard, states()) == ([], [State.WAITING])
    working.on(MINUTE + SECOND)
    working.on(MINUTE)
    assert (ear.heard, states()) == (["Knit: elm@0517-0900"], [State.SENT])


def test_five_moves_in_a_minute_are_told_together(ear: Ear, working: Working) -> None:
    for place in ("elm 09:00", "fir 09:00", "oak 10:00", "elm 10:00"):
        move_to(place)
        working.on(10 * SECOND)
    number = move_to("fir 10:00")
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: fir@0517-1000"]
    (job,) = ear.jobs
    assert (job.first, job.number, job.earlier) == (number - 4, number, "")


def test_news_without_end_do_not_put_a_telling_off_for_ever(ear: Ear, working: Working) -> None:
    push = trial(ear, patience=MINUTE)
    for seconds in (30, 45, 300):
        rows.plan(push, EVENT, 1, [later(working, seconds)], asks=False, since=working.at)
    assert Delivery.objects.get().due == working.at + MINUTE


def later(working: Working, seconds: int) -> Thing:
    """News of one subject that would rather settle for a while."""
    return Thing("busy", working.at + timedelta(seconds=seconds), number=100 + seconds)


def test_what_was_hidden_before_it_was_told_is_never_told(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on()
    do(ShieldCard(card=KNIT, reason="Rude"))
    working.on(2 * MINUTE)
    assert (ear.heard, states()) == ([], [State.DROPPED])


def test_who_was_told_before_is_told_what_that_was(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    do(TakeDown(card=KNIT))
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900", "Knit: nowhere"]
    assert [job.earlier for job in ear.jobs] == ["", "receipt 1"]


def test_the_clock_makes_a_thing_due_once(ear: Ear, working: Working) -> None:
    ear.clock = lambda board, at: [Thing("lunch", working.at)]
    for _ in range(3):
        working.on(MINUTE)
    assert ear.heard == ["lunch"]


def test_what_came_too_late_is_told_no_more(ear: Ear, working: Working) -> None:
    begins = working.at + MINUTE
    ear.clock = lambda board, at: [Thing("soon", begins, until=begins + MINUTE)] if at < begins else []
    working.on(15 * SECOND)
    assert states() == [State.WAITING]
    working.on(5 * MINUTE)
    assert (ear.heard, states()) == ([], [State.DROPPED])


def test_a_thousand_changes_are_read_in_parts_and_none_is_left_out(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openspaces.delivery.gathering.BATCH", 3)
    destination(EVENT, push := trial(ear))
    with telling(push) as working:
        written = [WriteCard(title=f"Card {n}", cells=cells(f"{room} {hour}")) for n, (room, hour) in enumerate(FREE)]
        for move in written:
            do(move)
        working.on(2 * MINUTE)
    assert sorted(each.partition(":")[0] for each in ear.heard) == [move.title for move in written]


FREE = [("elm", "09:00"), ("fir", "09:00"), ("oak", "10:00"), ("elm", "10:00"), ("fir", "10:00")]


def test_what_presses_brings_forward_what_waits(ear: Ear, working: Working) -> None:
    soon = replace(later(working, 5), number=999, presses=True)
    for thing in (later(working, 30), soon):
        rows.plan(trial(ear), EVENT, 1, [thing], asks=False, since=working.at)
    row = Delivery.objects.get()
    assert (row.due, row.number) == (soon.due, 999)


def test_three_thousand_readers_of_one_thing_cost_a_few_queries(ear: Ear, working: Working) -> None:
    def told(number: int) -> int:
        things = [Thing("busy", working.at, number=number, to=str(reader)) for reader in range(3000)]
        with CaptureQueriesContext(connection) as asked:
            rows.plan(trial(ear), EVENT, 0, things, asks=False, since=working.at)
        return len(asked)

    assert (told(100) < 60, told(101) < 60) == (True, True)  # SQLite takes 71 rows at once
    assert set(Delivery.objects.values_list("first", "number")) == {(100, 101)}


def test_a_change_on_which_an_outlet_breaks_is_left_out_and_no_other(ear: Ear) -> None:
    def breaks(news: News) -> Iterator[Thing]:
        for thing in wants(news):
            if thing.number == poison:
                raise ValueError("never seen such a change")
            yield thing

    push, poison = trial(ear, wants=breaks), 0
    destination(EVENT, push)
    with telling(push) as working:
        do(WriteCard(title="First", cells=cells("fir 09:00")))
        poison = do(WriteCard(title="Poison", cells=cells("fir 10:00")))
        do(WriteCard(title="Last", cells=cells("oak 10:00")))
        working.on(2 * MINUTE)
    assert sorted(each.partition(":")[0] for each in ear.heard) == ["First", "Last"]


@pytest.mark.parametrize("looked_at", [64, 2], ids=["all are looked at", "the busy one has more than that"])
def test_a_busy_reader_with_much_to_hear_holds_up_nobody_else(
    ear: Ear, working: Working, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "LOOKED_AT", looked_at)
    things = [Thing(f"{number}", working.at, number=number, to="busy") for number in (1, 2, 3)]
    rows.plan(trial(ear), EVENT, 0, [*things, Thing("4", working.at, to="free")], asks=False, since=working.at)
    found = [rows.next_due(working.at, busy) for busy in ([], [("trial", 0, "busy")], [("trial", 0, "free")])]
    assert [row and row.subject for row in found] == ["1", "4", "1"]
    assert rows.next_due(working.at, [("trial", 0, "busy"), ("trial", 0, "free")]) is None


# Trouble


def test_what_cannot_be_reached_is_tried_again_and_then_given_up(ear: Ear, working: Working) -> None:
    tries = []

    def silent(job: Job) -> None:
        tries.append(job.tries)
        raise Unreachable("Nobody answers.")

    ear.trouble = silent
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert tries == [1]
    working.on(MINUTE + SECOND)
    working.on(5 * MINUTE + SECOND)
    working.on(60 * MINUTE)
    assert (tries, states()) == ([1, 2, 3], [State.FAILED])
    assert Delivery.objects.get().trouble == "Nobody answers."


def test_what_is_told_at_the_second_try_is_told_as_it_is_by_then_under_the_same_key(ear: Ear, working: Working) -> None:
    keys = []

    def once(job: Job) -> None:
        keys.append(job.key)
        if job.tries == 1:
            raise Unreachable("Nobody answers.")

    ear.trouble = once
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    working.on(2 * MINUTE)
    assert (ear.heard, len(keys), len(set(keys))) == (["Knit: elm@0517-0900"], 2, 1)


def test_a_reader_who_wants_a_pause_gets_it_for_everything(ear: Ear, working: Working) -> None:
    def slower(job: Job) -> None:
        if job.tries == 1 and job.subject == KNIT:
            raise Later("Too fast.", 600)

    ear.trouble = slower
    move_to("elm 09:00")
    working.on(30 * SECOND)
    do(WriteCard(title="Other", cells=cells("oak 10:00"), code="2ATHER"))
    working.on(4 * MINUTE)
    assert ear.heard == []
    working.on(10 * MINUTE)
    assert sorted(ear.heard) == ["Knit: elm@0517-0900", "Other: oak@0517-1000"]


def test_what_is_refused_for_ever_is_not_tried_again(ear: Ear, working: Working) -> None:
    def refuse(job: Job) -> None:
        ear.jobs.append(job)
        raise Refused("Too long.")

    ear.trouble = refuse
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    working.on(60 * MINUTE)
    assert (len(ear.jobs), states()) == (1, [State.FAILED])


def test_where_nothing_will_be_taken_again_the_destination_is_stopped_and_says_why(ear: Ear, working: Working) -> None:
    def gone(job: Job) -> None:
        raise Gone("It says that it is gone.")

    ear.trouble = gone
    move_to("elm 09:00")
    do(WriteCard(title="Other", cells=cells("oak 10:00")))
    working.on(2 * MINUTE)
    row = row_of(EVENT, Delivery.objects.latest("id").destination)
    assert row is not None
    assert (row.trouble, row.stopped is not None) == ("It says that it is gone.", True)
    assert sorted(states()) == [State.DROPPED, State.FAILED]


def test_an_outlet_that_breaks_is_tried_again_and_tells_no_secret(ear: Ear, working: Working) -> None:
    def break_(job: Job) -> None:
        assert job.destination is not None
        raise RuntimeError(job.destination.settings["password"])

    ear.trouble = break_
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert [(row.state, row.trouble) for row in Delivery.objects.all()] == [(State.WAITING, "RuntimeError")]


@pytest.mark.parametrize("lanes_kept", [True, False], ids=["each has a lane", "control: one thread"])
def test_a_reader_who_does_not_answer_holds_up_nobody_else(
    ear: Ear, lanes_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.delivery.worker.AT_ONCE", 16 if lanes_kept else 1)
    push, let_go, heard = trial(ear), threading.Event(), threading.Event()
    silent, _quick = destination(EVENT, push, "Silent"), destination(EVENT, push, "Quick")

    def wait(job: Job) -> None:
        assert job.destination is not None
        if job.destination.id == silent.id:
            let_go.wait(10)
        else:
            heard.set()

    ear.trouble = wait
    with telling(push) as working:
        move_to("elm 09:00")
        working.worker.turn(working.at)
        working.worker.turn(working.at + 2 * MINUTE)
        assert heard.wait(2 if not lanes_kept else 10) is lanes_kept
        let_go.set()
        working.worker.settle(working.at)


# The desk


def test_what_is_asked_for_first_waits_until_somebody_says_yes(ear: Ear) -> None:
    push = trial(ear)
    destination(EVENT, push, asks=True)
    with telling(push) as working:
        move_to("elm 09:00")
        working.on(2 * MINUTE)
        (asked,) = rows.asked(EVENT)
        assert ear.heard == []
        assert rows.approve(EVENT, asked.destination, asked.id)
        working.on()
    assert ear.heard == ["Knit: elm@0517-0900"]
    assert not rows.approve(EVENT, asked.destination, asked.id)


def test_what_the_desk_keeps_back_is_not_told_until_it_sends_it_after_all(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on()
    row = Delivery.objects.get()
    assert rows.drop(EVENT, row.destination, row.id)
    working.on(2 * MINUTE)
    assert ear.heard == []
    assert rows.send_again(EVENT, row.destination, row.id, working.at)
    working.on()
    assert ear.heard == ["Knit: elm@0517-0900"]


@pytest.mark.parametrize("state", State)
def test_the_desk_of_another_event_or_destination_reaches_nothing(ear: Ear, working: Working, state: State) -> None:
    move_to("elm 09:00")
    working.on()
    row = Delivery.objects.get()
    Delivery.objects.update(state=state)
    for event, place in (("other", row.destination), (EVENT, row.destination + 1)):
        does = rows.drop(event, place, row.id), rows.approve(event, place, row.id)
        assert (*does, rows.send_again(event, place, row.id, working.at)) == (False, False, False)
    assert states() == [state]


def test_a_stopped_destination_hears_of_nothing_and_of_what_comes_after_it_goes_on(ear: Ear, working: Working) -> None:
    (cursor,) = Cursor.objects.all()
    stop(cursor.destination, working.at, by="hand")
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    resume(cursor.destination)
    working.on()
    move_to("fir 09:00")
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: fir@0517-0900"]


def test_of_a_removed_destination_nothing_is_left(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on()
    remove(Delivery.objects.get().destination)
    working.on(2 * MINUTE)
    assert (ear.heard, states(), Cursor.objects.count()) == ([], [], 0)


def test_what_is_long_over_is_forgotten_and_what_waits_is_not(ear: Ear, working: Working) -> None:
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    rows.plan(trial(ear), EVENT, 0, [later(working, 0)], asks=True, since=working.at)
    rows.sweep(working.at + rows.KEPT + MINUTE)
    assert states() == [State.ASKED]


# Workers


def test_only_one_of_two_workers_works_and_the_other_goes_on_when_it_ends(ear: Ear, working: Working) -> None:
    another = Working(working.at)
    move_to("elm 09:00")
    another.on(5 * SECOND)
    assert (ear.heard, states()) == ([], [])
    another.on(10 * SECOND)  # the first says nothing more: its lease is over
    another.on(2 * MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"]
    another.worker.stop()


def test_a_worker_that_says_goodbye_lets_the_next_begin_at_once(ear: Ear) -> None:
    push = trial(ear)
    know([push])
    first, second = Worker(), Lease()
    first.start()
    while not Holder.objects.exclude(holder="").exists():
        time.sleep(0.01)
    assert not second.hold(datetime.now(UTC))
    first.stop()
    assert second.hold(datetime.now(UTC))
    know(())


@pytest.mark.parametrize(
    ("push", "state"),
    [(trial(Ear()), State.WAITING), (replace(trial(Ear()), promise=Promise.AT_MOST_ONCE), State.FAILED)],
    ids=["at least once", "at most once"],
)
def test_what_a_dead_worker_left_under_way_is_told_as_often_as_promised(push: Push, state: State) -> None:
    with telling(push) as working:
        destination(EVENT, push)
        working.on()
        move_to("elm 09:00")
        working.worker.turn(working.at)
        Delivery.objects.update(state=State.SENDING)
        Holder.objects.update(holder="dead", until=working.at)
        rows.take_over({push.name: push.promise})
    assert states() == [state]


def test_after_a_restore_an_outlet_begins_with_what_happens_next(ear: Ear, working: Working) -> None:
    move_to("oak 10:00")
    working.on()
    Cursor.objects.update(epoch="before", number=0)
    working.worker._read.clear()
    working.on(2 * MINUTE)
    assert (ear.heard, states()) == ([], [State.DROPPED])
    move_to("elm 09:00")
    working.on(2 * MINUTE)
    assert ear.heard == ["Knit: elm@0517-0900"]
