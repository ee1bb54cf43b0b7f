"""A message for a browser opens as RFC 8291 says, and for nobody else; its signature is good as RFC 8292 says."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from openspaces.lib.webpush import VALID, Browser, authorization, browser_from, decoded, encoded, encrypted, public_key

CURVE = ec.SECP256R1()
NOW = 1_900_000_000
# The example of RFC 8291, section 5.
PRIVATE = ec.derive_private_key(int.from_bytes(decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")), CURVE)
SECRET = decoded("BTBZMqHH6r4Tts7J_aSIgg")
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(body: bytes, private: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """What a browser reads, written from the RFC and not from a library."""
    salt, length = body[:16], body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
    both = HKDF(SHA256(), 32, secret, b"WebPush: info\0" + point(private) + sender).derive(shared)
    key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(both)
    once = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(both)
    return AESGCM(key).decrypt(once, sealed, None).rstrip(b"\0").removesuffix(b"\2")


def browser() -> Browser:
    return browser_from("https://push.example:8443/one?two", encoded(point(PRIVATE)), encoded(SECRET))


def test_the_example_of_the_rfc_opens() -> None:
    assert opened(decoded(MESSAGE), PRIVATE, SECRET) == b"When I grow up, I want to be a watermelon"


def test_a_message_opens_for_its_browser_and_for_no_other() -> None:
    first, second = (encrypted("Knit → Fir".encode(), browser()) for _ in range(2))
    assert opened(first, PRIVATE, SECRET).decode() == "Knit → Fir"
    assert first != second
    with pytest.raises(InvalidTag):
        opened(first, ec.generate_private_key(CURVE), SECRET)
    with pytest.raises(InvalidTag):
        opened(first, PRIVATE, b"another sixteen.")


def test_a_signature_is_for_one_service_and_for_less_than_a_day() -> None:
    for now in (NOW, NOW + VALID - 1, NOW + VALID):
        header = authorization(7, browser(), "desk@example.org", now)
        token, key = (part.partition("=")[2] for part in header.removeprefix("vapid ").split(","))
        claims = json.loads(decoded(token.split(".")[1]))
        assert (claims["aud"], claims["sub"]) == ("https://push.example:8443", "mailto:desk@example.org")
        assert VALID < claims["exp"] - now <= 2 * VALID < 86_400
        assert (Vapid02.verify(header), key) == (True, public_key(7))


def test_control_a_signature_of_somebody_else_is_not_ours() -> None:
    header = authorization(7, browser(), "desk@example.org", NOW)
    assert not Vapid02.verify(header.replace(public_key(7), public_key(8)))


def test_the_same_secret_is_the_same_key_and_another_another() -> None:
    assert public_key(7) == public_key(7) != public_key(8)
    assert len(decoded(public_key(7))) == 65
