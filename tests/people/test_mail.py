"""The letters, as a real mail server gets them."""

import logging
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import LazySettings
from django.utils.translation import override
from tests.mailbox import Mailbox, mailbox, only

from openspaces.people.mail import NotSent, send_code, send_invitation
from openspaces.people.who import Role

ROOT = Path(__file__).parent.parent.parent
ADA = "ada@example.org"
SEND = (
    "import django; django.setup(); from openspaces.people.mail import send_code;"
    "send_code('ada@example.org', 'K7Q2MX', minutes=10)"
)


def test_a_code_is_sent_in_plain_words_and_typed_not_linked(box: Mailbox) -> None:
    send_code(ADA, "K7Q2MX", minutes=10)
    letter = box.last()
    assert (letter["X-Was-For"], letter["From"], letter["Subject"]) == (ADA, "board@example.org", "Your code: K7Q 2MX")
    assert (letter.get_content_type(), letter["Auto-Submitted"]) == ("text/plain", "auto-generated")
    assert letter.get_content().splitlines() == [
        "Your code for signing in at https://board.example:",
        "",
        "K7Q 2MX",
        "",
        "Type it on the page that asked for your address. It is good for 10 minutes.",
        "",
        "If you did not ask for it, do nothing: without the code nobody gets in.",
    ]


def test_an_invitation_says_where_and_as_what(box: Mailbox) -> None:
    with override("en"):
        at, sign_in = "https://board.example/camp/", "https://board.example/accounts/login/?next=/camp/staff/"
        assert send_invitation(ADA, Role.HELPER, board=at, sign_in=sign_in)
    assert box.last().get_content().splitlines() == [
        "You are asked to be a helper at this board:",
        "",
        at,
        "",
        "Sign in with this e-mail address, ada@example.org, and it is so:",
        "",
        sign_in,
        "",
        "If you do not know what this is about, do nothing.",
    ]


def test_without_a_mail_server_the_code_is_told_in_the_log_without_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        send_code(ADA, "K7Q2MX", minutes=10)
        assert not send_invitation(ADA, Role.HELPER, board="", sign_in="")
    assert caplog.messages == ["Sign-in code, in place of a mail (OPENSPACES_SMTP is not set): K7Q 2MX"]


def test_a_server_that_takes_no_mail_is_said_so_and_the_log_names_nobody(
    box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    box.refuses = True
    with pytest.raises(NotSent):
        send_code(ADA, "K7Q2MX", minutes=10)
    assert caplog.messages == ["A mail could not be sent through 127.0.0.1: SMTPDataError"]


def test_a_server_that_is_not_there_is_said_so(settings: LazySettings, box: Mailbox) -> None:
    settings.EMAIL_PORT = 9
    with pytest.raises(NotSent):
        send_code(ADA, "K7Q2MX", minutes=10)


# As the settings say, in a process of its own


def test_mail_goes_where_the_environment_says_with_a_password_over_tls(tmp_path: Path) -> None:
    certificate, context = _certified(tmp_path)
    login = {"authenticator": only("ada@example.org", "p/w"), "auth_required": True}
    with mailbox(tls_context=context, require_starttls=True, **login) as (box, port):
        done = _sent(tmp_path, f"smtp://ada%40example.org:p%2Fw@127.0.0.1:{port}?starttls=1", certificate)
    assert (done.returncode, done.stderr) == (0, "")
    assert (box.last()["From"], box.last()["Subject"]) == ("board@camp.example", "Your code: K7Q 2MX")


def test_a_certificate_that_nobody_knows_is_not_trusted(tmp_path: Path) -> None:
    _, context = _certified(tmp_path)
    with mailbox(tls_context=context, require_starttls=True) as (box, port):
        done = _sent(tmp_path, f"smtp://127.0.0.1:{port}?starttls=1", Path(os.devnull))
    assert (done.returncode, box.letters) == (1, [])
    assert "NotSent" in done.stderr


def test_a_server_that_cannot_be_meant_stops_the_program_with_a_sentence(tmp_path: Path) -> None:
    program = str(Path(sys.executable).with_name("openspaces"))
    (tmp_path / "openspaces.sqlite3").touch()
    done = _run(tmp_path, "mail.example.org", Path(os.devnull), program, "check", "camp", "--data", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("A setting is wrong (OPENSPACES_SMTP is no address like smtp://")


def _sent(data: Path, url: str, certificate: Path) -> "subprocess.CompletedProcess[str]":
    return _run(data, url, certificate, sys.executable, "-c", SEND)


def _run(data: Path, url: str, certificate: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    ours = {name: value for name, value in os.environ.items() if not name.startswith("OPENSPACES_")}
    ours |= {"OPENSPACES_DATA": str(data / "data"), "DJANGO_SETTINGS_MODULE": "openspaces.settings"}
    ours |= {"OPENSPACES_SMTP": url, "OPENSPACES_MAIL_FROM": "board@camp.example", "SSL_CERT_FILE": str(certificate)}
    return subprocess.run(command, env=ours, cwd=ROOT, capture_output=True, text=True, timeout=60)


def _certified(directory: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1, and a server's context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    certificate, secret = directory / "certificate.pem", directory / "key.pem"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    secret.write_bytes(private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, secret)
    return certificate, context
