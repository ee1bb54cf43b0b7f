"""Writes from other sites are refused, in place of CSRF tokens, which pages printed for everyone cannot carry."""

from asyncio import iscoroutinefunction
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


@sync_and_async_middleware
def same_site_only(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Refuse unsafe requests that a browser says another site has sent. A program sends neither header and passes."""
    if iscoroutinefunction(get_response):
        async_response: Callable[[HttpRequest], Awaitable[HttpResponse]] = get_response

        async def answer_soon(request: HttpRequest) -> HttpResponse:
            return _refused(request) if _foreign(request) else await async_response(request)

        return answer_soon

    def answer(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = _refused(request) if _foreign(request) else get_response(request)
        return response

    return answer


def _foreign(request: HttpRequest) -> bool:
    if request.method in SAFE:
        return False
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] not in _own_names(request)


def _own_names(request: HttpRequest) -> tuple[str, ...]:
    """The names this site goes by: what the request says, and the public one where a proxy changed it on the way."""
    public = urlsplit(settings.BASE_URL).netloc
    return (request.get_host(), public) if public else (request.get_host(),)


def _refused(request: HttpRequest) -> HttpResponse:
    says = _("This came from another site, so nothing was changed. Open the board itself and try there.")
    return render(request, "intake/error.html", {"title": _("Not from here"), "says": says}, status=403)
