"""The outlet: which changes a hook is sent, what its answer means, and when nobody there is asked any more."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind
from openspaces.delivery.calling import reach, too_often
from openspaces.delivery.carrying import changes_of
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
    Trouble,
    Unreachable,
)
from openspaces.delivery.rows import arrived_since
from openspaces.outlets.webhook.body import of_change, of_test
from openspaces.outlets.webhook.signing import mint, signed

_HOURS = tuple(timedelta(hours=each) for each in (2, 5, 10, 14, 20, 24))
AGAIN = (timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), *_HOURS)
"""The times that Standard Webhooks proposes: more than three days in all."""
ANSWER_READ = 4096
LONGEST_ADDRESS = 1000

FIELDS = (
    Field(
        "url",
        gettext_lazy("Address"),
        "url",
        gettext_lazy("Where your program listens. Each change is sent there as JSON in a POST, signed."),
    ),
    Field(
        "kinds",
        gettext_lazy("Only these kinds of change"),
        "lines",
        gettext_lazy("One a line, such as card.placed, or card.* for all of cards. Empty: all."),
        needed=False,
    ),
)


def wants(news: News) -> Iterator[Thing]:
    """Each change of a kind that was asked for, as soon as it has happened."""
    assert news.destination is not None
    chosen = _chosen(news.destination.settings)
    for change in news.changes:
        if not chosen or {change.kind.value, _family(change.kind)} & chosen:
            yield Thing(str(change.number), change.at, change.number)


def compose(job: Job, board: Board) -> Message | None:
    """The change without what is hidden by now."""
    for change in changes_of(job):
        return Message(change.kind.value, of_change(change, board))
    return None


def send(message: Message, job: Job) -> str:
    """Send it. Whoever has taken nothing in all the tries of one change, over days, is asked no more."""
    assert job.destination is not None
    try:
        return _sent(job.destination, message.content, job.key)
    except (Unreachable, Later) as trouble:
        if not job.last:
            raise
        if arrived_since(job.destination.id, job.since):
            raise Refused(str(trouble)) from None
        says = _("Nothing arrived there for days. %(trouble)s") % {"trouble": trouble}
        raise Gone(says) from None


def try_out(destination: Destination, board: Board) -> None:
    """Send a test; what is wrong with the answer is said."""
    _sent(destination, of_test(board), f"test-{token_hex(8)}")


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """What is wrong with the address, or with the kinds."""
    wrong: dict[str, Text] = {}
    if not _is_address(settings.get("url", "")):
        wrong["url"] = _("Write a whole web address that begins with https://.")
    known = {kind.value for kind in Kind} | {_family(kind) for kind in Kind}
    if unknown := sorted(_chosen(settings) - known):
        wrong["kinds"] = _("There is no such kind of change: %(kinds)s") % {"kinds": ", ".join(unknown)}
    return wrong


def _chosen(settings: Mapping[str, str]) -> set[str]:
    return set(settings.get("kinds", "").replace(",", " ").split())


def _family(kind: Kind) -> str:
    return f"{kind.value.partition('.')[0]}.*"


def _is_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
        named = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
    return bool(named) and len(typed) <= LONGEST_ADDRESS


def _sent(destination: Destination, body: str, key: str) -> str:
    headers = signed(body, key, destination.settings, datetime.now(UTC))
    answer = reach("POST", destination.settings["url"], headers=headers, body=body.encode(), largest=ANSWER_READ)
    if not answer.ok:
        raise too_often(answer) or _trouble(answer.status)
    return str(answer.status)


def _trouble(status: int) -> Trouble:
    """What an answer means that is neither "taken" nor "later". Another change may be taken all the same."""
    if status == 410:
        return Gone(_("It says that it wants no more (status 410)."))
    return Unreachable(_says(status) % {"status": status}, alone=True)


def _says(status: int) -> str:
    if status in (401, 403):
        return _("It does not let us in (status %(status)d): does its address carry all that it wants?")
    if status == 404:
        return _("There is nothing at this address (status %(status)d): look at it.")
    if 300 <= status < 400:
        return _("It leads elsewhere (status %(status)d), and hooks do not follow: write the address it leads to.")
    if status >= 500:
        return _("It answers with status %(status)d: something is wrong there.")
    return _("It did not take it (status %(status)d): its own log may say why.")


WEBHOOK = Push(
    name="webhook",
    title=gettext_lazy("Webhook"),
    about=gettext_lazy("Tells a program of yours every change as it happens."),
    promise=Promise.AT_LEAST_ONCE,
    wants=wants,
    compose=compose,
    send=send,
    fields=FIELDS,
    check=check,
    mint=mint,
    try_out=try_out,
    again=AGAIN,
)
"""Sent at least once; `webhook-id` is the same each time."""
