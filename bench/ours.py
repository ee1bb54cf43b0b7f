"""Our server with a board as full as a good Saturday, in a process of its own on a core of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

EVENT = "bench"
ROOMS = 12
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = str(CORES[0]), str(CORES[-1])
TITLE = "What we learned from running open spaces, number {}"
TEXT = "Bring what went wrong with yours. We collect what helped, and write it down for those who come after us."


@dataclass(frozen=True)
class Ours:
    """The running server: its address, a staff token of the event, and the process that serves."""

    address: str
    token: str
    event: str = EVENT
    process: int = 0

    def place(self, client: httpx.Client, title: str, cell: str) -> str:
        """Place a card; its code. RuntimeError if it is refused."""
        return _accepted(client.post(*self.card(title, cell)[:1], **self.card(title, cell)[1]))

    async def place_soon(self, client: httpx.AsyncClient, cell: str) -> None:
        """The same, for those who listen meanwhile."""
        address, request = self.card(f"Placed in {cell}", cell)
        (await client.post(address, **request)).raise_for_status()

    def card(self, title: str, cell: str) -> tuple[str, dict[str, Any]]:
        """The request that places a card."""
        said = {"title": title, "text": TEXT, "host": "Ada", "handle": "@ada@example.org", "cell": cell}
        return f"{self.address}/api/{self.event}/cards", {
            "json": said,
            "headers": {"Authorization": f"Bearer {self.token}"},
        }


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Ours]:
    """Make the event and serve it, on a free port of 127.0.0.1."""
    data.mkdir()
    token = made(data, _event_file(), **settings)
    port = free_port()
    command = ["taskset", "-c", SERVER_CORE, *_PROGRAM, "run", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, env=_environment() | settings, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        yield Ours(address, token, process=process.pid)
    finally:
        process.terminate()
        process.wait(10)


def made(data: Path, event_file: str, **settings: str) -> str:
    """Make an event; a staff token of it."""
    file = data / "bench.toml"
    file.write_text(event_file)
    token: str = json.loads(_openspaces(data, "new", str(file), "--json", **settings))["token"]
    return token


def fill(server: Ours) -> None:
    """Put a card on three cells of four."""
    with httpx.Client() as client:
        for number, cell in enumerate(_cells()):
            if number % 4:
                server.place(client, TITLE.format(number), cell)


def free_cells() -> list[str]:
    """The cells that `fill` leaves free."""
    return [cell for number, cell in enumerate(_cells()) if number % 4 == 0]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Wait until something answers there."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers at {address}")


_PROGRAM = [sys.executable, "-c", "import sys; from openspaces.cli import main; sys.exit(main())"]


def _openspaces(data: Path, *typed: str, **settings: str) -> bytes:
    command = [*_PROGRAM, *typed, "--data", str(data)]
    return subprocess.run(command, env=_environment() | settings, check=True, stdout=subprocess.PIPE).stdout


def _environment() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OPENSPACES_", "DJANGO_"))}
    return ours | {"OPENSPACES_LIMITS": "off"}


def _accepted(answer: httpx.Response) -> str:
    if answer.status_code != 201:
        raise RuntimeError(f"{answer.status_code}: {answer.text}")
    code: str = answer.json()["code"]
    return code


def _tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def _cells() -> list[str]:
    return [f"r{room}@{_tomorrow():%m%d}-{hour:02}00" for hour in range(9, 21) for room in range(1, ROOMS + 1)]


def _event_file() -> str:
    rooms = "".join(f'[[rooms]]\nkey = "r{room}"\nname = "Room {room}"\n' for room in range(1, ROOMS + 1))
    day = f'[[days]]\ndate = {_tomorrow():%Y-%m-%d}\nslots = "09:00-21:00/60"\n'
    return f'slug = "{EVENT}"\nname = "Bench"\ntimezone = "UTC"\n{rooms}{day}'
