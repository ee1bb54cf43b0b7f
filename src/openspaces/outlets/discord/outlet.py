"""The outlet: when the message changes, and how it gets there (https://docs.discord.com/developers/resources/webhook)."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind
from openspaces.delivery.calling import reach, too_often
from openspaces.delivery.contract import (
    Destination,
    Field,
    Gone,
    Job,
    Later,
    Message,
    News,
    Promise,
    Push,
    Refused,
    Text,
    Thing,
    Unreachable,
)
from openspaces.delivery.destinations import keep_secret
from openspaces.delivery.holding import HOLD, settled, speaks
from openspaces.lib.sending import Answer
from openspaces.outlets.discord.embed import embed

SETTLE, PACE, PATIENCE = timedelta(seconds=5), timedelta(seconds=5), timedelta(seconds=15)
AHEAD, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LONGEST = 3600.0
_QUIET = (Kind.STARS_COUNTED, Kind.PROGRAMME_FOLLOWED, Kind.CARD_CONFIRMED, Kind.HOSTS_ERASED)
_VEILS = (Kind.CARD_SHIELDED, Kind.CARD_REMOVED)
_WEBHOOK = re.compile(r"/api/(?:v\d+/)?webhooks/\d+/[\w-]+/?")

FIELDS = (
    Field(
        "url",
        gettext_lazy("Webhook URL"),
        "secret",
        gettext_lazy(
            "In Discord open the channel's settings (the cog beside its name), Integrations, Webhooks, New Webhook, "
            "and press “Copy Webhook URL”. Let nobody else write in that channel, and the board stays in sight."
        ),
    ),
)


def wants(news: News) -> Iterator[Thing]:
    """The message again, some seconds after each change; what cards say when it has stood long enough."""
    for change in news.changes:
        if change.kind in _VEILS:
            yield Thing("board", change.at, change.number, presses=True)
        elif change.kind not in _QUIET:
            yield Thing("board", change.at + SETTLE, change.number)
            if speaks(change):
                yield Thing(f"held {change.number}", change.at + HOLD + SECOND, change.number)


def coming(board: Board, at: datetime, destination: Destination | None) -> Iterator[Thing]:
    """The message again when a slot begins, and when the day is over."""
    for day in board.days:
        for slot in day.slots:
            if slot.starts - AHEAD <= at < slot.ends:
                yield Thing(f"at {slot.key}", slot.starts, until=slot.ends)
        if day.slots and day.slots[-1].ends - AHEAD <= at < day.slots[-1].ends + HOLD:
            yield Thing(f"end {day.date}", day.slots[-1].ends)


def compose(job: Job, board: Board) -> Message | None:
    """The message as it is to be; None if that is what it says already."""
    day = board.day_at(job.due)
    if day is None or job.destination is None:
        return None
    said = embed(settled(board, job.due - HOLD), day, job.due)
    written = json.dumps({"embeds": [said], "allowed_mentions": {"parse": []}}, ensure_ascii=False)
    there = job.destination.settings
    if (there.get("said"), there.get("said_to")) == (_digest(written), _whose(there, day.date.isoformat())):
        return None
    return Message(said["title"], (day.date.isoformat(), written))


def send(message: Message, job: Job) -> str:
    """Change the day's message, or begin it; the one of the day before is deleted."""
    assert job.destination is not None
    there, (day, written) = job.destination.settings, message.content
    whose, id_ = _whose(there, day), there.get("message", "")
    if id_ and there.get("said_to") == whose:
        id_ = id_ if _changed(there["url"], id_, written) else ""
    elif id_:
        if there["said_to"].partition(" ")[0] == whose.partition(" ")[0]:
            _fine(_call("DELETE", _of_message(there["url"], id_)), 404)
        id_ = ""
    if not id_:
        id_ = _begun(there["url"], written)
    keep_secret(job.destination.id, message=id_, said=_digest(written), said_to=whose)
    return id_


def try_out(destination: Destination, board: Board) -> None:
    """Ask what webhook it is; posts nothing."""
    _fine(_call("GET", destination.settings["url"]))


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether the address is that of a webhook. One that is kept from before is left empty here."""
    if settings.get("url") and not _WEBHOOK.fullmatch(urlsplit(settings["url"]).path):
        return {"url": _("Copy the whole webhook URL: it begins with https://discord.com/api/webhooks/.")}
    return {}


def _changed(url: str, id_: str, written: str) -> bool:
    """Whether the message is still there, and says this now."""
    return _fine(_call("PATCH", _of_message(url, id_), written), 404).ok


def _begun(url: str, written: str) -> str:
    parts = urlsplit(url)
    waits = urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, "wait=true")))))
    said = _fine(_call("POST", waits, written)).json()
    id_ = said.get("id") if isinstance(said, dict) else None
    if not isinstance(id_, str) or not id_.isdigit():
        raise Refused(_("This address does not answer as Discord does."))
    return id_


def _of_message(url: str, id_: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/messages/{id_}"))


def _call(method: str, url: str, written: str = "") -> Answer:
    headers = {"Content-Type": "application/json"} if written else {}
    answer = reach(method, url, headers=headers, body=written.encode() if written else None)
    if later := too_often(answer):
        raise Later(str(later), _wait(answer, later.seconds))
    if answer.status >= 500:
        raise Unreachable(_("It answers with status %(status)d: something is wrong there.") % {"status": answer.status})
    return answer


def _wait(answer: Answer, usual: float) -> float:
    """The seconds to wait; Discord says them more exactly in its answer than in the header."""
    said: Any = answer.json()
    exact = said.get("retry_after") if isinstance(said, dict) else None
    return min(float(exact), LONGEST) if isinstance(exact, int | float) and exact > 0 else usual


def _fine(answer: Answer, *also: int) -> Answer:
    if answer.status in also or answer.ok:
        return answer
    if answer.status in (401, 403, 404):
        raise Gone(_("Discord does not know this webhook any more. Make a new one and copy its URL here."))
    raise Refused(_("Discord refuses it (status %(status)d).") % {"status": answer.status})


def _whose(there: Mapping[str, str], day: str) -> str:
    """Where the message stands, and of which day it is."""
    return f"{_digest(there['url'])} {day}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


DISCORD = Push(
    name="discord",
    title="Discord",
    about=gettext_lazy(
        "One message in a channel that shows what is on now and next, and changes with the board all day. For a post "
        "before each slot set up “Slack, Matrix, Telegram, Zulip and others” with discord:// too."
    ),
    promise=Promise.AT_LEAST_ONCE,
    wants=wants,
    coming=coming,
    compose=compose,
    send=send,
    fields=FIELDS,
    check=check,
    try_out=try_out,
    patience=PATIENCE,
    pace=PACE,
)
