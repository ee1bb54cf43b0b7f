"""What a button of the desk does: a move is played, and one is back where one was, with a word of what was done."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import Move, Undo
from openspaces.board.play import KeyReused, Outcome, play_soon
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.forms import form_status
from openspaces.intake.web.kept import onward_from
from openspaces.intake.web.visiting import Visit, go_to
from openspaces.wording import says, unfit_says


async def played(visit: Visit, move: Move, *, key: str = "") -> Outcome:
    """What came of a move that staff asked for. A form that was sent twice did it once."""
    try:
        return await play_soon(visit.event, move, by=visit.by, key=key)
    except KeyReused:
        return Outcome(visit.newest().number, refusal=Refusal(Code.TRY_AGAIN))


def back(visit: Visit, outcome: Outcome, otherwise: str = "") -> HttpResponse:
    """Back to where `next` says, else to `otherwise`, else to the list, where it is said what was done."""
    where = urlsplit(onward_from(visit.request, otherwise or desk_url(visit.event)))
    kept = [pair for pair in parse_qsl(where.query) if pair[0] != "done"]
    if outcome.changes:
        kept.append(("done", str(outcome.changes[0].number)))
    return go_to(where._replace(query=urlencode(kept)).geturl())


async def done(visit: Visit, move: Move, otherwise: str = "") -> HttpResponse:
    """Play a move and go back; where it is refused, say why on a page of its own, from which one goes back."""
    outcome = await played(visit, move)
    return await refused(visit, outcome.refusal) if outcome.refusal else back(visit, outcome, otherwise)


async def refused(visit: Visit, refusal: Refusal | Unfit) -> HttpResponse:
    """Why it was not done. A script shows only that, over the page where one was."""
    if isinstance(refusal, Unfit):
        return await not_done(visit, unfit_says(refusal))
    confirm = list(sent(visit)) if refusal.confirmable else []
    return await not_done(visit, why(refusal), form_status(refusal.code), confirm)


def sent(visit: Visit) -> Iterator[tuple[str, str]]:
    """Every field that was sent, to be sent once more."""
    for name, values in visit.request.POST.lists():
        yield from ((name, str(value)) for value in values)


def why(refusal: Refusal) -> str:
    """Why staff may not do something: what is not theirs is a matter of their role."""
    if refusal.code is not Code.NOT_ALLOWED:
        return says(refusal)
    return _("Your role does not allow that. Ask a facilitator or an organiser; nothing was changed.")


async def not_done(visit: Visit, said: str, status: int = 422, confirm: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """The same in words of one's own. With `confirm`, the same form again, a button does it all the same."""
    context = {"back": onward_from(visit.request, desk_url(visit.event)), "confirm": confirm}
    return await desk_page(visit, "refused", "", context, said=said, status=status)


@staffed
async def undo(visit: Visit) -> HttpResponse:
    """Undo the step that begins with a change; a GET has nothing to undo and leads to the list."""
    if visit.request.method != "POST":
        return go_to(desk_url(visit.event))
    number = visit.typed("number")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return await not_done(visit, _("This button names no change."))
    return await done(visit, Undo(number=int(number)))
