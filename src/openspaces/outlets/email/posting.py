"""A letter on its way: to whom, looked up when it goes; the same Message-ID at each try; what the mail server says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.delivery.contract import Job, Message, Refused, Unreachable
from openspaces.outlets.email.letter import Letter, headers_of, html_of, subject_of, text_of
from openspaces.outlets.email.links import stop_link
from openspaces.outlets.email.staff import PREFIX
from openspaces.people.contacts import contact_of, linked
from openspaces.people.mail import NotSent, post
from openspaces.people.members import address_of_member
from openspaces.people.stopping import is_stopped


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter, and the Board from which it was worded."""

    letter: Letter
    board: Board


def address_of(job: Job) -> str:
    """Where a telling goes; "" where there is no address any more, or nothing is wanted there."""
    member = job.to.removeprefix(PREFIX)
    address = contact_of(job.event, job.to) if member == job.to else address_of_member(job.event, int(member))
    return "" if is_stopped(job.event, address) else address


def send(message: Message, job: Job) -> str:
    """Hand a letter to the mail server. The receipt is its Message-ID."""
    ready: Ready = message.content
    address, board = address_of(job), ready.board
    if not address:
        raise Refused(_("The address was taken away meanwhile."))
    stop = stop_link(board, address)
    headers = headers_of(ready.letter.about, job.key, board, stop)
    text, html = text_of(ready.letter, board, stop), html_of(ready.letter, board, stop)
    try:
        post(address, subject_of(ready.letter, board), text, html=html, headers=headers)
    except NotSent as trouble:
        raise told(trouble) from None
    if job.subject.startswith("link "):
        linked(job.event, job.to, job.due)
    return headers["Message-ID"]


def told(trouble: NotSent) -> Refused | Unreachable:
    """What the mail server says, for whoever set this up."""
    if trouble.lasting:
        return Refused(_("The mail server refuses this letter: %(says)s") % {"says": trouble.says})
    return Unreachable(_("The mail server does not take the letter now: %(says)s") % {"says": trouble.says})
