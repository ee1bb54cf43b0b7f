"""How each letter from us is sent; and those for whoever runs an event, with not a word that somebody else typed."""

import logging
import re
from collections.abc import Mapping
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from socket import gaierror
from ssl import SSLError

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from openspaces.lib.symbols import grouped
from openspaces.people.who import Role

logger = logging.getLogger(__name__)

_ADDRESS = re.compile(r"\S*@\S*")
"""Mail servers repeat whose letter it is, and what they say is kept where no address is erased."""


class NotSent(Exception):
    """The mail server did not take a letter. `says` is what it said, `lasting` that it never will take this one."""

    def __init__(self, says: str, *, lasting: bool = False) -> None:
        super().__init__(says)
        self.says, self.lasting = says, lasting


def post(email: str, subject: str, text: str, *, html: str = "", headers: Mapping[str, str] | None = None) -> None:
    """Hand one letter to the mail server. Raises NotSent, and ValueError for a header that is none."""
    # Automatic: no out-of-office note answers it.
    marked = {"Auto-Submitted": "auto-generated", **(headers or {})}
    letter = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [email], headers=marked)
    if html:
        letter.attach_alternative(html, "text/html")
    try:
        letter.send()
    except (OSError, SMTPException) as trouble:
        logger.error("A mail could not be sent through %s: %s", settings.EMAIL_HOST, type(trouble).__name__)
        raise _not_sent(trouble) from trouble


def send_code(email: str, code: str, *, minutes: int) -> None:
    """Send a sign-in code; where no mail is sent, tell it in the log, for whoever runs the program stands near by.
    Raises NotSent."""
    if not settings.MAIL_IS_SENT:
        # Without the address: logs are kept, and read by more people than the code is for.
        return logger.warning("Sign-in code, in place of a mail (OPENSPACES_SMTP is not set): %s", grouped(code))
    lines = [
        _("Your code for signing in at %(site)s:") % {"site": _site()},
        grouped(code),
        _("Type it on the page that asked for your address. It is good for %(minutes)d minutes.")
        % {"minutes": minutes},
        _("If you did not ask for it, do nothing: without the code nobody gets in."),
    ]
    _send(email, _("Your code: %(code)s") % {"code": grouped(code)}, lines)
    return None


def send_invitation(email: str, role: Role, *, board: str, sign_in: str) -> bool:
    """Tell somebody that they are asked to run an event; whether mail is sent from here at all. Raises NotSent."""
    if not settings.MAIL_IS_SENT:
        return False
    lines = [
        _asked(role),
        board,
        _("Sign in with this e-mail address, %(email)s, and it is so:") % {"email": email},
        sign_in,
        _("If you do not know what this is about, do nothing."),
    ]
    _send(email, _("You are asked to help run a board"), lines)
    return True


def _site() -> str:
    """The public address, as it is set: what a request calls us is somebody's word too."""
    return settings.BASE_URL or _("the board")


def _asked(role: Role) -> str:
    return {
        Role.ORGANISER: _("You are asked to be an organiser of this board:"),
        Role.FACILITATOR: _("You are asked to be a facilitator of this board:"),
        Role.HELPER: _("You are asked to be a helper at this board:"),
    }[role]


def _send(email: str, subject: str, lines: list[str]) -> None:
    post(email, subject, "\n\n".join(lines) + "\n")


def _not_sent(trouble: OSError | SMTPException) -> NotSent:
    """What the server said, where it was about this letter or its reader: of both, 5xx is meant to last (RFC 5321)."""
    answers: list[tuple[int, bytes | str]] = []
    if isinstance(trouble, SMTPRecipientsRefused):
        answers = list(trouble.recipients.values())
    elif isinstance(trouble, SMTPDataError):
        answers = [(trouble.smtp_code, trouble.smtp_error)]
    for code, said in answers:
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return NotSent(f"{code} {_ADDRESS.sub('…', words)}", lasting=code >= 500)
    return NotSent(_no_talk_says(trouble))


def _no_talk_says(trouble: OSError | SMTPException) -> str:
    """Why there was no talk about the letter at all. SSLError and gaierror are OSErrors too."""
    server = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    if isinstance(trouble, SMTPAuthenticationError):
        return _("%(server)s does not know the user name and password.") % server
    if isinstance(trouble, SSLError):
        return _("no encrypted connection to %(server)s came about.") % server
    if isinstance(trouble, gaierror):
        return _("there is no server called %(server)s.") % server
    if isinstance(trouble, TimeoutError | ConnectionError | SMTPServerDisconnected):
        return _("nobody answers at %(server)s.") % server
    return type(trouble).__name__
