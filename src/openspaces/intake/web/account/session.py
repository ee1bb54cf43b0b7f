"""Where sessions are: at the pages of signing in and nowhere else. Every other request has none and makes none; who is
signed in there, `people.asking.who` reads in one query, and only where a browser shows a session's cookie.

Nor are there CSRF tokens here: `same_site_only` guards these forms like all others. A session cookie is SameSite=Lax
besides, and a browser that sends neither Sec-Fetch-Site nor Origin with a form does not exist any more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openspaces.people.models import Account

FRESH_SECONDS = 15 * 60
"""How long after signing in one may change how one signs in."""

View = Callable[..., Any]


class _Sessions(SessionMiddleware):
    """Django's, with a cookie that is secure where the page is."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session, and mark its cookie."""
        whole = super().process_response(request, response)
        name = settings.SESSION_COOKIE_NAME
        if name in whole.cookies and request.is_secure():
            whole.cookies[name]["secure"] = True
        return whole


def with_session(view: View) -> View:
    """A view of signing in: it has `request.session` and `request.user`. Django's own views would take a PUT too."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> Any:
        inside = AuthenticationMiddleware(lambda request: view(request, *args, **given))
        return _Sessions(inside)(request)

    return answer


def signed_in_only(view: View) -> View:
    """A view for who is signed in; others sign in first and come back."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if account_of(request) is None:
            return HttpResponseRedirect(f"{reverse('account_login')}?next={quote(request.path)}")
        response: HttpResponse = view(request, *args, **given)
        response["Cache-Control"] = "private, no-store"
        return response

    return with_session(answer)


def account_of(request: HttpRequest) -> Account | None:
    """Whoever is signed in."""
    return request.user if isinstance(request.user, Account) and request.user.is_authenticated else None


def is_fresh(request: HttpRequest) -> bool:
    """Whether the sign-in is so fresh that it is surely the owner who sits there."""
    records = get_authentication_records(request, account_of(request))
    return bool(records) and timezone.now().timestamp() - records[-1]["at"] < FRESH_SECONDS
