"""Sign-up for a day: whether hosts may put cards up now, and the organiser's button that opens or closes it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.moves import ChangeDay
from openspaces.board.state import Board, Day
from openspaces.intake.web.desk.moments import when_says


@dataclass(frozen=True)
class SignUp:
    """How it stands with the sign-up for a day, and until when."""

    says: str
    is_open: bool


def sign_up_of(board: Board, day: Day, at: datetime) -> SignUp:
    """How it stands at `at`."""
    if day.closes and day.closes <= at:
        return SignUp(_("Closed for hosts since %(when)s.") % {"when": when_says(board, day.closes, at)}, False)
    if day.opens and day.opens > at:
        return SignUp(_("Hosts can put cards up from %(when)s on.") % {"when": when_says(board, day.opens, at)}, False)
    if day.closes:
        return SignUp(_("Hosts can put cards up until %(when)s.") % {"when": when_says(board, day.closes, at)}, True)
    return SignUp(_("Hosts can put cards up."), True)


def opened(day: Day, at: datetime) -> ChangeDay:
    """Hosts may put cards up from now on; a close that is still to come stays."""
    closes = day.closes if day.closes and day.closes > at else None
    return ChangeDay(day=replace(day, opens=min(day.opens, at) if day.opens else None, closes=closes))


def closed(day: Day, at: datetime) -> ChangeDay:
    """Hosts may put up no more cards; staff still may."""
    return ChangeDay(day=replace(day, closes=at))
