"""Real servers for tests: an installation in a fresh directory (or a fresh PostgreSQL database), and processes on it.

    with installation(tmp_path) as home, serving(home, processes=2) as servers:
        httpx.get(servers[0].address + "/api/race/board")

Everything listens on 127.0.0.1, on ports that were free, and is stopped at the end.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from tests.databases import on_postgresql
from tests.databases import postgresql_url as postgresql_url
from tests.leaving import directory

ROOT = Path(__file__).parent.parent
EVENT = "race"
START_SECONDS = 60.0
STOP_SECONDS = 10.0
FAST_WAYS = ("OPENSPACES_QUICK", "OPENSPACES_FAST_API", "OPENSPACES_FAST_ROWS", "OPENSPACES_FAST_STREAMS")
"""Set to `off` where tests are run, they are off in every server that a test starts: all tests pass then too."""


@dataclass(frozen=True)
class Installation:
    """A directory of data, a database if it is not the SQLite file in there, and its event with a staff token."""

    data: Path
    database_url: str = ""
    token: str = ""
    event: str = EVENT
    limits: str = "off"
    """Off, for tests are fast; `on` is what an organiser has who sets nothing."""
    settings: dict[str, str] = field(default_factory=dict)
    """More of OPENSPACES_*."""

    def environment(self) -> dict[str, str]:
        """What a process of this installation has in its environment."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("OPENSPACES_", "DJANGO_"))}
        ours |= {name: os.environ[name] for name in FAST_WAYS if name in os.environ}
        ours |= {"OPENSPACES_DATA": str(self.data), "OPENSPACES_LIMITS": self.limits, **self.settings}
        ours |= {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        return ours | ({"OPENSPACES_DATABASE_URL": self.database_url} if self.database_url else {})

    def ask(self, question: str, *arguments: str) -> Any:
        """What a function of `tests.inside` answers, run in a process of this installation."""
        command = [sys.executable, "-m", "tests.inside", question, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, stdout=subprocess.PIPE, timeout=60)
        return json.loads(done.stdout)

    def check(self) -> int:
        """The exit status of `openspaces check` for its event."""
        return self.program("check", self.event).returncode

    def plan(self, file: Path) -> dict[str, Any]:
        """Make or change the event that a file describes; what `openspaces new --json` answers."""
        answer: dict[str, Any] = json.loads(self.program("new", str(file), "--json").stdout)
        return answer

    def program(self, *typed: str) -> subprocess.CompletedProcess[bytes]:
        """A command of the program on this installation."""
        command = [str(Path(sys.executable).with_name("openspaces")), *typed]
        return subprocess.run(command, cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, timeout=60)


@contextmanager
def installation(data: Path, database_url: str | None = None, days: int = 10) -> Iterator[Installation]:
    """A fresh installation with the event `race`: rooms r1 to r10 and `elsewhere`, twelve hours a day on ten days or
    fewer, all of them still to come; on SQLite if the address is empty, and where the tests are if none is said."""
    if database_url is None:
        database_url = postgresql_url() if on_postgresql() else ""
    if database_url:
        bare = Installation(data, database_url)
        yield replace(bare, token=bare.ask("furnish", EVENT, str(days))["token"])
    else:
        yield copied(_furnished(days, datetime.now(UTC).date()), data)


@cache
def _furnished(days: int, _today: date) -> Installation:
    """Made once a day: a copy of it is the same, and to make it anew takes longer than most that is asked of it."""
    bare = with_tables(Installation(directory("furnished")))
    return replace(bare, token=bare.ask("furnish", EVENT, str(days))["token"])


def copied(made: Installation, data: Path) -> Installation:
    """The same installation in another directory."""
    shutil.copytree(made.data, data, dirs_exist_ok=True)
    return replace(made, data=data)


def with_tables(home: Installation) -> Installation:
    """The same, whose SQLite file has its tables already: making them takes longer than most that is asked of them."""
    home.data.mkdir(parents=True, exist_ok=True)
    shutil.copy(_empty_tables(), home.data / "openspaces.sqlite3")
    return home


@cache
def _empty_tables() -> Path:
    data = directory("tables")
    Installation(data).ask("make_tables")
    return data / "openspaces.sqlite3"


@dataclass
class Server:
    """One running server process."""

    address: str
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """Kill -9: no goodbye, nothing flushed."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Ask it to stop, as a service manager does; kill it if it does not."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


def start(home: Installation, *, without: tuple[str, ...] = (), port: int = 0) -> Server:
    """Start a server process and wait until it answers. `without` names guards of `tests.inside` to take away."""
    port = port or free_port()
    return _started(home, port, sys.executable, "-m", "tests.inside", "serve", str(port), *without)


def run(home: Installation, *typed: str, port: int = 0) -> Server:
    """Start `openspaces run`, as people do, and wait until it answers; `typed` are options of its."""
    port = port or free_port()
    program = str(Path(sys.executable).with_name("openspaces"))
    return _started(home, port, program, "run", "--port", str(port), *typed)


def _started(home: Installation, port: int, *command: str) -> Server:
    process = subprocess.Popen(command, cwd=ROOT, env=home.environment(), stdout=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", process)
    _wait_until_it_answers(server)
    return server


@contextmanager
def serving(home: Installation, processes: int = 1, *, without: tuple[str, ...] = ()) -> Iterator[list[Server]]:
    """Several server processes on one installation."""
    with ExitStack() as stack:
        yield [_stopped_by(stack, start(home, without=without)) for _ in range(processes)]


@contextmanager
def running(home: Installation, processes: int = 1) -> Iterator[list[Server]]:
    """Several processes of `openspaces run` on one installation."""
    with ExitStack() as stack:
        yield [_stopped_by(stack, run(home)) for _ in range(processes)]


def _stopped_by(stack: ExitStack, server: Server) -> Server:
    stack.callback(server.stop)
    return server


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server stopped at once with {server.process.returncode}")
        try:
            httpx.get(f"{server.address}/api/{EVENT}/cards/NOCARD", timeout=2, verify=False)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    server.kill()
    raise TimeoutError("the server did not answer")
