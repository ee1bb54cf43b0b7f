"""Secrets that are derived, not stored: a device's hand at an event, an edit key, a staff token, a presence code.

Each is an HMAC of what it is for under the installation's secret, so a copy of the database opens nothing, and an
answer that carried a key can be given again.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from django.conf import settings

from openspaces.lib.symbols import spelled


def new_device() -> str:
    """A fresh device name, 128 bits."""
    return secrets.token_urlsafe(16)


def hand(device: str, event: str) -> str:
    """The opaque name by which one event's log knows a device; two events cannot tell that it is the same one."""
    return _derived("hand", event, device, symbols=16).lower()


_BY_MAIL = "mail."


def mail_hand(address: str, event: str) -> str:
    """The name by which one event's log knows whoever writes by mail from an address."""
    return _BY_MAIL + hand(f"mail:{address}", event)


def is_by_mail(hand: str) -> bool:
    """Whether that is the hand of somebody who wrote by mail."""
    return hand.startswith(_BY_MAIL)


def card_key(event: str, code: str) -> str:
    """The edit key of a card: 20 symbols of base32, 100 bits, in groups of five to be typed from paper."""
    key = _derived("card", event, code, symbols=20)
    return "-".join(key[start : start + 5] for start in range(0, 20, 5))


def opens_card(event: str, code: str, key: str) -> bool:
    """Whether `key`, as somebody typed it, is the edit key of the card."""
    return hmac.compare_digest(_plain(key), _plain(card_key(event, code)))


def stars_key(event: str, hand: str) -> str:
    """The key to the calendar of what a device starred: 32 symbols of base32, always the same. It carries the hand in
    cipher, so that nothing is stored or looked up, and nobody who has it can tell whose hand it is."""
    name = base64.b32decode(hand.upper())
    seal = _digest("stars", event, hand)[:_HALF]
    return base64.b32encode(seal + _veiled(event, seal, name)).decode().lower()


def hand_by_stars(event: str, key: str) -> str | None:
    """The hand that a key to a calendar of this event carries; None if it is no such key."""
    try:
        raw = base64.b32decode(key.upper())
    except (binascii.Error, ValueError):
        return None
    name = base64.b32encode(_veiled(event, raw[:_HALF], raw[_HALF:])).decode().lower()
    known = len(raw) == 2 * _HALF and hmac.compare_digest(_digest("stars", event, name)[:_HALF], raw[:_HALF])
    return name if known else None


_HALF = 10
"""Bytes of a hand, and of the seal before it: 80 bits."""


def _veiled(event: str, seal: bytes, name: bytes) -> bytes:
    """A hand's bytes in cipher, or out of it."""
    pad = _digest("stars-veil", event, seal.hex())
    return bytes(one ^ other for one, other in zip(name, pad, strict=False))


def mail_stop(event: str, address: str) -> str:
    """What the link that stops an event's mail to an address carries: 32 symbols of base32, 160 bits."""
    return _derived("mail-stop", event, address.strip().lower(), symbols=32)


def staff_token(event: str, purpose: str, serial: int) -> str:
    """The token of one row of `Token`: `<purpose>.<serial>.<32 symbols>`, 160 bits."""
    return f"{purpose}.{serial}.{_derived('token', event, purpose, str(serial), symbols=32)}"


def presence_code(event: str, window: int) -> str:
    """The six symbols that the screen of an event shows in one stretch of time."""
    return spelled(number_for("presence", event, str(window)), 6)


def number_for(*parts: str) -> int:
    """A large number that only this installation can tell, always the same for the same parts."""
    return int.from_bytes(_digest(*parts))


_LOOK_ALIKE = str.maketrans("018", "OIB")
"""Digits that base32 has not, and what somebody who typed them from paper meant."""


def _plain(key: str) -> bytes:
    return "".join(char for char in key.upper().translate(_LOOK_ALIKE) if char.isalnum()).encode()


def _derived(*parts: str, symbols: int) -> str:
    return base64.b32encode(_digest(*parts)).decode()[:symbols]


def _digest(*parts: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), "\0".join(("openspaces", *parts)).encode(), hashlib.sha256)
