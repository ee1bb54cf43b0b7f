"""uvicorn with nothing behind it: an application that answers every request at once that nothing has changed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from bench.ours import SERVER_CORE, free_port, wait_for
from openspaces.live.asgi import Headers, Message, Receive, Scope, Send

_HEADERS: Headers = [
    (b"etag", b'"2kq7mzx4.120.5f0c1d2e3a4b.gzip"'),
    (b"cache-control", b"public, no-cache"),
    (b"vary", b"Accept-Encoding, Accept-Language"),
]
_START: Message = {"type": "http.response.start", "status": 304, "headers": _HEADERS}
_END: Message = {"type": "http.response.body", "body": b""}


async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
    """The same three headers that the board's page has then."""
    await send(_START)
    await send(_END)


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """Serve on a free port of 127.0.0.1: the address, and the process that serves."""
    port = free_port()
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "bench.bare", str(port)]
    process = subprocess.Popen(command, cwd=Path(__file__).parent.parent)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
    )
