"""The doctor and others: mail servers, mailboxes, ways out, the public address; real ones on loopback, well and not."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx
import pytest
from django.conf import LazySettings
from django.utils.http import http_date
from tests.endpoint import Answering, Came, Handler, endpoint, status
from tests.intake.event import furnish
from tests.intake.mail.dovecot import PASSWORD, USER, Dovecot, dovecot
from tests.live.listening import serving_here
from tests.mailbox import Mailbox, mailbox, only
from tests.servers import free_port

from openspaces.delivery import destinations
from openspaces.delivery.models import Delivery
from openspaces.doctor import mail, outside, ways
from openspaces.doctor.finding import Finding, Level
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


def levels(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    """How bad each is, and the beginning of what it says."""
    return [(found.level.value, found.says) for found in findings]


def only_one(findings: Iterator[Finding]) -> tuple[str, str]:
    """The same of the only finding."""
    (found,) = levels(findings)
    return found


# Mail out


def test_a_mail_server_that_takes_us_is_found_well_and_gets_no_letter(box: Mailbox) -> None:
    level, says = only_one(mail.look_at_mail_out())
    assert (level, says.partition(", ")[0]) == ("fine", "127.0.0.1")
    assert box.letters == []


def test_a_letter_is_sent_where_somebody_asks_for_it(box: Mailbox) -> None:
    assert only_one(mail.send_one("ada@example.org"))[0] == "fine"
    assert [letter["X-Was-For"] for letter in box.letters] == ["ada@example.org"]


def test_a_letter_that_is_not_taken_is_told(box: Mailbox) -> None:
    box.refuses = True
    level, says = only_one(mail.send_one("ada@example.org"))
    assert (level, says.partition("(")[0]) == ("wrong", "The letter to ada@example.org was not taken ")


def test_where_no_mail_server_listens_it_is_named(settings: LazySettings) -> None:
    to_smtp(settings, free_port())
    level, says = only_one(mail.look_at_mail_out())
    assert (level, says.partition(": ")[0]) == (
        "wrong",
        f"127.0.0.1, port {settings.EMAIL_PORT} cannot be used (Connection refused)",
    )


def test_a_wrong_password_is_told_from_a_server_that_is_away(settings: LazySettings) -> None:
    with mailbox(authenticator=only("ada", "right"), auth_require_tls=False, auth_required=True) as (_, port):
        to_smtp(settings, port)
        settings.EMAIL_HOST_USER = "ada"
        settings.EMAIL_HOST_PASSWORD = "wrong"
        level, says = only_one(mail.look_at_mail_out())
        settings.EMAIL_HOST_PASSWORD = "right"
        well = only_one(mail.look_at_mail_out())
    assert (level, "does not take the user and password" in says, well[0]) == ("wrong", True, "fine")


def test_a_password_that_goes_unencrypted_and_a_sender_that_nobody_takes_are_found(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mailbox() as (_, port):
        to_smtp(settings, port)
        settings.DEFAULT_FROM_EMAIL = "openspaces@localhost"
        monkeypatch.setattr(mail, "LOCAL", ())
        settings.EMAIL_HOST_PASSWORD = "right"
        found = levels(mail._sender())
    assert [level for level, _ in found] == ["wrong", "look"]


def to_smtp(settings: LazySettings, port: int) -> None:
    """Mail goes there."""
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "board@example.org"


# Mail in


@pytest.fixture(scope="module")
def post_office() -> Iterator[Dovecot]:
    with TemporaryDirectory(prefix="openspaces-dovecot-", ignore_cleanup_errors=True) as home:
        Path(home).chmod(0o755)
        with dovecot(Path(home)) as server:
            yield server


def test_where_no_mailbox_is_read_nothing_is_wrong() -> None:
    assert only_one(mail.look_at_mail_in())[0] == "fine"


@pytest.mark.parametrize(
    ("password", "path", "level", "says"),
    [
        (PASSWORD, "INBOX", "fine", "INBOX at 127.0.0.1, port {port} can be read; 1 letters wait."),
        (PASSWORD, "INBOX?done=Read", "fine", "INBOX at 127.0.0.1, port {port} can be read; 1 letters wait."),
        (PASSWORD, "INBOX?done=Gone", "wrong", "There is no folder Gone, into which read letters are to go: make it."),
        (
            "wrong",
            "INBOX",
            "wrong",
            "127.0.0.1, port {port} does not take the user and password of OPENSPACES_IMAP: type them anew.",
        ),
    ],
)
def test_a_mailbox_is_signed_in_to_and_left_as_it_is(
    database: None,
    settings: LazySettings,
    post_office: Dovecot,
    password: str,
    path: str,
    level: str,
    says: str,
) -> None:
    if post_office.unread() == 0:
        post_office.put(b"Subject: A card\r\n\r\n")
    settings.IMAP = f"imap://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{post_office.port}/{path}"
    assert only_one(mail.look_at_mail_in()) == (level, says.format(port=post_office.port))
    assert post_office.unread() == 1


def test_a_mailbox_for_an_event_that_is_not_there_and_a_server_that_is_away(
    database: None, settings: LazySettings
) -> None:
    settings.IMAP = f"imap://a:b@127.0.0.1:{free_port()}/INBOX?event=fair"
    assert [level for level, _ in levels(mail.look_at_mail_in())] == ["wrong", "wrong"]


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
