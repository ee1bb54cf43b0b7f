"""A letter: bytes that came by mail, read as far as a card needs it; raises `Poison` for what is none."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses, parseaddr
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from openspaces.intake.mail.bounding import bounded
from openspaces.intake.mail.decoding import header, header_text, headers, part_text
from openspaces.intake.mail.quoting import bare_subject, forwarded, own_words

LOOP_HEADER = "X-Openspaces-Loop"
"""On every letter of ours: one that comes back is not answered again."""
MOST_PARTS = 100
LONGEST_ID = 500
_NOBODY = re.compile(r"(?i)^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo)([+@-]|$)")
_AUTOMATIC = re.compile(
    r"(?i)^(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office( reply| autoreply)?"
    r"|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática|resposta automática"
    r"|risposta automatica|automatisch antwoord|स्वचालित (उत्तर|जवाब)|رد تلقائي|undeliverable|undelivered mail[^:]*"
    r"|delivery status notification[^:]*|mail delivery fail[^:]*|returned mail)\s*([:：]|$)"
)
_IDS = re.compile(r"<[^<>\s]{1,400}>")


class Poison(Exception):
    """These bytes cannot be read as a letter; the text says why."""


class From(StrEnum):
    """Who is behind a letter. Only people are answered; what a machine sent makes no card."""

    PERSON = "person"
    LIST = "list"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `sender` is the address to answer to and `name` whoever wrote it, as they call themselves; `text` are
    their own words. `recipients` are the addresses that it says it is for."""

    message_id: str
    sender: str
    name: str
    subject: str
    text: str
    source: From = From.PERSON
    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    languages: str = ""
    forwarded: bool = False


def read_letter(raw: bytes, envelope_from: str | None = None) -> Letter:
    """Read a letter; `envelope_from` is who sent it by the envelope, where that is known. Raises Poison."""
    try:
        return _letter(raw, envelope_from)
    except Poison:
        raise
    except Exception as trouble:  # whatever the standard parser stumbles over: nearly half of damaged mails make it
        raise Poison(f"{type(trouble).__name__}: {trouble}"[:300]) from trouble


def _letter(raw: bytes, envelope_from: str | None) -> Letter:
    message = message_from_bytes(bounded(raw), policy=policy.compat32)
    name, sender = _sender(message)
    subject, text = header_text(header(message, "Subject")), _text(message)
    inner = forwarded(subject, text)
    if inner:
        # Whoever forwards it is answered; whoever wrote it hosts.
        author = parseaddr(inner.author)[0] or inner.author.partition("<")[0].strip(' "')
        name, subject, text = author if "@" not in author else "", inner.subject, inner.text
    return Letter(
        _message_id(message, raw),
        sender,
        name,
        bare_subject(subject),
        own_words(text),
        _source(message, sender, bare_subject(subject), envelope_from),
        _recipients(message),
        tuple(_IDS.findall(f"{header(message, 'References')} {header(message, 'In-Reply-To')}")),
        header_text(header(message, "Accept-Language") or header(message, "Content-Language")),
        forwarded=inner is not None,
    )


def _sender(message: Message) -> tuple[str, str]:
    """The name and the address in From; the name is empty where it only says the address again."""
    found = [(header_text(name), address) for name, address in getaddresses([header(message, "From")[:2000]])]
    for name, address in found:
        if _is_address(address):
            return (name if "@" not in name else ""), address
    raise Poison("it has no sender that could be answered")


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254 and address.isprintable()


def _message_id(message: Message, raw: bytes) -> str:
    """Its Message-ID; of a letter that has none, a name made of all its bytes."""
    given = header(message, "Message-ID")
    found = _IDS.search(given)
    return (found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}@letter>")[:LONGEST_ID]


def _recipients(message: Message) -> tuple[str, ...]:
    fields = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    values = [value[:2000] for field in fields for value in headers(message, field)]
    return tuple(dict.fromkeys(address.lower() for _name, address in getaddresses(values) if "@" in address))


# Who is behind it


def _source(message: Message, sender: str, subject: str, envelope_from: str | None) -> From:
    """As RFC 3834 has it: what says that it is automatic, what nobody sent, and what comes from a list. What only looks
    automatic is not answered either, and a person decides about it."""
    paths = [envelope_from] if envelope_from is not None else headers(message, "Return-Path")
    nobody = any(path.strip() in ("", "<>") for path in paths[:1])
    says_so = _word(message, "Auto-Submitted") not in ("", "no") or any(
        message.get(field) for field in ("X-Autoreply", "X-Autorespond", LOOP_HEADER)
    )
    if nobody or says_so or _NOBODY.match(sender) or _is_report(message):
        return From.MACHINE
    precedence = _word(message, "Precedence")
    posted = bool(message.get("List-Post")) or precedence == "list"
    listed = bool(message.get("List-Id") or message.get("List-Unsubscribe")) or precedence in ("bulk", "list")
    if precedence in ("junk", "auto_reply") or (listed and not posted):
        return From.MACHINE
    unwanted = bool(message.get("X-Auto-Response-Suppress") or _AUTOMATIC.match(subject))
    return From.LIST if listed or posted or unwanted else From.PERSON


def _word(message: Message, field: str) -> str:
    return header(message, field).partition(";")[0].strip().lower()


def _is_report(message: Message) -> bool:
    return message.get_content_type() in ("multipart/report", "message/delivery-status", "text/calendar")


# What it says


def _text(message: Message) -> str:
    """The words: those in plain text, else those in HTML, else those of a letter that is attached."""
    for attached in (False, True):
        parts = [part for part in _parts(message, attached) if not _is_file(part)]
        for wanted in ("text/plain", "text/html"):
            texts = [part_text(part) for part in parts if part.get_content_type() == wanted]
            if any(text.strip() for text in texts):
                return "\n".join(texts)
    return ""


def _parts(message: Message, attached: bool) -> Iterator[Message]:
    """The parts that are no container, in order, at most some; with those of `attached` letters, or without."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        inner = part.get_payload() if part.is_multipart() else None
        if part.get_content_maintype() == "message" and part is not message and not attached:
            continue
        if isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())
