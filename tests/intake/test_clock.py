"""The clock: what is due on a board and when, and that it is played once, whatever else happens."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from django.db import connection
from tests.drawing import EVE, EVENT, FACILITATOR, after, cell, cells, drawn
from tests.intake.calling import KNIT, TALK, now
from tests.servers import EVENT as RACE
from tests.servers import Installation, installation, serving

from openspaces.board.memory import MEMORY
from openspaces.board.moves import (
    Announce,
    ChangeContest,
    CloseCell,
    EndAnnouncement,
    FreezeBoard,
    Move,
    OpenContest,
    ReopenCell,
    SettleContest,
    ThawBoard,
    WithdrawCard,
)
from openspaces.board.play import play
from openspaces.board.read import ballot_of, board_now, changes_after
from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind, Method
from openspaces.board.voices import CastBallot
from openspaces.intake.clock import Clock
from openspaces.intake.clock.due import due, soonest
from openspaces.intake.forgetting import Keeper
from openspaces.people.who import PROGRAM, Who

DRAWN = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
"""
MINUTE = timedelta(minutes=1)
HOUR = 60 * MINUTE
OAK9 = cell("oak 09:00")


def contest(method: Method = Method.VOTE, minutes: int = 10) -> OpenContest:
    return OpenContest(cell=OAK9, cards=(KNIT, TALK), method=method, minutes=minutes)


def board_with(*moves: Move) -> Board:
    board = drawn(DRAWN)
    for move in moves:
        board = after(board, move, FACILITATOR)
    return board


# What is due


def test_nothing_is_due_on_a_board_where_nobody_waits_for_a_time() -> None:
    board = board_with(CloseCell(cells=cells("elm 09:00"), reason="Paint"))
    assert (due(board, EVE + 1000 * HOUR), soonest(board, EVE)) == ([], None)


@pytest.mark.parametrize("method", [Method.VOTE, Method.LOT])
def test_a_vote_and_a_lot_are_settled_at_their_close(method: Method) -> None:
    board = board_with(contest(method))
    closes = EVE + 10 * MINUTE
    (number,) = board.contests
    assert soonest(board, EVE) == closes
    assert due(board, closes - timedelta(microseconds=1)) == []
    assert due(board, closes) == [SettleContest(contest=number)]
    assert soonest(board, closes) is None


@pytest.mark.parametrize("method", [Method.HANDS, Method.AGREEMENT, Method.DECISION])
def test_what_people_decide_waits_for_people(method: Method) -> None:
    board = board_with(contest(method))
    assert (due(board, EVE + HOUR), soonest(board, EVE)) == ([], None)


def test_a_contest_that_is_over_is_not_due_again() -> None:
    board = board_with(contest())
    (number,) = board.contests
    over = after(board, SettleContest(contest=number), FACILITATOR)
    assert due(over, EVE + HOUR) == []


def test_while_the_board_is_frozen_no_contest_is_settled() -> None:
    frozen = board_with(contest(), FreezeBoard(reason="Fire drill"))
    assert (due(frozen, EVE + HOUR), soonest(frozen, EVE)) == ([], None)
    thawed = after(frozen, ThawBoard(), FACILITATOR)
    assert len(due(thawed, EVE + HOUR)) == 1


def test_cells_that_are_held_together_are_open_again_together() -> None:
    until = EVE + HOUR
    together = CloseCell(cells=cells("elm 09:00", "oak 10:00"), reason="Held", until=until)
    board = board_with(together)
    assert due(board, until - MINUTE) == []
    (reopen,) = due(board, until)
    assert reopen == ReopenCell(cells=cells("elm 09:00", "oak 10:00"), over=True)


