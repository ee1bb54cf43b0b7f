"""How a feed is asked for: in the language of the event, or in the one that its address names."""

from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.lib.languages import language
from openspaces.outlets.base import Asked, Variant


def spoken(asked: Asked, board: Board) -> Variant:
    """A feed reader often asks for many people at once, so its own language is no guide."""
    return Variant(language=language(asked.query.get("lang"), "", board.language))


def home(board: Board, variant: Variant) -> str:
    """The address of the event, which those of its pages begin with."""
    return f"{variant.base_url}/{board.event}/"


def own(board: Board, variant: Variant, name: str) -> str:
    """The address of the feed of that name in this language."""
    usual = variant.language == language(None, "", board.language)
    return f"{home(board, variant)}{name}{'' if usual else f'?lang={variant.language}'}"


def title(board: Board) -> str:
    """What a feed is called, in the language that is active."""
    return _("%(name)s: what changed") % {"name": board.name}
