"""Sending: one request to where one may, an answer in little time, and nothing more of it than is read."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.endpoint import Endpoint, drips, endless, endpoint, resets, silent, status

from openspaces.lib.addresses import is_public, networks
from openspaces.lib.fetching import CannotFetch, Why
from openspaces.lib.sending import LARGEST, Answer, request

OWN = networks("127.0.0.1")


def own(address: str) -> bool:
    """Loopback may be sent to, and the rest of the world."""
    return is_public(address, OWN)


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made


def send(url: str, timeout: float = 2.0) -> Answer:
    return request("POST", url, headers={"X-Said": "so"}, body=b"hello", allowed=own, timeout=timeout)


def why(url: str, timeout: float = 2.0) -> Why:
    """What hindered it; the path of an address, which may be a secret, is in no message."""
    with pytest.raises(CannotFetch) as trouble:
        send(f"{url}/secret-path?token=secret", timeout)
    assert "secret" not in str(trouble.value) + repr(trouble.value) + trouble.value.url
    return trouble.value.why


def test_a_request_arrives_as_it_was_sent(there: Endpoint) -> None:
    there.answering = status(201, b'{"id": 7}', X_Answer="yes")
    answer = send(f"{there.address}/hook?x=1")
    assert (answer.status, answer.ok, answer.json(), answer.headers["x-answer"]) == (201, True, {"id": 7}, "yes")
    (came,) = there.came
    assert (came.method, came.path, came.headers["x-said"], came.body) == ("POST", "/hook?x=1", "so", b"hello")


def test_a_redirect_inward_is_an_answer_and_is_not_followed(there: Endpoint) -> None:
    with endpoint() as inward:
        there.answering = status(307, Location=inward.address)
        assert (send(there.address).status, inward.came) == (307, [])


def test_when_to_ask_again_is_read(there: Endpoint) -> None:
    there.answering = status(429, Retry_After=7)
    assert send(there.address).wait == 7
    there.answering = status(503)
    assert send(there.address).wait == -1


def test_an_answer_that_is_no_json_is_none(there: Endpoint) -> None:
    there.answering = status(200, b"<html>")
    assert send(there.address).json() is None


@pytest.mark.parametrize("answering", [silent, drips])
def test_who_does_not_answer_is_left_when_the_time_is_over(there: Endpoint, answering: Any) -> None:
    there.answering = answering
    began = time.monotonic()
    assert why(there.address, timeout=0.3) is Why.SILENT
    assert time.monotonic() - began < 3


def test_who_hangs_up_is_no_answer(there: Endpoint) -> None:
    there.answering = resets
    assert why(there.address) is Why.BROKEN


def test_of_a_gigabyte_only_the_beginning_is_read(there: Endpoint) -> None:
    there.answering = endless
    assert len(send(there.address, timeout=10).body) == LARGEST
    assert there.written < 50_000_000


def test_nobody_there_is_said() -> None:
    with endpoint() as gone:
        pass
    assert why(gone.address) is Why.BROKEN


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://user:word@127.0.0.1", "http://[::1", "file:///etc"])
def test_no_other_kind_of_address_is_sent_to(url: str) -> None:
    assert why(url) is Why.ADDRESS


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "10.0.0.1", "[::ffff:127.0.0.2]", "[64:ff9b::7f00:2]", "[2002:7f00:2::1]", "169.254.169.254", "0"],
)
def test_nothing_is_sent_inward(host: str) -> None:
    assert why(f"http://{host}") is Why.INWARD


def test_without_leave_loopback_is_inward(there: Endpoint) -> None:
    with pytest.raises(CannotFetch) as trouble:
        request("POST", there.address, body=b"")
    assert (trouble.value.why, there.came) == (Why.INWARD, [])


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and the certificate that it signed for itself, for localhost."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return file


@pytest.fixture
def sealed(certificate: Path) -> Iterator[Endpoint]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with endpoint(sealing=context) as made:
        yield made


def test_over_tls_a_server_that_is_who_it_says_is_sent_to(
    sealed: Endpoint, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert (send(sealed.address).status, len(sealed.came)) == (200, 1)
    assert why(sealed.address.replace("localhost", "127.0.0.1")) is Why.BROKEN


def test_over_tls_a_server_that_nobody_vouches_for_is_told_nothing(sealed: Endpoint) -> None:
    assert (why(sealed.address), sealed.came) == (Why.BROKEN, [])


def test_who_never_shakes_hands_is_left_when_the_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert why(f"https://127.0.0.1:{mute.getsockname()[1]}", timeout=0.3) is Why.SILENT


# No name of ours changes its mind, so the system's resolver is asked in its place.


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """A name that leads elsewhere at each look."""
    left = list(answers)

    def look_up(host: str, port: int, *_other: Any, **_named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (left.pop(0) if len(left) > 1 else left[0], port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_a_name_that_changes_its_mind_after_the_look_gains_nothing(
    there: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = there.address.rpartition(":")[2]
    looked = list[str]()

    def first_look(address: str) -> bool:
        looked.append(address)
        return own(address)

    resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    answer = request("POST", f"http://rebinding.example:{port}", body=b"", allowed=first_look)
    assert (answer.status, looked) == (200, ["127.0.0.1"])
    assert why(f"http://rebinding.example:{port}") is Why.INWARD


def test_control_who_looks_first_and_connects_later_would_be_led_inward(
    there: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(there.address.rpartition(":")[2])
    resolving(monkeypatch, "93.184.216.34", "127.0.0.1")
    assert is_public(socket.getaddrinfo("rebinding.example", port)[0][4][0])  # type: ignore[arg-type]
    socket.create_connection(("rebinding.example", port), timeout=2).close()


def test_a_resolver_that_hangs_is_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def look_up(host: str, port: int, *_other: Any, **_named: Any) -> list[Any]:
        asked.append(host)
        time.sleep(0.6)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert why("http://hangs.example", timeout=0.1) is Why.SILENT
    assert asked == ["hangs.example"]
