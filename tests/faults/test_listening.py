"""T7: whoever listens hears every change once and in order, whatever the network does, and soon."""

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from typing import Any

import httpx
import pytest
from tests.audience import Audience, cards, writing
from tests.promises import Chance, Promise
from tests.road import road
from tests.servers import ROOT, Installation, serving

MANY = 30
CARDS = 12
HURRY = 0.02
"""Whoever is cut off comes back sooner than a browser does, for the test is short."""
PROMISED = "everyone hears every change, once and in order"


def test_everyone_hears_everything_on_a_bad_road(home: Installation, promise: Promise, chance: Chance) -> None:
    kept = promise("T7", PROMISED)
    heard = asyncio.run(listen_on_a_bad_road(home, chance))
    assert heard["differ"] == 0
    assert heard["torn"] > 0
    kept.found(
        f"{MANY} streams, {heard['torn']} torn, road blocked for a while: all equal after {heard['after']:.1f} s"
    )


def test_without_a_replay_of_what_was_missed_they_differ(home: Installation, promise: Promise, chance: Chance) -> None:
    control = promise.control("T7", "without a replay of what was missed")
    heard = asyncio.run(listen_on_a_bad_road(home, chance, without=("replay",)))
    assert heard["differ"] > 0
    control.found(f"{heard['differ']} of {MANY} streams differ")


@pytest.mark.faults
def test_three_thousand_hear_everything_soon_on_a_bad_network(home: Installation, promise: Promise) -> None:
    soon = promise("T7", "99 of 100 hear of a change in 1 s where all is well, in 2 s where 5 % of packets are lost")
    equal = promise("T7", "after 5 %, 20 % and 10 s of nothing, all are equal 10 s later")
    found = in_a_network_of_its_own(home)
    assert found["p99"]["clean"] <= 1
    assert found["p99"]["5 %"] <= 2
    assert found["differ"] == 0
    assert found["healed"] <= 10
    soon.found(", ".join(f"{name} {seconds:.2f} s" for name, seconds in found["p99"].items()))
    equal.found(f"{found['streams']:,} streams, {found['changes']} changes: all equal after {found['healed']:.1f} s")


# Helpers, in the order used


async def listen_on_a_bad_road(home: Installation, chance: Chance, without: tuple[str, ...] = ()) -> dict[str, float]:
    """Some listen at one process on a road that tears and is blocked, while cards are written through another."""
    with serving(home, processes=2, without=without) as (here, there):
        async with road(there.address, chance) as (address, way), httpx.AsyncClient(timeout=30) as client:
            audience = Audience(address, f"/api/{home.event}/live", MANY, HURRY)
            first = (await client.get(f"{here.address}/api/{home.event}/board")).json()["number"]
            await audience.come()
            way.loss = 100
            write = cards(home, here.address, client)
            sent = await writing(write, CARDS // 2, 0.05, first)
            way.lie_still()
            sent |= await writing(write, CARDS // 2, 0.05, max(sent))
            way.go_on()
            way.loss = 0
            healed = time.monotonic()
            await audience.attend(max(sent), 10 if not without else 2)
            after = time.monotonic() - healed
            audience.go()
    return {"differ": audience.differ(sorted(sent)), "torn": way.broken, "after": after}


def in_a_network_of_its_own(home: Installation) -> dict[str, Any]:
    """What `tests.hall` finds in a network namespace, where packets can be lost and nobody else loses any."""
    apart = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    command = [*apart, sys.executable, "-m", "tests.hall", json.dumps(asdict(home), default=str)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=300, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
