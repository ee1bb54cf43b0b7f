"""Mastodon, and what speaks its language (GoToSocial, Pleroma, Pixelfed …): https://docs.joinmastodon.org/methods/."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.delivery.calling import call
from openspaces.delivery.contract import Destination, Field, Gone, Job, Refused, Text
from openspaces.lib.sending import Answer
from openspaces.outlets.social import measures
from openspaces.outlets.social.fields import COMMON, common_check
from openspaces.outlets.social.service import Post, Service

LOOKS, PAUSE = 4, 1.0
"""How often, and after how many seconds each, we look whether a picture that is being worked on is ready."""
PICTURE = 4_000_000
ALT = 1500

FIELDS = (
    Field(
        "server",
        gettext_lazy("Server"),
        "url",
        gettext_lazy("Where the account lives, such as https://fosstodon.org."),
    ),
    Field(
        "token",
        gettext_lazy("Access token"),
        "secret",
        gettext_lazy(
            "On that server: Preferences, Development, New application. Any name; tick read:accounts, write:statuses "
            "and write:media, and send. Open the application again and copy “Your access token”."
        ),
    ),
    Field(
        "visibility",
        gettext_lazy("Who sees it"),
        "choice",
        choices=(
            ("public", gettext_lazy("Everyone")),
            ("unlisted", gettext_lazy("Everyone, but not in the public timelines")),
        ),
        usual="public",
    ),
    *COMMON,
)


def say(post: Post, job: Job) -> str:
    """Post it. A second try under the same key finds the first one's post, which may say something older by then."""
    there = _there(job)
    answer = _json(there, "POST", "/api/v1/statuses", _status(there, post), {"Idempotency-Key": job.key})
    id_ = _id(answer)
    return change(id_, post, job) if job.tries > 1 else id_


def change(id_: str, post: Post, job: Job) -> str:
    """Edit it; where somebody has deleted it meanwhile, it stays deleted."""
    there = _there(job)
    status = {name: value for name, value in _status(there, post).items() if name != "visibility"}
    answer = _json(there, "PUT", f"/api/v1/statuses/{id_}", status)
    return "" if answer.status == 404 else _id(answer)


def unsay(id_: str, job: Job) -> None:
    """Delete it."""
    _json(_there(job), "DELETE", f"/api/v1/statuses/{id_}")


def try_out(destination: Destination, board: Board) -> None:
    """Ask who we are there; posts nothing."""
    _json(destination.settings, "GET", "/api/v1/accounts/verify_credentials")


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether the server is an address."""
    parts = urlsplit(settings.get("server", ""))
    wrong = {} if parts.scheme and parts.hostname else {"server": _("Write a whole web address such as %(url)s.")}
    return {**common_check(settings), **{name: says % {"url": "https://fosstodon.org"} for name, says in wrong.items()}}


def _there(job: Job) -> Mapping[str, str]:
    assert job.destination is not None
    return job.destination.settings


def _status(there: Mapping[str, str], post: Post) -> dict[str, Any]:
    media = _uploaded(there, post) if post.picture else ""
    return {
        "status": post.text,
        "language": post.language.partition("-")[0],
        "visibility": there.get("visibility") or "public",
        "media_ids": [media] if media else [],  # said also where there is none: an edit takes the old one away
    }


def _uploaded(there: Mapping[str, str], post: Post) -> str:
    """The id of the picture; "" if the server does not finish with it in time: the words go without it then."""
    boundary = uuid4().hex
    answer = _call(there, "POST", "/api/v2/media", _form(post, boundary), f"multipart/form-data; boundary={boundary}")
    id_ = _id(answer)
    for _look in range(LOOKS):
        if answer.status == 200:
            return id_
        time.sleep(PAUSE)
        answer = _call(there, "GET", f"/api/v1/media/{id_}")
    return id_ if answer.status == 200 else ""


def _form(post: Post, boundary: str) -> bytes:
    alt = post.alt[:ALT].encode()
    lines = (
        f"--{boundary}",
        'Content-Disposition: form-data; name="description"',
        "",
        alt,
        f"--{boundary}",
        'Content-Disposition: form-data; name="file"; filename="board.png"',
        "Content-Type: image/png",
        "",
        post.picture,
        f"--{boundary}--",
        "",
    )
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def _json(
    there: Mapping[str, str], method: str, path: str, said: Any = None, more: Mapping[str, str] | None = None
) -> Answer:
    body = None if said is None else json.dumps(said).encode()
    return _call(there, method, path, body, "application/json" if body else "", more)


def _call(
    there: Mapping[str, str],
    method: str,
    path: str,
    body: bytes | None = None,
    kind: str = "",
    more: Mapping[str, str] | None = None,
) -> Answer:
    """The answer; raises what is wrong, but for a post that is not there."""
    headers = {"Authorization": f"Bearer {there['token']}", **({"Content-Type": kind} if kind else {}), **(more or {})}
    answer = call(method, f"{there['server'].rstrip('/')}{path}", headers=headers, body=body)
    if answer.status in (401, 403):
        says = _("The server does not know the access token, or the token may not do this. Make a new one.")
        raise Gone(says) if answer.status == 401 else Refused(says)
    if not answer.ok and not (answer.status == 404 and method in ("PUT", "DELETE")):
        said = answer.json()
        why = said.get("error", "") if isinstance(said, dict) else ""
        raise Refused(_("The server refuses it (%(why)s).") % {"why": str(why or answer.status)[:200]})
    return answer


def _id(answer: Answer) -> str:
    said = answer.json()
    id_ = said.get("id") if isinstance(said, dict) else None
    if not isinstance(id_, str) or not id_ or " " in id_ or len(id_) > 64:
        raise Refused(_("This server does not answer as Mastodon does: look at its address."))
    return id_


MASTODON = Service(
    name="mastodon",
    title=gettext_lazy("Mastodon"),
    about=gettext_lazy(
        "Posts what begins soon, with a picture, and corrects its posts when a card moves. Hidden cards go from them."
    ),
    fields=FIELDS,
    measure=measures.MASTODON,
    say=say,
    change=change,
    unsay=unsay,
    try_out=try_out,
    check=check,
    edits=True,
    pictures=PICTURE,
)
