"""The API's own way through Django answers as Django's handler and middleware do: status, headers, bytes."""

import asyncio
import threading
from typing import Any

import pytest
from tests.drawing import EVENT
from tests.intake.calling import ELM9, KNIT, OAK11

from openspaces import asgi
from openspaces.intake.api.door import App, Door

Answer = tuple[int, list[tuple[str, str]], bytes]
JSON = {"content-type": "application/json"}
CARD = b'{"title": "Chess", "cell": "%s"}' % ELM9.encode()

REQUESTS: dict[str, tuple[str, str, dict[str, str], bytes]] = {
    "a card": ("POST", "cards", {**JSON, "idempotency-key": "one"}, CARD),
    "a card from a page": ("POST", "cards", {**JSON, "idempotency-key": "1", "sec-fetch-site": "same-origin"}, CARD),
    "a refusal": ("POST", "cards", {**JSON, "idempotency-key": "two"}, CARD.replace(ELM9.encode(), OAK11.encode())),
    "in German": ("GET", "cards/NOCARD", {"accept-language": "de"}, b""),
    "in Hindi by the address": ("GET", "cards/NOCARD?lang=hi", {}, b""),
    "a card to read": ("GET", f"cards/{KNIT}", {}, b""),
    "only the head": ("HEAD", f"cards/{KNIT}", {}, b""),
    "nothing there": ("GET", "teapots", {}, b""),
    "another method": ("POST", f"cards/{KNIT}", JSON, b"{}"),
    "from another site": ("POST", "cards", {**JSON, "sec-fetch-site": "cross-site"}, CARD),
    "no JSON": ("POST", "cards", {"content-type": "text/plain"}, CARD),
    "half of it": ("POST", "cards", JSON, CARD[:9]),
    "not allowed": ("PUT", f"cells/{ELM9}/closure", JSON, b'{"reason": "Paint"}'),
    "a wrong key": ("DELETE", f"cards/{KNIT}", {"authorization": "Card WRONG"}, b""),
}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_both_ways_answer_the_same(board: None, scheme: str) -> None:
    for name in REQUESTS:
        ours, theirs = (asyncio.run(answered(app, name, scheme)) for app in (Door(asgi.django), asgi.django))
        assert ours == theirs, name


def test_control_without_what_middleware_says_the_answers_differ(board: None, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> dict[str, str]:
        return {}

    monkeypatch.setattr(Door, "_learnt", nothing)
    ours, theirs = (asyncio.run(answered(app, "a refusal", "http")) for app in (Door(asgi.django), asgi.django))
    assert (ours[0], ours[2]) == (theirs[0], theirs[2])
    assert ours[1] != theirs[1]


def test_what_could_not_be_learnt_is_learnt_by_the_next(board: None, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> dict[str, str]:
        raise OSError

    async def asked_twice() -> Answer:
        door = Door(asgi.django)
        with monkeypatch.context() as without:
            without.setattr(Door, "_learnt", breaks)
            with pytest.raises(OSError):
                await answered(door, "nothing there", "http")
        return await answered(door, "nothing there", "http")

    assert asyncio.run(asked_twice()) == asyncio.run(answered(asgi.django, "nothing there", "http"))


def test_many_at_once_take_no_thread(board: None) -> None:
    async def many() -> set[int]:
        door = Door(asgi.django)
        await answered(door, "a card to read", "http")
        before = threading.active_count()
        answers = await asyncio.gather(*(answered(door, "nothing there", "http") for _ in range(100)))
        assert threading.active_count() == before
        return {status for status, _, _ in answers}

    assert asyncio.run(many()) == {404}


async def answered(app: App, name: str, scheme: str) -> Answer:
    """What an application answers to one of the requests; when a cookie expires depends on when one asks."""
    method, address, headers, body = REQUESTS[name]
    path, _, query = f"/api/{EVENT}/{address}".partition("?")
    sent: list[Any] = []
    pieces = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return pieces.pop() if pieces else await asyncio.Future()

    async def send(message: Any) -> None:
        sent.append(message)

    client = {"client": ("127.0.0.1", 40000), "server": ("127.0.0.1", 8000), "scheme": scheme, "root_path": ""}
    asked = {"path": path, "raw_path": path.encode(), "query_string": query.encode(), "method": method}
    told = [(b"host", b"board.example"), *((key.encode(), value.encode()) for key, value in headers.items())]
    await app({"type": "http", "http_version": "1.1", **client, **asked, "headers": told}, receive, send)
    found = sorted((key.decode().lower(), value.decode()) for key, value in sent[0]["headers"])
    plain = [(key, "device" if key == "set-cookie" else value) for key, value in found]
    return sent[0]["status"], plain, b"".join(message.get("body", b"") for message in sent[1:])
