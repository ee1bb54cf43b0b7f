"""What is on, or soon: whether cards take place, and rooms where nobody is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.moves.running import running
from openspaces.board.state import Board, Card
from openspaces.intake.web.desk.items import Answer, Draft, Item, Voices, named
from openspaces.wording import clock, placement_says

BEFORE, AFTER = timedelta(minutes=15), timedelta(minutes=10)
"""So long around its start somebody may want to ask whether a card takes place."""


def absent_items(board: Board, absent: list[Voices], at: datetime) -> Iterator[Draft]:
    """Rooms of which people say that nobody is there."""
    for voices in absent:
        card = board.cards[voices.card]
        if running(board, card, at):
            yield partial(_absent, board, card, voices)


def starting_items(board: Board, at: datetime, known: set[str]) -> Iterator[Draft]:
    """Cards that begin or have just begun, and whose hosts have not said that they come; all of one start are one item.
    `known` are cards that stand on the list already."""
    soon = [card for card in board.in_order() if card.code not in known and _unsure(board, card, at)]
    soon.sort(key=lambda card: (_starts(board, card), card.cells[0].room))
    for starts, cards in groupby(soon, key=lambda card: _starts(board, card)):
        yield partial(_starting, board, starts, list(cards), at)


def _starting(board: Board, starts: datetime, cards: list[Card], at: datetime) -> Item:
    says = ngettext("%(time)s: is this card still on?", "%(time)s: are these %(cards)d cards still on?", len(cards)) % {
        "time": clock(board.local(starts)),
        "cards": len(cards),
    }
    rows = tuple(_row(board, card, at) for card in cards)
    return Item(id=f"starting-{starts:%m%d-%H%M}", says=says, rows=rows)


def _absent(board: Board, card: Card, voices: Voices) -> Item:
    says = ngettext(
        "%(count)d person says that nobody is at %(card)s.",
        "%(count)d people say that nobody is at %(card)s.",
        voices.count,
    ) % {"count": voices.count, "card": named(card)}
    assert card.placement
    return Item(
        id=f"absent-{card.code}",
        says=says,
        card=card.code,
        facts=(placement_says(board, card.placement),),
        quotes=voices.reasons,
        answers=(
            Answer("absent", _("Nobody is there: free the room"), card.words.title),
            Answer("confirm", _("It is on"), card.words.title),
        ),
    )


def _row(board: Board, card: Card, at: datetime) -> Item:
    assert card.placement
    title = card.words.title
    gone = (
        Answer("absent", _("Nobody here"), title)
        if running(board, card, at)
        else Answer("take-down", _("No, take it down"), title)
    )
    return Item(
        id=f"on-{card.code}",
        says=named(card),
        card=card.code,
        facts=(placement_says(board, card.placement),),
        answers=(Answer("confirm", _("Yes"), title), gone),
    )


def _unsure(board: Board, card: Card, at: datetime) -> bool:
    if not card.placement or card.confirmed or card.withdrawn:
        return False
    starts = _starts(board, card)
    return starts - BEFORE <= at < starts + AFTER


def _starts(board: Board, card: Card) -> datetime:
    assert card.placement
    return board.time_of(card.placement)[0]
