"""Before Django: bodies that are small enough and come soon enough. It writes every other to the disk first."""

import asyncio
from collections.abc import Mapping

from django.conf import settings

from openspaces.live.asgi import App, Message, Receive, Scope, Send, answer_json, answer_text, header

SECONDS = 15.0
"""How long the next piece of a body may take."""
_GONE: Message = {"type": "http.disconnect"}


def bounded(app: App, larger: Mapping[str, int] | None = None) -> App:
    """`app`, which gets no body over the limit, and none whose sender has fallen silent. Addresses that end as one of
    `larger` have the limit that stands there, in bytes."""

    def most(scope: Scope) -> int:
        limits = (limit for end, limit in (larger or {}).items() if scope.get("path", "").endswith(end))
        return max(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, next(limits, 0))

    async def answer_bounded(scope: Scope, receive: Receive, send: Send) -> None:
        body = _Body(receive, most(scope))
        if scope["type"] == "http" and _announced(scope) > most(scope):
            body.refused = 413
        else:
            await app(scope, body.receive, send)
        if body.refused:
            await _refuse(body.refused, scope, send)

    return answer_bounded


class _Body:
    """A request's messages; where its body is too large or too slow, the app hears that the sender has gone."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.refused, self._most = 0, most
        self._receive, self._size, self._whole = receive, 0, False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout(SECONDS):
                message = await self._receive()
        except TimeoutError:
            self.refused = 408
            return _GONE
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._most:
            self.refused = 413
            return _GONE
        return message


def _announced(scope: Scope) -> int:
    length = header(scope, b"content-length")
    return int(length) if length.isascii() and length.isdecimal() else 0


async def _refuse(status: int, scope: Scope, send: Send) -> None:
    says = "That is too much to send at once." if status == 413 else "The rest of this did not come in time."
    if scope["path"].startswith("/api/"):
        await answer_json(send, status, {"says": says})
    else:
        await answer_text(send, status, says)
