"""Reads a request's body: JSON in UTF-8 of a sane size, or a sentence that says what is wrong with it."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

LARGEST = 64 * 1024


class Unreadable(Exception):
    """The body cannot be read; `status` is the answer's and `says` the sentence."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status, self.says = status, says


class JsonParser(Parser):
    """JSON as django-ninja reads it, but for what would break it: raises Unreadable."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value that the body holds."""
        if len(request.body) > LARGEST:
            raise too_large()
        if not _is_json(request.content_type or ""):
            raise Unreadable(415, _("Send JSON, with the header Content-Type: application/json."))
        try:
            return json.loads(request.body.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise Unreadable(422, _("The body is not JSON in UTF-8.")) from None


def too_large() -> Unreadable:
    """What a body over the limit is answered with."""
    return Unreadable(413, _("The body is larger than %(most)d kB.") % {"most": LARGEST // 1024})


def _is_json(content_type: str) -> bool:
    return content_type in ("", "application/json") or (
        content_type.startswith("application/") and content_type.endswith("+json")
    )


def _no_number(constant: str) -> Any:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(constant)
