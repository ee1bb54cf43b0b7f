"""Erases what one person left: a card with all that it ever said, a device, or an e-mail address.

It is put on the list of erasures first. So it is finished after a crash, and done again where a backup is put back.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.moves import EraseHosts, RemoveCard
from openspaces.board.play import play
from openspaces.board.read import board_now, changes_of, erase_hand, erase_words, ideas_by, words_of
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import Kind, Standing
from openspaces.board.words import names_in
from openspaces.intake.forgetting.traces import remove_traces
from openspaces.intake.mail import quarantine
from openspaces.people.erasing import cards_reached, erase_address, erase_cards, erase_device
from openspaces.people.erasures import Erasure, What, enlist, enlisted, of_address
from openspaces.people.keys import mail_hand
from openspaces.people.who import PROGRAM


def erase(erasures: Iterable[Erasure]) -> int:
    """Put these on the list, and erase what they name; how many rows and cards it was. The traces in files are removed
    soon, by whoever keeps the time, or at once by `remove_traces`."""
    asked = list(erasures)
    enlist(asked)
    return _all_erased(asked)


def erase_again() -> int:
    """Erase what is on the list and there nevertheless, for a backup brought it back, or the program was stopped in the
    middle; how many rows and cards it was."""
    return _all_erased(enlisted())


def of_mailbox(event: str, email: str, at: datetime) -> list[Erasure]:
    """What to erase for whoever has that address: it, the cards that it was left for, and what came by mail from it.
    Letters that were put aside go at once, for no backup has them."""
    address = of_address(event, email, at)
    cards = [Erasure(event, What.CARD, code, at) for code in cards_reached(event, address.name, at)]
    quarantine.forget_from(email)
    return [address, Erasure(event, What.DEVICE, mail_hand(email, event), at), *cards]


def _all_erased(asked: Iterable[Erasure]) -> int:
    erased = sum(_erased(each) for each in asked)
    if erased:
        remove_traces.soon()
    return erased


def _erased(erasure: Erasure) -> int:
    board = board_now(erasure.event)
    if board is None:
        return 0
    if erasure.what is What.CARD:
        return _card(board, erasure.name, erasure.at)
    if erasure.what is What.DEVICE:
        return _device(board, erasure.name, erasure.at)
    named = erasure.event, erasure.name, erasure.at
    return sum(_card(board, code, erasure.at) for code in cards_reached(*named)) + erase_address(*named)


def _device(board: Board, hand: str, at: datetime) -> int:
    """What the device wrote before then. On a card that others host too, its owner's name goes and the card stays."""
    event, erased = board.event, 0
    for card in _of_hand(board, hand, at):
        others = set(card.hands) - {hand, ""}
        erased += _names(event, card, _names_of(event, card, hand)) if others else _card(board, card.code, at)
    return erased + erase_hand(event, hand, at) + erase_device(event, hand, at)


def _of_hand(board: Board, hand: str, at: datetime) -> list[Card]:
    codes = dict.fromkeys((*board.hands.get(hand, ()), *ideas_by(board.event, hand)))
    return [board.cards[code] for code in codes if _written(board.event, code) <= at]


def _written(event: str, code: str) -> datetime:
    return changes_of(event, code)[0].at


def _card(board: Board, code: str, at: datetime) -> int:
    """The card leaves the board, and everything that it ever said is blank. Where it is part of another one, its hosts'
    names go from there."""
    card = board.cards.get(code)
    if card is None or _written(board.event, code) > at:
        return 0
    words, erased = words_of(board.event, code), 0
    if card.merged_into and words:
        erased += _names(board.event, board.whole(card), names_in(words.host))
    erased += erase_cards(board.event, [code])  # before it is removed: nobody is to be told of that
    if card.standing is not Standing.REMOVED:
        erased += len(play(board.event, RemoveCard(card=code, reason=_reason(board)), by=PROGRAM).changes)
    return erased + erase_words(board.event, [code])


def _reason(board: Board) -> str:
    with override(board.language):
        return _("Erased because its host asked for it")


def _names(event: str, card: Card, names: Iterable[str]) -> int:
    gone = tuple(names)
    return len(play(event, EraseHosts(cards=(card.code,), names=gone), by=PROGRAM).changes) if gone else 0


def _names_of(event: str, card: Card, hand: str) -> list[str]:
    """The names with which a device came to a card: those that were there first, or that were added when it was taken
    in."""
    added: dict[str, list[str]] = {}
    for change in changes_of(event, card.code):
        if change.kind is Kind.CARD_COHOSTED:
            added.update(dict.fromkeys(_taken_in(change), _added(change)))
    if hand in added:
        return added[hand]
    words = words_of(event, card.code)
    of_others = {name for names in added.values() for name in names}
    return [name for name in names_in(words.host if words else "") if name not in of_others]


def _taken_in(change: Change) -> set[str]:
    return set(change.after.get("cohosts", ())) - set(change.before.get("cohosts", ()))


def _added(change: Change) -> list[str]:
    before = names_in(change.before["words"].host)
    return [name for name in names_in(change.after["words"].host) if name not in before]
