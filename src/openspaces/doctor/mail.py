"""Mail: whether the server that sends takes us, and whether the mailbox that is read lets us in."""

from collections.abc import Iterator
from contextlib import closing
from smtplib import SMTPAuthenticationError, SMTPException

from django.conf import settings
from django.core.mail import get_connection
from imap_tools import MailboxLoginError
from imap_tools.errors import ImapToolsError

from openspaces.board.read import events
from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.intake.mail.mailbox import opened
from openspaces.lib import mail
from openspaces.people.mail import NotSent, post

LOCAL = ("localhost", "127.0.0.1", "::1")


def look_at_mail_out() -> Iterator[Finding]:
    """Connect, say hello, encrypt, sign in; nothing is sent."""
    if not settings.MAIL_IS_SENT:
        says = "No mail is sent (OPENSPACES_SMTP is not set): hosts get no links, and sign-in codes stand in the log."
        return (yield look("mail out", says))
    server = f"{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
    try:
        with closing(get_connection()) as line:
            line.open()
    except SMTPAuthenticationError:
        yield wrong("mail out", f"{server} does not take the user and password of OPENSPACES_SMTP: type them anew.")
    except (OSError, SMTPException) as trouble:
        yield wrong("mail out", f"{server} cannot be used ({_why(trouble)}): see OPENSPACES_SMTP, and the firewall.")
    else:
        yield fine("mail out", f"{server} takes us. To see whether a letter arrives: openspaces doctor --send-to you@…")
    yield from _sender()


def _sender() -> Iterator[Finding]:
    sealed = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_HOST_PASSWORD and not sealed and settings.EMAIL_HOST not in LOCAL:
        yield wrong("mail out", "The password goes unencrypted: write smtps://, or ?starttls=1 at the end.")
    if settings.DEFAULT_FROM_EMAIL.endswith(("@localhost", ".local>")) or "@" not in settings.DEFAULT_FROM_EMAIL:
        says = f"Mail comes from {settings.DEFAULT_FROM_EMAIL}, which few servers take: set OPENSPACES_MAIL_FROM."
        yield look("mail out", says)


def send_one(address: str) -> Iterator[Finding]:
    """Send a letter."""
    if not settings.MAIL_IS_SENT:
        return (yield wrong("mail out", f"Nothing was sent to {address}: OPENSPACES_SMTP is not set."))
    says = "This is a test: the board can send mail. You asked for it with openspaces doctor --send-to."
    try:
        post(address, "A test from the board", says)
    except NotSent as trouble:
        yield wrong(
            "mail out", f"The letter to {address} was not taken ({trouble.says}): see what the mail server logs."
        )
    else:
        yield fine("mail out", f"A letter went to {address}: see whether it arrives, and not among spam.")


def look_at_mail_in() -> Iterator[Finding]:
    """Sign in to the mailbox, and leave everything as it is."""
    if not settings.IMAP:
        return (yield fine("mail in", "No mailbox is read (OPENSPACES_IMAP is not set)."))
    place = mail.mailbox(settings.IMAP)
    server = f"{place.host}, port {place.port}"
    if place.event and place.event not in events():
        yield wrong("mail in", f"OPENSPACES_IMAP names the event {place.event}, and there is none.")
    try:
        box = opened(place)
    except MailboxLoginError:
        return (
            yield wrong("mail in", f"{server} does not take the user and password of OPENSPACES_IMAP: type them anew.")
        )
    except (OSError, ImapToolsError) as trouble:
        says = f"{place.folder} at {server} cannot be read ({_why(trouble)}): see OPENSPACES_IMAP, and the firewall."
        return (yield wrong("mail in", says))
    with closing(box.client):
        if place.done and not box.folder.exists(place.done):
            yield wrong("mail in", f"There is no folder {place.done}, into which read letters are to go: make it.")
        else:
            yield fine("mail in", f"{place.folder} at {server} can be read; {len(box.uids('UNSEEN'))} letters wait.")


def _why(trouble: Exception) -> str:
    """What the network said; it names servers, never people."""
    return getattr(trouble, "strerror", None) or type(trouble).__name__
