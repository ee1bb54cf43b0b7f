"""Calls whose arguments are plain and right: what the address says, a key, a body of its shape; their views are called
with those at once. django-ninja has a model for each, and an answer at hand; whatever is not so plain is its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import getclosurevars, isfunction
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.operation import Operation, PathView
from ninja.params.models import ParamModel
from pydantic import BaseModel, ValidationError

from openspaces.intake.api.bodies import Unreadable
from openspaces.intake.api.calls import KEY_HEADER, KEY_LENGTH

View = Callable[..., Awaitable[HttpResponse]]


@dataclass(frozen=True)
class Plain:
    """A call: its view, whether it takes a key, and the name and the shape of its body if it has one."""

    view: View
    api: NinjaAPI
    has_key: bool
    body: str = ""
    shape: type[BaseModel] | None = None

    def values(self, request: HttpRequest, named: Mapping[str, str]) -> dict[str, Any] | None:
        """What the view is called with; None where something is wrong, so that it is to be told what."""
        values: dict[str, Any] = {**named}
        if self.has_key:
            values["key"] = request.headers.get(KEY_HEADER, "")
            if len(values["key"]) > KEY_LENGTH:
                return None
        if self.shape:
            try:
                values[self.body] = self.shape.model_validate(self.api.parser.parse_body(request))
            except (Unreadable, ValidationError):
                return None
        return values

    async def answer(self, request: HttpRequest, values: Mapping[str, Any]) -> HttpResponse:
        """The view's answer; what it raises is answered as everywhere in the API, or raised."""
        try:
            return await self.view(request, **values)
        except Exception as trouble:
            return self.api.on_exception(request, trouble)


@cache
def plain(view: Callable[..., Any], method: str) -> Plain | None:
    """The call of a method behind one of django-ninja's views; None if there is none, or it is not plain."""
    behind = getclosurevars(view).nonlocals.get("self") if isfunction(view) else None
    calls = behind.operations if isinstance(behind, PathView) else []
    call = next((call for call in calls if method in call.methods), None)
    return _plain(call) if call and _is_bare(call) else None


def _is_bare(call: Operation) -> bool:
    more = (call.auth_callbacks, call.throttle_objects, call.stream_format, call.signature.response_arg)
    return call.is_async and not any(more)


def _plain(call: Operation) -> Plain | None:
    models = {str(model.__ninja_param_source__): model for model in call.models}
    path, header, body = (models.pop(source, None) for source in ("path", "header", "body"))
    keys = list(header.__ninja_flatten_map__) if header else []
    if models or keys not in ([], [KEY_HEADER]) or not _is_text(path):
        return None
    shapes = [(name, field.annotation) for name, field in body.model_fields.items()] if body else [("", None)]
    (name, shape), *others = shapes
    return None if others else Plain(call.view_func, call.api, bool(keys), name, shape)


def _is_text(path: type[ParamModel] | None) -> bool:
    """Whether the address says nothing but text, of any kind."""
    return not path or all(field.annotation is str and not field.metadata for field in path.model_fields.values())
