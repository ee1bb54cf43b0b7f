"""Mail to hosts who left an address and to the staff: what others did, what is due, what needs somebody."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from openspaces.board.state import Board
from openspaces.delivery.contract import Destination, Job, Message, News, Promise, Push, Thing
from openspaces.outlets.email import coming, hosts, reminders, staff
from openspaces.outlets.email.letter import text_of
from openspaces.outlets.email.pacing import NAME
from openspaces.outlets.email.posting import Ready, address_of, send
from openspaces.outlets.email.trying import TRIAL
from openspaces.outlets.email.words import harmless

__all__ = ["EMAIL"]


def _wants(news: News) -> Iterator[Thing]:
    yield from hosts.wanted(news)
    yield from staff.wanted(news)


def _coming(board: Board, at: datetime, destination: Destination | None) -> Iterator[Thing]:
    yield from coming.coming(board, at)
    yield from staff.coming(board, at)


def _compose(job: Job, board: Board) -> Message | None:
    if not address_of(job):
        return None
    worded = {hosts.SUBJECT: hosts.letter, staff.SUBJECT: staff.letter, "near": staff.letter}
    safe = harmless(board)
    letter = worded.get(job.subject.partition(" ")[0], reminders.letter)(job, safe)
    return Message(text_of(letter, safe, ""), Ready(letter, safe)) if letter else None


EMAIL = Push(
    name=NAME,
    title=_("E-mail"),
    about=_("Tells hosts who left an address, and the staff, what concerns them."),
    promise=Promise.AT_LEAST_ONCE,
    wants=_wants,
    compose=_compose,
    send=send,
    coming=_coming,
    trial=TRIAL,
    ready=lambda: settings.MAIL_IS_SENT and bool(settings.BASE_URL),
    needs=_("Set OPENSPACES_SMTP to your mail server and OPENSPACES_URL to the public address of the board."),
)
