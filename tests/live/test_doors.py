"""How many streams one device may hold, and one address: over that a polling answer, and nobody talks it over."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from django.conf import LazySettings
from tests.live.listening import InThread, listening, serving_here, wait_until
from tests.live.test_streams import EVENT, furnish

from openspaces.live import doors
from openspaces.people.asking import COOKIE, Device, device_from


@pytest.fixture
def server(database: None, settings: LazySettings) -> Iterator[InThread]:
    furnish()
    settings.LIMITS, settings.STREAMS_PER_DEVICE, settings.STREAMS_PER_ADDRESS = True, 1, 2
    with serving_here() as serving:
        yield serving


def test_a_device_holds_so_many_streams_and_another_holds_its_own(server: InThread) -> None:
    mine, other = _cookie("one"), _cookie("other")
    with listening(_live(server), Cookie=mine):
        assert [_status(server, Cookie=mine), _status(server, Cookie=other)] == [503, 200]
    wait_until(lambda: server.front.hub.count == 0)
    assert _status(server, Cookie=mine) == 200


def test_an_address_holds_so_many_streams_of_devices_without_a_cookie(server: InThread) -> None:
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(listening(_live(server)))
        refused = httpx.get(_live(server))
        assert _status(server, Cookie=_cookie("one")) == 200
    assert refused.status_code == 503
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("header", [{"Cookie": f"{COOKIE}=made-up"}, {"X_Forwarded_For": "203.0.113.9"}])
def test_who_makes_something_up_is_counted_all_the_same(server: InThread, header: dict[str, str]) -> None:
    with listening(_live(server)), listening(_live(server), **header):
        assert _status(server, **header) == 503


def test_a_proxy_of_ours_tells_whose_address_it_is(server: InThread, settings: LazySettings) -> None:
    settings.PROXIES = ["127.0.0.1"]
    here, there = {"X_Forwarded_For": "203.0.113.9"}, {"X_Forwarded_For": "203.0.113.10"}
    with listening(_live(server), **here), listening(_live(server), **here):
        assert [_status(server, **here), _status(server, **there)] == [503, 200]


def test_a_house_with_many_addresses_counts_as_one(server: InThread, settings: LazySettings) -> None:
    settings.PROXIES = ["127.0.0.1"]
    one, two, three = ({"X_Forwarded_For": f"2001:db8::{each}"} for each in (1, 2, 3))
    with listening(_live(server), **one), listening(_live(server), **two):
        assert _status(server, **three) == 503


def test_where_limits_are_off_nobody_is_counted(server: InThread, settings: LazySettings) -> None:
    settings.LIMITS = False
    with listening(_live(server)), listening(_live(server)):
        assert _status(server) == 200


def test_a_device_with_long_cookies_of_others_is_counted_and_they_are_not_kept(server: InThread) -> None:
    mine = f"{_cookie('one')}; other={'x' * doors.LONGEST}"
    kept = doors._device.cache_info().currsize
    with listening(_live(server), Cookie=mine):
        assert _status(server, Cookie=mine) == 503
    assert doors._device.cache_info().currsize == kept


def _live(server: InThread) -> str:
    return f"{server.address}/{EVENT}/live"


def _cookie(name: str) -> str:
    assert device_from(Device(name).cookie) == Device(name)
    return f"{COOKIE}={Device(name).cookie}"


def _status(server: InThread, **headers: str) -> int:
    """What somebody is answered who asks for one more stream."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with httpx.stream("GET", _live(server), headers=named) as answer:
        return answer.status_code
