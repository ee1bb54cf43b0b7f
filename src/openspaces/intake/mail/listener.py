"""The door for mail servers: SMTP or LMTP in the program, on a thread of its own."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from openspaces.board.read import events
from openspaces.intake.mail.recipients import Recipient, recipient
from openspaces.intake.mail.taking import Later, Taken, take

Given = ParamSpec("Given")
Found = TypeVar("Found")

logger = logging.getLogger(__name__)

LARGEST = 10 * 1024 * 1024
"""Bytes of a letter with all its attachments, which nobody looks at."""
IDLE_SECONDS = 60.0
READY_SECONDS = 30.0
TRY_LATER = "451 4.3.0 Not just now, please try again"
TAKERS = 2


class Listener:
    """Listens from `start` to `stop`. Several processes may, each on a port of its own."""

    def __init__(self, host: str, port: int, *, lmtp: bool = False) -> None:
        self._takers = ThreadPoolExecutor(TAKERS, thread_name_prefix="mail")
        kind = LMTP if lmtp else SMTP
        self._server = _Server(kind, Door(self._takers), hostname=host, port=port)

    def start(self) -> None:
        """Begin to listen. Raises OSError where that cannot be."""
        self._server.start()

    def stop(self) -> None:
        """Listen no more. A letter that is being taken is taken; whoever brought it may hear nothing of it and bring it
        again, which changes nothing."""
        self._server.stop()
        self._takers.shutdown()


class Door:
    """What aiosmtpd asks: for whom a letter may be, and what becomes of it."""

    def __init__(self, takers: ThreadPoolExecutor) -> None:
        self._takers = takers

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Refuse an address that is no event's before the letter is sent."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time, please"
        try:
            found = recipient(address, await self._in_thread(events))
        except Exception as trouble:  # whatever keeps the database away, the letter stays where it is
            logger.warning("a letter has to wait: %s", type(trouble).__name__)
            return TRY_LATER
        if found is None:
            return "550 5.1.1 No event has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the letter. What is not taken for good stays with whoever brings it."""
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        try:
            became = await self._in_thread(_take, raw, envelope.rcpt_tos[0], envelope.mail_from or "")
        except Later as trouble:
            logger.warning("a letter has to wait: %s", trouble)
            return TRY_LATER
        except Exception as trouble:
            logger.warning("a letter has to wait: %s", type(trouble).__name__)
            return TRY_LATER
        return f"250 2.0.0 {became.value}"

    async def _in_thread(self, ask: Callable[Given, Found], *args: Given.args, **named: Given.kwargs) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._takers, partial(_closing, ask, *args, **named))


class _Server(Controller):
    """The controller of SMTP or LMTP sessions."""

    def __init__(self, kind: type[SMTP], door: Door, *, hostname: str, port: int) -> None:
        self._kind = kind
        super().__init__(door, hostname=hostname, port=port, ready_timeout=READY_SECONDS)

    def factory(self) -> SMTP:
        """One session."""
        return self._kind(
            self.handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, timeout=IDLE_SECONDS, ident="openspaces"
        )


def _take(raw: bytes, address: str, envelope_from: str) -> Taken:
    found: Recipient | None = recipient(address, events())
    if found is None:
        raise Later("the event has gone")
    return take(raw, found.event, envelope_from, idea=found.idea)


def _closing(ask: Callable[Given, Found], *args: Given.args, **named: Given.kwargs) -> Found:
    """A thread keeps no connection from one letter to the next: one that was lost would be found by the next letter."""
    try:
        return ask(*args, **named)
    finally:
        connection.close()
