"""The other way in: a mailbox somewhere, looked into once a minute over IMAP."""

import logging
import threading

from django.db import connection
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.query import AND

from openspaces.board.read import events
from openspaces.intake.mail.letter import Poison, read_letter
from openspaces.intake.mail.listener import LARGEST
from openspaces.intake.mail.recipients import Recipient, first_recipient
from openspaces.intake.mail.taking import Later, Taken, put_aside, take
from openspaces.lib.mail import Imap

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
LONGEST_WAIT = 600.0
"""After a mailbox that could not be reached several times."""
TIMEOUT = 30.0


class Mailbox:
    """A thread that reads what is unread, from `start` to `stop`. Whatever happens, it comes again."""

    def __init__(self, place: Imap) -> None:
        self._place = place
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a letter that is being read may be read to its end."""
        self._stopping.set()
        self._thread.join(2)

    def _run(self) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            try:
                poll(self._place, self._stopping)
                wait = EVERY_SECONDS
            except Exception as trouble:  # a network, a server, a library: all of them come and go
                wait = min(max(wait, EVERY_SECONDS / 2) * 2, LONGEST_WAIT)
                logger.warning("the mailbox could not be read: %s; again in %d s", type(trouble).__name__, wait)
            finally:
                connection.close()


def poll(place: Imap, stopping: threading.Event | None = None) -> list[Taken]:
    """Take every unread letter once, and mark it as read, or move it where `place` says. One that has to wait stays
    unread. Raises what the network, the server and imap-tools raise."""
    became: list[Taken] = []
    with opened(place) as box:
        for uid in box.uids(AND(seen=False)):
            if stopping and stopping.is_set():
                break
            try:
                became.append(_taken(_raw(box, uid), place))
            except Later as trouble:
                logger.warning("a letter stays in the mailbox: %s", trouble)
                continue
            box.flag([uid], ["\\Seen"], True)
            if place.done:
                box.move([uid], place.done)
    return became


def _taken(raw: bytes, place: Imap) -> Taken:
    found = _recipient(raw, place)
    if found is None:
        return put_aside(raw, "none of its recipients is an event's")
    return take(raw, found.event, idea=found.idea)


def _recipient(raw: bytes, place: Imap) -> Recipient | None:
    try:
        known = events()
    except Exception as trouble:
        raise Later(f"the database: {type(trouble).__name__}") from trouble
    if place.event:
        return Recipient(place.event) if place.event in known else None
    try:
        addresses = read_letter(raw).recipients
    except Poison:
        addresses = ()
    return first_recipient(addresses, known)


def opened(place: Imap) -> BaseMailBox:
    """The mailbox, signed in, at its folder."""
    if place.tls:
        box: BaseMailBox = MailBox(place.host, place.port, timeout=TIMEOUT)
    elif place.starttls:
        box = MailBoxStartTls(place.host, place.port, timeout=TIMEOUT)
    else:
        box = MailBoxUnencrypted(place.host, place.port, timeout=TIMEOUT)
    try:
        return box.login(place.user, place.password, initial_folder=place.folder)
    except BaseException:
        box.client.shutdown()
        raise


def _raw(box: BaseMailBox, uid: str) -> bytes:
    """The letter's bytes, as they are: no parser but ours may stumble over them. What is too large is cut; attachments
    are not looked at anyway."""
    _status, data = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")
    return next((bytes(part[1]) for part in data if isinstance(part, tuple)), b"")
