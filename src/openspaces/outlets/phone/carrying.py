"""A message on its way to one phone: encrypted for its browser and handed to the service that wakes it."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.delivery.calling import call
from openspaces.delivery.contract import Job, Message, Refused
from openspaces.delivery.sealing import Unreadable, unseal
from openspaces.lib.addresses import is_public
from openspaces.lib.webpush import Browser, authorization, browser_from, encoded, encrypted
from openspaces.outlets.phone.said import Said
from openspaces.people.phones import Phone, cut_line, signing_number

LONGEST = 400
"""Letters of each of the two texts; a phone shows fewer."""
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Packet:
    """What goes out. A service that cannot reach the phone keeps it `lasts` seconds, and of one topic the newest."""

    sealed: str = field(repr=False)
    payload: bytes
    topic: str
    urgent: bool
    lasts: int


def packed(board: Board, there: Phone, said: Said, body: str) -> Packet:
    """A message for a phone, in the language that is active. Nothing of anybody else's is in it but what the board
    shows to everybody."""
    tag = f"{board.event} {said.about}"
    shown = {
        "title": said.title[:LONGEST],
        "body": body[:LONGEST],
        "url": said.url,
        "tag": tag,
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    topic = encoded(hashlib.sha256(tag.encode()).digest())[:32]
    payload = json.dumps(shown, ensure_ascii=False).encode()
    return Packet(there.sealed, payload, topic, said.soon, said.lasts)


def send(message: Message, job: Job) -> str:
    """Hand it over."""
    hand_over(message.content, job.event, int(job.to))
    return "taken"


def hand_over(packet: Packet, event: str, phone: int) -> None:
    """Give a message to the service that carries it. A phone that hears nothing any more is forgotten."""
    try:
        browser = browser_from(**unseal(packet.sealed))
    except (Unreadable, TypeError, ValueError):
        cut_line(event, phone)
        raise Refused(
            _("This phone's address was kept with another secret: its owner has to switch it on anew.")
        ) from None
    sealed = encrypted(packet.payload, browser)
    answer = call("POST", browser.endpoint, headers=_headers(packet, browser), body=sealed, allowed=_may_go)
    if answer.status in GONE:
        cut_line(event, phone)
        raise Refused(_("This phone takes no messages any more."))
    if not answer.ok:
        raise Refused(_("The phone's service does not take it (status %(status)d).") % {"status": answer.status})


def _may_go(address: str) -> bool:
    """Attendees say where their phones' services are: an organiser's private networks are not for them."""
    return is_public(address, settings.PHONES_TO)


def _headers(packet: Packet, browser: Browser) -> dict[str, str]:
    mailto = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return {
        "Authorization": authorization(signing_number(), browser, mailto, int(time.time())),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(packet.lasts),
        "Topic": packet.topic,
        "Urgency": "high" if packet.urgent else "normal",
    }
