"""Web Push: a message encrypted for one browser (RFC 8291), signed by the site that its owner allowed to (RFC 8292)."""

import base64
import binascii
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_ece import encrypt
from py_vapid import Vapid02

LARGEST = 3000
"""Bytes of a message; a push service takes 4,096 once it is encrypted."""
LONGEST_ADDRESS = 1000
VALID = 10 * 3600
"""Seconds for which a signature is good at least, and half as long as at most: push services refuse more than a day."""
_POINT, _SECRET = 65, 16
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many private keys P-256 has."""


class NoBrowser(ValueError):
    """What was sent describes no browser that takes messages."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser takes messages, and the keys that only it can read them with."""

    endpoint: str = field(repr=False)
    key: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def service(self) -> str:
        """The host of its push service."""
        return urlsplit(self.endpoint).hostname or ""


def browser_from(endpoint: str, p256dh: str, auth: str) -> Browser:
    """The browser that a page describes, as `PushSubscription.toJSON` has it. Raises NoBrowser."""
    try:
        parts, key, secret = urlsplit(endpoint), decoded(p256dh), decoded(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NoBrowser from None
    if parts.scheme not in ("https", "http") or not host or ":" in host or "@" in parts.netloc:
        raise NoBrowser
    if len(endpoint) > LONGEST_ADDRESS or not endpoint.isascii() or len(key) != _POINT or len(secret) != _SECRET:
        raise NoBrowser
    return Browser(endpoint, key, secret)


def encrypted(message: bytes, browser: Browser) -> bytes:
    """The message as `aes128gcm` that this browser alone can read; each time another."""
    once = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = encrypt(message, private_key=once, dh=browser.key, auth_secret=browser.secret, version="aes128gcm")
    return sealed


def public_key(number: int) -> str:
    """The key that browsers know the site by, as `applicationServerKey` takes it; `number` is its secret."""
    point = _private(number).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return encoded(point)


def authorization(number: int, browser: Browser, mailto: str, now: int) -> str:
    """The header that proves whose message it is. `mailto` is whom a push service asks about trouble; `now` in seconds
    since 1970."""
    parts = urlsplit(browser.endpoint)
    return _signed(number, f"{parts.scheme}://{parts.netloc}", mailto, now // VALID)


@lru_cache(maxsize=256)
def _signed(number: int, audience: str, mailto: str, period: int) -> str:
    """One signature is good for a while, and push services know it by heart; good for a whole period after its own."""
    claims = {"aud": audience, "sub": f"mailto:{mailto}", "exp": (period + 2) * VALID}
    signed: dict[str, str] = Vapid02(_private(number), {"no-strict": True}).sign(claims)
    return signed["Authorization"]


@lru_cache(maxsize=4)
def _private(number: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())


def encoded(raw: bytes) -> str:
    """Bytes as base64 for addresses and headers, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such base64; raises ValueError."""
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as wrong:
        raise ValueError(str(wrong)) from None
