"""The ways by which mail comes in, as the command line and the settings ask for them."""

from collections.abc import Iterator

from django.conf import settings

from openspaces.intake.mail.listener import Listener
from openspaces.intake.mail.mailbox import Mailbox
from openspaces.lib import mail


def doors(host: str, smtp: int | None, lmtp: int | None) -> Iterator[Listener | Mailbox]:
    """A listener for each port that is named, and a reader of the mailbox that is set."""
    if smtp is not None:
        yield Listener(host, smtp)
    if lmtp is not None:
        yield Listener(host, lmtp, lmtp=True)
    if settings.IMAP:
        yield Mailbox(mail.mailbox(settings.IMAP))
