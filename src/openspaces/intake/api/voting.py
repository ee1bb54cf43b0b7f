"""The calls that decide a contest: a device's ballot, and the settlement."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.moves import SettleContest
from openspaces.board.moves.relocating import alternatives
from openspaces.board.play import Outcome
from openspaces.board.public import contest_facts
from openspaces.board.read import ballot_of
from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind, Method
from openspaces.board.voices import CastBallot
from openspaces.board.words import sentence
from openspaces.intake.api.answers import answer, numbered
from openspaces.intake.api.asked import answered, board_after, board_here, codes_of
from openspaces.intake.api.calls import BODY, STAFF, Key, statuses
from openspaces.intake.api.contests import contest_here, contest_number
from openspaces.intake.api.shapes.contests import Ballot, Settled, Settling, Voted
from openspaces.intake.asking import device_of, who_asks
from openspaces.intake.reading import reading

router = Router(tags=["Claims and contests"])


@router.get("/{event}/contests/{contest}/ballot", response=statuses({200: Voted}, 404), summary="Your ballot")
async def read_ballot(request: HttpRequest, event: str, contest: str) -> HttpResponse:
    """What this device votes for."""
    await board_here(event)
    _board, found = await contest_here(event, contest)
    by = await who_asks(request, event, device_of(request))
    cards = await reading(ballot_of, event, found.id, by.hand)
    return answer(200, {"contest": found.id, "cards": None if cards is None else list(cards)})


@router.put("/{event}/contests/{contest}/ballot", response=statuses({200: Voted}, *BODY), summary="Vote")
async def cast_ballot(request: HttpRequest, event: str, contest: str, said: Ballot, key: Key = "") -> HttpResponse:
    """A device votes for every card that it approves of; what it says last counts, until the close. Nobody is told how
    many voted for whom before that. Where the contest asks for presence, a ballot without the code is a 403, and a late
    one is a 409."""
    await board_here(event)
    _board, found = await contest_here(event, contest)
    move = CastBallot(contest=found.id, cards=codes_of(said.cards))
    cards = list(move.cards)
    return await answered(
        request,
        event,
        move,
        key,
        lambda _outcome: answer(200, {"contest": move.contest, "cards": cards}),
        presence=said.presence,
    )


@router.post(
    "/{event}/contests/{contest}/settlement",
    response=statuses({200: Settled}, *BODY),
    summary="Settle a contest",
    openapi_extra=STAFF,
)
async def settle_contest(request: HttpRequest, event: str, contest: str, said: Settling, key: Key = "") -> HttpResponse:
    """Staff settle it, also before its deadline: by the ballots, by hands with the `counts` typed in, by lot, or with a
    `winner` by agreement or by their decision. Everyone can read outcome and reason."""
    await board_here(event)
    move = SettleContest(
        contest=contest_number(contest),
        method=said.method and Method(said.method),
        winner=(said.winner or "").upper(),
        counts=tuple(sorted((code.upper(), count) for code, count in (said.counts or {}).items())),
        reason=sentence("reason", said.reason),
    )

    async def told(outcome: Outcome) -> HttpResponse:
        over = (change for change in outcome.changes if change.kind is Kind.CONTEST_SETTLED)
        done = next(change for change in over if change.after["contest"]["id"] == move.contest)
        settled = contest_from({**done.after["contest"]})
        board = await board_after(event, outcome)
        return numbered(200, outcome, **_outcome(settled, board, done.at))

    return await answered(request, event, move, key, told)


def _outcome(contest: Contest, board: Board, at: datetime) -> dict[str, Any]:
    """The contest with its tally, who has won, and where the others may go; one that keeps a cell is offered none."""
    others = [board.cards[code] for code in contest.cards if code != contest.winner]
    offers = {card.code: [str(cell) for cell in alternatives(board, card, at)] for card in others}
    return {**contest_facts(contest, board), "winner": contest.winner or None, "offers": offers}
