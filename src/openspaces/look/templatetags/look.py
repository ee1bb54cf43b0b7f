"""Tags of the shared look: a card, a day, a time of day."""

import re
from datetime import date, datetime

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template import Context
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
def ink(which: Card) -> str:
    """The class of a card's colour."""
    return cards.ink(which)


@register.filter
def title_says(which: Card) -> str:
    """A card's title, or why nobody can read it."""
    return cards.title_says(which)


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[tuple[str, str, str, bool]]:
    """The languages that we speak: the code of each, its own name, the query of this page in it, and whether the page
    speaks it."""
    speaks = get_language() or ""
    return [(code, name, _query(context, code), speaks.split("-")[0] == code) for code, name in settings.LANGUAGES]


def _query(context: Context, code: str) -> str:
    """What else the address asks for stays as it is. A page that is printed for everyone knows of no request."""
    request = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)
    asked["lang"] = code
    return asked.urlencode()


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
