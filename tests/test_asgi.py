"""Who is believed to ask: the peer itself, unless it is a proxy that the settings name."""

import asyncio
from typing import Any

import pytest
from django.conf import LazySettings

from openspaces import asgi

FORGED = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-proto", b"https")]


@pytest.mark.parametrize(
    ("proxies", "believed"), [([], ("127.0.0.1", "http")), (["127.0.0.1"], ("203.0.113.9", "https"))]
)
def test_a_forged_header_changes_nothing_unless_a_named_proxy_wrote_it(
    proxies: list[str], believed: tuple[str, str], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    async def django(scope: Any, _receive: object, _send: object) -> None:
        seen.append((scope["client"][0], scope["scheme"]))

    settings.PROXIES = proxies
    monkeypatch.setattr(asgi, "django", django)
    asyncio.run(asgi.make_front()(_request(), _nothing, _nothing))  # type: ignore[arg-type]
    assert seen == [believed]


def _request() -> dict[str, Any]:
    client = {"client": ("127.0.0.1", 40000), "server": ("127.0.0.1", 8000), "scheme": "http"}
    address = {"path": "/camp/me", "raw_path": b"/camp/me", "query_string": b"", "method": "GET", "headers": FORGED}
    return {"type": "http", "http_version": "1.1", **client, **address}


async def _nothing(*_: object) -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}
