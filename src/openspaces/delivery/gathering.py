"""From the log to what is to be told: each outlet reads on from its cursor, and both are written together."""

import logging
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from openspaces.board.read import changes_after
from openspaces.board.state import Board
from openspaces.delivery.contract import Destination, News, Push, Thing
from openspaces.delivery.models import Cursor
from openspaces.delivery.rows import forget_waiting, plan
from openspaces.lib.points import passing

logger = logging.getLogger(__name__)

BATCH = 500
"""How many changes are read at once."""


def gather_news(push: Push, board: Board, destination: Destination | None, at: datetime) -> bool:
    """Plan what the changes since the last time want told; whether that was all. A new outlet or destination, and one
    whose log is another since a restore, begins with what happens next."""
    cursor = _cursor(push, board, destination)
    if cursor.number >= board.number:
        return True
    changes = [each for each in changes_after(board.event, cursor.number, BATCH) if each.number <= board.number]
    passing("read")
    news = News(board, tuple(changes), destination)
    with override(board.language), transaction.atomic():
        _plan(push, board, destination, _wanted(push, news), at)
        passing("planned")
        cursor.number = changes[-1].number if changes else board.number
        cursor.save(update_fields=["number"])
    passing("committed")
    return cursor.number >= board.number


def gather_coming(push: Push, board: Board, destination: Destination | None, at: datetime) -> None:
    """Plan what is due by the clock alone; what was planned before is not planned twice."""
    with override(board.language):
        things = [replace(thing, number=0) for thing in push.coming(board, at, destination)]
    if things:
        with transaction.atomic():
            _plan(push, board, destination, things, at)


def _wanted(push: Push, news: News) -> list[Thing]:
    """What the news want told. A change on which the outlet breaks is left out: it must not hold up all after it."""
    try:
        return list(push.wants(news))
    except Exception:
        if len(news.changes) > 1:
            return [thing for change in news.changes for thing in _wanted(push, replace(news, changes=(change,)))]
        logger.exception("%s of %s leaves out %s", push.name, news.board.event, [each.number for each in news.changes])
        return []


def _plan(push: Push, board: Board, destination: Destination | None, things: list[Thing], at: datetime) -> None:
    asks = bool(destination and destination.asks)
    plan(push, board.event, destination.id if destination else 0, things, asks=asks, since=at)


def _cursor(push: Push, board: Board, destination: Destination | None) -> Cursor:
    named = {"event": board.event, "outlet": push.name, "destination": destination.id if destination else 0}
    beginning = {"epoch": board.epoch, "number": board.number}
    cursor, _ = Cursor.objects.get_or_create(**named, defaults=beginning)
    if cursor.epoch != board.epoch:
        forget_waiting(push.name, board.event, cursor.destination)
        cursor.epoch, cursor.number = board.epoch, board.number
        cursor.save()
    return cursor
