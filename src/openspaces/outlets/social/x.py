"""X, formerly Twitter: each post costs money, so it is off until somebody says that they know. https://docs.x.com."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings as program
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.delivery.calling import call
from openspaces.delivery.contract import Destination, Field, Gone, Job, Promise, Refused, Text
from openspaces.lib.sending import Answer
from openspaces.outlets.social import measures
from openspaces.outlets.social.fields import COMMON, common_check
from openspaces.outlets.social.service import Post, Service

_HELP = gettext_lazy("In the developer portal of X, under your app: Keys and tokens. The app must be allowed to write.")
FIELDS = (
    Field("knows", gettext_lazy("I know that it costs USD 0.015 a post, 0.20 with a link"), "flag"),
    Field(
        "link",
        gettext_lazy("Put the link into each post"),
        "flag",
        gettext_lazy("Posts with a link cost the higher price."),
        needed=False,
    ),
    Field("key", gettext_lazy("API key"), "secret", _HELP),
    Field("key_secret", gettext_lazy("API key secret"), "secret"),
    Field("token", gettext_lazy("Access token"), "secret"),
    Field("token_secret", gettext_lazy("Access token secret"), "secret"),
    *COMMON,
)


def say(post: Post, job: Job) -> str:
    """Post it."""
    assert job.destination is not None
    answer = _call(job.destination.settings, "POST", "/2/tweets", {"text": post.text})
    said = answer.json()
    id_ = said.get("data", {}).get("id") if isinstance(said, dict) else None
    if not isinstance(id_, str) or not id_.isdigit():
        raise Refused(_("X took it, but its answer cannot be read."))
    return id_


def change(id_: str, post: Post, job: Job) -> str:
    """A post there cannot be edited by programs: another one takes its place, at its price."""
    unsay(id_, job)
    return say(post, job)


def unsay(id_: str, job: Job) -> None:
    """Delete it."""
    assert job.destination is not None
    _call(job.destination.settings, "DELETE", f"/2/tweets/{id_}")


def try_out(destination: Destination, board: Board) -> None:
    """Ask who we are there; posts nothing."""
    _call(destination.settings, "GET", "/2/users/me")


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether somebody has said that they know what it costs."""
    priced = {} if settings.get("knows") == "on" else {"knows": _("Tick this if you want to pay for posts.")}
    return {**common_check(settings), **priced}


def _call(there: Mapping[str, str], method: str, path: str, said: Any = None) -> Answer:
    from oauthlib.oauth1 import Client  # type: ignore[import-untyped]  # slow, and few need it

    url = f"{program.X_API}{path}"
    client = Client(there["key"], there["key_secret"], there["token"], there["token_secret"])
    _url, signed, _body = client.sign(url, http_method=method)
    kind = {} if said is None else {"Content-Type": "application/json"}
    answer = call(method, url, headers={**signed, **kind}, body=None if said is None else json.dumps(said).encode())
    if trouble := _trouble(answer, method):
        raise trouble
    return answer


def _trouble(answer: Answer, method: str) -> Refused | Gone | None:
    if answer.ok or (answer.status == 404 and method == "DELETE"):
        return None
    said = answer.json()
    why = str(said.get("detail") or said.get("title") or answer.status) if isinstance(said, dict) else answer.status
    if answer.status == 401:
        return Gone(_("X does not know these keys. Make new ones in its developer portal, all four of them."))
    if answer.status == 402:
        return Refused(_("The account has no credit left at X."))
    return Refused(_("X refuses it (%(why)s).") % {"why": str(why)[:200]})


X = Service(
    name="x",
    title="X",
    about=gettext_lazy("Posts what begins soon, without a picture. Each post and each correction costs money."),
    fields=FIELDS,
    measure=measures.X,
    say=say,
    change=change,
    unsay=unsay,
    try_out=try_out,
    check=check,
    links=lambda settings: settings.get("link") == "on",
    promise=Promise.AT_MOST_ONCE,
)
