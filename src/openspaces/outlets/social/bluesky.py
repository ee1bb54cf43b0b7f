"""Bluesky, by the AT Protocol: https://docs.bsky.app/docs/advanced-guides/posts."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.delivery.contract import Destination, Field, Job, Text
from openspaces.outlets.social import measures
from openspaces.outlets.social.atproto import Account
from openspaces.outlets.social.fields import COMMON, common_check
from openspaces.outlets.social.service import Post, Service

POSTS = "app.bsky.feed.post"
PICTURE = 950_000
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"

FIELDS = (
    Field(
        "handle",
        gettext_lazy("Handle"),
        help=gettext_lazy("The account's name without an @, such as pycon.bsky.social."),
    ),
    Field(
        "password",
        gettext_lazy("App password"),
        "secret",
        gettext_lazy(
            "Not the account's own password: in Bluesky open Settings, Privacy and security, App passwords; add one."
        ),
    ),
    Field(
        "server",
        gettext_lazy("Server"),
        "url",
        gettext_lazy("Leave it as it is unless the account lives on a server of its own."),
        usual="https://bsky.social",
    ),
    *COMMON,
)


def say(post: Post, job: Job) -> str:
    """Post it under a name that follows from the telling: a second try takes the place of the first."""
    return _say(_account(job), post, job)


def change(id_: str, post: Post, job: Job) -> str:
    """A post there cannot be edited: another one takes its place."""
    account = _account(job)
    _delete(account, id_)
    return _say(account, post, job)


def unsay(id_: str, job: Job) -> None:
    """Delete it."""
    _delete(_account(job), id_)


def try_out(destination: Destination, board: Board) -> None:
    """Sign in; posts nothing."""
    Account(destination).sign_in()


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether handle and server are what they are called."""
    wrong: dict[str, Text] = {**common_check(settings)}
    handle, parts = settings.get("handle", ""), urlsplit(settings.get("server", ""))
    if "." not in handle or handle.startswith("@"):
        wrong["handle"] = _("Write the whole handle without an @, such as pycon.bsky.social.")
    if not (parts.scheme and parts.hostname):
        wrong["server"] = _("Write a whole web address such as %(url)s.") % {"url": "https://bsky.social"}
    return wrong


def _account(job: Job) -> Account:
    assert job.destination is not None
    return Account(job.destination)


def _say(account: Account, post: Post, job: Job) -> str:
    name, record = record_name(job), _record(post, account)
    if job.tries > 1:  # readers' servers take no notice of a record that changes, only of one that goes and comes
        _delete(account, name)
    account.ask("com.atproto.repo.putRecord", {"collection": POSTS, "rkey": name, "record": record}, ours=True)
    return name


def record_name(job: Job) -> str:
    """A TID (https://atproto.com/specs/tid) that is the same at each try: the second when the telling began to wait,
    and below it what its key makes."""
    drawn = int.from_bytes(hashlib.sha256(job.key.encode()).digest()[:8])
    micros = int(job.since.timestamp()) * 1_000_000 + drawn % 1_000_000
    value = (micros << 10) | (drawn >> 32) % 1024
    return "".join(_DIGITS[value >> 5 * place & 31] for place in reversed(range(13)))


def _delete(account: Account, name: str) -> None:
    account.ask("com.atproto.repo.deleteRecord", {"collection": POSTS, "rkey": name}, ours=True)


def _record(post: Post, account: Account) -> dict[str, Any]:
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": post.text,
        "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "langs": [post.language.partition("-")[0]],
        "facets": list(facets(post)),
    }
    if post.picture:
        blob = account.upload(post.picture, "image/png")
        record["embed"] = {"$type": "app.bsky.embed.images", "images": [{"image": blob, "alt": post.alt}]}
    return record


def facets(post: Post) -> Iterator[dict[str, Any]]:
    """What is a link or a tag in the text, by its place in bytes of UTF-8: ours alone, which stand at its end."""
    said = post.text.encode()
    marked = [(post.link, {"$type": "app.bsky.richtext.facet#link", "uri": post.link})] if post.link else []
    marked += [(tag, {"$type": "app.bsky.richtext.facet#tag", "tag": tag[1:]}) for tag in post.tags]
    end = 0
    begins = said.rindex(post.link.encode()) if post.link else said.rfind(b"\n") + 1
    for words, feature in marked:
        start = said.index(words.encode(), max(begins, end))
        end = start + len(words.encode())
        yield {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


BLUESKY = Service(
    name="bluesky",
    title=gettext_lazy("Bluesky"),
    about=gettext_lazy(
        "Posts what begins soon, with a picture. Where a card moves or is hidden, the post is deleted and written anew."
    ),
    fields=FIELDS,
    measure=measures.BLUESKY,
    say=say,
    change=change,
    unsay=unsay,
    try_out=try_out,
    check=check,
    pictures=PICTURE,
)
