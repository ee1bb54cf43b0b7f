"""Whether the settings fit together."""

import os
import re
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from openspaces import settings as written
from openspaces.doctor.finding import Finding, fine, look, wrong
from openspaces.starting import base_url

SHORT = 32
"""Letters that a secret has at least; ours has 64."""


def look_at_settings() -> Iterator[Finding]:
    """Each one that can be wrong, and those that fit no other."""
    yield from _unknown()
    yield from _secret()
    yield from _address()
    yield from _proxies()
    yield from _limits_and_logs()
    yield from _metrics()


def _unknown() -> Iterator[Finding]:
    known = set(re.findall(r"OPENSPACES_[A-Z_]*[A-Z]", Path(written.__file__).read_text(encoding="utf-8")))
    typed = {name for name in os.environ if name.startswith("OPENSPACES_")}
    for name in sorted(typed - known):
        yield look("settings", f"{name} is no setting, so it does nothing: docs/running.md lists them.")
    if not typed - known:
        yield fine("settings", f"All {len(typed)} variables that are set are known.")


def _secret() -> Iterator[Finding]:
    if len(settings.SECRET_KEY) < SHORT:
        says = (
            f"The secret has {len(settings.SECRET_KEY)} letters and can be guessed: every link and token is made from"
        )
        yield wrong("secret", f"{says} it. Use one of {SHORT} or more, and print the staff's links anew.")
    elif os.environ.get("OPENSPACES_SECRET"):
        yield fine("secret", "It comes from OPENSPACES_SECRET.")
    else:
        yield fine("secret", f"It lies in {settings.DATA / 'secret'}; keep a copy apart from the backups.")


def _address() -> Iterator[Finding]:
    if not os.environ.get("OPENSPACES_URL"):
        says = f"OPENSPACES_URL is not set: links and QR codes lead to {base_url()}, which others may not reach."
        return (yield look("address", says))
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield wrong("address", "OPENSPACES_URL is no address: write https:// and the name by which people reach it.")
    elif parts.path or parts.query:
        yield wrong("address", "OPENSPACES_URL has a path: the board lives at the top of a name of its own.")
    elif parts.scheme == "http" and not _is_here(parts.hostname):
        says = "has no https: passkeys and messages on phones do not work, and cookies can be read on the way."
        yield look("address", f"{settings.BASE_URL} {says}")
    else:
        yield fine("address", f"Links lead to {settings.BASE_URL}.")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_private
    except ValueError:
        return False


def _proxies() -> Iterator[Finding]:
    if settings.BASE_URL.startswith("https:") and not settings.PROXIES:
        says = "OPENSPACES_PROXIES is not set, and https means that a proxy stands in front: everybody counts as one"
        yield look("proxies", f"{says} address there. Name it, 127.0.0.1 for one on this machine.")
    elif "*" in settings.PROXIES or any(each.endswith("/0") for each in settings.PROXIES):
        yield wrong("proxies", "OPENSPACES_PROXIES believes everybody: anyone can write any address. Name the proxy.")
    else:
        believed = ", ".join(settings.PROXIES) or "nobody"
        yield fine("proxies", f"Who asks is said by {believed}.")


def _limits_and_logs() -> Iterator[Finding]:
    if settings.LIMITS:
        yield fine("limits", "Rate limits are on.")
    else:
        yield wrong("limits", "Rate limits are off (OPENSPACES_LIMITS): never run like this on an open network.")
    if settings.LOGS == "lines-with-personal-data":
        yield look("log", "The log has what people typed in it (OPENSPACES_LOGS): set lines or json again.")
    elif not settings.MAIL_IS_SENT:
        yield look("log", "Sign-in codes stand in the log, for no mail is sent: who reads it can sign in as anybody.")
    else:
        yield fine("log", "It tells nothing of people.")


def _metrics() -> Iterator[Finding]:
    if any(network.prefixlen == 0 for network in settings.METRICS_FROM):
        yield look(
            "metrics", "Everybody sees /metrics (OPENSPACES_METRICS): nothing in it is of people, but it is a lot."
        )
    elif settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORT // 2:
        yield wrong("metrics", "The token of OPENSPACES_METRICS is short: take one of 16 letters or more.")
    else:
        yield fine("metrics", f"/metrics is shown to {_shown_to()}.")


def _shown_to() -> str:
    networks = [str(network) for network in settings.METRICS_FROM]
    return ", ".join([*networks, *(["whoever has the token"] if settings.METRICS_TOKEN else [])]) or "nobody"
