"""How one card is drawn, on the board, in a list, or on a page about it: the one place."""

from dataclasses import replace
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Card, Placement
from openspaces.board.vocabulary import HIDDEN, Standing

HUES = 6
"""How many hues the cards take turns in; they tell cards apart at a glance and mean nothing."""
FACTS, WHERE, STARS = ' class="facts"', ' class="where" dir="auto"', ' class="stars"'


def hue(card: Card) -> int:
    """The card's hue, 0 to 5; it keeps it for life."""
    return card.serial % HUES


def ink(card: Card) -> str:
    """The class of its colour, in the look: its hue, or none where its words are hidden."""
    return "veiled" if card.hidden else f"h{hue(card)}"


def title_says(card: Card) -> str:
    """The card's title, or why nobody can read it, in the language that is active."""
    if card.standing is Standing.REMOVED:
        return _("A card that was removed")
    return _("Hidden until somebody has read it") if card.hidden else card.words.title


def told(card: Card, placement: Placement) -> Placement:
    """A placement of the card as everyone may read it: its host wrote the place in, so it is hidden with the words."""
    return replace(placement, where=HIDDEN) if card.hidden and placement.where else placement


def would_come(card: Card) -> str:
    """How many would come, in words; nothing while nobody said so."""
    if not card.stars:
        return ""
    return ngettext("%(count)d would come", "%(count)d would come", card.stars) % {"count": card.stars}


def draw_card(event: str, card: Card, facts: str = "", where: str = "", room: str = "", more: str = "") -> SafeString:
    """A card: room, title, host and handle, the place written in, a line of facts, and how many would come. `room` and
    what comes last (`more`) are HTML, the rest is plain text and escaped here unless it is marked safe."""
    outlined = "" if card.placement else " planned"
    lines = _by(card) + _line(where, WHERE) + _line(facts, FACTS) + _line(would_come(card), STARS) + _marks(card)
    return mark_safe(
        f'<article class="card {ink(card)}{outlined}" data-card="{card.code}">{room}'
        f'<h3 dir="auto">{_title(event, card)}</h3>{lines}{more}</article>'
    )


def draw_card_again(event: str, card: Card, facts: str, room: str) -> SafeString:
    """The same card where it goes on: one of the later cells that it holds."""
    return mark_safe(
        f'<article class="card more {ink(card)}" data-card="{card.code}">{room}'
        f'<p class="again" dir="auto">{_title(event, card)}</p>{_line(facts, FACTS)}{_marks(card)}</article>'
    )


def _title(event: str, card: Card) -> str:
    return f'<a href="/{event}/cards/{card.code}/">{escape(title_says(card))}</a>'


def _by(card: Card) -> str:
    people = " ".join(f"<bdi>{escape(name)}</bdi>" for name in (card.words.host, card.words.handle) if name)
    return f'<p class="by">{people}</p>' if people else ""


def _line(text: str, attributes: str) -> str:
    return f"<p{attributes}>{conditional_escape(text)}</p>" if text else ""


def _marks(card: Card) -> str:
    full = _("Room full")
    return f'<p class="marks"><span>{full}</span></p>' if card.full else ""
