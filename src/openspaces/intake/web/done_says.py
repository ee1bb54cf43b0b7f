"""What has just been done to a card, as the address of its page says; only if it is so."""

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Placing
from openspaces.intake.web.visiting import Visit
from openspaces.look.hosting import where_says

FRESH = ("placed", "planned", "claimed")
"""What the first page of a card says, where its host gets the edit link."""


def done_says(visit: Visit, board: Board, card: Card) -> str:
    """The sentence, or nothing."""
    said = (_seated(board, card, done) or _unseated(visit, card, done) or _plain(done) for done in visit.request.GET)
    return next(filter(None, said), "")


def _seated(board: Board, card: Card, done: str) -> str:
    if card.placement is None:
        return ""
    where = {"where": where_says(board, card.placement)}
    return {
        "placed": _("It's up: %(where)s.") % where,
        "swapped": _("Done: you changed places. Your card is now at %(where)s.") % where,
        "on": _("Thank you: everybody can count on it."),
        "full": _("The board says that the room is full."),
        "room": _("The board says that there is room again."),
    }.get(done, "")


def _unseated(visit: Visit, card: Card, done: str) -> str:
    if card.placement or card.withdrawn:
        return ""
    if done == "claimed" and card.claim:
        return _("You asked for it. What happens next:")
    if done == "planned":
        return _planned(visit)
    return _("Taken down. The hour is free again, and your card is kept here.") if done == "down" else ""


def _planned(visit: Visit) -> str:
    if visit.board.policy.placing is Placing.FACILITATORS:
        return _("Your card is planned. It holds no room: ask for a free hour, or talk to the facilitator.")
    return _("Your card is planned. It holds no room until you put it on a free hour.")


def _plain(done: str) -> str:
    return {
        "saved": _("Saved. The board shows your new words."),
        "gave-way": _("You gave way. Everything you wrote is kept here."),
        "dropped": _("You ask for it no longer. Everything you wrote is kept here."),
        "asked": _("Asked. Nothing happens until the other host agrees."),
        "taken-back": _("Taken back: you ask for nothing any more."),
        "declined": _("You said no. The other host reads it."),
        "merged": _("Done: the two are one card now, with both of you as hosts."),
        "taken-in": _("Done: you host it together now."),
        "reach": _("Saved. Nobody else sees your address."),
        "unreach": _("Your address is deleted."),
        "parted": _("Done: these are two cards again."),
    }.get(done, "")
