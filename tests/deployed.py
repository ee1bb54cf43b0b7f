"""nginx as deploy/nginx has it, before processes of a test: the same files, with a test's places and ports in them."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from tests.servers import ROOT, free_port

DEPLOY = ROOT / "deploy"
START_SECONDS = 10.0
SHOWN = "add_header X-Cache $upstream_cache_status always;"
"""Lets a test see what came from the cache."""


@contextmanager
def nginx(
    place: Path, processes: Sequence[str], *, workers: str = "1", more: str = SHOWN, core: str = ""
) -> Iterator[str]:
    """Its address, before processes at those addresses. `more` stands in the server's block; it is held to `core`."""
    place.mkdir()
    port = free_port()
    for file in (DEPLOY / "nginx").glob("*.conf"):
        (place / file.name).write_text(_adapted(file, place, port, processes, workers, more))
    held = ["taskset", "-c", core] if core else []
    command = [*held, "nginx", "-p", str(place), "-c", str(place / "nginx.conf"), "-g", "daemon off;"]
    running = subprocess.Popen(command, env=os.environ | {"PATH": f"{os.environ['PATH']}:/usr/sbin"})
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, running)
        yield address
    finally:
        running.terminate()
        running.wait(START_SECONDS)


def _adapted(file: Path, place: Path, port: int, processes: Sequence[str], workers: str, more: str) -> str:
    """A file's text with other places. What is replaced must be there."""
    text = file.read_text()
    for old, new in _places(place, port, processes, workers, more)[file.name]:
        assert text.count(old) == 1, f"{old} in {file.name}"
        text = text.replace(old, new)
    return text


def _places(
    place: Path, port: int, processes: Sequence[str], workers: str, more: str
) -> dict[str, list[tuple[str, str]]]:
    ports = "".join(f"    server {urlsplit(each).netloc} fail_timeout=2s;\n" for each in processes)
    unused = "".join(f"{kind}_temp_path {place};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return {
        "nginx.conf": [
            ("user www-data;", "user root;" if os.getuid() == 0 else ""),
            ("worker_processes auto;", f"worker_processes {workers};"),
            ("/run/nginx.pid", str(place / "pid")),
            ("/var/log/nginx/error.log", "stderr"),
            ("http {", f"http {{\n{unused}"),
        ],
        "openspaces-processes.conf": [
            ("    server 127.0.0.1:8001 fail_timeout=2s;\n    server 127.0.0.1:8002 fail_timeout=2s;\n", ports)
        ],
        "openspaces.conf": [
            ("/var/cache/nginx/openspaces", str(place / "cache")),
            ("\n    listen 80 default_server;\n", f"\n    listen 127.0.0.1:{port} reuseport;\n    {more}\n"),
        ],
        "openspaces-locations.conf": [],
    }


def _wait_until_it_answers(address: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            httpx.get(f"{address}/metrics")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx does not answer")
