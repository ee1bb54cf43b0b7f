"""The signature of a hook, as Standard Webhooks has it: https://www.standardwebhooks.com."""

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from openspaces.delivery.contract import Minted

OLD_COUNTS = timedelta(hours=24)
"""How long the secret before still signs, beside the new one."""


def mint(kept: Mapping[str, str], at: datetime) -> Minted:
    """A new secret; the one before is kept for a day, for whoever receives needs a while to change it."""
    fresh = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    before = kept.get("secret", "")
    until = (at + OLD_COUNTS).isoformat() if before else ""
    return Minted(fresh, {"secret": fresh, "before": before, "before_until": until})


def signed(body: str, key: str, kept: Mapping[str, str], at: datetime) -> dict[str, str]:
    """The headers of one try at `at`. `key` is the same at each."""
    from standardwebhooks import Webhook

    now = at.astimezone(UTC)
    signatures = [Webhook(secret).sign(key, now, body) for secret in _counting(kept, now)]
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _counting(kept: Mapping[str, str], now: datetime) -> list[str]:
    until = kept.get("before_until", "")
    old = kept["before"] if until and now < datetime.fromisoformat(until) else ""
    return [secret for secret in (kept["secret"], old) if secret]
