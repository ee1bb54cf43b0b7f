"""What the branches of `fold` share: their type, and how a card comes to its cells."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Kind, Standing

Branches = Mapping[Kind, Callable[[Board, Change], Board]]


def reworded(card: Card, change: Change) -> Card:
    """The card says other words: whoever approved it read others than these, unless they are those again. What is kept
    from the public stays so."""
    unread = Standing.LIVE if card.standing is Standing.APPROVED else card.standing
    standing = Standing(change.after.get("standing", unread))
    words = change.after["words"].hidden() if card.hidden else change.after["words"]
    return replace(card, words=words, edited=change.number, at=change.at, standing=standing)


def seat(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    """A card that gets a cell asks for none any more and is owed none."""
    seated = put(board, code, placement, change)
    return seated.with_card(replace(seated.cards[code], claim=None, notice=None)) if placement else seated


def put(board: Board, code: str, placement: Placement | None, change: Change) -> Board:
    """A card is somewhere else; what was said of its old cell is no more."""
    card = board.cards[code]
    fresh = replace(card, sequence=card.sequence + 1, at=change.at, full=False, confirmed=0)
    was = None if placement else card.placement or card.was
    return board.with_card(replace(fresh, placement=placement, was=was))
