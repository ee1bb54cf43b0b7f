"""Within bounds no code connects to where it may not, however it does it; outside of them everything goes on."""

import smtplib
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
import requests
from tests.endpoint import Endpoint, endpoint

from openspaces.lib.addresses import is_public
from openspaces.lib.confining import confined
from openspaces.lib.connecting import Inward

Go = Callable[[str, int], object]


@pytest.fixture
def there() -> Iterator[Endpoint]:
    with endpoint() as made:
        yield made


def by_socket(host: str, port: int) -> None:
    with socket.create_connection((host, port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        line.recv(100)


def by_requests(host: str, port: int) -> None:
    requests.get(f"http://{host}:{port}/", timeout=5)


def by_urllib(host: str, port: int) -> None:
    urllib.request.urlopen(f"http://{host}:{port}/", timeout=5).close()


def by_mail(host: str, port: int) -> None:
    smtplib.SMTP(host, port, timeout=0.5)


def by_datagram(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"x", (host, port))


def by_a_pool(host: str, port: int) -> None:
    """As apprise does it: with a copy of the context."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(copy_context().run, by_socket, host, port).result()


WAYS = (by_socket, by_requests, by_urllib, by_mail, by_datagram, by_a_pool)


def went(go: Go, host: str, there: Endpoint) -> bool:
    """Whether it came further than to a refusal of ours."""
    try:
        go(host, int(there.address.rpartition(":")[2]))
    except (OSError, smtplib.SMTPException) as trouble:
        return not _is_ours(trouble)
    return True


def _is_ours(trouble: BaseException | None) -> bool:
    told = str(trouble)
    return isinstance(trouble, Inward) or "127.0.0.1" in told or "localhost" in told


@pytest.mark.parametrize("go", WAYS)
def test_nobody_leaves_the_bounds_by_any_way(there: Endpoint, go: Go) -> None:
    with confined(is_public):
        assert not went(go, "127.0.0.1", there)
    assert there.came == []


@pytest.mark.parametrize("go", WAYS)
def test_control_outside_of_bounds_everything_goes(there: Endpoint, go: Go) -> None:
    with confined(is_public):
        pass
    assert went(go, "127.0.0.1", there)


@pytest.mark.parametrize("go", [by_socket, by_requests, by_datagram])
def test_where_it_is_allowed_one_goes(there: Endpoint, go: Go) -> None:
    with confined(lambda address: address == "127.0.0.1") as bounds:
        assert went(go, "127.0.0.1", there)
    assert bounds.refused == []


def test_what_was_refused_is_known_afterwards(there: Endpoint) -> None:
    with confined(is_public) as bounds, pytest.raises(requests.ConnectionError):
        by_requests("localhost", int(there.address.rpartition(":")[2]))
    assert set(bounds.refused) <= {"127.0.0.1", "::1"}
    assert "127.0.0.1" in bounds.refused


def test_a_name_that_nobody_looked_up_and_a_file_are_refused(there: Endpoint) -> None:
    with confined(lambda address: bool(is_public(address)) or True) as bounds:
        for kind, place in ((socket.AF_INET, ("localhost", 9)), (socket.AF_UNIX, "/run/some.socket")):
            with socket.socket(kind) as line, pytest.raises(Inward):
                line.connect(place)
    assert bounds.refused == ["localhost", "/run/some.socket"]


def test_other_threads_go_on_meanwhile(there: Endpoint) -> None:
    begun, bounded, found = threading.Event(), threading.Event(), list[bool]()

    def other() -> None:
        begun.set()
        bounded.wait(10)
        found.append(went(by_socket, "127.0.0.1", there))

    going = threading.Thread(target=other)
    going.start()
    begun.wait(10)
    with confined(is_public):
        bounded.set()
        going.join(10)
    assert found == [True]
