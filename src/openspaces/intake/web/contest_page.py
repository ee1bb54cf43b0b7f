"""The page of a contest: cards side by side, how it is decided and by when, the ballot, and afterwards the outcome."""

from dataclasses import dataclass, replace
from hashlib import sha256
from math import ceil
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.moves.base import holds
from openspaces.board.moves.settling import wanted_in
from openspaces.board.read import ballot_of
from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import Method
from openspaces.intake.reading import reading
from openspaces.intake.web.contending import ballots_say, decides_says, minutes_left, tie_says
from openspaces.intake.web.counted import ballots_so_far
from openspaces.intake.web.links import card_url, edit_url
from openspaces.intake.web.needs import Need, needs_of
from openspaces.intake.web.visiting import Visit, mint_key, page
from openspaces.look.cards import hue, title_says
from openspaces.look.cells import quoted
from openspaces.look.hosting import where_says
from openspaces.wording import clock, in_a_row, outcome_says


async def contest_page(
    visit: Visit, contest: Contest, *, said: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    """The page. `said` is why a ballot was refused, `wrong` what is wrong with the symbols that were typed."""
    board = visit.newest()
    contest = board.contests.get(contest.id, contest)
    ballot = await reading(ballot_of, visit.event, contest.id, visit.by.hand) if _votes(contest) else None
    ballots = await ballots_so_far(visit.event, contest)
    ticked = visit.request.POST.getlist("cards") if visit.request.method == "POST" else ballot or ()
    context = {
        "contest": contest,
        "title": _title(board, contest),
        "cards": [_shown(board, contest, code, code in ticked) for code in contest.cards],
        "how": _how(visit, board, contest, ballots),
        "ballot": _ballot(visit, board, contest, ballot, wrong),
        "outcome": None if contest.open else _outcome(board, contest),
        "lot": _lot(board, contest),
        "own": _own(visit, board, contest),
        "share": f"{visit.base_url}/{board.event}/contests/{contest.id}/",
        "said": said,
        "voted": "voted" in visit.request.GET and ballot is not None,
    }
    return page(visit, "contest", context, status)


@dataclass(frozen=True)
class Contender:
    """A card of the contest as the page shows it."""

    code: str
    title: str
    host: str
    text: str
    url: str
    hue: str
    hidden: bool
    ticked: bool
    holds: bool
    votes: int | None
    share: int
    won: bool


def _shown(board: Board, contest: Contest, code: str, ticked: bool) -> Contender:
    card = board.cards[code]
    votes = contest.tally.get(code)
    most = max(1, *contest.tally.values()) if contest.tally else 1
    return Contender(
        code,
        title_says(card),
        card.words.host,
        card.words.text,
        card_url(board.event, code),
        "veiled" if card.hidden else f"h{hue(card)}",
        card.hidden,
        ticked,
        contest.open and contest.cell in card.cells,
        votes,
        100 * (votes or 0) // most,
        code == contest.winner,
    )


def _title(board: Board, contest: Contest) -> str:
    if not contest.open:
        return _("The contest for %(where)s") % {"where": _place(board, contest)}
    return _("Who has %(where)s?") % {"where": _place(board, contest)}


def _place(board: Board, contest: Contest) -> str:
    """What it is about: while it is open, all the cells that the first card wants in a row."""
    if contest.open:
        return where_says(board, wanted_in(board.cards[contest.cards[0]], contest))
    return where_says(board, Placement(contest.cells[:1]))


# How it is decided


def _votes(contest: Contest) -> bool:
    return contest.method is Method.VOTE


def _how(visit: Visit, board: Board, contest: Contest, ballots: int) -> dict[str, Any]:
    """Method, tie rule and time left; what of it changes is kept fresh by the script."""
    left = (contest.closes - visit.at).total_seconds() if contest.closes else 0
    return {
        "decides": decides_says(board, contest, visit.at),
        "tie": tie_says(contest),
        "minutes": minutes_left(contest, visit.at),
        "seconds": max(0, ceil(left)),
        "timed": contest.closes is not None,
        "over": contest.closes is not None and left <= 0,
        "ballots": ballots_say(ballots),
        "count": f"/{board.event}/contests/{contest.id}/count",
    }


def _ballot(
    visit: Visit, board: Board, contest: Contest, ballot: tuple[str, ...] | None, wrong: str
) -> dict[str, Any] | None:
    """The form of the ballot; None where there is none (any more)."""
    if not (contest.open and _votes(contest)) or (contest.closes and contest.closes <= visit.at):
        return None
    names = in_a_row(quoted(board.cards[code]) for code in ballot or () if code in contest.cards)
    return {
        "cast": ballot is not None,
        "names": names,
        "presence": contest.presence and not (visit.by.present or visit.by.is_staff),
        "wrong": wrong,
        "typed": visit.typed("symbols"),
        "key": mint_key(),
    }


# How it was decided


def _outcome(board: Board, contest: Contest) -> dict[str, Any]:
    """Who has it, how and why; and whether there was a count."""
    settled = contest.settled
    assert settled
    if not contest.winner:
        says = _("The contest was called off. Nobody won or lost it.")
        return {"says": says, "how": contest.reason, "at": clock(board.local(settled)), "counted": False}
    facts = {"title": quoted(board.cards[contest.winner]), "how": outcome_says(contest, board)}
    return {
        "says": _("%(title)s has it: %(how)s") % facts,
        "how": "",
        "at": clock(board.local(settled)),
        "counted": bool(contest.tally),
        "ballots": contest.ballots if contest.method is Method.VOTE else 0,
    }


def _lot(board: Board, contest: Contest) -> dict[str, Any] | None:
    """How a lot can be checked: before, what is promised; afterwards the secret, and every step to the same result.
    None where no lot is or was drawn."""
    may_be_drawn = contest.method is Method.LOT or (contest.tie == "lot" and tie_says(contest) != "")
    if not (contest.drawn or (contest.open and may_be_drawn)):
        return None
    rows = [(code, title_says(board.cards[code]), _hash(contest.seal, code)) for code in contest.drawn]
    return {"commitment": contest.commitment, "seal": "" if contest.open else contest.seal, "rows": rows}


def _hash(seal: str, code: str) -> str:
    return sha256(f"{seal}:{code}".encode()).hexdigest()


# What the hosts among the readers can do


def _own(visit: Visit, board: Board, contest: Contest) -> list[dict[str, Any]]:
    """The cards of the contest that the reader hosts, each with what its host can do."""
    cards = (board.cards[code] for code in contest.cards)
    mine = [card for card in cards if holds(visit.by, board, card)]
    shown = [(card, _need(visit, board, card, contest)) for card in mine]
    return [{"title": quoted(card), "action": edit_url(board.event, card.code), "need": need} for card, need in shown]


def _need(visit: Visit, board: Board, card: Card, contest: Contest) -> Need | None:
    """What its own page says of this contest, or of the cell that it lost in it; the way here is not said again."""
    kind = "contest" if contest.open else "lost"
    if not contest.open and card.code == contest.winner:
        return None
    need = next((need for need in needs_of(board, card, visit.by, visit.at) if need.kind == kind), None)
    here = f"/{board.event}/contests/{contest.id}/"
    return replace(need, links=tuple(link for link in need.links if link.url != here)) if need else None
