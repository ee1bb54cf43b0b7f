"""The API's addresses, all under `/api/`; whatever else is asked there is not there, in JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from openspaces import __version__
from openspaces.intake.api import (
    cards,
    cells,
    claims,
    contests,
    deals,
    desk,
    following,
    ideas,
    moderation,
    people,
    running,
    undoing,
    voting,
)
from openspaces.intake.api.answers import answer
from openspaces.intake.api.bodies import JsonParser
from openspaces.intake.api.calls import SECURITY
from openspaces.intake.api.docs import Readable
from openspaces.intake.api.troubles import handle_troubles

ABOUT = """Everything that changes a board is a move. A refusal is an answer, not an error: it says why, who holds the
cell and what is free near by. Every write takes an `Idempotency-Key`."""


async def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """404 for every other address under `/api/`."""
    return answer(404, {"says": _("There is nothing here. What there is stands at /api/docs.")})


class Api(NinjaAPI):
    """django-ninja's, with the ways to show who one is in its document."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**given)
        document["components"]["securitySchemes"] = SECURITY
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of its function, which is one of a kind."""
        return operation.view_func.__name__


api = Api(title="Open Spaces", version=__version__, description=ABOUT, docs=Readable(), parser=JsonParser())
handle_troubles(api)
for room in (
    following,
    cards,
    ideas,
    claims,
    contests,
    voting,
    deals,
    running,
    cells,
    desk,
    undoing,
    moderation,
    people,
):
    api.add_router("", room.router)

urlpatterns = [path("", api.urls), re_path("^(?P<rest>.*)$", nothing_here)]
