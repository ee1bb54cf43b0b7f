"""The pages of what went wrong: not found, not allowed, not understood, our fault."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from openspaces.board.memory import MEMORY

PLAIN = "Something broke here, and it is our fault. What was saved is safe. Please try again in a minute.\n"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that makes no sense."""
    says = _("The browser sent something that this site does not understand. Go back and try again.")
    return _page(request, _("That did not make sense"), says, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this reader."""
    return _page(request, _("Not for you"), _("This is not yours to see or to change."), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page; the board is one tap away."""
    said = exception.args[0] if exception and exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, _("There is nothing here"), said or _("Perhaps the address has a letter too few."), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: said plainly, and in plain text if even the page cannot be drawn."""
    try:
        says = _("Something broke here, and it is our fault. What was saved is safe. Please try again in a minute.")
        return _page(request, _("Our fault"), says, 500)
    except Exception:
        return HttpResponse(PLAIN, content_type="text/plain; charset=utf-8", status=500)


def _page(request: HttpRequest, title: str, says: str, status: int) -> HttpResponse:
    """The page, with the event's bar and a way to its board where the address names an event."""
    board = MEMORY.board(request.path_info.split("/")[1])
    context = {"title": title, "says": says, "board": board}
    response = render(request, "intake/error.html", context, status=status)
    response["Cache-Control"] = "private, no-cache"
    return response
