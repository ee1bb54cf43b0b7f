"""A letter that only shows that letters arrive."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.board.state import Board
from openspaces.delivery.contract import Field, Refused, Trial
from openspaces.outlets.email.links import desk_link
from openspaces.outlets.email.posting import told
from openspaces.people.mail import NotSent, post
from openspaces.people.stopping import is_stopped


def _send(to: str, board: Board) -> None:
    address = _address(to)
    if is_stopped(board.event, address):
        raise Refused(_("Whoever reads mail there wants no more letters of this board."))
    event, desk = {"event": board.name}, desk_link(board)
    says = _("This is a test: letters of %(event)s arrive here.") % event
    try:
        post(address, _("%(event)s: a test") % event, f"{says}\n\n{desk.says}:\n{desk.url}\n")
    except NotSent as trouble:
        raise told(trouble) from None


def _address(typed: str) -> str:
    try:
        validate_email(typed.strip())
    except ValidationError:
        raise Refused(_("Write an e-mail address, like ada@example.org.")) from None
    return typed.strip()


TRIAL = Trial(_send, Field("to", gettext_lazy("Your e-mail address"), kind="email"))
