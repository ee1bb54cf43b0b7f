"""What stands in the picture of one card: its title as large as it fits, when and where, who, and the event."""

from typing import Any

from django.utils.translation import get_language

from openspaces.board.state import Board, Card
from openspaces.lib.graphemes import cut
from openspaces.look.cards import hue, title_says
from openspaces.look.standing import gone_says, waits_says, where_says
from openspaces.look.typeset.letters import apart, letters
from openspaces.look.typeset.palette import LIGHT
from openspaces.wording import in_a_row

FITS = 24
"""Letters of a word that stay on one line of the title."""
NAME, TAG = 36, 20
"""So many letters of a name and of a hashtag stay on one line."""


def card_values(board: Board, card: Card) -> dict[str, Any]:
    """The values for the template, in the language that is active. Of a hidden card they tell nothing but that."""
    language = get_language() or "en"
    when, by = ("", "") if card.hidden else (_when(board, card), _by(card))
    tags = "  ".join(apart(f"#{cut(tag, TAG)}") for tag in board.hashtags[:2])
    return {
        "kind": "card",
        "back": LIGHT["closed"] if card.hidden else LIGHT["cards"][hue(card)],
        "edge": LIGHT["hatch"] if card.hidden else LIGHT["edges"][hue(card)],
        "event": letters(board.name, language, FITS),
        "title": letters(title_says(card), language, FITS),
        "when": letters(when, language, FITS),
        "by": letters(by, language, FITS),
        "tags": letters(tags, language, FITS),
    }


def _when(board: Board, card: Card) -> str:
    if card.merged_into:
        return ""
    return gone_says(board, card) or where_says(board, card) or waits_says(board, card)


def _by(card: Card) -> str:
    return in_a_row(apart(cut(name, NAME)) for name in (card.words.host, card.words.handle) if name)