def test_an_announcement_ends_and_what_is_longest_due_comes_first() -> None:
    hold = CloseCell(cells=cells("elm 09:00"), reason="Held", until=EVE + 2 * MINUTE)
    board = board_with(hold, Announce(text="Lunch", minutes=1))
    said = board.announcements[0].number
    assert soonest(board, EVE) == EVE + MINUTE
    wanted: list[Move] = [EndAnnouncement(announcement=said), ReopenCell(cells=cells("elm 09:00"), over=True)]
    assert due(board, EVE + HOUR) == wanted


def test_a_contest_that_is_given_more_time_is_due_later() -> None:
    board = board_with(contest())
    (number,) = board.contests
    longer = after(board, ChangeContest(contest=number, minutes=30), FACILITATOR)
    assert (soonest(board, EVE), soonest(longer, EVE)) == (EVE + 10 * MINUTE, EVE + 30 * MINUTE)
    assert due(longer, EVE + 10 * MINUTE) == []


# What is played


def opened_long_ago(hours: float = 1, method: Method = Method.VOTE) -> int:
    """A contest of Knit and Talk that was opened some hours ago for ten minutes, and is open still; its number."""
    outcome = play(EVENT, contest(method), by=FACILITATOR, at=datetime.now(UTC) - hours * HOUR)
    assert outcome.refusal is None
    return outcome.number


def vote(number: int, hand: str, *cards: str, hours: float = 1) -> None:
    """A ballot, cast soon after the contest of `opened_long_ago` was opened."""
    ballot = CastBallot(contest=number, cards=cards)
    assert play(EVENT, ballot, by=Who(hand), at=datetime.now(UTC) - hours * HOUR + MINUTE).refusal is None


def kinds_after(number: int) -> list[Kind]:
    return [change.kind for change in changes_after(EVENT, number)]


def test_the_close_counts_the_ballots_and_gives_the_cell_to_the_winner(board: None) -> None:
    number = opened_long_ago()
    for hand, cards in {"one": (TALK,), "two": (TALK, KNIT), "three": (TALK,)}.items():
        vote(number, hand, *cards)
    Clock().tick(datetime.now(UTC))
    over = now().contests[number]
    assert (over.winner, over.tally, over.ballots, over.method) == (TALK, {KNIT: 1, TALK: 3}, 3, Method.VOTE)
    assert now().cards[TALK].cells == (OAK9,)
    assert now().cards[KNIT].owed
    assert {change.by for change in changes_after(EVENT, number)} == {PROGRAM.hand}


def test_several_clocks_and_several_ticks_play_it_once(board: None) -> None:
    number = opened_long_ago(method=Method.LOT)
    behind = now()
    clocks = [Clock(), Clock()]
    for clock in clocks:
        MEMORY.correct(behind)  # as in a process that has not heard of the others' news yet
        clock.tick(datetime.now(UTC))
    board_now(EVENT)
    for clock in clocks:
        clock.tick(datetime.now(UTC))
    assert kinds_after(number).count(Kind.CONTEST_SETTLED) == 1


def test_a_frozen_contest_is_settled_after_the_thaw(board: None) -> None:
    number = opened_long_ago()
    clock = Clock()
    play(EVENT, FreezeBoard(reason="Fire drill"), by=FACILITATOR)
    clock.tick(datetime.now(UTC))
    assert now().contests[number].open
    play(EVENT, ThawBoard(), by=FACILITATOR)
    clock.tick(datetime.now(UTC))
    assert not now().contests[number].open


def test_a_contest_that_closed_while_another_process_froze_the_board_is_settled_after_the_thaw(
    board: None,
) -> None:
    number = opened_long_ago()
    behind, clock = now(), Clock()
    play(EVENT, FreezeBoard(reason="Fire drill"), by=FACILITATOR)
    MEMORY.correct(behind)
    clock.tick(datetime.now(UTC))
    assert now().contests[number].open
    play(EVENT, ThawBoard(), by=FACILITATOR)
    clock.tick(datetime.now(UTC))
    assert not now().contests[number].open


