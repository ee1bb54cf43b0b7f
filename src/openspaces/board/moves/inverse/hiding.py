"""Takes back what staff decided about what may be read."""

from dataclasses import replace

from openspaces.board.moves.inverse.base import Answer, Inverses, Now, changed_since, waited_for
from openspaces.board.moves.inverse.cards import restored
from openspaces.board.moves.moderating import hiding_again
from openspaces.board.moves.moderation import approving, removing
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind, Refusal, Standing


def _shielded(board: Board, change: Change, now: Now) -> Answer:
    card, was = board.cards[change.card], Standing(change.before["standing"])
    if not _stands_as(card, change):
        return changed_since(card)
    if was is Standing.REMOVED:
        return (removing(card, change.before["reason"]),)
    if card.words.version != change.before["words"].version:
        return changed_since(card)
    shown = approving(card, change.before["words"], was)
    return (replace(shown, after={**shown.after, **waited_for(change, "deal")}),)


def _approved(board: Board, change: Change, now: Now) -> Answer:
    card, was = board.cards[change.card], Standing(change.before["standing"])
    if not _stands_as(card, change) or card.words.as_said() != change.after["words"].as_said():
        return changed_since(card)
    if was is Standing.REMOVED:
        return (removing(card, change.before["reason"]),)
    if replace(card, standing=was).hidden:
        return (hiding_again(card, was, ""),)
    return (approving(card, card.words, was),)


def _removed(board: Board, change: Change, now: Now) -> Answer:
    """Readable and on the board again; one that was hidden before stays hidden."""
    card, was = board.cards[change.card], Standing(change.before["standing"])
    if card.standing is not Standing.REMOVED:
        return changed_since(card)
    alive = () if change.before["withdrawn"] else restored(board, card, change, now)
    if isinstance(alive, Refusal):
        return alive
    before = {"standing": card.standing.value, "reason": change.after["reason"]}
    if "words" in change.before:
        shown = approving(card, change.before["words"], was)
        return (replace(shown, before=before), *alive)
    return (Change(Kind.CARD_SHIELDED, card.code, (), before, {"standing": was.value, "reason": ""}), *alive)


def _stands_as(card: Card, change: Change) -> bool:
    return card.standing is Standing(change.after["standing"])


INVERSES: Inverses = {
    Kind.CARD_SHIELDED: _shielded,
    Kind.CARD_APPROVED: _approved,
    Kind.CARD_REMOVED: _removed,
}
