"""Everything that can be wrong with a request itself, each answered with a status and a sentence."""

import logging
import math
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from openspaces.board.play import KeyReused
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.api.answers import answer, refused
from openspaces.intake.api.bodies import Unreadable, too_large
from openspaces.wording import unfit_says

logger = logging.getLogger(__name__)


class TooFast(Exception):
    """The device, its address or the event writes too fast; `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


class NotHere(Exception):
    """The address names something that is not there."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class NothingSaid(Exception):
    """A body leaves out what it cannot do without; `field` is what it might have said."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def handle_troubles(api: NinjaAPI) -> None:
    """Give `api` our answers in place of django-ninja's."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        NotHere: lambda _request, trouble: refused(trouble.refusal),
        TooFast: _too_fast,
        NothingSaid: lambda _request, trouble: misshapen([(trouble.field, _needed(trouble.field))]),
        Unfit: lambda _request, trouble: misshapen([(trouble.field, unfit_says(trouble))]),
        KeyReused: lambda _request, _trouble: misshapen([("Idempotency-Key", _reused())]),
        Unreadable: _unreadable,
        RequestDataTooBig: lambda request, _trouble: _unreadable(request, too_large()),
        ValidationError: lambda _request, trouble: misshapen([_in_words(error) for error in trouble.errors]),
        HttpError: _http_error,
        DatabaseError: _not_now,
        InterfaceError: _not_now,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _not_now(request: HttpRequest, trouble: Exception) -> HttpResponse:
    """The database could not be asked who this is; where it is only not written to, the writer says so itself."""
    logger.error("%s was not answered: %s", request.path_info, trouble)
    return refused(Refusal(Code.NOT_NOW))


def misshapen(errors: list[tuple[str, str]]) -> HttpResponse:
    """422, with a sentence for each field."""
    said = [{"field": field, "says": says} for field, says in errors]
    return answer(422, {"says": " ".join(dict.fromkeys(each["says"] for each in said)), "errors": said})


def _reused() -> str:
    return _("This key was used before for something else. Use a new one for each thing you ask.")


def _too_fast(_request: HttpRequest, trouble: TooFast) -> HttpResponse:
    seconds = max(1, math.ceil(trouble.wait))
    response = answer(429, {"says": _("That was fast. Try again in %(seconds)d s.") % {"seconds": seconds}})
    response["Retry-After"] = str(seconds)
    return response


def _unreadable(_request: HttpRequest, trouble: Unreadable) -> HttpResponse:
    return misshapen([("", trouble.says)]) if trouble.status == 422 else answer(trouble.status, {"says": trouble.says})


def _http_error(request: HttpRequest, trouble: HttpError) -> HttpResponse:
    """django-ninja wraps whatever its parser raises."""
    if isinstance(trouble.__cause__, Unreadable):
        return _unreadable(request, trouble.__cause__)
    return answer(trouble.status_code, {"says": str(trouble)})


def _in_words(error: dict[str, Any]) -> tuple[str, str]:
    """One of pydantic's findings: its field and a sentence."""
    source, *path = error["loc"]
    field = ".".join(str(part) for part in (path[1:] if source == "body" else path))
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return field, _needed(field)
        case "string_type":
            return field, _("Write text here.")
        case "int_type" | "int_parsing":
            return field, _("Write a whole number here.")
        case "bool_type":
            return field, _("Write true or false here.")
        case "string_too_long":
            return field, _("Shorten this to %(limit)d letters.") % {"limit": limits["max_length"]}
        case "greater_than_equal":
            return field, _("Write a number from %(least)d on.") % {"least": limits["ge"]}
        case "less_than_equal":
            return field, _("Write a number up to %(most)d.") % {"most": limits["le"]}
        case "list_type":
            return field, _("Write a list here.")
        case "dict_type":
            return field, _("Write an object here.")
        case "too_long":
            return field, _("Name %(limit)d at most.") % {"limit": limits["max_length"]}
        case "too_short":
            return field, _("Name at least one.")
        case "literal_error":
            return field, _("Write one of these: %(these)s.") % {"these": limits["expected"]}
        case "value_error":
            return field, _("Write a time like 2027-05-08T14:05.")
        case "string_pattern_mismatch" if field.partition(".")[0] in ("cell", "cells") or field.endswith(".cell"):
            return field, _("Write a cell like 308@0516-0900.")
        case "string_pattern_mismatch":
            return field, _("Write a card's code, six letters and digits.")
    return field, _("Send a JSON object.")


def _needed(field: str) -> str:
    return _("This is needed: %(field)s.") % {"field": field or _("a JSON object as the body")}
