"""A telling in words, as things are when it is sent; nothing where there is nothing left to say, or enough was said."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.delivery.contract import Job, Message
from openspaces.delivery.rows import told_since
from openspaces.look.cards import title_says
from openspaces.outlets.phone.carrying import Packet, packed
from openspaces.outlets.phone.followed import followed_word
from openspaces.outlets.phone.moved import moved_says
from openspaces.outlets.phone.said import Said
from openspaces.outlets.phone.subjects import ANNOUNCED, CARD, HELLO, NEW, STARTS, parted
from openspaces.outlets.phone.wanting import AHEAD
from openspaces.people.phones import Phone, phone
from openspaces.wording import apart, clock, placement_says


def compose(job: Job, board: Board) -> Message | None:
    """What the phone shows."""
    there = phone(board.event, int(job.to))
    if there is None:
        return None
    with override(there.wishes.language):
        said = _said(job, board, there)
        left = _left_today(job, board, there)
        if said is None or (left <= 0 and not said.always):
            return None
        body = said.body
        if left == 1 and not said.always:
            body = " ".join((body, _("That was the last message for today."))).strip()
        content: Packet = packed(board, there, said, body)
    return Message(f"{said.title}\n{body}", content)


def _said(job: Job, board: Board, there: Phone) -> Said | None:
    kind, of = parted(job.subject)
    if kind == ANNOUNCED:
        return _announced(board, int(of[0]))
    if kind == HELLO:
        return hello(board)
    card = board.cards.get(of[0])
    if card is None:
        return None
    if kind == CARD:
        return moved_says(job, board, card, there)
    if kind == STARTS:
        return _starts(board, card, of[1])
    return _new(job, board, card, there) if kind == NEW else None


def _announced(board: Board, number: int) -> Said | None:
    text = next((each.text for each in board.announcements if each.number == number), "")
    where = f"/{board.event}/"
    return Said(board.name, text, where, f"announced {number}", always=True) if text else None


def hello(board: Board) -> Said:
    """What a phone is shown when its owner asks for a message just to see one."""
    says = _("This is how you hear of what you starred.")
    return Said(board.name, says, f"/{board.event}/notices/", "hello", always=True)


def _starts(board: Board, card: Card, slot: str) -> Said | None:
    """None if it starts at another time by now."""
    if card.hidden or not card.placement or card.cells[0].slot != slot:
        return None
    starts, _ends = board.time_of(card.placement)
    title = _("%(time)s: “%(title)s”") % {"time": clock(board.local(starts)), "title": apart(card.words.title)}
    url = f"/{board.event}/cards/{card.code}/"
    return Said(title, placement_says(board, card.placement), url, card.code, soon=True, lasts=AHEAD.seconds)


def _new(job: Job, board: Board, card: Card, there: Phone) -> Said | None:
    """Each card is told once, and by what it says now."""
    word = "" if card.hidden or job.earlier else followed_word(card, there.wishes.keywords)
    if not word or card.stage is Stage.WITHDRAWN:
        return None
    where = {
        Stage.IDEA: _("An idea that nobody hosts yet."),
        Stage.PLANNED: _("Announced, no room yet."),
        Stage.PLACED: card.placement and placement_says(board, card.placement),
    }[card.stage]
    follows = _("You follow “%(word)s”.") % {"word": apart(word)}
    title = _("New: “%(title)s”") % {"title": apart(title_says(card))}
    return Said(title, f"{where} {follows}", f"/{board.event}/cards/{card.code}/", card.code)


def _left_today(job: Job, board: Board, there: Phone) -> int:
    """How many messages may still be sent on the day of this one."""
    midnight = board.local(job.due).replace(hour=0, minute=0, second=0, microsecond=0)
    return there.wishes.budget - told_since(job.event, job.outlet, job.to, midnight)
