"""What the tests of people share: a mail server of their own."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from tests.mailbox import Mailbox, mailbox


@pytest.fixture
def box(settings: LazySettings) -> Iterator[Mailbox]:
    """Mail is sent, to a server on loopback."""
    with mailbox() as (box, port):
        settings.MAIL_IS_SENT = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "board@example.org"
        yield box
