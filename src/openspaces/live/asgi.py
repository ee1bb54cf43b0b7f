"""ASGI's types, and the few ways of answering that this room needs."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from openspaces.lib.guards import guards

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

OPEN_TO_ALL: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag"),
]
"""Data is public: any site's script may read it. No cookie goes with such a request."""
NOSNIFF = (b"x-content-type-options", b"nosniff")


def header(scope: Scope, name: bytes) -> str:
    """A request's header; several of one name are joined, as HTTP allows."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def answer(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """Send a whole answer. The server itself leaves the body out for HEAD."""
    length = [] if status in (204, 304) else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*guarded(status, headers), *length]})
    await send({"type": "http.response.body", "body": body})


async def answer_text(send: Send, status: int, text: str, *more: tuple[bytes, bytes]) -> None:
    """Send a sentence or two as plain text."""
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await answer(send, status, f"{text}\n".encode(), [kind, NOSNIFF, *OPEN_TO_ALL, *more])


async def answer_json(send: Send, status: int, facts: Mapping[str, Any], *more: tuple[bytes, bytes]) -> None:
    """Send facts as JSON that nobody keeps."""
    kind = (b"content-type", b"application/json")
    body = json.dumps(facts, ensure_ascii=False).encode()
    await answer(send, status, body, [kind, NOSNIFF, (b"cache-control", b"no-store"), *OPEN_TO_ALL, *more])


async def redirect(send: Send, status: int, scope: Scope, path: str) -> None:
    """Send the reader to another path of ours, with the same query."""
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    await answer(send, status, b"", [(b"location", path.encode() + query), (b"cache-control", b"no-cache")])


def guarded(status: int, headers: Headers) -> Headers:
    """These headers, and those of the guards that are missing. What has not changed has them already."""
    if status == 304:
        return headers
    there = {name.lower(): value for name, value in headers}
    kind, is_open = there.get(b"content-type", b""), b"access-control-allow-origin" in there
    ours = ((name.encode(), value.encode()) for name, value in guards(kind.decode("latin-1"), is_open=is_open))
    return [*headers, *((name, value) for name, value in ours if name not in there)]


def guarding(app: App) -> App:
    """The same application, whose answers all have the guards."""

    async def answer_guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": guarded(message["status"], [*message["headers"]])}
            await send(message)

        await app(scope, receive, send_guarded)

    return answer_guarded
