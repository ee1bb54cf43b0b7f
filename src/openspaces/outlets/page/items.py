"""Draws the cards that hold no cell: ideas that nobody hosts yet, and planned ones, as items of their lists."""

from collections.abc import Iterable
from html import escape

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.look.cards import draw_card
from openspaces.look.cells import wants_says
from openspaces.look.templatetags.look import whole
from openspaces.outlets.page.cells import Drawn
from openspaces.wording import apart, wished_says

SHORT = 240
"""So many letters of a card's text stand in a list; its own page has it all."""


def draw_items(board: Board, codes: Iterable[str], language: str) -> list[Drawn]:
    """The cards as items of the lists beneath the board; empty HTML for those that are not listed (any more).

    A page that has no element of that id appends it to the list that its `data-list` names.
    """
    cards = [board.cards[code] for code in dict.fromkeys(codes) if code in board.cards]
    with override(language):
        return [(f"card-{card.code}", item(board, card) if is_listed(card) else "") for card in cards]


def item(board: Board, card: Card) -> str:
    """A card as an item of its list: what it says, what it waits for, and what one can do about it."""
    of = "ideas" if card.stage is Stage.IDEA else "planned"
    more = _text(card) + _wish(card) + doings(board, card)
    drawn = draw_card(board.event, card, whole(waits_for(board, card)), more=more)
    return f'<li id="card-{card.code}" data-list="{of}">{drawn}</li>'


def is_listed(card: Card) -> bool:
    """Whether a card stands in a list beneath the board: it holds no cell and may yet, and it can be read."""
    return card.stage in (Stage.IDEA, Stage.PLANNED) and not card.hidden


def waits_for(board: Board, card: Card) -> str:
    """What a card without a cell waits for: a cell, its day, or a host."""
    if card.stage is Stage.IDEA or card.claim or card.owed:
        return wants_says(board, card)
    wished = wished_says(board, card.wished) if card.wished else ""
    if not wished:
        return _("Announced, no room yet")
    return _("Announced for %(wish)s. It has no room yet.") % {"wish": wished}


def star_form(board: Board, card: Card) -> str:
    """The button of those who would come. Without a script it leads to a page that says whether one would."""
    says, title = _("I’d come"), escape(card.words.title)
    return (
        f'<form method="post" action="/{board.event}/cards/{card.code}/star/"><button class="star" name="on" value="1"'
        f' data-star="{card.code}" aria-label="{says}: {title}">{says}</button></form>'
    )


def doings(board: Board, card: Card) -> str:
    """What anybody can do about a card in a list."""
    address, title = f"/{board.event}/cards/{card.code}", escape(card.words.title)
    ways = [("co-host", _("I’d co-host"))]
    if card.stage is Stage.IDEA:
        ways.insert(0, ("take-up", _("Take it up")))
    links = "".join(f'<a href="{address}/{name}/" aria-label="{says}: {title}">{says}</a>' for name, says in ways)
    return f'<div class="doings">{star_form(board, card)}{links}</div>'


def _text(card: Card) -> str:
    short = escape(Truncator(" ".join(card.words.text.split())).chars(SHORT))
    return f'<p class="text" dir="auto">{short}</p>' if short else ""


def _wish(card: Card) -> str:
    """The wish in its host's words, unless day, hour and room were understood: those are said already."""
    if not card.words.wish or (card.wished and card.wished.cells):
        return ""
    says = _("Wish: “%(wish)s”") % {"wish": escape(apart(card.words.wish))}
    return f'<p class="wish">{says}</p>'
