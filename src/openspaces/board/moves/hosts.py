"""What binds a host and not the cells: so many cards on the board, and one room at a time."""

from datetime import datetime

from openspaces.board.moves.base import Left
from openspaces.board.moves.telling import cell_facts
from openspaces.board.state import Board, Card, Placement
from openspaces.board.vocabulary import Code, Refusal
from openspaces.people.who import PROGRAM, Who

NOBODYS = ("", PROGRAM.hand)
"""The hands of cards without a device: ideas, and the cards of an event file, whose hosts are many."""


def too_many(board: Board, by: Who, card: Card | None, at: datetime) -> Refusal | None:
    """That the host of `card` (None: one just being written) has as many cards on the board as the event lets them.
    What asks for a cell counts as if it had it: nobody wins more than the others may place."""
    most = board.policy.cards_per_host
    hand = card.hand if card and card.hand else by.hand
    if hand in NOBODYS:
        return None
    others = [other.words.title for other in _others(board, hand, card) if _wants_what_is_to_come(board, other, at)]
    if most and len(others) >= most:
        return Refusal(Code.TOO_MANY_CARDS, {"most": most, "titles": others})
    return None


def clashing(board: Board, by: Who, wanted: Placement, card: Card | None) -> Refusal | None:
    """A host can be in one room at a time: a warning, for two hosts may share a device."""
    hand = card.hand if card else by.hand
    if by.is_staff and (card is None or card.hand == by.hand):
        return None
    other = clash(board, hand, wanted, card)
    if other is None:
        return None
    ends = cell_facts(board, other.cells[-1])["ends"]  # a card of several hours clashes until its last one is over
    facts = {**cell_facts(board, other.cells[0]), "ends": ends, "title": other.words.title}
    return Refusal(Code.CLASH, facts, held_by=other.code, confirmable=True)


def clash(board: Board, hand: str, wanted: Placement, but: Card | None) -> Card | None:
    """The other card of the same host that is on at the time of `wanted`."""
    if hand in NOBODYS:
        return None
    starts, ends = board.time_of(wanted)
    meanwhile = (card for card, (began, over) in _held_by(board, hand, but) if began < ends and starts < over)
    return next((card for card in meanwhile if but is None or not _of_two_hosts(card, but)), None)


def ideas_of(board: Board, hand: str, left: Left) -> list[Card]:
    """The ideas that a device left and that are nobody's still."""
    ideas = (board.cards[code] for code in left.get(hand, ()) if code in board.cards)
    return [idea for idea in ideas if not idea.hand]


def _of_two_hosts(card: Card, other: Card) -> bool:
    """Whether both name their hosts, and no name is among both: whoever shares a device, or types in for others."""
    names, others = (set(filter(None, each.words.host.casefold().split(", "))) for each in (card, other))
    return bool(names and others) and names.isdisjoint(others)


def _held_by(board: Board, hand: str, but: Card | None) -> list[tuple[Card, tuple[datetime, datetime]]]:
    """What a host has on the board, and when each is on."""
    return [(card, board.time_of(card.placement)) for card in _others(board, hand, but) if card.placement]


def _others(board: Board, hand: str, but: Card | None) -> list[Card]:
    """The other cards of a host; a card of two hosts counts for both."""
    return [card for card in board.hosted_by(hand) if but is None or card.code != but.code]


def _wants_what_is_to_come(board: Board, card: Card, at: datetime) -> bool:
    """Whether it holds or asks for cells whose time is not over."""
    wanted = (card.placement, card.claim and card.claim.placement)
    return any(board.time_of(placement)[1] > at for placement in wanted if placement)
