"""Where mail is handed over: an SMTP server as one address, `smtp://user:password@host:port?starttls=1`."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS_PORT = 587


@dataclass(frozen=True)
class Server:
    """A mail server and how one speaks with it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def server(url: str) -> Server:
    """Read the address of a mail server; ValueError if it is none."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("OPENSPACES_SMTP is no address like smtp://user:password@mail.example.org:587?starttls=1")
    starttls = parse_qs(parts.query).get("starttls", ["0"])[-1].lower() in ("1", "on", "yes", "true")
    return Server(
        parts.hostname,
        parts.port or (_STARTTLS_PORT if starttls else _PORTS[parts.scheme]),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=starttls,
    )
