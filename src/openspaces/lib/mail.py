"""Where mail goes and comes from, each as one address: `smtp://user:password@host:port?starttls=1`, `imaps://…`."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS_PORT = 587


_IMAP_PORTS = {"imap": 143, "imaps": 993}


@dataclass(frozen=True)
class Server:
    """A mail server and how one speaks with it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


@dataclass(frozen=True)
class Imap:
    """A mailbox: the folder that is read, where letters go that were read (else they stay, marked), and the event that
    all of them are for (else their recipients say it)."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    tls: bool = False
    starttls: bool = False
    done: str = ""
    event: str = ""


def server(url: str) -> Server:
    """Read the address of a mail server; ValueError if it is none."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("OPENSPACES_SMTP is no address like smtp://user:password@mail.example.org:587?starttls=1")
    starttls = _is_on(parse_qs(parts.query).get("starttls", ["0"])[-1])
    return Server(
        parts.hostname,
        parts.port or (_STARTTLS_PORT if starttls else _PORTS[parts.scheme]),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=starttls,
    )


def mailbox(url: str) -> Imap:
    """Read the address of a mailbox, `imaps://user:password@host/folder?done=Read&event=pyconus2022`; ValueError if it
    is none."""
    parts = urlsplit(url)
    if parts.scheme not in _IMAP_PORTS or not parts.hostname or not parts.username:
        raise ValueError("OPENSPACES_IMAP is no address like imaps://user:password@mail.example.org/INBOX")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return Imap(
        parts.hostname,
        parts.port or _IMAP_PORTS[parts.scheme],
        unquote(parts.username),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")) or "INBOX",
        tls=parts.scheme == "imaps",
        starttls=_is_on(asked.get("starttls", "")),
        done=asked.get("done", ""),
        event=asked.get("event", ""),
    )


def _is_on(typed: str) -> bool:
    return typed.lower() in ("1", "on", "yes", "true")