def test_holds_and_announcements_end_though_the_board_is_frozen(board: None) -> None:
    then = datetime.now(UTC) - HOUR
    play(EVENT, CloseCell(cells=cells("elm 09:00"), reason="Held", until=then + MINUTE), by=FACILITATOR, at=then)
    play(EVENT, Announce(text="Lunch", minutes=2), by=FACILITATOR, at=then)
    play(EVENT, FreezeBoard(reason="Fire drill"), by=FACILITATOR)
    number = now().number
    Clock().tick(datetime.now(UTC))
    assert kinds_after(number) == [Kind.CELL_REOPENED, Kind.ANNOUNCEMENT_ENDED]
    assert now().is_free(cell("elm 09:00"))
    assert now().announcements == ()


def test_a_contest_that_hosts_settled_meanwhile_is_left_alone(board: None) -> None:
    number = opened_long_ago()
    behind = now()
    play(EVENT, WithdrawCard(card=KNIT), by=FACILITATOR)
    last = now().number
    MEMORY.correct(behind)
    Clock().tick(datetime.now(UTC))
    assert (board_now(EVENT) or behind).contests[number].method is Method.YIELD
    assert kinds_after(last) == []


def test_a_tick_on_which_nothing_is_due_asks_the_database_nothing(board: None) -> None:
    clock = Clock()
    clock.tick(datetime.now(UTC))
    with asked() as statements:
        clock.tick(datetime.now(UTC))
    assert statements == []


def test_a_database_that_fails_is_asked_again_later(board: None) -> None:
    number = opened_long_ago()
    clock, at = Clock(), datetime.now(UTC)
    with broken():
        clock.tick(at)
        clock.tick(at + timedelta(seconds=1))
    clock.tick(at + timedelta(seconds=2))
    assert now().contests[number].open
    clock.tick(at + timedelta(seconds=6))
    assert not now().contests[number].open


def test_who_voted_for_what_is_forgotten_after_a_day(board: None) -> None:
    number = opened_long_ago()
    vote(number, "one", TALK)
    at = datetime.now(UTC)
    Clock().tick(at)
    keeper = Keeper()
    keeper.turn(at + 23 * HOUR)
    assert ballot_of(EVENT, number, "one") == (TALK,)
    keeper.turn(at + 25 * HOUR)
    assert ballot_of(EVENT, number, "one") is None
    assert now().contests[number].tally == {KNIT: 0, TALK: 1}


def test_a_clock_stops_within_a_second(database: None) -> None:
    clock = Clock()
    clock.start()
    began = time.monotonic()
    clock.stop()
    assert not clock._thread.is_alive()
    assert time.monotonic() - began < 1


@contextmanager
def asked() -> Iterator[list[str]]:
    """What this thread asks the database meanwhile."""
    statements: list[str] = []

    def note(execute: object, sql: str, *rest: object) -> object:
        statements.append(sql)
        return execute(sql, *rest)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        yield statements


@contextmanager
def broken() -> Iterator[None]:
    """The log's table is not there."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE board_change RENAME TO board_change_away")
        yield
        cursor.execute("ALTER TABLE board_change_away RENAME TO board_change")


# A running program


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("clock")) as home:
        yield home


def test_two_processes_close_a_vote_once(home: Installation) -> None:
    number = home.ask("contend", RACE)["contest"]
    with serving(home, processes=2) as servers:
        over = [settled(f"{server.address}/api/{RACE}/contests/{number}") for server in servers]
        log = httpx.get(f"{servers[0].address}/api/{RACE}/changes", params={"after": number}).json()["changes"]
    assert over[0] == over[1]
    assert (set(over[0]["tally"].values()), over[0]["ballots"]) == ({0}, 0)
    assert [change["kind"] for change in log].count("contest.settled") == 1
    assert home.check() == 0


def settled(address: str) -> dict[str, Any]:
    """The contest, once it is over."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        facts: dict[str, Any] = httpx.get(address).json()
        if facts["outcome"]:
            return facts
        time.sleep(0.1)
    raise TimeoutError("nobody closed the vote")
