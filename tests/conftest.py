"""What every test may use. The database is a real file, for the writer has a thread and a connection of its own."""

import os
from collections.abc import Iterator

import django
import pytest
from django.conf import LazySettings
from django.utils import translation
from tests.databases import database_of_tests
from tests.leaving import directory, leave
from tests.mailbox import Mailbox, mailbox
from tests.promises import (
    chance,
    promise,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)

__all__ = ["chance", "promise", "pytest_addoption", "pytest_collection_modifyitems", "pytest_terminal_summary"]

# Settings are read once, and pytest-django would read them before this file: so they are named here, not in its ini.
if "OPENSPACES_DATA" not in os.environ:  # processes of pytest-xdist inherit it
    os.environ["OPENSPACES_DATA"] = str(directory("tests"))
os.environ.setdefault("OPENSPACES_URL", "https://board.example")
os.environ["DJANGO_SETTINGS_MODULE"] = "openspaces.settings"
if os.environ.get("OPENSPACES_TEST_DATABASE"):
    os.environ["OPENSPACES_DATABASE_URL"] = database_of_tests()  # processes of pytest-xdist inherit it
django.setup()


def pytest_sessionfinish() -> None:
    """Leave nothing running, and no file."""
    leave()


@pytest.fixture(autouse=True)
def english() -> None:
    """A test speaks English unless it says otherwise, whatever language one before it asked for."""
    translation.deactivate()


@pytest.fixture
def database(transactional_db: None) -> Iterator[None]:
    """An empty database that the writer's thread sees too, and a process that remembers no Board of another test."""
    from openspaces.board.memory import MEMORY

    yield
    for board in MEMORY.boards():
        MEMORY.forget(board.event)


@pytest.fixture
def box(settings: LazySettings) -> Iterator[Mailbox]:
    """Mail is sent, to a server on loopback."""
    with mailbox() as (box, port):
        settings.MAIL_IS_SENT = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "board@example.org"
        yield box
