"""Tags of the shared look: a card, a day, a time of day."""

import re
from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from openspaces import wording
from openspaces.board.state import Board, Card
from openspaces.look import cards

register = template.Library()
_STRETCH = re.compile(r"\d+:\d\d(?:\s\w+)?–\d+:\d\d(?:\s\w+)?|\d+(?: : \d+)+")


@register.simple_tag
def card(board: Board, which: Card) -> SafeString:
    """A card as the board draws it; where it stands is said beneath."""
    placement = which.placement
    facts = wording.placement_says(board, cards.told(which, placement)) if placement else ""
    return cards.draw_card(board.event, which, facts)


@register.filter
def title_says(which: Card) -> str:
    """A card's title, or why nobody can read it."""
    return cards.title_says(which)


@register.simple_tag
def languages() -> list[tuple[str, str, bool]]:
    """The languages that we speak: the code of each, its own name, and whether the page speaks it."""
    speaks = get_language() or ""
    return [(code, name, speaks == code or speaks.startswith(f"{code}-")) for code, name in settings.LANGUAGES]


@register.filter
def day(value: date) -> str:
    """A day with its date."""
    return wording.day_says(value)


@register.filter
def date_says(value: date) -> str:
    """A date without its weekday and year."""
    return wording.date_says(value)


@register.filter
def whole(sentence: str) -> SafeString:
    """A sentence in which no line ends inside "14:00–15:00" or "23 : 17". (A word joiner would show in titles
    and on terminals.)"""
    return mark_safe(_STRETCH.sub(r'<span class="whole">\g<0></span>', conditional_escape(sentence)))


@register.filter
def clock(value: datetime) -> str:
    """A time of day, in the zone it carries."""
    return wording.clock(value)
