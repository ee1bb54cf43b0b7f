"""What happens often is told once a second, with how often it was."""

import asyncio
from datetime import UTC, datetime
from time import perf_counter

import pytest

from openspaces.board import counted
from openspaces.board.moves import WriteCard
from openspaces.board.outcome import Asked, Outcome
from openspaces.lib.seldom import Seldom
from openspaces.live.asgi import Message, Receive, Scope, Send
from openspaces.live.requests import Requests
from openspaces.people.who import Who


def test_what_happens_often_is_told_once_a_second_with_how_often_it_was() -> None:
    moments = iter([10.0, 10.2, 10.9, 11.1, 11.2, 13.0])
    seldom = Seldom(lambda: next(moments))
    assert [seldom.times() for _ in range(6)] == [1, 0, 0, 3, 0, 2]


def test_of_a_thousand_slow_moves_one_line_is_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "_SELDOM", Seldom())
    asked = Asked("camp", WriteCard(title="Knit"), Who("eve"), datetime.now(UTC), "")
    counted.count([(asked, perf_counter() - 2 * counted.SLOW_SECONDS, Outcome(7))] * 1000)
    assert [record.getMessage() for record in caplog.records] == ["a move took long: WriteCard"]


def test_of_a_thousand_slow_requests_one_line_is_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answers(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def nothing(_message: Message) -> None: ...

    async def asked(requests: Requests) -> None:
        for _ in range(1000):
            await requests.watch(answers, {"path": "/static/x", "method": "GET"}, asyncio.Future, nothing)

    monkeypatch.setattr("openspaces.live.requests.SLOW_SECONDS", -1.0)
    asyncio.run(asked(Requests()))
    assert [record.getMessage() for record in caplog.records] == ["a request took long: GET /static/x"]
