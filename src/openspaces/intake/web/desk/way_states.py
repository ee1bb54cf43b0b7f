"""How a way out is doing, in words: a destination as a whole, and each thing that was told there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.public import masked_change
from openspaces.board.read import changes_after
from openspaces.board.state import Board
from openspaces.delivery.carrying import previewed
from openspaces.delivery.contract import Destination, Push
from openspaces.delivery.destinations import opened
from openspaces.delivery.models import Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import State
from openspaces.delivery.sealing import Unreadable
from openspaces.intake.web.desk.moments import when_says
from openspaces.wording import tells


@dataclass(frozen=True)
class Doing:
    """How it is doing; `bad` if somebody ought to look, `quiet` if nothing is sent, and that is as it should be."""

    says: str
    bad: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Telling:
    """One thing that was told, is or will be. `about` is what it is about, `preview` what somebody approves."""

    row: int
    about: str
    state: Doing
    preview: str = ""
    asked: bool = False
    again: bool = False


def doing(row: Row, told: Sequence[Delivery], board: Board, at: datetime) -> Doing:
    """A destination; `told` is what was told there, the newest first."""
    if row.stopped:
        why = row.trouble or _("by hand")
        says = _("Stopped %(when)s: %(why)s") % {"when": when_says(board, row.stopped, at), "why": why}
        return Doing(says, bad=bool(row.trouble), quiet=True)
    if readable(row) is None:
        return Doing(_("Its secrets cannot be read here any more: type them anew."), True)
    if asked := sum(each.state == State.ASKED for each in told):
        says = ngettext("%(count)d waits to be approved", "%(count)d wait to be approved", asked)
        return Doing(says % {"count": asked}, True)
    over = [each for each in told if each.tries and each.state != State.DROPPED]
    if not over:
        return Doing(_("Works; nothing was told yet"))
    if over[0].state == State.SENT:
        return Doing(_("Works"))
    return _state(over[0], board, at)


def telling(push: Push, row: Delivery, destination: Destination | None, board: Board, at: datetime) -> Telling:
    """One thing that was told."""
    asked = row.state == State.ASKED
    return Telling(
        row=row.pk,
        about=_about(row, board),
        state=_state(row, board, at),
        preview=previewed(push, row, destination, board) if asked and destination else "",
        asked=asked,
        again=row.state in (State.SENT, State.FAILED, State.DROPPED),
    )


def readable(row: Row) -> Destination | None:
    """A destination with its secrets; None if they were sealed elsewhere."""
    try:
        return opened(row)
    except Unreadable:
        return None


def _about(row: Delivery, board: Board) -> str:
    """The last change that it is about, in words; what the clock made due has only its name."""
    if 0 < row.number <= board.number:
        for change in changes_after(row.event, row.number - 1, 1):
            return tells(masked_change(change, board), board)
    return row.subject


def _state(row: Delivery, board: Board, at: datetime) -> Doing:
    when = when_says(board, row.told or row.due, at)
    if row.state == State.WAITING and row.tries:
        return Doing(_("Did not arrive: %(why)s Tried again at %(when)s.") % {"why": row.trouble, "when": when}, True)
    if row.state == State.FAILED:
        return Doing(_("Did not arrive: %(why)s") % {"why": row.trouble}, True)
    says = {
        State.ASKED: _("Waits to be approved"),
        State.WAITING: _("Goes at %(when)s"),
        State.SENDING: _("On its way"),
        State.SENT: _("Arrived at %(when)s"),
        State.DROPPED: _("Was not sent"),
    }
    return Doing(says[State(row.state)] % {"when": when}, quiet=row.state != State.SENT)
