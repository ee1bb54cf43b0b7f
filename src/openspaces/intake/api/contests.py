"""The calls of a contest: read, open, change, call off, vote, settle."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from openspaces.board.contest import Contest
from openspaces.board.memory import MEMORY
from openspaces.board.moves import CallOffContest, ChangeContest, OpenContest
from openspaces.board.play import Outcome
from openspaces.board.public import contest_facts
from openspaces.board.read import ballots_cast, board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Code, Kind, Method, Refusal
from openspaces.intake.api.answers import answer, numbered
from openspaces.intake.api.asked import answered, board_after, board_here, codes_of, number_here
from openspaces.intake.api.calls import BODY, NO_BODY, STAFF, Key, statuses
from openspaces.intake.api.shapes.base import Numbered, Reason
from openspaces.intake.api.shapes.contests import ContestEdit, ContestSet, ContestShown, NewContest
from openspaces.intake.api.troubles import NotHere
from openspaces.intake.reading import reading

router = Router(tags=["Claims and contests"])

Why = Annotated[Reason, Query()]
COUNTED = ("ballots", "reason", "opened", "settled", "outcome", "tally", "seal", "drawn")
"""What is not told in the answer to a write, for it would be another one when the same is sent again."""


@router.get("/{event}/contests", response=statuses({200: list[ContestShown]}, 404), summary="All contests")
async def read_contests(request: HttpRequest, event: str) -> HttpResponse:
    """A list of all contests, open and over, the first one first. How many ballots were cast is told at any time, for
    whom only after the close."""
    board = await board_here(event)
    cast = await reading(ballots_cast, event)
    shown = [contest_facts(contest, board, _ballots(contest, cast)) for _, contest in sorted(board.contests.items())]
    return answer(200, shown)  # a bare list: the promise names the shape of a contest, and nothing around it


@router.get("/{event}/contests/{contest}", response=statuses({200: ContestShown}, 404), summary="One contest")
async def read_contest(request: HttpRequest, event: str, contest: str) -> HttpResponse:
    """The cards that want one cell, how it is settled and until when; afterwards the outcome with its reason, and the
    tally that is also that of a recount."""
    await board_here(event)
    board, found = await contest_here(event, contest)
    return answer(200, contest_facts(found, board, _ballots(found, await reading(ballots_cast, event))))


@router.post(
    "/{event}/contests", response=statuses({201: ContestSet}, *BODY), summary="Open a contest", openapi_extra=STAFF
)
async def open_contest(request: HttpRequest, event: str, said: NewContest, key: Key = "") -> HttpResponse:
    """Staff let cards contend for a cell, whether they asked for it or not."""
    await board_here(event)
    move = OpenContest(
        cell=Cell.parse(said.cell),
        cards=codes_of(said.cards),
        method=said.method and Method(said.method),
        minutes=said.minutes or 0,
        presence=said.presence,
    )

    async def told(outcome: Outcome) -> HttpResponse:
        number = next(change.number for change in outcome.changes if change.kind is Kind.CONTEST_OPENED)
        return numbered(201, outcome, **_set(await board_after(event, outcome), number))

    return await answered(request, event, move, key, told)


@router.patch(
    "/{event}/contests/{contest}",
    response=statuses({200: ContestSet}, *BODY),
    summary="Change a contest",
    openapi_extra=STAFF,
)
async def change_contest(
    request: HttpRequest, event: str, contest: str, said: ContestEdit, key: Key = ""
) -> HttpResponse:
    """Staff settle an open contest in another way or at another time."""
    await board_here(event)
    move = ChangeContest(
        contest=contest_number(contest),
        method=said.method and Method(said.method),
        minutes=said.minutes or 0,
        presence=said.presence,
    )

    async def told(outcome: Outcome) -> HttpResponse:
        return numbered(200, outcome, **_set(await board_after(event, outcome), move.contest))

    return await answered(request, event, move, key, told)


@router.delete(
    "/{event}/contests/{contest}",
    response=statuses({200: Numbered}, *NO_BODY),
    summary="Call a contest off",
    openapi_extra=STAFF,
)
async def call_off_contest(request: HttpRequest, event: str, contest: str, reason: Why, key: Key = "") -> HttpResponse:
    """Staff call it off: whoever holds the cell keeps it, and the claims of the others wait for the facilitator."""
    await board_here(event)
    move = CallOffContest(contest=contest_number(contest), reason=reason)
    return await answered(request, event, move, key, lambda outcome: numbered(200, outcome))


async def contest_here(event: str, written: str) -> tuple[Board, Contest]:
    """The contest that the address names. Another process may have opened it a moment ago, so one that this process
    does not know is looked up; raises NotHere."""
    number = contest_number(written)
    board = MEMORY.board(event)
    if board is None or number not in board.contests:
        board = await reading(board_now, event)
    found = board.contests.get(number) if board else None
    if board is None or found is None:
        raise NotHere(Refusal(Code.UNKNOWN_CONTEST, {"contest": written}))
    return board, found


def contest_number(written: str) -> int:
    """A contest's number as the address writes it; raises NotHere."""
    return number_here(written, Code.UNKNOWN_CONTEST, "contest")


def _ballots(contest: Contest, cast: dict[int, int]) -> int:
    return cast.get(contest.id, 0) if contest.open else contest.ballots


def _set(board: Board, number: int) -> dict[str, Any]:
    facts = contest_facts(board.contests[number], board)
    return {name: fact for name, fact in facts.items() if name not in COUNTED}
