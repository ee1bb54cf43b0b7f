"""A card that is announced and holds no room: on its day its host puts it on the board, first where it was wished."""

from datetime import datetime

from django.utils.translation import gettext as _

from openspaces.board.moves.taking import may_place
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.intake.web.asking_for import do_for
from openspaces.intake.web.needs.need import Need, offers_of
from openspaces.intake.web.offering import Offer
from openspaces.look.hosting import near_wished
from openspaces.look.wished import wished_day, wished_length, wished_place
from openspaces.people.who import Who
from openspaces.wording import apart, wished_says


def planned(board: Board, card: Card, by: Who, at: datetime) -> Need | None:
    """What was understood of its wish, and the wished cell, or the nearest that are free. On the day it presses."""
    if card.stage is not Stage.PLANNED or card.claim or card.owed or card.hidden or card.notice:
        return None
    if not (card.words.wish or card.wished):
        return None
    today = _is_today(board, card, at)
    do = do_for(board, by, card)
    offers = _offers(board, card, at) if do == "claim" or may_place(by, board) is None else ()
    return Need(
        "planned",
        _("Today is the day: put your card on the board.") if today else _("Announced, no room yet."),
        urgent=today,
        facts=tuple(_facts(board, card)),
        offers=offers,
        instead=_instead(card, offers, do),
        main=_is_free(card, offers),
        do=do,
        slots=wished_length(card),
    )


def _is_today(board: Board, card: Card, at: datetime) -> bool:
    """Whether the day that it wishes for is the one that runs, and not over."""
    day = wished_day(board, card)
    return day is not None and bool(day.slots) and day.date == board.local(at).date() and day.slots[-1].ends > at


def _facts(board: Board, card: Card) -> list[str]:
    said = [_("Your wish: “%(wish)s”") % {"wish": apart(card.words.wish)}] if card.words.wish else []
    wished = wished_says(board, card.wished) if card.wished else ""
    if wished:
        said.append(_("Understood: %(wish)s.") % {"wish": wished})
    elif card.words.wish:
        said.append(_("No day, time or room of this event was found in it."))
    return said


def _offers(board: Board, card: Card, at: datetime) -> tuple[Offer, ...]:
    """The wished cell first, if it is free; then the nearest ones."""
    wanted = wished_place(board, card, at)
    return offers_of(board, near_wished(board, card, at), wanted) if wanted else ()


def _instead(card: Card, offers: tuple[Offer, ...], do: str) -> str:
    first, free = card.wished and card.wished.cells, _is_free(card, offers)
    if do == "claim":
        return _("Ask for your place with one tap:") if free else _("Your place is not free. Ask for another:")
    if free:
        return _("Your place is free. One tap, and it is yours:")
    return _("Your place is not free any more. Take another with one tap:") if first else _("Free near by, one tap:")


def _is_free(card: Card, offers: tuple[Offer, ...]) -> bool:
    """Whether the wished cell is the first that is offered."""
    first = card.wished.cells[:1] if card.wished else ()
    return bool(offers) and (offers[0].cell,) == first
