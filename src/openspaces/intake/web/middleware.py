"""What every request to a form or the API passes: the reader's language, and whether another site sent it."""

import logging
from asyncio import iscoroutinefunction
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _

from openspaces.board.memory import MEMORY
from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake.statuses import AGAIN_SECONDS
from openspaces.lib.languages import language
from openspaces.lib.middleware import OnTheLoop
from openspaces.wording import says

logger = logging.getLogger(__name__)

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class ReadersLanguage(OnTheLoop):
    """Answer in the language that the address asks for (`?lang=`), else the reader's first that we speak, else the
    event's. A redirect keeps what the address asks for."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak it."""
        speaks = readers_language(request)
        translation.activate(speaks)
        request.LANGUAGE_CODE = speaks

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which it was."""
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        onward, asked = response.headers.get("Location", ""), _asked(request)
        if asked and onward.startswith("/"):
            parts = urlsplit(onward)
            query = "&".join(filter(None, (parts.query, urlencode({"lang": asked}))))
            response.headers["Location"] = parts._replace(query=query).geturl()
        return response


class DatabaseGone(OnTheLoop):
    """Who asks while the database does not answer is told to come back, not that something broke. A form whose move
    could not be written is shown again with all that was typed: that is a refusal."""

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """The page that says so."""
        if not isinstance(trouble, DatabaseError | InterfaceError):
            return None
        logger.error("%s was not answered: %s", request.path_info, trouble)
        said = {"title": _("Not just now"), "says": says(Refusal(Code.NOT_NOW))}
        page = render(request, "intake/error.html", said, status=503)
        page["Retry-After"] = AGAIN_SECONDS
        return page


def readers_language(request: HttpRequest) -> str:
    """The language to answer in."""
    return language(_asked(request), request.headers.get("Accept-Language", ""), _events_language(request))


def _asked(request: HttpRequest) -> str:
    return request.GET.get("lang", "") if request.META.get("QUERY_STRING") else ""


def _events_language(request: HttpRequest) -> str:
    """The language of the event that the address names, behind `/api` too."""
    named = request.path_info.strip("/").removeprefix("api/").partition("/")[0]
    board = MEMORY.board(named)
    return board.language if board else "en"


# Writes from other sites are refused, in place of CSRF tokens, which pages printed for everyone cannot carry.


@sync_and_async_middleware
def same_site_only(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Refuse unsafe requests that a browser says another site has sent. A program sends neither header and passes."""
    if iscoroutinefunction(get_response):
        async_response: Callable[[HttpRequest], Awaitable[HttpResponse]] = get_response

        async def answer_soon(request: HttpRequest) -> HttpResponse:
            return refused(request) if foreign(request) else await async_response(request)

        return answer_soon

    def answer(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = refused(request) if foreign(request) else get_response(request)
        return response

    return answer


def foreign(request: HttpRequest) -> bool:
    """Whether a browser says that another site has sent this, and it would change something."""
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


def refused(request: HttpRequest) -> HttpResponse:
    """The answer to that."""
    says = _("This came from another site, so nothing was changed. Open the board itself and try there.")
    return render(request, "intake/error.html", {"title": _("Not from here"), "says": says}, status=403)
