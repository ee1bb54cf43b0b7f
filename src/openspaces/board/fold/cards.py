"""What is done to a card: its words, its cells, whether it is on."""

from dataclasses import replace

from openspaces.board.facts import placement_from, waiting_from, wished_from
from openspaces.board.fold.base import Branches, put, reworded, seat
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind


def _written(board: Board, change: Change) -> Board:
    after = change.after
    card = Card(
        code=change.card,
        serial=after["serial"],
        words=after["words"],
        hand=after["hand"],
        edited=change.number,
        at=change.at,
        wished=wished_from(after.get("wished", {})),
    )
    return board.with_card(card).but(last_serial=card.serial)


def _edited(board: Board, change: Change) -> Board:
    edited = reworded(board.cards[change.card], change)
    wished = wished_from(change.after["wished"]) if "wished" in change.after else edited.wished
    other_time = edited.placement is None and wished != edited.wished
    return board.with_card(replace(edited, wished=wished, sequence=edited.sequence + other_time))


def _hosted(board: Board, change: Change) -> Board:
    """An idea has a host, or a card one more; where that is taken back, those it had before."""
    card, after = board.cards[change.card], change.after
    hosts = {"hand": after.get("hand", card.hand), "cohosts": tuple(after.get("cohosts", card.cohosts))}
    return _edited(board.with_card(replace(card, **hosts)), change)


def _seated(board: Board, change: Change) -> Board:
    """Placed, moved or taken down: `after` holds the placement, or nothing. Where that takes something back, it also
    holds what the card waits for again."""
    board = seat(board, change.card, placement_from(change.after), change)
    waiting = waiting_from(change.after)
    return board.with_card(replace(board.cards[change.card], **waiting)) if waiting else board


def _absent(board: Board, change: Change) -> Board:
    """Nobody was there: `after` has the cells whose time was over already."""
    return put(board, change.card, placement_from(change.after), change)


def withdrawn(board: Board, change: Change) -> Board:
    """Off the board, waiting for nothing."""
    empty = put(board, change.card, None, change)
    return empty.with_card(replace(empty.cards[change.card], withdrawn=True, claim=None, notice=None, deal=None))


def _restored(board: Board, change: Change) -> Board:
    card = board.cards[change.card]
    alive = replace(card, withdrawn=False, sequence=card.sequence + 1, at=change.at)
    return board.with_card(replace(alive, **waiting_from(change.after)))


def _swapped(board: Board, change: Change) -> Board:
    """What the two cards ask for beside their cells is not touched."""
    one, other = change.card, change.after["with"]
    taken = board.cards[one].placement, board.cards[other].placement
    return put(put(board, one, taken[1], change), other, taken[0], change)


def _confirmed(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], confirmed=change.number, at=change.at))


def _full(board: Board, change: Change) -> Board:
    return board.with_card(replace(board.cards[change.card], full=change.after["full"], at=change.at))


BRANCHES: Branches = {
    Kind.CARD_WRITTEN: _written,
    Kind.CARD_EDITED: _edited,
    Kind.CARD_TAKEN_UP: _hosted,
    Kind.CARD_COHOSTED: _hosted,
    Kind.CARD_PLACED: _seated,
    Kind.CARD_MOVED: _seated,
    Kind.CARD_TAKEN_DOWN: _seated,
    Kind.CARD_WITHDRAWN: withdrawn,
    Kind.CARDS_SWAPPED: _swapped,
    Kind.CARD_RESTORED: _restored,
    Kind.CARD_CONFIRMED: _confirmed,
    Kind.CARD_FULL: _full,
    Kind.CARD_ABSENT: _absent,
}
