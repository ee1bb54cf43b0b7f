"""What a host is given for a card: its address, its edit link with QR and key, and how a card is named elsewhere."""

from dataclasses import dataclass

import segno
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.intake.web.visiting import Visit
from openspaces.look.cards import title_says, told
from openspaces.look.cells import wants_says
from openspaces.people.keys import card_key
from openspaces.wording import apart, placement_says

QR_SCALE = 6
"""Pixels a module; the picture is drawn as vectors and keeps sharp on paper."""


@dataclass(frozen=True)
class EditLink:
    """A card's edit link: to follow, to scan, and to type."""

    url: str
    page: str
    key: str
    qr: str


def edit_link(visit: Visit, code: str) -> EditLink:
    """The edit link of a card. Only its host and staff may see it."""
    page, key = f"{visit.base_url}{edit_url(visit.event, code)}", card_key(visit.event, code)
    return EditLink(f"{page}#{key}", page, key, qr(f"{page}#{key}"))


@dataclass(frozen=True)
class ShownCard:
    """A card as other pages name it."""

    code: str
    title: str
    host: str
    when: str
    url: str
    edit_url: str
    placed: bool


def shown_card(board: Board, card: Card) -> ShownCard:
    """A card's title and host, where and when it is, and its addresses."""
    return ShownCard(
        card.code,
        title_says(card),
        card.words.host,
        stage_says(board, card),
        card_url(board.event, card.code),
        edit_url(board.event, card.code),
        card.placement is not None,
    )


def stage_says(board: Board, card: Card) -> str:
    """Where and when a card is, or how far it has come."""
    if card.placement:
        return placement_says(board, told(card, card.placement))
    if card.merged_into:
        return _("now part of “%(title)s”") % {"title": apart(board.cards[card.merged_into].words.title)}
    if waits := wants_says(board, card):
        return waits
    return {
        Stage.IDEA: _("an idea that nobody hosts yet"),
        Stage.PLANNED: _("planned, not on the board yet"),
        Stage.WITHDRAWN: _("withdrawn"),
    }[card.stage]


def cards_held(visit: Visit) -> list[ShownCard]:
    """The cards that this device may move, oldest first."""
    board = visit.newest()
    codes = {card.code for card in board.hosted_by(visit.by.hand)} | visit.by.cards
    held = (board.cards[code] for code in codes if code in board.cards)
    there = [card for card in held if card.stage is not Stage.WITHDRAWN]
    return [shown_card(board, card) for card in sorted(there, key=lambda card: card.serial)]


def card_url(event: str, code: str) -> str:
    """The address of a card's page."""
    return f"/{event}/cards/{code}/"


def edit_url(event: str, code: str) -> str:
    """The address where a card is edited."""
    return f"/{event}/cards/{code}/edit/"


def qr(address: str) -> str:
    """A QR code as the address of a picture that is in the page itself."""
    uri: str = segno.make(address, error="m", micro=False).svg_data_uri(scale=QR_SCALE, border=3, light="#fff")
    return uri
