"""The doctor and ways out and the public address: real servers and proxies on loopback, well and not."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from django.conf import LazySettings
from django.utils.http import http_date
from tests.doctor.finding import only_one
from tests.endpoint import Answering, Came, Handler, endpoint, status
from tests.intake.event import furnish
from tests.live.listening import serving_here
from tests.servers import free_port

from openspaces.delivery import destinations
from openspaces.delivery.models import Delivery
from openspaces.doctor import outside, ways
from openspaces.doctor.finding import Level
from openspaces.lib import installation
from openspaces.lib.addresses import networks
from openspaces.outlets.webhook import WEBHOOK

NGINX = """
daemon off; pid {home}/pid; error_log {home}/error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/a; uwsgi_temp_path {home}/b;
  scgi_temp_path {home}/c;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass {behind}; proxy_http_version 1.1; {more} }}
  }}
}}
"""
COMPRESSES = "gzip on; gzip_types text/event-stream; gzip_min_length 0; gzip_proxied any;"
PAGE = 8192


# Ways out


def test_a_way_out_is_reached_or_not(database: None, settings: LazySettings) -> None:
    settings.SEND_TO = networks("127.0.0.1")
    furnish()
    assert only_one(ways.look_at_ways()) == ("fine", "None were set up.")
    with endpoint() as there:
        row = destinations.set_up("camp", WEBHOOK, "Slides", {"url": f"{there.address}/secret"}, asks=False, by="")
        assert only_one(ways.look_at_ways()) == ("fine", "webhook Slides of camp can be reached.")
        settings.SEND_TO = ()
        inward = only_one(ways.look_at_ways())
        settings.SEND_TO = networks("127.0.0.1")
    away = only_one(ways.look_at_ways())
    assert (inward[0], "not of the public internet" in inward[1]) == ("wrong", True)
    assert (away[0], "Connection refused" in away[1], "secret" in away[1]) == ("wrong", True, False)
    destinations.stop(row.pk, datetime.now(UTC), by="ada")
    assert only_one(ways.look_at_ways()) == ("fine", "webhook Slides of camp was stopped by hand.")
    destinations.stop(row.pk, datetime.now(UTC), trouble="It says 410.")
    level, says = only_one(ways.look_at_ways())
    assert (level, says.startswith("webhook Slides of camp was switched off: It says 410.")) == ("wrong", True)


def test_a_way_out_whose_secrets_were_sealed_with_another_secret_is_told(
    database: None, settings: LazySettings
) -> None:
    furnish()
    destinations.set_up("camp", WEBHOOK, "Slides", {"url": "https://x.example"}, asks=False, by="", minted={"s": "x"})
    settings.SECRET_KEY = "another" * 10
    level, says = only_one(ways.look_at_ways())
    assert (level, "another secret" in says) == ("wrong", True)


def test_what_has_waited_for_long_and_what_did_not_arrive_are_told(database: None) -> None:
    at = datetime.now(UTC)
    since = at - timedelta(minutes=30)
    rows = (("waiting", 3), ("failed", 0), ("waiting", 0))
    for number, (state, tries) in enumerate(rows, start=1):
        due = at + timedelta(hours=1)
        Delivery.objects.create(
            event="camp", outlet="email", subject=f"s{number}", state=state, tries=tries, since=since, due=due
        )
    found = [(each.level, each.says.partition(":")[0]) for each in ways.look_at_worker() if each.about == "email"]
    assert found == [
        (Level.LOOK, "Something has waited for 30 min"),
        (Level.LOOK, "1 tellings of the last 30 days did not arrive"),
    ]


# The public address


def test_an_address_that_leads_here_is_found_well_also_through_a_proxy(
    database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish()
    with serving_here() as server, nginx(server.address, "") as front:
        for url in (server.address, front):
            lead_to(url, settings, monkeypatch)
            found = {each.about: each.level for each in outside.look_at_address()}
            assert found == {"address": Level.FINE, "server": Level.LOOK, "clock": Level.FINE, "stream": Level.FINE}


def test_a_proxy_that_holds_streams_back_is_found(
    database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish()
    monkeypatch.setattr(outside, "PATIENCE", 2.0)
    with serving_here() as server, endpoint(by_the_page(server.address)) as front:
        lead_to(front.address, settings, monkeypatch)
        found = {each.about: each for each in outside.look_at_address()}
    assert found["address"].level is Level.FINE
    assert (found["stream"].level, "proxy_buffering off" in found["stream"].says) == (Level.WRONG, True)


def test_a_proxy_that_compresses_streams_is_found(
    database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish()
    monkeypatch.setattr(outside, "PATIENCE", 2.0)
    with serving_here() as server, nginx(server.address, COMPRESSES) as front:
        lead_to(front, settings, monkeypatch)
        found = {each.about: each.level for each in outside.look_at_address()}
    assert (found["address"], found["stream"]) == (Level.FINE, Level.WRONG)


def test_nobody_there_somebody_else_there_and_another_installation_are_told_apart(
    database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_to(f"http://127.0.0.1:{free_port()}", settings, monkeypatch)
    nobody = only_one(outside.look_at_address())
    with endpoint(status(200)) as there:
        lead_to(there.address, settings, monkeypatch)
        other = only_one(outside.look_at_address())
    with endpoint(says('{"database": "ok", "installation": "another"}')) as there:
        lead_to(there.address, settings, monkeypatch)
        another = only_one(outside.look_at_address())
    assert [each[0] for each in (nobody, other, another)] == ["wrong"] * 3
    assert [
        part in each[1]
        for part, each in (("Connection refused", nobody), ("something else", other), ("another secret", another))
    ] == [True, True, True]


def test_a_clock_that_is_off_is_told_by_the_date_of_the_address(
    database: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = f'{{"database": "ok", "installation": "{installation.name()}", "troubles": ["The disk is full."]}}'
    with endpoint(says(ours, ahead=300)) as there:
        lead_to(there.address, settings, monkeypatch)
        found = [(each.about, each.level) for each in outside.look_at_address()]
    assert found[:3] == [("address", Level.FINE), ("server", Level.LOOK), ("clock", Level.WRONG)]


def lead_to(url: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public address is this."""
    monkeypatch.setenv("OPENSPACES_URL", url)
    settings.BASE_URL = url


def by_the_page(behind: str) -> Answering:
    """A proxy that hands on what it has got once there is a page of it, or no more comes."""

    def answer(handler: Handler, came: Came) -> None:
        with httpx.stream("GET", behind + came.path, timeout=5) as whole:
            body = b""
            for piece in whole.iter_raw():
                body += piece
                if len(body) >= PAGE:
                    break
        handler.wfile.write(f"HTTP/1.1 {whole.status_code} OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return answer


def says(body: str, ahead: float = 0) -> Answering:
    """An answer in JSON, by a clock that is so many seconds ahead."""

    def answer(handler: Handler, _came: Came) -> None:
        handler.wfile.write(
            f"HTTP/1.1 200 OK\r\nDate: {http_date(time.time() + ahead)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )

    return answer


@contextmanager
def nginx(behind: str, more: str) -> Iterator[str]:
    """An nginx in front of a server; its address."""
    port = free_port()
    with TemporaryDirectory(prefix="openspaces-nginx-") as home:
        conf = Path(home) / "conf"
        conf.write_text(NGINX.format(home=home, port=port, behind=behind, more=more))
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        process = subprocess.Popen([program, "-c", str(conf), "-p", home], stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 20
            while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < until:
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)
