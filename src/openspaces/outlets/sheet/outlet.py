"""The outlet: the sheet is written anew a few seconds after the board has changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.delivery.contract import (
    Destination,
    Field,
    Job,
    Message,
    News,
    Promise,
    Push,
    Refused,
    Text,
    Thing,
)
from openspaces.look.grid import grid_rows
from openspaces.look.listing import list_rows
from openspaces.outlets.sheet.api import Spreadsheet
from openspaces.outlets.sheet.credentials import account_of
from openspaces.outlets.sheet.filling import Rows, fill

SETTLES = timedelta(seconds=8)
PATIENCE = timedelta(seconds=30)
"""How old the sheet may be while changes keep coming. Google takes 60 writes a minute of one account."""
_ID = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]{10,100})(?:[/?#]|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")

FIELDS = (
    Field(
        "url",
        gettext_lazy("Address of the spreadsheet"),
        "url",
        gettext_lazy("Two tabs are made in it, one with a row for each hour, one with a row for each card."),
    ),
    Field(
        "credentials",
        gettext_lazy("Key of a service account"),
        "secret",
        gettext_lazy(
            "The whole JSON file: in console.cloud.google.com make a project, switch on the Google Sheets API, and "
            "under IAM, Service Accounts make an account and a key. Then share the spreadsheet with the account's "
            "e-mail address, as editor."
        ),
    ),
)


def wants(news: News) -> Iterator[Thing]:
    """The board, once it has come to rest."""
    if news.changes:
        last = news.changes[-1]
        yield Thing("board", last.at + SETTLES, last.number)


def coming(board: Board, at: datetime, destination: Destination | None) -> Iterable[Thing]:
    """The board as it is when the sheet is set up."""
    return [Thing("first", at)]


def compose(job: Job, board: Board) -> Message:
    """The grid and the list, as everybody may read them."""
    return Message(_("The board, with change %(number)d") % {"number": board.number}, tabs_of(board))


def tabs_of(board: Board) -> dict[str, Rows]:
    """The rows of each tab, by its title."""
    return {_("Open Space: hours"): _clean(grid_rows(board)), _("Open Space: cards"): _clean(list_rows(board))}


def send(message: Message, job: Job) -> str:
    """Write it over what stands there."""
    assert job.destination is not None
    _write(job.destination, message.content)
    return ""


def try_out(destination: Destination, board: Board) -> None:
    """Write the board as it is: that does no harm, and shows what will stand there."""
    _write(destination, tabs_of(board))


def check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """What is wrong with the address or with the key."""
    wrong: dict[str, Text] = {}
    if not _ID.search(settings.get("url", "")):
        wrong["url"] = _("Copy the whole address of the spreadsheet: it has /spreadsheets/d/ in it.")
    if account_of(settings.get("credentials", "")) is None:
        wrong["credentials"] = _("This is no key of a service account: paste all that is in the JSON file.")
    return wrong


def _write(destination: Destination, tabs: Mapping[str, Rows]) -> None:
    account = account_of(destination.settings["credentials"])
    found = _ID.search(destination.settings["url"])
    if account is None or found is None:
        raise Refused(_("The address or the key is not right any more: type them anew."))
    fill(Spreadsheet(account, found[1]), tabs)


def _clean(rows: Iterable[tuple[str, ...]]) -> Rows:
    return [tuple(_CONTROL.sub("", value) for value in row) for row in rows]


SHEET = Push(
    name="sheet",
    title="Google Sheets",
    about=gettext_lazy("Keeps the board in a spreadsheet of yours, some seconds after each change."),
    promise=Promise.AT_LEAST_ONCE,
    wants=wants,
    coming=coming,
    compose=compose,
    send=send,
    fields=FIELDS,
    check=check,
    try_out=try_out,
    patience=PATIENCE,
)
