"""Pages that stand between a form and its end, and keep what was typed: too fast, not present, not signed in."""

from collections.abc import Iterator
from math import ceil
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board
from openspaces.board.vocabulary import Code, Refusal

ASKED_ANEW = ("presence",)


def too_fast_page(request: HttpRequest, wait: float, board: Board | None = None) -> HttpResponse:
    """Not so fast: how long to wait, and a button that sends the same again."""
    seconds = ceil(wait)
    says = ngettext(
        "That was quick. Wait %(seconds)d second, then try again. Nothing that you typed is lost.",
        "That was quick. Wait %(seconds)d seconds, then try again. Nothing that you typed is lost.",
        seconds,
    ) % {"seconds": seconds}
    kept = list(_typed(request))
    context = {"title": _("One moment"), "says": says, "board": board, "kept": kept}
    response = render(request, "intake/too_fast.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def first_page(request: HttpRequest, board: Board, refusal: Refusal) -> HttpResponse | None:
    """The step that a refused form lacks, with everything that was typed: the presence code, or signing in. None for a
    refusal that neither of them helps."""
    if refusal.code is Code.PRESENCE_NEEDED:
        return presence_page(request, board)
    if refusal.code is Code.SIGN_IN_NEEDED:
        return _page(request, "sign_in_first", board, {"sign_in": _sign_in_url("/accounts/")})
    return None


def presence_page(request: HttpRequest, board: Board, wrong: str = "") -> HttpResponse:
    """Ask for the presence code, and send the same again with it."""
    return _page(request, "presence_first", board, {"wrong": wrong})


def way_in(event: str, refusal: Refusal | None, onward: str) -> dict[str, str] | None:
    """Where one goes before the form is filled in, and from there to `onward`; None where nothing is lacking."""
    if refusal and refusal.code is Code.PRESENCE_NEEDED:
        return {"url": f"/{event}/here/?next={quote(onward)}", "says": _("Type the symbols on the screen")}
    if refusal and refusal.code is Code.SIGN_IN_NEEDED:
        return {"url": _sign_in_url(onward), "says": _("Sign in")}
    return None


def onward_from(request: HttpRequest, otherwise: str) -> str:
    """Where `?next=` leads, if that is a path of ours."""
    asked = str(request.POST.get("next") or request.GET.get("next", ""))
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else otherwise


def wrong_code() -> str:
    """What is said to a presence code that is not the one on the screen."""
    return _("That is not the code on the screen now. It changes every ten minutes: look again.")


def _sign_in_url(onward: str) -> str:
    return f"/accounts/login/?next={quote(onward)}"


def _page(request: HttpRequest, template: str, board: Board, more: dict[str, Any]) -> HttpResponse:
    context = {"board": board, "kept": list(_typed(request)), **more}
    return render(request, f"intake/{template}.html", context, status=403)


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was typed, field by field, but for what is asked for anew."""
    for name, values in request.POST.lists():
        if name not in ASKED_ANEW:
            yield from ((name, str(value)) for value in values)
