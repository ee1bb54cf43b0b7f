"""T10: what staff hide by one process is hidden at every address of another.

How soon is measured in the long run. That a page which is open is told is seen in `tests/live/test_hidden.py`.
"""

import time

import httpx
import pytest
from tests.inside import slots_of
from tests.live.addresses import Names, readable
from tests.promises import Promise
from tests.servers import EVENT, Installation, serving

CANARY = "Zinnober"
CELL = f"r1@{slots_of()[0][0]}"
HAPPENS, PROMISED, HEARD = 30.0, 5.0, 2.0
"""Seconds."""
DRAWN = (".png", ".svg", ".pdf", ".xlsx", "/os")
"""Addresses in whose bytes nobody can search for a word."""


@pytest.mark.parametrize("within", [HAPPENS, pytest.param(PROMISED, marks=pytest.mark.faults)])
def test_what_one_process_hides_is_hidden_at_every_address_of_another(
    home: Installation, promise: Promise, within: float
) -> None:
    kept = promise("T10", f"a text that staff hide is hidden at every address of another process within {PROMISED:g} s")
    with serving(home, processes=2) as (first, second), httpx.Client(timeout=HAPPENS) as reader:
        code = written(first.address)
        until_it_is_read(reader, second.address)
        day = reader.get(f"{second.address}/{EVENT}/board.json").json()["slots"][0]["day"]
        telling = those_that_tell(reader, second.address, every(Names(EVENT, code, CELL, day, last=3)))
        assert {f"/{EVENT}/", f"/{EVENT}/board.csv", f"/{EVENT}/changes.atom", f"/{EVENT}/cards/{code}/"} <= telling
        began = time.monotonic()
        hide(home, first.address, code)
        left = telling
        while left := those_that_tell(reader, second.address, left):
            assert time.monotonic() - began < within, left
        took = time.monotonic() - began
    kept.found(f"gone from {len(telling)} addresses after {took:.1f} s")


def test_control_a_process_that_hears_of_nothing_tells_it_on_and_is_not_frozen(
    home: Installation, promise: Promise
) -> None:
    control = promise.control("T10", "what tells a process of what another hides and freezes")
    with serving(home) as (first,), httpx.Client(timeout=HAPPENS) as reader:
        code = written(first.address)
        with serving(home, without=("hearing",)) as (deaf,):
            until_it_is_read(reader, deaf.address)
            hide(home, first.address, code)
            staff(home, f"{first.address}/api/{EVENT}/freeze")
            time.sleep(HEARD)
            assert those_that_tell(reader, deaf.address, {f"/{EVENT}/"}) == {f"/{EVENT}/"}
            assert reader.put(f"{deaf.address}/api/{EVENT}/cards/{code}/star").status_code == 200
    control.found(f"{HEARD:g} s later its page tells the text, and a star is taken")


def written(address: str) -> str:
    """The code of a card that says the word in all that it says."""
    words = {"title": f"{CANARY} for all", "text": CANARY, "host": CANARY, "handle": f"@{CANARY}", "cell": CELL}
    code: str = httpx.post(f"{address}/api/{EVENT}/cards", json=words, timeout=HAPPENS).json()["code"]
    return code


def hide(home: Installation, address: str, code: str) -> None:
    """Staff shield it."""
    staff(home, f"{address}/api/{EVENT}/cards/{code}/shield")


def staff(home: Installation, address: str) -> None:
    token = {"Authorization": f"Bearer {home.token}"}
    assert httpx.put(address, json={"reason": "Rude"}, headers=token, timeout=HAPPENS).status_code == 200


def until_it_is_read(reader: httpx.Client, address: str) -> None:
    deadline = time.monotonic() + HAPPENS
    while not those_that_tell(reader, address, {f"/{EVENT}/"}):
        assert time.monotonic() < deadline


def every(names: Names) -> set[str]:
    """The addresses that anybody can read, but for pictures."""
    return {path for path in readable(names) if not path.partition("?")[0].endswith(DRAWN)}


def those_that_tell(reader: httpx.Client, address: str, paths: set[str]) -> set[str]:
    return {path for path in paths if CANARY.lower() in reader.get(f"{address}{path}").text.lower()}
