"""What a page says of itself to whoever shows a link to it: its address, title, description and picture."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card, Day
from openspaces.look.cards import title_says
from openspaces.look.standing import gone_says, waits_says, where_says
from openspaces.outlets.base import Variant
from openspaces.wording import day_says

DESCRIBED = 200
"""So many letters of a card's text stand in its description."""
PICTURE = (1200, 630)
"""Width and height of the pictures of links, in pixels."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands in a page's head. Without a public address there are no addresses in it, for they must be whole."""

    title: str
    description: str
    address: str = ""
    picture: str = ""
    oembed: str = ""
    locale: str = ""
    width: int = PICTURE[0]
    height: int = PICTURE[1]


def meta_of_board(board: Board, day: Day | None, variant: Variant) -> Meta:
    """Of the board, or of one day of it where its address names one."""
    says = _("The Open Spaces of %(name)s: what is on, where, and which hours are free.") % {"name": board.name}
    named = day if variant.form == NAMED else None
    title = f"{day_says(named.date)} · {board.name}" if named else ": ".join((board.name, _("Open Spaces")))
    folder = f"{board.event}/days/{day.date.isoformat()}" if day else board.event
    return _meta(board, variant, title, says, folder if named else board.event, folder)


NAMED = "day"
"""The form of a page whose address names its day: it is the day's, while the board's own begins with today's."""


def meta_of_card(board: Board, card: Card, variant: Variant) -> Meta:
    """Of a card; of a hidden one nothing but that."""
    text = Truncator(" ".join(card.words.text.split())).chars(DESCRIBED)
    when = gone_says(board, card) or where_says(board, card) or waits_says(board, card)
    says = [title_says(card)] if card.hidden else [when, card.words.host, text]
    address = f"{board.event}/cards/{card.code}"
    title = f"{title_says(card)} · {board.name}"
    return _meta(board, variant, title, " · ".join(filter(None, says)) or board.name, address, address)


def picture_address(board: Board, variant: Variant, folder: str) -> str:
    """The picture of what is in a folder, at an address of this number and language alone: those who show links keep
    what they fetched once."""
    said = urlencode({"v": f"{board.epoch}.{board.number}", "lang": variant.language})
    return f"{variant.base_url}/{folder}/preview.png?{said}" if variant.base_url else ""


def _meta(board: Board, variant: Variant, title: str, description: str, path: str, pictured: str) -> Meta:
    if not variant.base_url:
        return Meta(title, description)
    address = f"{variant.base_url}/{path}/"
    oembed = f"{variant.base_url}/oembed?{urlencode({'url': address, 'format': 'json'})}"
    return Meta(title, description, address, picture_address(board, variant, pictured), oembed, _locale())


def _locale() -> str:
    """The language as Open Graph writes it: "en", "de" or "en_US"."""
    base, _dash, country = (get_language() or "en").partition("-")
    return f"{base}_{country.upper()}" if country else base
