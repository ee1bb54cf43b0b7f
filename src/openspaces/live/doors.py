"""How many streams one device may hold, and one address: nobody takes the places of all. Over that, pages poll."""

from collections import Counter
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from openspaces.live.asgi import Scope, header
from openspaces.people.asking import COOKIE, device_from

KEPT = 20_000
"""How many cookies and addresses are remembered; they come again and again."""


class Doors:
    """Counts who is inside. A holder is a device that we know by its cookie; else the address, which a whole hall may
    share: most people only look, and have no cookie."""

    def __init__(self) -> None:
        self._inside = Counter[str]()

    def holder(self, scope: Scope) -> str:
        """Who asks."""
        cookie = header(scope, b"cookie")
        return (cookie and _known(cookie)) or _network(_address(scope))

    def are_full(self, holder: str) -> bool:
        """Whether a holder has as many streams as it may have."""
        most = settings.STREAMS_PER_DEVICE if holder.startswith(_DEVICE) else settings.STREAMS_PER_ADDRESS
        return bool(settings.LIMITS) and self._inside[holder] >= most

    def enter(self, holder: str) -> None:
        """One more."""
        self._inside[holder] += 1

    def leave(self, holder: str) -> None:
        """One less; who holds none is forgotten."""
        self._inside[holder] -= 1
        if not self._inside[holder]:
            del self._inside[holder]


_DEVICE = "device "
LONGEST = 1024
"""Cookies of more letters are looked at each time: what strangers send is not kept for them."""


def _known(cookies: str) -> str:
    return _device(cookies) if len(cookies) <= LONGEST else _device.__wrapped__(cookies)


@lru_cache(KEPT)
def _device(cookies: str) -> str:
    """The device that a cookie of ours names; empty if there is none, or somebody has made it up."""
    try:
        said = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    device = device_from(said.value if said else None)
    return "" if device.fresh else _DEVICE + device.name


def _address(scope: Scope) -> str:
    """Whose address it is, told by a proxy if it is one of ours."""
    client: tuple[str, int] | None = scope.get("client")
    address = client[0] if client else ""
    proxies = _proxies(tuple(settings.PROXIES))
    if settings.PROXIES and address in proxies:
        told = header(scope, b"x-forwarded-for")
        address = (told and proxies.get_trusted_client_address(told)[0]) or address
    return address


@lru_cache(1)
def _proxies(trusted: tuple[str, ...]) -> Any:
    """uvicorn's own way of telling who is believed."""
    return ProxyHeadersMiddleware(None, list(trusted)).trusted_hosts  # type: ignore[arg-type]


@lru_cache(KEPT)
def _network(address: str) -> str:
    """A house has one address of the old kind, and of the new kind as many as it likes."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((address, 64), strict=False)) if isinstance(known, IPv6Address) else address
