"""nginx with nchan, which tells many: the reference for streams."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.ours import SERVER_CORE, free_port, wait_for

MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
CONFIG = """
load_module {module};
daemon off; worker_processes 1; pid {place}/pid; error_log stderr;
events {{ worker_connections 16000; }}
http {{
  access_log off; tcp_nodelay on;
  client_body_temp_path {place}; proxy_temp_path {place}; fastcgi_temp_path {place};
  uwsgi_temp_path {place}; scgi_temp_path {place};
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    nchan_channel_id bench; nchan_message_buffer_length 500; nchan_message_timeout 1h;
    location = / {{ return 200; }}
    location = /tell {{ nchan_publisher; }}
    location = /live {{ nchan_subscriber eventsource; nchan_subscriber_first_message newest; }}
    location = /missed {{ nchan_subscriber eventsource; nchan_subscriber_first_message oldest; }}
  }}
}}
"""


@dataclass(frozen=True)
class Nchan:
    """The running server: its address, and the process that serves."""

    address: str
    process: int


@contextmanager
def serving(place: Path) -> Iterator[Nchan]:
    """Serve on a free port of 127.0.0.1."""
    place.mkdir()
    place.chmod(0o755)
    place.parent.chmod(0o755)  # its worker is another user
    port = free_port()
    (place / "conf").write_text(CONFIG.format(module=MODULE, place=place, port=port))
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, "nginx", "-c", str(place / "conf"), "-p", str(place)])
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        worker = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]
        yield Nchan(f"http://127.0.0.1:{port}", int(worker))
    finally:
        process.terminate()
        process.wait(10)
