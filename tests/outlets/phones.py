"""Phones for tests: browsers with keys of their own, and the service on loopback that carries messages to them. It
checks what such a service checks, and reads what only the browser can."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_ece import decrypt
from py_vapid import Vapid02
from tests.endpoint import Came, Endpoint, Handler, endpoint

from openspaces.delivery.sealing import seal
from openspaces.lib.webpush import decoded, encoded, public_key
from openspaces.people.phones import Line, Phone, Wishes, keep_line, keep_wishes, mark_of, phone_of, signing_number

DAY = 86_400


@dataclass
class Handset:
    """One browser: where it takes messages, and its keys."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"sixteen letters."

    @property
    def describes(self) -> dict[str, str]:
        """What its page sends."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": encoded(point), "auth": encoded(self.secret)}

    def reads(self, body: bytes) -> dict[str, Any]:
        """What it shows of a message."""
        plain = decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        shown: dict[str, Any] = json.loads(plain)
        return shown


@dataclass
class Service:
    """The push service: the phones that it knows, what they showed, with which headers, and how it answers."""

    there: Endpoint
    handsets: dict[str, Handset] = field(default_factory=dict)
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    headers: list[dict[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answers: dict[str, list[int]] = field(default_factory=dict)

    def phone(self, event: str, hand: str, wishes: Wishes | None = None) -> Phone:
        """Somebody's phone that wants to be told of an event."""
        handset = self.handsets[f"/{hand}"] = Handset(f"{self.there.address}/{hand}")
        keep_wishes(event, hand, wishes or Wishes())
        keep_line(event, hand, Line(mark_of(handset.endpoint), "127.0.0.1", seal(handset.describes)))
        kept = phone_of(event, hand)
        assert kept is not None
        return kept

    def titles(self, hand: str) -> list[str]:
        """What a phone showed, in order."""
        return [each["title"] for each in self.shown.get(f"/{hand}", [])]

    def take(self, handler: Handler, came: Came) -> None:
        """Answer one request as push services do."""
        planned = self.answers.get(came.path, [])
        status = planned.pop(0) if planned else self._checked(came)
        handler.send_response(status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def _checked(self, came: Came) -> int:
        if why := self._why_not(came):
            self.wrong.append(why)
            return 400
        self.headers.append(came.headers)
        self.shown.setdefault(came.path, []).append(self.handsets[came.path].reads(came.body))
        return 201

    def _why_not(self, came: Came) -> str:
        said = came.headers
        if came.method != "POST" or said.get("content-encoding") != "aes128gcm" or len(came.body) > 4096:
            return "no message"
        if not said.get("ttl", "").isdigit() or len(said["topic"]) > 32 or said["urgency"] not in ("normal", "high"):
            return "ttl, topic or urgency"
        return _signed_wrong(said["authorization"], self.there.address)


def _signed_wrong(header: str, audience: str) -> str:
    """What is wrong with a signature (RFC 8292)."""
    kind, _, parts = header.partition(" ")
    named = dict(part.partition("=")[::2] for part in parts.split(","))
    if kind != "vapid" or named["k"] != public_key(signing_number()):
        return "another key"
    if not Vapid02.verify(header):
        return "signature"
    claims = json.loads(decoded(named["t"].split(".")[1]))
    if claims["aud"] != audience or not claims["sub"].startswith("mailto:"):
        return "audience or subject"
    return "" if time.time() < claims["exp"] <= time.time() + DAY else "time"


@contextmanager
def service() -> Iterator[Service]:
    """A push service that listens until the end of the test."""

    def answer(handler: Handler, came: Came) -> None:
        made.take(handler, came)

    with endpoint(answer) as there:
        made = Service(there)
        yield made
