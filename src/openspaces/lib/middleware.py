"""Django's middleware, run on the event loop.

Under ASGI, Django gives each half of each of them a thread, although they only look at headers: eight hops per request,
which cost more than all the rest of a write.
"""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.common import CommonMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.deprecation import MiddlewareMixin


class OnTheLoop(MiddlewareMixin):
    """What runs a middleware's two halves on the loop."""

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        before, after = getattr(self, "process_request", None), getattr(self, "process_response", None)
        early: HttpResponseBase | None = before(request) if before else None
        response = early or await self.get_response(request)  # type: ignore[misc]
        whole: HttpResponseBase = after(request, response) if after else response
        return whole


class Security(OnTheLoop, SecurityMiddleware):
    """Headers that browsers guard pages by."""


class Framing(OnTheLoop, XFrameOptionsMiddleware):
    """No other site shows our pages inside its own, in browsers too old for the policy."""


class ContentSecurity(OnTheLoop, CSPMiddleware):
    """Which scripts and styles a page may have."""


class Common(OnTheLoop, CommonMiddleware):
    """The slash at the end, and the length of the answer."""
