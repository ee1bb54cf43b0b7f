"""Which cards a change concerns, and for whose host it is news: nobody is told what they did themselves."""

from collections.abc import Collection, Iterator, Mapping

from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind
from openspaces.people.contacts import holders, reached

CONTESTS = (Kind.CONTEST_OPENED, Kind.CONTEST_CHANGED, Kind.CONTEST_SETTLED, Kind.CONTEST_REOPENED)
LOSSES = (Kind.CARD_DISPLACED, Kind.CLAIM_DROPPED, Kind.CARD_OFFERED)
PLACES = (
    Kind.CARD_PLACED,
    Kind.CARD_MOVED,
    Kind.CARD_TAKEN_DOWN,
    Kind.CARD_WITHDRAWN,
    Kind.CARD_RESTORED,
    Kind.CARD_ABSENT,
)
PAIRS = (Kind.CARDS_SWAPPED, Kind.CARDS_MERGED, Kind.CARDS_UNMERGED)
READING = (Kind.CARD_SHIELDED, Kind.CARD_APPROVED, Kind.CARD_REMOVED)
DEALS = (Kind.DEAL_ASKED, Kind.DEAL_DROPPED)
TOLD = frozenset((*CONTESTS, *LOSSES, *PLACES, *PAIRS, *READING, *DEALS))
PRESSING = frozenset((*CONTESTS, *LOSSES, Kind.DEAL_ASKED, Kind.CARD_ABSENT, Kind.CARD_TAKEN_DOWN))
"""What a host has to answer, or to know before they stand before a door."""

Hands = Mapping[str, Collection[str]]
"""The devices of a card's own host, by its code."""


def hands_of(board: Board, codes: Collection[str]) -> Hands:
    """Whose hands the cards are in: whoever wrote one or opened its edit link. A co-host is somebody else."""
    shown = holders(board.event, codes)
    cards = [board.cards[code] for code in codes if code in board.cards]
    return {card.code: ({card.hand} | shown.get(card.code, set())) - {"", *card.cohosts} for card in cards}


def hands_reached(board: Board) -> Hands:
    """The same for every card whose host left an address."""
    codes = {each.card for each in reached(board.event)}
    return hands_of(board, codes) if codes else {}


def concerned(change: Change, board: Board) -> set[str]:
    """The codes of the cards that a change is about, and of those that are part of one by now."""
    named = {code for code in _named(change) if code in board.cards}
    return {part.code for code in named for part in board.parts(board.cards[code])}


def _named(change: Change) -> Iterator[str]:
    if change.kind not in TOLD:
        return
    if change.kind in CONTESTS:
        yield from change.after["contest"]["cards"]
    elif change.kind is Kind.DEAL_ASKED:
        yield change.after["deal"]["other"]
    else:
        yield change.card
        if change.kind in PAIRS:
            yield change.after["with"]
