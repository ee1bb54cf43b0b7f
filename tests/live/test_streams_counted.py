"""Streams that are refused or dropped are counted, and why."""

from collections.abc import Iterator

import httpx
import pytest
from django.conf import LazySettings
from tests.live.listening import InThread, ask_for, listening, serving_here, wait_until
from tests.live.test_seeing import figures
from tests.live.test_streams import EVENT, _say, channel, furnish

HUB = "openspaces.live.hub"


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    furnish()
    with serving_here() as serving:
        yield serving


def of_streams(server: InThread) -> dict[tuple[str, ...], float]:
    """How many were refused and dropped, by the reason."""
    found = figures(httpx.get(f"{server.address}/metrics").text)
    return {(name[0][len("openspaces_streams_") :], *name[1:]): value for name, value in found.items() if _is_of(name)}


def _is_of(name: tuple[str, ...]) -> bool:
    return name[0] in ("openspaces_streams_refused_total", "openspaces_streams_dropped_total")


def grown(server: InThread, before: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    """Which of them have grown since then, and by how much."""
    return {name: value - before[name] for name, value in of_streams(server).items() if value != before[name]}


@pytest.mark.parametrize(("limit", "why"), [("STREAMS", "full"), ("STREAMS_PER_ADDRESS", "holder")])
def test_a_stream_that_is_refused_is_counted(server: InThread, settings: LazySettings, limit: str, why: str) -> None:
    settings.LIMITS, before = True, of_streams(server)
    setattr(settings, limit, 1)
    with listening(f"{server.address}/{EVENT}/live"):
        assert httpx.get(f"{server.address}/{EVENT}/live").status_code == 503
    assert grown(server, before) == {("refused_total", why): 1}


@pytest.mark.parametrize(("frame", "why"), [(100_000, "stalls"), (500_000, "lags")])
def test_a_reader_who_is_dropped_is_counted(
    database: None, monkeypatch: pytest.MonkeyPatch, frame: int, why: str
) -> None:
    monkeypatch.setattr(f"{HUB}.LOOK_SECONDS", 0.05)
    monkeypatch.setattr(f"{HUB}.STALL_SECONDS", 0.2 if why == "stalls" else 1000)
    furnish()
    with serving_here() as server, ask_for(server.address, f"/{EVENT}/live", receive_bytes=4096):
        before = of_streams(server)
        wait_until(lambda: len(channel(server).streams) == 1)
        for _ in range(2):
            _say(server, b"data: %s\n\n" % (b"x" * frame))
        wait_until(lambda: server.front.hub.count == 0)
        assert grown(server, before) == {("dropped_total", why): 1}
