"""The desk against hosts, each in a process of its own, on SQLite and PostgreSQL: who has the cell is never in doubt.

The controls take the rule away in one process: then the same races find two who were told that they have it, or a move
that only the database could stop.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count

import pytest
from tests.inside import ROOMS, slots_of
from tests.neighbour import Neighbour, neighbour
from tests.promises import Promise
from tests.servers import EVENT, Installation

from openspaces.board.moves import (
    CloseCell,
    Move,
    OpenContest,
    PlaceCard,
    RemoveCard,
    ReopenCell,
    SettleContest,
    TakeDown,
    Undo,
    WriteCard,
)
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Cell, Code
from openspaces.board.voices import CastBallot, Voice
from openspaces.people.who import Role, Who

FACILITATOR = Who("facilitator", Role.FACILITATOR)
ROUNDS = [8, pytest.param(2_000, marks=pytest.mark.faults)]
VOTERS = 6
AT_ONCE = 100
"""The rounds of a batch; each has a cell of its own, and the next batch uses them again."""
CODES = count(1)
PROBE = "PROBE0"

Asking = tuple[Move | Voice, Who]


@dataclass
class Round:
    """One race for one cell: what each process is asked for, and what came of it."""

    cell: Cell
    asked: list[list[Asking]]
    answers: list[list[Outcome]] = field(default_factory=list)

    @property
    def done(self) -> list[bool]:
        """Which processes did something."""
        return [any(answer.changes for answer in each) for each in self.answers]

    @property
    def refusals(self) -> list[Code]:
        """Why what was not done was not done."""
        return [answer.refusal.code for each in self.answers for answer in each if answer.refusal]


Prepared = Callable[[Neighbour, Cell], list[list[Asking]]]


class Race:
    """Some processes on one installation."""

    def __init__(self, neighbours: Sequence[Neighbour]) -> None:
        self._neighbours = neighbours
        self.first, self.last = neighbours[0], neighbours[-1]
        done(self.first, WriteCard(title="Probe", code=PROBE), FACILITATOR)

    def run(self, rounds: int, prepared: Prepared) -> Iterator[Round]:
        """So many rounds; what each is about is prepared beforehand, and cleared away when it has been looked at."""
        cells = [Cell(room, slot) for slots in slots_of() for slot in slots for room in ROOMS][:AT_ONCE]
        for start in range(0, rounds, AT_ONCE):
            batch = [Round(cell, prepared(self.first, cell)) for cell in cells[: rounds - start]]
            self._raced(batch)
            yield from batch
            self._cleared(batch)

    def holders(self, round_: Round) -> list[str]:
        """Who has the cell, as everyone is told who tries to take it."""
        tried = done(self.first, PlaceCard(card=PROBE, cells=(round_.cell,)), FACILITATOR, refused=True)
        if tried.refusal:
            return [tried.refusal.held_by]
        done(self.first, TakeDown(card=PROBE), FACILITATOR)
        return []

    def _raced(self, batch: list[Round]) -> None:
        start = threading.Barrier(len(self._neighbours))

        def run(place: int) -> list[list[Outcome]]:
            other, found = self._neighbours[place], []
            for each in batch:
                start.wait()
                found.append([other.play(EVENT, move, by=by) for move, by in each.asked[place]])
            return found

        with ThreadPoolExecutor(len(self._neighbours)) as pool:
            columns = list(pool.map(run, range(len(self._neighbours))))
        for number, each in enumerate(batch):
            each.answers = [column[number] for column in columns]

    def _cleared(self, batch: list[Round]) -> None:
        for each in batch:
            for code in self.holders(each):
                done(self.first, TakeDown(card=code), FACILITATOR)


@contextmanager
def racing(home: Installation, processes: int, without: tuple[str, ...] = ()) -> Iterator[Race]:
    """So many processes; the last of them without some guards."""
    with ExitStack() as stack:
        whole = [stack.enter_context(neighbour(home)) for _ in range(processes - 1)]
        yield Race([*whole, stack.enter_context(neighbour(home, without))])


def done(other: Neighbour, move: Move | Voice, by: Who, *, refused: bool = False) -> Outcome:
    """What came of a move that is not raced for."""
    outcome = other.play(EVENT, move, by=by)
    assert refused or outcome.refusal is None, outcome.refusal
    return outcome


def fresh() -> str:
    """The code of another card."""
    return f"{next(CODES):06}"


def host(code: str) -> Who:
    """The device of a card."""
    return Who(f"host{code}")


def writes(cell: Cell) -> Asking:
    """Somebody takes the cell with a new card."""
    code = fresh()
    return WriteCard(title=code, code=code, cells=(cell,), confirmed=True), host(code)


def assert_sound(home: Installation) -> None:
    """Log and tables tell one story, and no cell is held twice."""
    board = home.ask("board", EVENT)
    held = Counter(cell for cells in board["cards"].values() for cell in cells)
    assert (board["log_is_tables"], board["log_has_no_gaps"], home.check()) == (True, True, 0)
    assert [cell for cell, times in held.items() if times > 1] == []


# A vote's winner against whoever takes the cell


def a_contest(first: Neighbour, cell: Cell) -> tuple[int, list[str]]:
    """Two cards contend for the cell, and one has a ballot more."""
    codes = [fresh(), fresh()]
    for code in codes:
        done(first, WriteCard(title=code, code=code), host(code))
    opened = done(first, OpenContest(cell=cell, cards=tuple(codes)), FACILITATOR)
    number = opened.changes[-1].number
    done(first, CastBallot(contest=number, cards=(codes[1],)), Who("voter"))
    return number, codes


def settling(first: Neighbour, cell: Cell) -> list[list[Asking]]:
    """The facilitator settles the vote while somebody takes the cell."""
    number, _ = a_contest(first, cell)
    return [[(SettleContest(contest=number), FACILITATOR)], [writes(cell)]]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_winner_of_a_vote_has_the_cell_whoever_takes_it_meanwhile(
    home: Installation, promise: Promise, rounds: int
) -> None:
    kept = promise("T1", "the winner of a vote has the cell, whoever takes it meanwhile")
    with racing(home, 2) as race:
        for each in race.run(rounds, settling):
            assert each.done == [True, False]
            assert set(each.refusals) <= {Code.IN_CONTEST, Code.CELL_TAKEN}
            assert race.holders(each) == [winner(each)]
    assert_sound(home)
    kept.found(f"{rounds:,} rounds, the winner has it each time")


def winner(round_: Round) -> str:
    """Who won the contest of a round."""
    return next(change.card for change in round_.answers[0][0].changes if change.kind == "contest.settled")


def test_control_without_the_rule_somebody_takes_what_a_vote_gives(home: Installation) -> None:
    with racing(home, 2, ("rule",)) as race:
        wrong = [
            each for each in race.run(6, settling) if each.done != [True, False] or Code.TRY_AGAIN in each.refusals
        ]
    assert wrong != []


# A cell that is reopened against those who wait for it


def reopening(first: Neighbour, cell: Cell) -> list[list[Asking]]:
    """A helper reopens the cell while two take it."""
    done(first, CloseCell(cells=(cell,), reason="Lunch"), FACILITATOR)
    return [[(ReopenCell(cells=(cell,)), FACILITATOR)], [writes(cell)], [writes(cell)]]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_cell_that_is_reopened_is_taken_by_one_at_most(home: Installation, promise: Promise, rounds: int) -> None:
    kept = promise("T1", "a cell that is reopened is taken by one at most")
    with racing(home, 3) as race:
        for each in race.run(rounds, reopening):
            reopened, *taken = each.done
            assert reopened
            assert sum(taken) == len(race.holders(each)) <= 1
            assert set(each.refusals) <= {Code.CELL_CLOSED, Code.CELL_TAKEN}
    assert_sound(home)
    kept.found(f"{rounds:,} rounds, never two")


def test_control_without_the_rule_only_the_database_keeps_a_reopened_cell_for_one(home: Installation) -> None:
    def thrice(first: Neighbour, cell: Cell) -> list[list[Asking]]:
        reopens, takes, blind = reopening(first, cell)
        return [reopens, takes, [*reopens, *blind, writes(cell)]]

    with racing(home, 3, ("rule",)) as race:
        assert [Code.TRY_AGAIN in each.refusals for each in race.run(4, thrice)] == [True] * 4


# A removal that is undone against somebody who took the cell


def undoing(first: Neighbour, cell: Cell) -> list[list[Asking]]:
    """A facilitator undoes a removal while somebody takes the cell that it freed."""
    move, by = writes(cell)
    code = done(first, move, by).changes[0].card
    removed = done(first, RemoveCard(card=code, reason="Abuse"), FACILITATOR)
    return [[(Undo(number=removed.changes[0].number), FACILITATOR)], [writes(cell)]]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_removal_is_undone_or_its_cell_is_taken_and_never_both(home: Installation, rounds: int) -> None:
    with racing(home, 2) as race:
        for each in race.run(rounds, undoing):
            assert sum(each.done) == 1
            assert each.refusals == [Code.CELL_TAKEN]
            assert len(race.holders(each)) == 1
    assert_sound(home)


def test_control_without_the_rule_only_the_database_stops_an_undone_removal(home: Installation) -> None:
    def twice(first: Neighbour, cell: Cell) -> list[list[Asking]]:
        undoes, blind = undoing(first, cell)
        return [undoes, [*blind, writes(cell)]]

    with racing(home, 2, ("rule",)) as race:
        assert [Code.TRY_AGAIN in each.refusals for each in race.run(4, twice)] == [True] * 4


# Ballots against the settlement


def voting(first: Neighbour, cell: Cell) -> list[list[Asking]]:
    """The facilitator settles a vote while people vote in two other processes."""
    number, codes = a_contest(first, cell)
    ballots: list[list[Asking]] = [
        [(CastBallot(contest=number, cards=(codes[0],)), Who(f"{process}{voter}")) for voter in range(VOTERS)]
        for process in ("a", "b")
    ]
    return [[(SettleContest(contest=number), FACILITATOR)], *ballots]


def accepted(round_: Round) -> int:
    """How many ballots were taken while the contest was settled."""
    return sum(answer.refusal is None for each in round_.answers[1:] for answer in each)


def counted(round_: Round) -> tuple[int, int]:
    """How many ballots the outcome counts, and how many voices."""
    settled = next(change for change in round_.answers[0][0].changes if change.kind == "contest.settled")
    contest = settled.after["contest"]
    return contest["ballots"], sum(contest["tally"].values())


@pytest.mark.parametrize("rounds", ROUNDS)
def test_every_ballot_that_was_taken_is_counted(home: Installation, rounds: int) -> None:
    with racing(home, 3) as race:
        for each in race.run(rounds, voting):
            assert counted(each) == (1 + accepted(each),) * 2
            assert set(each.refusals) <= {Code.CONTEST_OVER}
    assert_sound(home)


def test_control_a_process_that_does_not_look_takes_ballots_that_nobody_counts(home: Installation) -> None:
    with racing(home, 3, ("lock",)) as race:
        first, *rounds = race.run(6, voting)  # in the first it learns of all the contests, and of no outcome after it
        late = [
            race.last.play(EVENT, CastBallot(contest=contest_of(each), cards=()), by=Who("late")) for each in rounds
        ]
    assert len(first.answers) == 3
    assert [outcome.refusal for outcome in late] == [None] * 5


def contest_of(round_: Round) -> int:
    """The number of the contest of a round."""
    ballot = round_.asked[1][0][0]
    assert isinstance(ballot, CastBallot)
    return ballot.contest
