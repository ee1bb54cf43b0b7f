"""A mail server for tests, on loopback: everything that is sent to it lies in one box."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from tests.servers import free_port


class Mailbox:
    """What was sent, in order, as it came over the wire."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses, self.says = False, ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take a letter, or say that there is no room for it."""
        if self.refuses or self.says:
            return self.says or "452 No room just now"
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        letter["X-Was-For"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 Taken"

    def last(self) -> EmailMessage:
        """The letter that came last."""
        return self.letters[-1]

    def code(self) -> str:
        """The code in the subject of the letter that came last."""
        return str(self.last()["Subject"]).partition(": ")[2]


@contextmanager
def mailbox(**options: Any) -> Iterator[tuple[Mailbox, int]]:
    """A server that takes mail, and the port of 127.0.0.1 where it does."""
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    server.start()
    try:
        yield box, server.port
    finally:
        server.stop()


def only(user: str, password: str) -> Any:
    """An authenticator for whoever knows the password."""

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, shown: Any) -> AuthResult:
        knows = (shown.login, shown.password) == (user.encode(), password.encode())
        return AuthResult(success=knows, handled=knows)  # not handled: the server says 535 by itself

    return check
