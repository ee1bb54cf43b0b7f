"""What a button of the list asks for: the move behind each answer."""

from collections.abc import Callable

from django.http import Http404

from openspaces.board.contest import Contest
from openspaces.board.moves import (
    ApproveCard,
    CallOffContest,
    ConfirmCard,
    FreeRoom,
    Move,
    OfferCells,
    PlaceCard,
    RefuseClaim,
    RemoveAllOf,
    RemoveCard,
    SettleContest,
    ShieldCard,
    TakeDown,
    WithdrawCard,
)
from openspaces.board.state import Card
from openspaces.board.vocabulary import CARD_CODE, Cell, Code, Method, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.web.desk.places import placement_for
from openspaces.intake.web.visiting import Visit


def asked_for(visit: Visit) -> Move | Refusal:
    """The move that a pressed button means; a refusal where what it was drawn for is not so any more. Raises Unfit for
    a reason that cannot stand, Http404 for what no button says."""
    do, _space, what = visit.typed("do").partition(" ")
    if do in _OF_CONTESTS:
        return _OF_CONTESTS[do](visit, what)
    if do not in _OF_CARDS:
        raise Http404
    card = visit.newest().cards.get(visit.typed("card"))
    if card is None:
        code = visit.typed("card")
        return Refusal(Code.UNKNOWN_CARD, {"card": code if CARD_CODE.fullmatch(code) else "?"})
    return _OF_CARDS[do](visit, card, what)


# Cards


def _place(visit: Visit, card: Card, what: str) -> Move | Refusal:
    """A button that was drawn for a card without a cell does not move one that has got its place meanwhile."""
    board = visit.newest()
    if card.placement and not card.claim:
        return Refusal(Code.ALREADY_PLACED, {"title": card.words.title})
    cells = _cells(what)
    if len(cells) != 1:
        return Refusal(Code.UNKNOWN_CELL, {"cell": "?"})
    wanted = placement_for(board, card, cells[0], visit.at)
    confirmed = visit.typed("confirmed") == "1"
    return PlaceCard(card=card.code, cells=wanted.cells, where=wanted.where, confirmed=confirmed)


def _offer(visit: Visit, card: Card, what: str) -> Move | Refusal:
    return OfferCells(card=card.code, cells=_cells(what), reason=visit.typed("reason"))


def _cells(written: str) -> tuple[Cell, ...]:
    try:
        return tuple(Cell.parse(each) for each in written.split())
    except ValueError:
        return ()


_OF_CARDS: dict[str, Callable[[Visit, Card, str], Move | Refusal]] = {
    "place": _place,
    "offer": _offer,
    "refuse": lambda visit, card, _what: RefuseClaim(card=card.code, reason=visit.typed("reason")),
    "take-down": lambda _visit, card, _what: TakeDown(card=card.code),
    "withdraw": lambda _visit, card, _what: WithdrawCard(card=card.code),
    "confirm": lambda _visit, card, _what: ConfirmCard(card=card.code),
    "absent": lambda _visit, card, _what: FreeRoom(card=card.code),
    "approve": lambda _visit, card, what: ApproveCard(card=card.code, seen=seen_in(what)),
    "shield": lambda visit, card, _what: ShieldCard(card=card.code, reason=visit.typed("reason")),
    "remove": lambda visit, card, _what: RemoveCard(card=card.code, reason=visit.typed("reason")),
    "remove-all": lambda visit, card, _what: RemoveAllOf(card=card.code, reason=visit.typed("reason")),
}


# Contests


def _settle(visit: Visit, _what: str) -> Move | Refusal:
    """By the method that the contest has; by hands with what was typed in."""
    contest = visit.newest().contests.get(number_typed(visit, "contest"))
    by_hands = contest is not None and contest.method is Method.HANDS
    counts = counts_typed(visit, contest) if contest and by_hands else ()
    return SettleContest(contest=number_typed(visit, "contest"), counts=counts, reason=visit.typed("reason"))


def counts_typed(visit: Visit, contest: Contest) -> tuple[tuple[str, int], ...]:
    """The hands that went up for each card. Raises Unfit for a field that was left empty."""
    return tuple(_count(visit, code) for code in contest.cards)


def _count(visit: Visit, code: str) -> tuple[str, int]:
    typed = visit.typed(f"count-{code}").strip()
    if not (typed.isdecimal() and len(typed) <= 6):
        raise Unfit("counts", "empty", 999_999)
    return code, int(typed)


def _win(visit: Visit, what: str) -> Move | Refusal:
    return SettleContest(contest=number_typed(visit, "contest"), winner=what, reason=visit.typed("reason"))


def _call_off(visit: Visit, _what: str) -> Move | Refusal:
    return CallOffContest(contest=number_typed(visit, "contest"), reason=visit.typed("reason"))


_OF_CONTESTS: dict[str, Callable[[Visit, str], Move | Refusal]] = {
    "settle": _settle,
    "win": _win,
    "call-off": _call_off,
}


def number_typed(visit: Visit, name: str) -> int:
    """A number that a form sends; 0 if it is none."""
    return seen_in(visit.typed(name)) or 0


def seen_in(typed: str) -> int | None:
    """The number that a button carries; None if it carries none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
