"""What the buttons of a host do to a card: each a move, and the word for it that the page says afterwards."""

from django.utils.translation import gettext as _

from openspaces.board.moves import (
    AcceptDeal,
    AcceptOffer,
    ConfirmCard,
    DropClaim,
    DropDeal,
    MarkFull,
    Move,
    TakeDown,
    UnmergeCards,
    WithdrawCard,
)
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Deal
from openspaces.board.voices import DeclineOffer, Voice
from openspaces.intake.web.visiting import Visit


def move_of(visit: Visit, card: Card) -> tuple[Move | Voice, str] | None:
    """The move that the pressed button asks for, and what was done then; None if it is none of these."""
    code, asking = card.code, visit.typed("asking")
    match visit.typed("do"):
        case "take-down":
            return TakeDown(card=code), "down"
        case "withdraw":
            return WithdrawCard(card=code), "withdrawn"
        case "drop-claim":
            return DropClaim(card=code), "dropped"
        case "give-way":
            return _giving_way(visit.newest(), card), "gave-way"
        case "accept":
            return AcceptDeal(card=code, asking=asking), _agreed(visit.newest(), asking)
        case "decline":
            return DropDeal(card=asking), "declined"
        case "drop-deal":
            return DropDeal(card=code), "taken-back"
        case "take-in":
            return AcceptOffer(card=code, hand=visit.typed("hand")), "taken-in"
        case "take-not-in":
            return DeclineOffer(card=code, hand=visit.typed("hand")), "not-taken-in"
        case "part":
            return UnmergeCards(card=visit.typed("part") or code), "parted"
    return _running(visit, code)


def changed_since(visit: Visit) -> str:
    """That what is agreed to is not what was read: the other host asks for something else by now."""
    other = visit.newest().cards.get(visit.typed("asking"))
    if visit.typed("do") != "accept" or other is None or other.deal is None:
        return ""
    same = other.deal.at.isoformat() == visit.typed("seen")
    return "" if same else _("They ask for something else by now. Look again, then answer.")


def _running(visit: Visit, code: str) -> tuple[Move, str] | None:
    match visit.typed("do"):
        case "still-on":
            return ConfirmCard(card=code), "on"
        case "full":
            return MarkFull(card=code, full=True), "full"
        case "room-again":
            return MarkFull(card=code, full=False), "room"
    return None


def _giving_way(board: Board, card: Card) -> Move:
    """Who holds what is contested gives way by taking the card down; who only asks for it drops the claim."""
    contest = board.contest_of(card.code)
    holds = contest is not None and not set(card.cells).isdisjoint(contest.cells)
    return TakeDown(card=card.code) if holds else DropClaim(card=card.code)


def _agreed(board: Board, asking: str) -> str:
    other = board.cards.get(asking)
    return "merged" if other and other.deal and other.deal.kind is Deal.MERGE else "swapped"
