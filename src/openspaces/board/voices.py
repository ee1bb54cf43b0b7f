"""Voices: ballots, reports, stars, offers to host, and a no to one. Each is one person's, in rows and no change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from openspaces.board.moves.base import Move, holder_or_staff, holds, living
from openspaces.board.moves.deciding import paused
from openspaces.board.moves.moderating import REPORTS_TO_SHIELD
from openspaces.board.moves.moderation import ShieldCard
from openspaces.board.moves.open_contests import not_in, open_contest, over
from openspaces.board.moves.running import PRESENT_TO_FREE, FreeRoom, running
from openspaces.board.moves.telling import titles
from openspaces.board.state import Board
from openspaces.board.vocabulary import NAME_LENGTH, Code, Kind, Method, Refusal, Standing
from openspaces.board.words import sentence
from openspaces.people.who import Who


class What(StrEnum):
    """What somebody tells of a card."""

    ABUSE = "abuse"
    NOBODY_HERE = "nobody-here"


ANSWERED = {
    Kind.CARD_APPROVED: (What.ABUSE.value,),
    Kind.CARD_REMOVED: (What.ABUSE.value, What.NOBODY_HERE.value),
    Kind.CARD_WITHDRAWN: (What.NOBODY_HERE.value,),
    Kind.CARD_ABSENT: (What.NOBODY_HERE.value,),
    Kind.CARD_CONFIRMED: (What.NOBODY_HERE.value,),
    Kind.CARD_PLACED: (What.NOBODY_HERE.value,),
    Kind.CARD_MOVED: (What.NOBODY_HERE.value,),
    Kind.CARDS_SWAPPED: (What.NOBODY_HERE.value,),
}
"""The changes that answer what was told of a card."""
FRESH = timedelta(minutes=30)
"""How long it counts that nobody was there: those who were early do not add to those who look in at the end."""


@dataclass(frozen=True, kw_only=True)
class CastBallot:
    """A device votes for any number of the cards in a contest, and may change its mind until the close."""

    contest: int
    cards: tuple[str, ...]

    def why_not(self, board: Board, by: Who, at: datetime) -> Refusal | None:
        """Unknown, over, not by vote, a card that is not in it, or a voter who has not shown to be at the event."""
        contest = open_contest(board, self.contest)
        if isinstance(contest, Refusal):
            return contest
        if contest.closes and _by_its_clock(board, at) >= contest.closes:
            return over(board, contest)
        if refusal := not_in(board, contest, self.cards):
            return refusal
        if contest.method is not Method.VOTE:
            return Refusal(Code.NO_VOTE, {"titles": titles(board, contest.cards)})
        if contest.presence and not (by.present or by.is_staff):
            return Refusal(Code.PRESENCE_NEEDED)
        return paused(board, by)


@dataclass(frozen=True, kw_only=True)
class Report:
    """Somebody tells that a card breaks the rules, with a reason, or that nobody is there though it should be on.
    Three such voices of people who showed that they are at the event are acted on by themselves."""

    card: str
    what: What
    reason: str = ""

    def __post_init__(self) -> None:
        needed = self.what is What.ABUSE
        object.__setattr__(self, "reason", sentence("reason", self.reason, needed=needed))

    def why_not(self, board: Board, by: Who, at: datetime) -> Refusal | None:
        """Unknown or gone, or not running where nobody is said to be there."""
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if self.what is What.NOBODY_HERE and not running(board, card, at):
            return Refusal(Code.NOT_RUNNING, {"title": card.words.title})
        return paused(board, by)

    def since(self, at: datetime) -> datetime | None:
        """The voices like this one that count are not older than that; None where all count."""
        return at - FRESH if self.what is What.NOBODY_HERE else None

    def follows(self, board: Board, by: Who, present: int) -> Move | None:
        """The move of the program's that `present` voices like this one call for, if any."""
        if self.what is What.NOBODY_HERE:
            return FreeRoom(card=self.card) if by.is_staff or present >= PRESENT_TO_FREE else None
        live = board.cards[self.card].standing is Standing.LIVE
        return ShieldCard(card=self.card, reason=self.reason) if live and present >= REPORTS_TO_SHIELD else None


@dataclass(frozen=True, kw_only=True)
class Star:
    """Somebody would come, or (`on` false) would not any more. The program counts them, once a second at most."""

    card: str
    on: bool = True

    def why_not(self, board: Board, by: Who, at: datetime) -> Refusal | None:
        """Unknown or gone, or the board is paused."""
        card = living(board, self.card)
        return card if isinstance(card, Refusal) else paused(board, by)


@dataclass(frozen=True, kw_only=True)
class OfferToHost:
    """Somebody would host a card too: an idea with whoever takes it up, another card with its host. The host decides;
    (`on` false) takes the offer back."""

    card: str
    name: str = ""
    handle: str = ""
    on: bool = True

    def __post_init__(self) -> None:
        for name in ("name", "handle"):
            limit, needed = NAME_LENGTH, name == "name" and self.on
            object.__setattr__(self, name, sentence(name, getattr(self, name), limit, needed=needed))

    def why_not(self, board: Board, by: Who, at: datetime) -> Refusal | None:
        """Unknown or gone, hidden, hosted by them already, or the board is paused."""
        card = living(board, self.card)
        if isinstance(card, Refusal):
            return card
        if card.hidden:
            return Refusal(Code.SHIELDED)
        if holds(by, board, card):
            return Refusal(Code.SAME_CARD)
        return paused(board, by)


@dataclass(frozen=True, kw_only=True)
class DeclineOffer:
    """A card's host, or staff, do not take in somebody who offered to host it too; the offer is gone."""

    card: str
    hand: str
    """The device on which it was offered."""

    def why_not(self, board: Board, by: Who, at: datetime) -> Refusal | None:
        """Unknown or gone, another host's, or the board is paused."""
        card = living(board, self.card)
        return card if isinstance(card, Refusal) else holder_or_staff(by, board, self.card) or paused(board, by)


Voice = CastBallot | Report | Star | OfferToHost | DeclineOffer
"""What one person says, and may say again in other words."""


def _by_its_clock(board: Board, at: datetime) -> datetime:
    """The time of contests, which stands still while the board is frozen."""
    return min(at, board.freeze.at) if board.freeze else at
