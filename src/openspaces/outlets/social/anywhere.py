"""Everything else, by the library apprise: Slack, Matrix, Telegram, Zulip, Mattermost, ntfy and two hundred more."""

import logging
import socket
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from openspaces.board.state import Board
from openspaces.delivery.calling import may_go
from openspaces.delivery.contract import Destination, Field, Job, Refused, Text, Unreachable
from openspaces.lib.confining import confined
from openspaces.outlets.social import measures
from openspaces.outlets.social.fields import COMMON, common_check
from openspaces.outlets.social.service import Post, Service

PICTURE = 2_000_000
SENT = "sent"
_NOT_OURS = (
    *("dbus", "kde", "qt", "glib", "gnome", "macosx", "windows", "syslog", "blink1", "vapid"),
    *("nostr", "nostrs", "bsky", "bluesky", "xmpp", "xmpps", "mqtt", "mqtts"),
)
"""Services of the machine that this program runs on, and those that keep files, find more servers by themselves, or
connect in threads of their own, where nobody looks where to."""
_FILES = ("keyfile", "subfile", "pgp_key", "pgp_privkey")
"""What some services read from a file that their address names: it would be one of ours."""
_HOSTS = ("host", "smtp_host", "targets_host", "hostname")

FIELDS = (
    Field(
        "url",
        gettext_lazy("Address in the manner of apprise"),
        "secret",
        gettext_lazy(
            "One line that names the service and holds its secrets, such as slack://…, matrixs://…, tgram://… or "
            "ntfys://…. Find your service on https://appriseit.com/services/ and follow its page."
        ),
    ),
    *COMMON,
)


def say(post: Post, job: Job) -> str:
    """Send it."""
    assert job.destination is not None
    _send(job.destination.settings["url"], post)
    return SENT


def change(id_: str, post: Post, job: Job) -> str:
    """Nothing there can be changed: send what is right by now."""
    return say(post, job)


def try_out(destination: Destination, board: Board) -> None:
    """Send a line that says that it is a test: there is no other way to see whether it arrives."""
    with override(board.language):
        says = _("This is a test: the board of %(name)s can write here.") % {"name": board.name}
    _send(destination.settings["url"], Post(says, board.language))


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether it looks like an address. Whether apprise knows it, and where it leads, takes seconds to find out: the
    test says that."""
    wrong: dict[str, Text] = {**common_check(settings)}
    if "://" not in settings.get("url", ""):
        wrong["url"] = _("Write a whole line such as %(url)s.") % {"url": "slack://TokenA/TokenB/TokenC/"}
    return wrong


def _send(url: str, post: Post) -> None:
    from apprise import Apprise, NotifyFormat

    sender, where = Apprise(asset=_asset()), opened(url)
    sender.add(where)
    picture = _attached(post) if post.picture else None
    with confined(may_go) as bounds:
        # As plain text: each service escapes it in its own manner, Slack's & < > for one.
        taken = sender.notify(body=post.text, body_format=NotifyFormat.TEXT, attach=picture, interpret_escapes=False)
    if not taken and bounds.refused:
        raise _leads_inside(bounds.refused[-1])
    if not taken:
        raise Unreachable(_("The service did not take it: look at the address, and at the service's own page."))


def _attached(post: Post) -> Any:
    from apprise.attachment.memory import AttachMemory

    attach: Any = AttachMemory
    return attach(post.picture, name="board.png", mimetype="image/png")


def opened(url: str) -> Any:
    """The service of an address; raises Refused. It connects by itself: where to is looked at once more as it does.
    Takes a second or more at first."""
    from apprise import Apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it logs what it was told, and that is secret in parts
    service: Any = Apprise.instantiate(url.strip(), asset=_asset(), suppress_exceptions=True)
    if service is None:
        raise Refused(_("Apprise does not understand this address: compare it with the service's page."))
    if urlsplit(url.strip()).scheme.lower() in _NOT_OURS:
        raise Refused(_("This service is not for posts of a board: choose another."))
    if _reads_files(service):
        raise Refused(_("This address names a file, which would be one of the computer that the board runs on."))
    for host in _hosts(service, url):
        _look(host)
    service.redirects = service.discovery = False  # whatever the address says: both lead to servers nobody looked at
    return service


def _reads_files(service: Any) -> bool:
    """Whether a service would send, or read keys from, a file that its address names."""
    from apprise import AppriseAttachment

    attached = any(isinstance(value, AppriseAttachment) and len(value) for value in vars(service).values())
    return attached or any(getattr(service, name, None) for name in _FILES)


def _asset() -> Any:
    """No redirects, nothing on disk, no secrets in logs, and no pictures of apprise's own."""
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="openspaces",
        app_desc="openspaces",
        http_redirects=False,
        storage_mode="memory",
        secure_logging=True,
        image_url_mask="",
        image_url_logo="",
    )


def _hosts(service: Any, url: str) -> Iterator[str]:
    """Every name in an address or its service that may be a server. A number is one only to services that ask for a
    server: to others it is whom they know by it."""
    named = {urlsplit(url.strip()).hostname or "", *(str(getattr(service, name, None) or "") for name in _HOSTS)}
    asked = any("{host}" in template for template in service.templates)
    yield from sorted(name for name in named if name and (asked or not name.isdecimal()))


def _look(host: str) -> None:
    """Refuse a server inside. What has no address is a token of a service whose server apprise knows."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return
    if not all(may_go(str(each[4][0])) for each in found):
        raise _leads_inside(host)


def _leads_inside(host: str) -> Refused:
    says = _(
        "%(url)s leads into a private network, to which nothing is sent. If it is yours, name the network in "
        "OPENSPACES_SEND_TO."
    )
    return Refused(says % {"url": host})


ANYWHERE = Service(
    name="apprise",
    title=gettext_lazy("Slack, Matrix, Telegram, Zulip and others"),
    about=gettext_lazy(
        "Sends what begins soon to nearly any chat, by apprise. What was sent cannot be taken back: if a card may be "
        "hidden later, approve posts by hand."
    ),
    fields=FIELDS,
    measure=measures.ANYWHERE,
    say=say,
    change=change,
    unsay=None,
    try_out=try_out,
    check=check,
    pictures=PICTURE,
)
