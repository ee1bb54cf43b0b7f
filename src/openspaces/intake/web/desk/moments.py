"""Moments by the event's clock, as staff read and type them."""

import re
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.wording import clock, date_says

_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")


def when_says(board: Board, at: datetime, today: datetime | None = None) -> str:
    """A moment as the event's clocks show it: "29 April 14:05", or "14:05" where it is of the same day as `today`."""
    local = board.local(at)
    if today and local.date() == board.local(today).date():
        return clock(local)
    return f"{date_says(local.date())} {clock(local)}"


def until_says(board: Board, until: datetime, today: datetime) -> str:
    """Until when something holds: "until 14:05"."""
    return _("until %(when)s") % {"when": when_says(board, until, today)}


def as_typed(board: Board, at: datetime) -> str:
    """A moment as a field for date and time holds it."""
    return board.local(at).strftime("%Y-%m-%dT%H:%M")


def typed_moment(board: Board, typed: str, now: datetime) -> datetime | None:
    """What somebody typed by the event's clock: `2022-04-29T14:05`, or `14:05` of today; None if it is no time."""
    if clocked := _CLOCK.fullmatch(typed):
        return _on(board, board.local(now).date(), int(clocked[1]), int(clocked[2]))
    try:
        moment = datetime.fromisoformat(typed)
        return (moment if moment.tzinfo else moment.replace(tzinfo=board.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _on(board: Board, day: date, hour: int, minute: int) -> datetime | None:
    if hour > 23 or minute > 59:
        return None
    return datetime.combine(day, time(hour, minute), board.zone).astimezone(UTC)
