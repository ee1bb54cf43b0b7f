"""One contest at the desk: settle it in whatever way is fair, change it, call it off, make one card of two."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.contest import Contest
from openspaces.board.moves import CallOffContest, ChangeContest, MergeCards, Move, SettleContest
from openspaces.board.vocabulary import Method
from openspaces.board.words import Unfit
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.answers import counts_typed, number_typed
from openspaces.intake.web.desk.contest_page import known_of, shown
from openspaces.intake.web.desk.doing import done, not_done, refused
from openspaces.intake.web.desk.entry_page import METHODS, code_asked, given_for
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.visiting import Visit


@staffed
async def contest(visit: Visit, number: int) -> HttpResponse:
    """A contest with its cards and its outcome, or the ways to find one."""
    found = visit.newest().contests.get(number)
    if found is None:
        raise Http404(_("There is no such contest on this board."))
    if visit.request.method == "POST":
        return await _done(visit, found)
    knows = await reading(known_of, visit.newest(), found)
    context = shown(visit, knows)
    given = given_for(visit, knows.board, visit.request.GET.get("given", ""))
    response = await desk_page(visit, "contest", "", {**context, "given": given})
    if given:
        response["Cache-Control"] = "private, no-store"
    return response


async def _done(visit: Visit, found: Contest) -> HttpResponse:
    do, _space, what = visit.typed("do").partition(" ")
    if do not in _DOES:
        raise Http404
    try:
        move = _DOES[do](visit, found, what)
    except Unfit as unfit:
        return await refused(visit, unfit)
    if isinstance(move, str):
        return await not_done(visit, move)
    return await done(visit, move, desk_url(visit.event, "contests", found.id))


def _votes(visit: Visit, found: Contest, _what: str) -> Move:
    return SettleContest(contest=found.id, method=Method.VOTE, reason=visit.typed("reason"))


def _hands(visit: Visit, found: Contest, _what: str) -> Move:
    counts = counts_typed(visit, found)
    return SettleContest(contest=found.id, method=Method.HANDS, counts=counts, reason=visit.typed("reason"))


def _lot(visit: Visit, found: Contest, _what: str) -> Move:
    return SettleContest(contest=found.id, method=Method.LOT, reason=visit.typed("reason"))


def _agree(visit: Visit, found: Contest, what: str) -> Move:
    return SettleContest(contest=found.id, method=Method.AGREEMENT, winner=what, reason=visit.typed("reason"))


def _decide(visit: Visit, found: Contest, what: str) -> Move | str:
    """What one person decides has a reason that everyone can read."""
    if not visit.typed("reason").strip():
        return _("Write why: everyone can read who decided what.")
    return SettleContest(contest=found.id, method=Method.DECISION, winner=what, reason=visit.typed("reason"))


def _change(visit: Visit, found: Contest, _what: str) -> Move:
    method = visit.typed("method")
    return ChangeContest(
        contest=found.id,
        method=Method(method) if method in METHODS else None,
        minutes=number_typed(visit, "minutes"),
        presence=code_asked(visit),
    )


def _merge(visit: Visit, _found: Contest, what: str) -> Move:
    """The first card named goes on; the second one becomes part of it."""
    into, _space, card = what.partition(" ")
    return MergeCards(card=card, into=into, title=visit.typed("title"), text=visit.typed("text"))


def _call_off(visit: Visit, found: Contest, _what: str) -> Move:
    return CallOffContest(contest=found.id, reason=visit.typed("reason"))


_DOES: dict[str, Callable[[Visit, Contest, str], Move | str]] = {
    "votes": _votes,
    "hands": _hands,
    "lot": _lot,
    "agree": _agree,
    "decide": _decide,
    "change": _change,
    "merge": _merge,
    "call-off": _call_off,
}
