"""Secrets of others, such as passwords of social networks: encrypted at rest with a key of this installation's."""

import base64
import hmac
import json
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """It was sealed by another installation, or the secret of this one has changed since."""


def seal(secrets: Mapping[str, str]) -> str:
    """Encrypt secrets; "" if there are none."""
    return _fernet(settings.SECRET_KEY).encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""


def unseal(sealed: str) -> dict[str, str]:
    """What was sealed; raises Unreadable."""
    try:
        opened: dict[str, str] = json.loads(_fernet(settings.SECRET_KEY).decrypt(sealed.encode())) if sealed else {}
    except InvalidToken:
        raise Unreadable from None
    return opened


@lru_cache(maxsize=4)
def _fernet(secret: str) -> Fernet:
    """A key for this purpose alone; as everywhere here, an HMAC under the installation's secret."""
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"openspaces\0sealing", "sha256")))
