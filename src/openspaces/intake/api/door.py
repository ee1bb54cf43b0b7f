"""The API's own way through Django: its views, its requests and its headers, without its handler and middleware.

Django takes a thread for each request, for its signals, for the log of every 4xx and to close the answer, though the
API has nothing to do there; and each middleware asks the same anew. `OPENSPACES_FAST_API=off` goes through all of it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from functools import cache, cached_property, lru_cache
from inspect import isawaitable
from io import BytesIO
from typing import Any, cast

from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpResponse
from django.http.request import HttpHeaders
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve
from django.utils.translation import activate

from openspaces.intake.api.methods import in_json
from openspaces.intake.api.plainly import plain
from openspaces.intake.web.middleware import foreign, readers_language, refused

logger = logging.getLogger("django.request")

PREFIX = "/api/"
LONGEST = 256
"""Paths of more letters are resolved each time: what strangers send is not kept for them."""
Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]
Headers = dict[bytes, bytes]


class Door(ASGIHandler):
    """Answers what is under `/api/`, where every view is async and answers with whole bytes; the rest is `others`'."""

    def __init__(self, others: App) -> None:
        super().__init__()
        self._others = others
        self._headers: dict[str | None, asyncio.Task[Headers]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX) or scope["path"] == PREFIX:
            return await self._others(scope, receive, send)
        body = await _whole(receive)
        if body is None:
            return None
        request = Request(scope, body)
        learning = self._headers.get(request.scheme) or self._learning(request.scheme, scope)
        language = readers_language(request)
        activate(language)  # each request is a task with a context of its own: nobody else will speak it
        response = await _refused_or_viewed(request)
        if response.status_code == 405:
            response = in_json(response)
        return await _send(response, language, await asyncio.shield(learning), send)

    def _learning(self, scheme: str | None, scope: Scope) -> asyncio.Task[Headers]:
        """The first to come learns them for all; where that fails, the next one tries again."""
        learning = self._headers[scheme] = asyncio.create_task(self._learnt(scope))

        def learnt(done: asyncio.Task[Headers]) -> None:
            if done.cancelled() or done.exception():
                self._headers.pop(scheme, None)

        learning.add_done_callback(learnt)
        return learning

    async def _learnt(self, scope: Scope) -> Headers:
        """The headers that middleware gives every answer, as it gives them to one that has nothing else."""
        empty = {**scope, "path": f"{PREFIX}-", "method": "GET", "query_string": b"", "headers": []}
        nothing: HttpResponseBase = await self._middleware_chain(ASGIRequest(empty, BytesIO()))  # type: ignore[attr-defined]
        own = ("content-type", "content-length", "content-language", "vary")
        told = ((name.lower(), value) for name, value in nothing.items())
        return {name.encode(): value.encode() for name, value in told if name not in own}


class Request(ASGIRequest):
    """A request of which the whole body is here. Its headers are looked up one by one: few are asked for."""

    def __init__(self, scope: Scope, body: bytes) -> None:
        super().__init__(scope, BytesIO(body))
        self._body = body

    @cached_property
    def headers(self) -> HttpHeaders:
        """As Django's."""
        return cast(HttpHeaders, _Headers(self.META))


class _Headers(Mapping[str, str]):
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        return self._environ[_in_environ(name)]

    def get(self, name: str, default: Any = None) -> Any:
        return self._environ.get(_in_environ(name), default)

    def __iter__(self) -> Iterator[str]:
        return iter(HttpHeaders(self._environ))

    def __len__(self) -> int:
        return len(HttpHeaders(self._environ))


@cache
def _in_environ(name: str) -> str:
    return HttpHeaders.to_wsgi_name(name)


async def _refused_or_viewed(request: Request) -> HttpResponse:
    """What the view answers; a view that breaks is told in the log, and the caller gets no more than that."""
    if foreign(request):
        return refused(request)
    try:
        request.resolver_match = match = _resolved(request.path_info)
        call = plain(match.func, request.method or "")
        if call and (values := call.values(request, match.kwargs)) is not None:
            return await call.answer(request, values)
        answer = match.func(request, *match.args, **match.kwargs)
        response: HttpResponse = await answer if isawaitable(answer) else answer  # the document's own views do not wait
    except Exception:
        logger.exception("%s broke", request.path_info)
        return HttpResponse(b'{"says": "Something broke here."}', status=500, content_type="application/json")
    return response


def _resolved(path: str) -> ResolverMatch:
    return _match(path) if len(path) <= LONGEST else resolve(path)


@lru_cache(4096)
def _match(path: str) -> ResolverMatch:
    return resolve(path)


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request, which has been looked at for its size; None if its sender has gone."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body if message["type"] == "http.request" else None


async def _send(response: HttpResponse, language: str, learnt: Headers, send: Send) -> None:
    """The whole answer."""
    told = {name.lower().encode(): value.encode("latin-1") for name, value in response.headers.items()}
    told |= {b"vary": b"Accept-Language", b"content-language": language.encode()}
    told[b"content-length"] = str(len(response.content)).encode()
    cookies = ((b"set-cookie", cookie.OutputString().encode()) for cookie in response.cookies.values())
    headers = [*(learnt | told).items(), *cookies]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
