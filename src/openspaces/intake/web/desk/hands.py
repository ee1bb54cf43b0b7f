"""Who did something, as staff read it: a colleague by address or note of a link or token, a host, the program."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.intake.web.roles import role_name
from openspaces.people.roster import Doer, doers
from openspaces.people.who import PROGRAM
from openspaces.wording import apart

Staff = Mapping[str, Doer]
"""Who has or had a role, by the hands of their devices and programs."""


def staff_of(board: Board) -> Staff:
    """Everyone who has or had a role at the board's event; three queries."""
    return doers(board.event)


def who_says(hand: str, board: Board, staff: Staff, mine: str = "") -> str:
    """Who has that hand. `mine` is the hand of the reader's own device."""
    if hand == PROGRAM.hand:
        return _("the program")
    if hand and hand == mine:
        return _("you")
    if hand in staff:
        return _colleague_says(staff[hand])
    return _host_says(hand, board)


def _colleague_says(doer: Doer) -> str:
    role = role_name(doer.role) if doer.role else ""
    if doer.name and role:
        return _("%(name)s, %(role)s") % {"name": apart(doer.name), "role": role}
    return apart(doer.name) if doer.name else role


def _host_says(hand: str, board: Board) -> str:
    """A host by the name on the newest card with one; whoever wrote no card is nobody we know."""
    names = [card.words.host for card in board.cards_of(hand)] if hand else []
    if not names:
        return _("somebody")
    name = next((name for name in reversed(names) if name), "")
    return _("%(name)s, host") % {"name": apart(name)} if name else _("a host")
