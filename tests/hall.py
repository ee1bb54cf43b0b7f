"""A hall with a bad network: `python -m tests.hall <installation>`, run in a network namespace of its own, prints JSON.

Two processes serve one database. Cards are written through one; three thousand listen at the other, and of the packets
to and from that one some are lost, then many, then all for ten seconds.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from tests.audience import Audience, cards, writing
from tests.servers import Installation, running

MANY = 3000
CARDS, EVERY = 15, 0.6
OUTAGE = 10.0
HEALED = 15.0
"""Seconds after which nobody waits any longer."""
LOSSES = {"clean": 0, "5 %": 5, "20 %": 20}


def main() -> None:
    """Print what was found."""
    told = json.loads(sys.argv[1])
    home = Installation(**{**told, "data": Path(told["data"])})
    _run("ip", "link", "set", "lo", "up")
    with running(home, processes=2) as (here, there):
        print(json.dumps(asyncio.run(_listen(home, here.address, there.address))))


async def _listen(home: Installation, here: str, there: str) -> dict[str, object]:
    lost = _Lost(urlsplit(there).port or 0)
    audience = Audience(there, f"/api/{home.event}/live", MANY)
    async with httpx.AsyncClient(timeout=30) as client:
        last = first = (await client.get(f"{here}/api/{home.event}/board")).json()["number"]
        write = cards(home, here, client)
        await audience.come()
        slowest: dict[str, float] = {}
        for name, percent in LOSSES.items():
            lost.percent(percent)
            sent = await writing(write, CARDS, EVERY, last)
            last = max(sent)
            await audience.attend(last, HEALED)
            latencies = audience.latencies(sent)
            slowest[name] = latencies[len(latencies) * 99 // 100]
        lost.percent(100)
        until = time.monotonic() + OUTAGE
        last = max(await writing(write, CARDS, OUTAGE / CARDS, last))
        await asyncio.sleep(until - time.monotonic())
        lost.percent(0)
        healing = time.monotonic()
        await audience.attend(last, HEALED)
        healed = time.monotonic() - healing
    audience.go()
    return {
        "streams": MANY,
        "changes": last - first,
        "p99": slowest,
        "healed": healed,
        "differ": audience.differ(list(range(first + 1, last + 1))),
        "came": sum(member.came for member in audience.members),
    }


class _Lost:
    """Packets to and from a port that get lost where they arrive, as on a road and not at the door."""

    def __init__(self, port: int) -> None:
        self._port = port
        _run("nft", "add", "table", "inet", "hall")
        _run("nft", "add", "chain", "inet", "hall", "lost", "{ type filter hook input priority 0; }")

    def percent(self, percent: int) -> None:
        """So many of a hundred from now on."""
        _run("nft", "flush", "chain", "inet", "hall", "lost")
        some = ["numgen", "random", "mod", "100", "<", str(percent)] if percent < 100 else []
        for side in ("sport", "dport") if percent else ():
            _run("nft", "add", "rule", "inet", "hall", "lost", "tcp", side, str(self._port), *some, "drop")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
