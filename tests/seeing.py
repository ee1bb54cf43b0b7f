"""A server whose log is kept in a file, so that a test can read it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Installation, Server, _wait_until_it_answers, free_port


@dataclass(frozen=True)
class Seen:
    """A running server and its log."""

    server: Server
    log: Path

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.server.address

    def text(self) -> str:
        """The log as it is by now."""
        return self.log.read_text(encoding="utf-8")

    def records(self) -> list[dict[str, Any]]:
        """The same, each line for itself."""
        return [json.loads(line) for line in self.text().splitlines()]


@contextmanager
def seen(home: Installation, *typed: str, **settings: str) -> Iterator[Seen]:
    """`openspaces run` with these settings, or what `typed` names; `{port}` in it is where it listens."""
    port = free_port()
    program = [str(Path(sys.executable).with_name("openspaces")), "run", "--port", "{port}"]
    command = [each.format(port=port) for each in (typed or program)]
    log = home.data / "log"
    environment = {**home.environment(), **settings}
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait_until_it_answers(server)
        yield Seen(server, log)
    finally:
        server.stop()
