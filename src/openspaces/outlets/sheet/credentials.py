"""Who we are to Google: a service account's key signs a claim, which is worth a token for an hour."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from time import time
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from openspaces.delivery.calling import call
from openspaces.delivery.contract import Refused

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
HOUR = 3600
SPARE = 120
"""Seconds before its end at which a token is not used any more."""
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_tokens: dict[str, tuple[str, float]] = {}
"""By the whole key: its address and number are no secrets, and whoever types them with another key is somebody else."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Account:
    """A service account, from the key file that Google gives; https://cloud.google.com/iam/docs/service-account-creds."""

    email: str
    token_uri: str
    key_id: str
    key: Mapping[str, str] = field(repr=False)


def account_of(written: str) -> Account | None:
    """The account of a key file; None if it is none."""
    try:
        key = json.loads(written)
        account = Account(key["client_email"], key["token_uri"], key["private_key_id"], key)
        _signer(account)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return account


def token_of(account: Account) -> str:
    """A token that counts for some minutes at least; raises the troubles of a push outlet."""
    known = _tokens.get(_whose(account))
    if known and known[1] > time() + SPARE:
        return known[0]
    token = _asked(account)
    with _lock:
        _tokens[_whose(account)] = token, time() + HOUR
    return token


def forget_token(account: Account) -> None:
    """It was not accepted: the next one is asked for."""
    with _lock:
        _tokens.pop(_whose(account), None)


def _whose(account: Account) -> str:
    return sha256(json.dumps(dict(account.key), sort_keys=True).encode()).hexdigest()


def _asked(account: Account) -> str:
    from google.auth import jwt

    now = int(time())
    claim = {"iss": account.email, "scope": SCOPE, "aud": account.token_uri, "iat": now, "exp": now + HOUR}
    signed = jwt.encode(_signer(account), claim).decode()  # type: ignore[no-untyped-call]
    body = urlencode({"grant_type": _GRANT, "assertion": signed}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = call("POST", account.token_uri, headers=headers, body=body)
    told = answer.json()
    if not answer.ok or not isinstance(told, dict) or not isinstance(told.get("access_token"), str):
        raise Refused(_("Google does not know this key any more: make a new one, and type it here."))
    return str(told["access_token"])


def _signer(account: Account) -> object:
    from google.auth import crypt

    return crypt.RSASigner.from_service_account_info(account.key)  # type: ignore[no-untyped-call]
