"""What is so of a card, in a sentence: where and when it takes place, what it waits for, or why it will not."""

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage, Standing
from openspaces.look.cards import told
from openspaces.wording import apart, placement_says, wished_says


def where_says(board: Board, card: Card) -> str:
    """Where and when the card takes place; nothing if it holds no cell."""
    return placement_says(board, told(card, card.placement)) if card.placement else ""


def gone_says(board: Board, card: Card) -> str:
    """Why the card will not take place as it is; nothing if it will."""
    if card.standing is Standing.REMOVED:
        return _("This card was removed by the people who run the board.")
    if card.merged_into:
        return _("This card became part of another one:")
    return _("This card was withdrawn: it will not take place.") if card.withdrawn else ""


def waits_says(board: Board, card: Card) -> str:
    """What a card without a cell waits for; nothing where it waits for nothing."""
    if card.placement or card.stage is Stage.WITHDRAWN:
        return ""
    if card.claim and board.has_cell(card.claim.placement.cells[0]):
        return _("Asks for %(where)s") % {"where": placement_says(board, told(card, card.claim.placement))}
    if card.owed:
        why = card.notice.reason if card.notice else ""
        return _("Looks for a new room: %(reason)s") % {"reason": apart(why)} if why else _("Looks for a new room")
    if card.stage is Stage.IDEA:
        return _("An idea: nobody hosts it yet.")
    wished = wished_says(board, card.wished) if card.wished else ""
    if wished:
        return _("Announced for %(wish)s. It has no room yet.") % {"wish": wished}
    return _("Announced: it has no room yet.")
