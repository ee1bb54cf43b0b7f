"""A web site for tests, on loopback: what stands at each path, and who asked for it with which headers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What stands at a path. `length` is what the server says of its length, where that is not true."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    then: "Page | None" = None
    """What stands there the next time."""
    stalls: bool = False
    """Whether nothing comes after the headers, until the site is shut."""


@dataclass
class Site:
    """The pages, and the requests that came, in order."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    shut: threading.Event = field(default_factory=threading.Event)

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _headers in self.asked]


@contextmanager
def site() -> Iterator[Site]:
    """A site that answers until the end of the test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    made = Site(f"http://127.0.0.1:{server.server_port}")
    server.site = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.shut.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here: Site = self.server.site  # type: ignore[attr-defined]
            here.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = here.pages.get(self.path, Page(status=404))
            if page.then:
                here.pages[self.path] = page.then
            etag = page.headers.get("ETag")
            unchanged = bool(etag) and self.headers.get("If-None-Match") == etag
            self.send_response(304 if unchanged else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            body = b"" if unchanged else page.body
            self.send_header("Content-Length", str(len(body) if page.length is None else page.length))
            self.end_headers()
            if page.stalls:
                here.shut.wait(30)
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    return Handler
