"""What anybody may tell of a card: that it breaks the rules, or that nobody is there though it should be on."""

from collections.abc import Awaitable, Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from openspaces.board.play import play_soon
from openspaces.board.state import Card
from openspaces.board.voices import Report, What
from openspaces.board.words import Unfit
from openspaces.intake.web.forms import form_status
from openspaces.intake.web.presence_field import present
from openspaces.intake.web.visiting import Visit, go_to, visited
from openspaces.intake.web.voice_page import OTHER, nobody_page, reasons, report_page
from openspaces.wording import says, unfit_says

Page = Callable[..., HttpResponse]
Answer = Callable[[Visit, Card], Awaitable[HttpResponse]]


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def report(visit: Visit, code: str) -> HttpResponse:
    """Report a card, with a reason."""
    return await _heard(visit, await visit.card(code), report_page, _report)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
async def nobody_here(visit: Visit, code: str) -> HttpResponse:
    """Say that nobody is at a card while its hour runs."""
    return await _heard(visit, await visit.card(code), nobody_page, _nobody)


async def _heard(visit: Visit, card: Card, shown: Page, answer: Answer) -> HttpResponse:
    """The page; or the answer, once the symbols that may have been typed were looked at."""
    if visit.request.method != "POST":
        return shown(visit, card)
    came = await present(visit)
    if came.stopped:
        return came.stopped
    if came.wrong:
        return shown(came.visit, card, wrong={"symbols": came.wrong}, status=403)
    return await answer(came.visit, card)


async def _report(visit: Visit, card: Card) -> HttpResponse:
    why = visit.typed("why")
    if why not in dict(reasons()):
        return report_page(visit, card, wrong={"why": _("Choose what is wrong with it.")}, status=422)
    if why == OTHER and not visit.typed("more").strip():
        return report_page(visit, card, wrong={"more": _("Write what is wrong with it.")}, status=422)
    try:
        voice = Report(card=card.code, what=What.ABUSE, reason=_reason(visit, why))
    except Unfit as unfit:
        return report_page(visit, card, wrong={"more": unfit_says(unfit)}, status=422)
    return await _played(visit, card, voice, report_page)


async def _nobody(visit: Visit, card: Card) -> HttpResponse:
    return await _played(visit, card, Report(card=card.code, what=What.NOBODY_HERE), nobody_page)


def _reason(visit: Visit, why: str) -> str:
    """The reason as staff read it, in the event's language, and what was written beside it."""
    with override(visit.board.language):
        label = "" if why == OTHER else dict(reasons())[why]
    return ": ".join(filter(None, (label, visit.typed("more").strip())))


async def _played(visit: Visit, card: Card, voice: Report, shown: Page) -> HttpResponse:
    outcome = await play_soon(visit.event, voice, by=visit.by)
    if outcome.refusal:
        return shown(visit, card, said=says(outcome.refusal), status=form_status(outcome.refusal.code))
    freed = [str(cell) for change in outcome.changes for cell in change.cells][:1]
    return go_to(f"{visit.request.path}?thanks={freed[0] if freed else 1}")
