"""Tags of the shared look: a card, a day, a time of day."""

from datetime import date, datetime

from django import template
from django.utils.safestring import SafeString

from openspaces import wording
from openspaces.board.state import Board, Card
from openspaces.look import cards

register = template.Library()


@register.simple_tag
def card(board: Board, which: Card) -> SafeString:
    """A card as the board draws it; where it stands is said beneath."""
    placement = which.placement
    facts = wording.placement_says(board, placement) if placement else ""
    return cards.draw_card(board.event, which, facts)


@register.filter
def day(value: date) -> str:
    """A day with its date."""
    return wording.day_says(value)


@register.filter
def clock(value: datetime) -> str:
    """A time of day, in the zone it carries."""
    return wording.clock(value)
