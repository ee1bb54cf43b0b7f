"""The readable page of the API: the OpenAPI document as plain HTML, with no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

Document = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a body or an answer, or one parameter."""

    name: str
    type: str
    needed: bool
    about: SafeString


@dataclass(frozen=True)
class Shape:
    """An object that bodies or answers are made of."""

    name: str
    about: SafeString
    fields: list[Field]


@dataclass(frozen=True)
class Call:
    """One call of the API, ready to print."""

    name: str
    method: str
    path: str
    summary: str
    about: SafeString
    parameters: list[Field]
    body: str
    answers: list[tuple[str, str, str]]


class Readable(DocsBase):
    """Docs for django-ninja, drawn by the server."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page."""
        document = api.get_openapi_schema(path_params=kwargs)
        groups: dict[str, list[Call]] = {}
        for tag, call in _calls(document):
            groups.setdefault(tag, []).append(call)
        shapes = list(_shapes(document))
        context = {
            "title": document["info"]["title"],
            "about": _prose(document["info"]["description"]),
            "groups": groups.items(),
            "shapes": shapes,
            "names": [shape.name for shape in shapes],
            "security": [_prose(way["description"]) for way in document["components"]["securitySchemes"].values()],
        }
        # What the document says is English, so all of the page is.
        with override("en"):
            return render(request, "api/docs.html", context)


def _calls(document: Document) -> Iterator[tuple[str, Call]]:
    for path, methods in document["paths"].items():
        for method, details in methods.items():
            body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            call = Call(
                name=details["operationId"],
                method=method.upper(),
                path=path,
                summary=details["summary"],
                about=_prose(details.get("description", "")),
                parameters=[_parameter(each) for each in details["parameters"] if each["in"] != "path"],
                body=_type(body) if body else "",
                answers=[_answer(status, each) for status, each in details["responses"].items()],
            )
            yield details["tags"][0], call


def _parameter(parameter: Document) -> Field:
    about = _prose(parameter.get("description", ""))
    return Field(parameter["name"], _type(parameter["schema"]), parameter.get("required", False), about)


def _answer(status: int, answer: Document) -> tuple[str, str, str]:
    schemas = [_type(content["schema"]) for content in answer.get("content", {}).values()]
    return str(status), answer["description"], "".join(schemas)


def _shapes(document: Document) -> Iterator[Shape]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        if "properties" in schema:
            needed = schema.get("required", [])
            fields = [
                Field(key, _type(each), key in needed, _prose(each.get("description", "")))
                for key, each in schema["properties"].items()
            ]
            yield Shape(name, _prose(schema.get("description", "")), fields)


def _prose(text: str) -> SafeString:
    """Text with what stands in backticks as code."""
    parts = text.split("`")
    marked = (format_html("<code>{}</code>" if place % 2 else "{}", part) for place, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in marked))


def _type(schema: Document) -> str:
    """A JSON schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("type", "anything"))
