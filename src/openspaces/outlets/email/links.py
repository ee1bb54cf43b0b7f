"""The addresses that letters lead to, all of them ours."""

from django.conf import settings
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.outlets.email.letter import Link
from openspaces.people.keys import card_key, mail_stop


def edit_link(board: Board, card: Card, says: str) -> Link:
    """The edit link of a card: its key stands behind the `#`, so that no server on the way logs it."""
    return Link(says, f"{_event(board)}/cards/{card.code}/edit/#{card_key(board.event, card.code)}")


def calendar_link(board: Board, card: Card) -> tuple[Link, ...]:
    """The way of a card that is on the board into its host's calendar."""
    if not card.placement or card.hidden:
        return ()
    return (Link(_("Add it to your calendar"), f"{_event(board)}/cards/{card.code}.ics"),)


def contest_link(board: Board, number: int) -> Link:
    """A contest's page."""
    return Link(_("See the contest"), f"{_event(board)}/contests/{number}/")


def desk_link(board: Board) -> Link:
    """The desk, for the staff."""
    return Link(_("Open the desk"), f"{_event(board)}/desk/")


def stop_link(board: Board, address: str) -> str:
    """Where mail of this event to an address is stopped."""
    return f"{_event(board)}/mail/stop/{mail_stop(board.event, address)}"


def _event(board: Board) -> str:
    return f"{settings.BASE_URL}/{board.event}"
