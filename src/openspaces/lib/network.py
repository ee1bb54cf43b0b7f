"""This machine's place in the network: can a port be had, and under which addresses do others find it."""

import socket
from contextlib import closing

ANY = ("0.0.0.0", "::", "")  # noqa: S104 - names for "every address", compared with, not bound


def cannot_listen(host: str, port: int) -> str:
    """Why nothing can listen there; empty if something can."""
    if not 0 < port < 1 << 16:  # the system takes some for others, and 0 for one that nobody would find
        return "no such port"
    try:
        family, kind, proto, _name, place = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind, proto)) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except (OSError, UnicodeError) as trouble:
        return getattr(trouble, "strerror", None) or str(trouble)
    return ""


def address(host: str, port: int) -> str:
    """The http address of a server on `host`, the one for other machines where it listens on every address."""
    named = (in_the_network() or "127.0.0.1") if host in ANY else host
    shown = f"[{named}]" if ":" in named else named
    return f"http://{shown}" + ("" if port == 80 else f":{port}")


def in_the_network() -> str:
    """The address by which the local network knows this machine; empty without a network. Nothing is sent."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        found: str = asking.getsockname()[0]
        return "" if found.startswith("127.") else found
