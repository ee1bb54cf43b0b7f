"""The two addresses by which one sees it run: `/healthz` for everybody, `/metrics` for whom the organiser names."""

from collections.abc import Callable
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.conf import settings
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from openspaces.lib.addresses import carried
from openspaces.live.asgi import NOSNIFF, Receive, Scope, Send, answer, answer_text, header
from openspaces.live.health import Health
from openspaces.live.requests import Requests
from openspaces.outlets.press import Press

if TYPE_CHECKING:
    from openspaces.live.metrics import Metrics

_FORWARDED = (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via")
_KIND = b"text/plain; version=0.0.4; charset=utf-8"


class Seeing:
    """What answers them. The library for figures is loaded when somebody first asks for some."""

    def __init__(self, press: Press, requests: Requests, streams: Callable[[], int], kept: Callable[[], int]) -> None:
        self.health = Health(streams)
        self._figures: Metrics | None = None
        self._of = press, requests, streams, kept
        # Whoever is behind a proxy of ours is who the proxy says; see `_is_shown`.
        self._behind = ProxyHeadersMiddleware(self._metrics, trusted_hosts=settings.PROXIES)  # type: ignore[arg-type]

    def close(self) -> None:
        """Let go of the database."""
        self.health.close()

    async def metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer `/metrics`."""
        scope["openspaces.peer"] = scope["client"]
        await self._behind(scope, receive, send)  # type: ignore[arg-type]

    async def _metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (settings.METRICS_FROM or settings.METRICS_TOKEN):
            return await answer_text(send, 404, "Figures are not shown here (OPENSPACES_METRICS).")
        if not _is_shown(scope):
            says = "Figures are shown to whom OPENSPACES_METRICS names, such as this machine."
            return await answer_text(send, 403, says, (b"cache-control", b"no-store"))
        body = await self._figures_of_all().text()
        return await answer(send, 200, body, [(b"content-type", _KIND), NOSNIFF, (b"cache-control", b"no-store")])

    def _figures_of_all(self) -> "Metrics":
        if self._figures is None:
            from openspaces.live.metrics import Metrics

            self._figures = Metrics(self.health.reader, *self._of)
        return self._figures


def _is_shown(scope: Scope) -> bool:
    """Whether this reader may see them: by the token, or by its address. What a proxy sends on for somebody else is
    not from this machine, though it comes from here; unless we know the proxy, and it says who that is."""
    shown, token = header(scope, b"authorization"), f"Bearer {settings.METRICS_TOKEN}"
    if settings.METRICS_TOKEN and compare_digest(shown.encode(), token.encode()):
        return True
    if not scope["client"]:
        return False
    sent_on = any(name in _FORWARDED for name, _ in scope["headers"])
    if sent_on and scope["client"] == scope["openspaces.peer"] and not _everybody():
        return False
    try:
        meant = carried(str(scope["client"][0]))
    except ValueError:
        return False
    return any(meant in network for network in settings.METRICS_FROM)


def _everybody() -> bool:
    return any(network.prefixlen == 0 for network in settings.METRICS_FROM)
