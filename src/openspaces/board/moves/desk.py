"""The moves of the desk that everyone hears: freeze and thaw, announcements, the pitch."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openspaces.board.contest import Contest
from openspaces.board.facts import announcement_facts, freeze_facts, pitch_facts
from openspaces.board.moves.base import NOTHING, Changes, OfFacilitators, OfStaff, living
from openspaces.board.moves.claiming import changed
from openspaces.board.state import Board, Card, Change, Freeze, Pitch
from openspaces.board.vocabulary import ANNOUNCEMENT_LENGTH, Code, Kind, Refusal
from openspaces.board.words import Unfit, sentence
from openspaces.people.who import Who

LONGEST_ANNOUNCEMENT = 24 * 60
"""Minutes."""
LONGEST_PITCH = 600
"""Seconds."""


@dataclass(frozen=True, kw_only=True)
class FreezeBoard(OfFacilitators):
    """A facilitator pauses all writes, with a reason that everyone reads. Staff go on, to put things right; votes and
    lots wait."""

    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", sentence("reason", self.reason))

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        if board.freeze and board.freeze.reason == self.reason:
            return NOTHING
        return (frozen(board, self.reason),)


@dataclass(frozen=True, kw_only=True)
class ThawBoard(OfFacilitators):
    """A facilitator lets everyone write again. Contests that were open get back the time that they lost."""

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        return thawed(board, at)


@dataclass(frozen=True, kw_only=True)
class Announce(OfStaff):
    """Staff tell every screen a sentence; after some minutes it goes by itself."""

    text: str
    minutes: int = 30

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", sentence("text", self.text, ANNOUNCEMENT_LENGTH))
        if not 1 <= self.minutes <= LONGEST_ANNOUNCEMENT:
            raise Unfit("minutes", "too-long", LONGEST_ANNOUNCEMENT)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        until = at + timedelta(minutes=self.minutes)
        return (Change(Kind.ANNOUNCED, after={"text": self.text, "until": until.isoformat()}),)


@dataclass(frozen=True, kw_only=True)
class EndAnnouncement(OfStaff):
    """Staff, or the clock, take an announcement from the screens."""

    announcement: int

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        said = next((said for said in board.announcements if said.number == self.announcement), None)
        if said is None:
            return Refusal(Code.UNKNOWN_ANNOUNCEMENT, {"announcement": self.announcement})
        return (Change(Kind.ANNOUNCEMENT_ENDED, before=announcement_facts(said)),)


@dataclass(frozen=True, kw_only=True)
class SetPitch(OfStaff):
    """Staff line cards up to be pitched: the first is on the big screen, with a countdown once it is `started`, and the
    next three stand below. A card that was withdrawn while it waited is left out. An empty queue ends the pitch."""

    queue: tuple[str, ...]
    seconds: int = 60
    started: bool = False

    def __post_init__(self) -> None:
        if not 5 <= self.seconds <= LONGEST_PITCH:
            raise Unfit("seconds", "too-long", LONGEST_PITCH)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        waiting = board.pitch.queue if board.pitch else ()
        cards = {code: living(board, code) for code in self.queue}
        for code, card in cards.items():
            if isinstance(card, Refusal) and code not in waiting:
                return card
        queue = tuple(code for code, card in cards.items() if isinstance(card, Card))
        ends = self._ends(board.pitch, at) if self.started else None
        new = Pitch(queue, self.seconds, ends) if queue else None
        if new == board.pitch:
            return NOTHING
        return (Change(Kind.PITCH_CHANGED, before=pitch_facts(board.pitch), after=pitch_facts(new)),)

    def _ends(self, now: Pitch | None, at: datetime) -> datetime:
        """When the countdown ends: one that runs goes on, whoever joins the row behind the card."""
        if now and now.ends and now.ends > at and (now.queue[:1], now.seconds) == (self.queue[:1], self.seconds):
            return now.ends
        return at + timedelta(seconds=self.seconds)


def frozen(board: Board, reason: str) -> Change:
    """All writes are paused."""
    return Change(Kind.BOARD_FROZEN, before=freeze_facts(board.freeze), after={"reason": reason})


def thawed(board: Board, at: datetime) -> Changes:
    """Everyone may write again; contests have as much time left as when the board was frozen."""
    if board.freeze is None:
        return NOTHING
    later = [_later(contest, board.freeze, at) for contest in board.open_contests]
    changes = (changed(old, new) for old, new in zip(board.open_contests, later, strict=True) if new != old)
    return Change(Kind.BOARD_THAWED, before=freeze_facts(board.freeze)), *changes


def _later(contest: Contest, freeze: Freeze, at: datetime) -> Contest:
    if contest.closes is None or contest.closes <= freeze.at:
        return contest
    return replace(contest, closes=contest.closes + (at - max(freeze.at, contest.opened)))
