"""Which network addresses belong to everybody: what a stranger names may be fetched from those alone."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
"""IPv6 networks whose addresses carry an IPv4 one, and how many bits stand behind it: mapped, NAT64, 6to4."""
_LOCAL = (IPv6Network("64:ff9b:1::/48"), IPv6Network("2001::/32"), IPv6Network("fec0::/10"))
"""Networks that Python counts as global, or counts otherwise in some version: local NAT64, Teredo, site-local."""


def is_public(address: str, besides: Iterable[Network] = ()) -> bool:
    """Whether an address is one of the whole internet, or of the networks named `besides`. Those that carry another
    address in them are looked at by that one."""
    meant = carried(address.partition("%")[0])
    if any(meant in network for network in besides):
        return True
    if isinstance(meant, IPv6Address) and any(meant in network for network in _LOCAL):
        return False
    return meant.is_global and not (meant.is_multicast or meant.is_reserved or meant.is_unspecified)


def carried(address: str) -> IPv4Address | IPv6Address:
    """The address that is reached in the end; ValueError if it is none."""
    whole = ip_address(address)
    if isinstance(whole, IPv6Address):
        for network, behind in _CARRIERS:
            if whole in network and int(whole) > 1:
                return IPv4Address(int(whole) >> behind & 0xFFFFFFFF)
    return whole


def networks(written: str) -> tuple[Network, ...]:
    """Networks written with commas: `127.0.0.1, 10.0.0.0/8`; ValueError if one is none."""
    return tuple(ip_network(each.strip(), strict=False) for each in written.split(",") if each.strip())
