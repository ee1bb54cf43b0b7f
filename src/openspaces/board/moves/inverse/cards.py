"""Takes back what was done to a card: its words, its cells, and whether the room is full."""

from dataclasses import replace

from openspaces.board.facts import placement_from
from openspaces.board.moves.base import NOTHING
from openspaces.board.moves.cards import both_placed, swapped
from openspaces.board.moves.inverse.base import Answer, Inverses, Now, back, changed_since, says_still, waited_for
from openspaces.board.moves.seating import withdrawn
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Facts, Kind, Refusal, Standing


def _written(board: Board, change: Change, now: Now) -> Answer:
    """A card that was written is withdrawn, unless somebody has worked on it since."""
    card = board.cards[change.card]
    if not says_still(card, change) or card.placement or card.claim or card.merged or card.merged_into:
        return changed_since(card)
    return NOTHING if card.withdrawn else (withdrawn(card),)


def _edited(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if not says_still(card, change) or (card.hidden and card.standing is not Standing.HELD):
        return changed_since(card)
    return (Change(Kind.CARD_EDITED, card.code, card.cells, change.after, _reworded(card, change.before)),)


def _taken_up(board: Board, change: Change, now: Now) -> Answer:
    """A card that was taken up, or got one more host, has the hosts it had."""
    card = board.cards[change.card]
    hosts = (change.after.get("hand", card.hand), change.after.get("cohosts", list(card.cohosts)))
    if not says_still(card, change) or hosts != (card.hand, list(card.cohosts)) or card.hidden or _gone(card):
        return changed_since(card)
    return (Change(change.kind, card.code, card.cells, change.after, _reworded(card, change.before)),)


def _reworded(card: Card, facts: Facts) -> Facts:
    """What it said before, as its next version."""
    return {**facts, "words": replace(facts["words"], version=card.words.version + 1)}


def _seated(board: Board, change: Change, now: Now) -> Answer:
    """Placed or moved: back to where it was, and to what it asked for and was told there."""
    card = board.cards[change.card]
    if card.placement != placement_from(change.after) or _gone(card):
        return changed_since(card)
    return back(board, card, placement_from(change.before), waited_for(change, "claim", "notice"), now)


def _unseated(board: Board, change: Change, now: Now) -> Answer:
    """Taken down, or freed because nobody was there: up again."""
    card = board.cards[change.card]
    if card.placement != placement_from(change.after) or _gone(card):
        return changed_since(card)
    return back(board, card, placement_from(change.before), waited_for(change, "claim", "notice"), now)


def _withdrawn(board: Board, change: Change, now: Now) -> Answer:
    """Alive again, with everything that it waited for, and where it was."""
    card = board.cards[change.card]
    if not card.withdrawn or card.standing is Standing.REMOVED or card.merged_into:
        return changed_since(card)
    return restored(board, card, change, now)


def restored(board: Board, card: Card, change: Change, now: Now) -> Answer:
    """A card that `change` took from the board lives again, where it was."""
    waiting = waited_for(change, "claim", "notice", "deal")
    seat = back(board, replace(card, withdrawn=False), placement_from(change.before), waiting, now)
    return seat if isinstance(seat, Refusal) else (Change(Kind.CARD_RESTORED, card.code, after=waiting), *seat)


def _restored(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if card.withdrawn or card.placement or card.merged_into:
        return changed_since(card)
    return (withdrawn(card),)


def _swapped(board: Board, change: Change, now: Now) -> Answer:
    one, other = board.cards[change.card], board.cards[change.after["with"]]
    if (one.placement, other.placement) != (placement_from(change.after), placement_from(change.before)):
        return changed_since(one)
    pair = both_placed(board, one.code, other.code)
    return pair if isinstance(pair, Refusal) else (swapped(*pair),)


def _full(board: Board, change: Change, now: Now) -> Answer:
    card = board.cards[change.card]
    if card.full != change.after["full"] or not card.placement:
        return changed_since(card)
    return (Change(Kind.CARD_FULL, card.code, card.cells, {"full": card.full}, {"full": change.before["full"]}),)


def _gone(card: Card) -> bool:
    return card.withdrawn or bool(card.merged_into)


INVERSES: Inverses = {
    Kind.CARD_WRITTEN: _written,
    Kind.CARD_EDITED: _edited,
    Kind.CARD_TAKEN_UP: _taken_up,
    Kind.CARD_COHOSTED: _taken_up,
    Kind.CARD_PLACED: _seated,
    Kind.CARD_MOVED: _seated,
    Kind.CARD_TAKEN_DOWN: _unseated,
    Kind.CARD_ABSENT: _unseated,
    Kind.CARD_WITHDRAWN: _withdrawn,
    Kind.CARD_RESTORED: _restored,
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CARD_FULL: _full,
}
