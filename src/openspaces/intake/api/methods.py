"""What is said where an address of the API has no such method."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from openspaces.intake.api.answers import answer
from openspaces.lib.middleware import OnTheLoop


class MethodsInJson(OnTheLoop):
    """A 405 under `/api/` is JSON too, as everything else there; its header says which methods there are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The same in JSON."""
        if response.status_code != 405 or not request.path_info.startswith("/api/"):
            return response
        said = answer(405, {"says": _("There is nothing here. What there is stands at /api/docs.")})
        said["Allow"] = response["Allow"]
        return said
