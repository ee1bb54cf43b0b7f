"""What a server asks of the system and of Python before it serves, whoever runs it."""

import resource
import sys
from collections.abc import Iterator

import pytest
from tests.live.listening import serving_here

from openspaces.server import SWITCH_SECONDS

FEW = 512


@pytest.fixture
def few_files() -> Iterator[int]:
    """A process that may open few files unless it asks for more; how many it would get."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, most))
    yield most
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))


def test_a_server_may_open_as_many_files_as_the_system_allows(database: None, few_files: int) -> None:
    with serving_here():
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == few_files


def test_streams_wait_shorter_for_what_is_printed_than_threads_usually_do(database: None) -> None:
    usual = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        with serving_here():
            assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    finally:
        sys.setswitchinterval(usual)
