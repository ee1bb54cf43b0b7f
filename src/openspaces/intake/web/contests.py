"""A contest in the hands of those who decide it: its cards, the ballot, and how many have voted."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openspaces.board.contest import Contest
from openspaces.board.play import play_soon
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.voices import CastBallot
from openspaces.intake.asking import board_of
from openspaces.intake.reading import reading
from openspaces.intake.web.contending import ballots_say
from openspaces.intake.web.contest_page import contest_page
from openspaces.intake.web.counted import ballots_so_far, count_anew
from openspaces.intake.web.forms import form_status
from openspaces.intake.web.presence_field import present
from openspaces.intake.web.visiting import Visit, go_to, visited
from openspaces.wording import says


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def contest(visit: Visit, number: str) -> HttpResponse:
    """Show a contest; take a ballot."""
    found = await _found(visit.newest(), number)
    if visit.request.method != "POST":
        return await contest_page(visit, found)
    came = await present(visit)
    if came.stopped:
        return came.stopped
    if came.wrong:
        return await contest_page(came.visit, found, wrong=came.wrong, status=403)
    return await _vote(came.visit, found)


@require_safe
async def count(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """How many have voted, and whether it is over: the same for everyone, asked by every open page of the contest."""
    board = await board_of(event)
    if board is None:
        raise Http404(_("There is no such event here."))
    found = await _found(board, number)
    ballots = await ballots_so_far(board.event, found)
    answer = {"open": found.open, "ballots": ballots, "says": ballots_say(ballots), "cards": list(found.cards)}
    return JsonResponse(answer, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})


async def _found(board: Board, number: str) -> Contest:
    """The contest of that number, in the database too: another process may have opened it a moment ago."""
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 12 else 0
    newest = board if wanted in board.contests else await reading(board_now, board.event)
    if newest is None or wanted not in newest.contests:
        raise Http404(_("There is no such contest on this board."))
    return newest.contests[wanted]


async def _vote(visit: Visit, found: Contest) -> HttpResponse:
    cards = tuple(dict.fromkeys(str(code) for code in visit.request.POST.getlist("cards")))
    outcome = await play_soon(visit.event, CastBallot(contest=found.id, cards=cards), by=visit.by)
    if outcome.refusal:
        return await _refused(visit, found, outcome.refusal)
    count_anew(visit.event)
    return go_to(f"/{visit.event}/contests/{found.id}/?voted=1")


async def _refused(visit: Visit, found: Contest, refusal: Refusal) -> HttpResponse:
    """Why the ballot does not count. What lacks is asked for beside its field; all else stands above the page."""
    status = form_status(refusal.code)
    if refusal.code is Code.PRESENCE_NEEDED:
        return await contest_page(visit, found, wrong=says(refusal), status=status)
    said = says(refusal)
    if refusal.code is Code.CONTEST_OVER:
        said = _("Your ballot came too late. %(says)s") % {"says": said}
    return await contest_page(visit, visit.newest().contests.get(found.id, found), said=said, status=status)
