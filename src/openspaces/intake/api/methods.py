"""What is said where an address of the API has no such method."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from openspaces.intake.api.answers import answer
from openspaces.lib.middleware import OnTheLoop


class MethodsInJson(OnTheLoop):
    """A 405 under `/api/` is JSON too, as everything else there; its header says which methods there are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The same in JSON."""
        return in_json(response) if response.status_code == 405 and request.path_info.startswith("/api/") else response


def in_json(not_allowed: HttpResponseBase) -> HttpResponse:
    """The answer to a method that an address has not."""
    said = answer(405, {"says": _("There is nothing here. What there is stands at /api/docs.")})
    said["Allow"] = not_allowed["Allow"]
    return said
