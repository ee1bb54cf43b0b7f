"""`openspaces work` beside a server that tells nobody anything: an organiser sets a hook up at the desk, and every card
reaches it, signed, also after the worker was killed."""

import json
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook
from tests.camp import SLUG, cell, event_file, founded, written
from tests.servers import ROOT, Installation, serving

PATIENCE = 60


@dataclass
class Hook:
    """A program of the organiser's that listens on loopback."""

    address: str
    heard: "queue.Queue[tuple[dict[str, str], bytes]]"

    def next(self, secret: str) -> dict[str, Any]:
        """What it was told next; its signature is right."""
        headers, body = self.heard.get(timeout=PATIENCE)
        Webhook(secret).verify(body, headers)
        told: dict[str, Any] = json.loads(body)
        return told


@contextmanager
def listening() -> Iterator[Hook]:
    """It takes whatever it is told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.heard.put((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook = Hook(f"http://127.0.0.1:{server.server_address[1]}/told", queue.Queue())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield hook
        server.shutdown()


@contextmanager
def working(home: Installation) -> Iterator[subprocess.Popen[str]]:
    """`openspaces work`, ready to tell; killed at the end."""
    command = [str(Path(sys.executable).with_name("openspaces")), "work"]
    environment = home.environment() | {"OPENSPACES_SEND_TO": "127.0.0.0/8"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert process.stdout.readline().startswith("Working.")
            yield process
        finally:
            process.kill()


@pytest.fixture
def home(tmp_path: Path) -> Installation:
    return founded(tmp_path, event_file(), limits="off")


def set_up(desk: httpx.Client, home: Installation, hook: Hook) -> str:
    """The organiser sets it up; the secret that is shown once."""
    link = home.plan(written(home.data.parent, event_file()))["organiser_link"]
    desk.post("staff/", data={"token": link.partition("#")[2]}).raise_for_status()
    typed = {"name": "Mine", "set-url": hook.address, "set-kinds": "card.placed"}
    shown = desk.post("desk/out/new/webhook/", data=typed).raise_for_status().text
    (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", shown))
    return str(secret)


def test_what_happens_reaches_a_hook_also_after_the_worker_was_killed(home: Installation) -> None:
    with listening() as hook, serving(home) as (server,), httpx.Client(timeout=30, follow_redirects=True) as desk:
        desk.base_url = httpx.URL(f"{server.address}/{SLUG}/")

        def place(title: str, hour: int) -> None:
            wanted = {"title": title, "cell": cell("oak", hour)}
            httpx.post(f"{server.address}/api/{SLUG}/cards", json=wanted).raise_for_status()

        with working(home) as first:
            secret = set_up(desk, home, hook)
            place("First", 9)
            told = hook.next(secret)
            assert (told["kind"], told["cells"]) == ("card.placed", [cell("oak", 9)])
            first.kill()
        place("While nobody works", 10)
        with working(home) as second:
            while (again := hook.next(secret)) == told:
                pass  # the first was killed before it wrote down that it had told this
            assert again["cells"] == [cell("oak", 10)]
            second.terminate()
            assert second.wait(PATIENCE) == 0
