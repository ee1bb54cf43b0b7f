"""nginx with the same bytes as files: the reference."""

import gzip
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.ours import SERVER_CORE, free_port, wait_for

CONFIG = """
daemon off; worker_processes 1; pid {place}/pid; error_log stderr;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{}}
  client_body_temp_path {place}; proxy_temp_path {place}; fastcgi_temp_path {place};
  uwsgi_temp_path {place}; scgi_temp_path {place};
  server {{
    listen 127.0.0.1:{port} reuseport; root {place};
    gzip_static on; open_file_cache max=100;
    add_header Cache-Control "public, no-cache";
    {locations}
  }}
}}
"""


@contextmanager
def serving(place: Path, copies: list[tuple[str, str]]) -> Iterator[str]:
    """Serve copies of what is at some addresses, each under its path."""
    place.mkdir()
    place.chmod(0o755)
    place.parent.chmod(0o755)  # its worker is another user
    port = free_port()
    locations = "".join(_location(place, path, address) for path, address in copies)
    (place / "conf").write_text(CONFIG.format(place=place, port=port, locations=locations))
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, "nginx", "-c", str(place / "conf"), "-p", str(place)])
    try:
        wait_for(f"http://127.0.0.1:{port}{copies[0][0]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _location(place: Path, path: str, address: str) -> str:
    answer = httpx.get(address, headers={"Accept-Encoding": "identity"}).raise_for_status()
    name = path.strip("/") + ".file"
    (place / name).write_bytes(answer.content)
    kind = answer.headers["content-type"]
    if kind.startswith("text/"):
        (place / f"{name}.gz").write_bytes(gzip.compress(answer.content, 6))
    return f'location = {path} {{ default_type "{kind}"; try_files /{name} =404; }}\n'
