"""The move that takes back what was done in one step."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.moves.base import Changes, Knowing, following, staff_only
from openspaces.board.moves.claiming import in_vain
from openspaces.board.moves.inverse import Now, inverse
from openspaces.board.moves.inverse.since import in_the_way
from openspaces.board.moves.restoring import RESTORES
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Facts, Kind, Refusal, Standing, fresh_seal
from openspaces.people.who import Role, Who

OF_ORGANISERS = ("event", "room", "day")
OF_FACILITATORS = (
    Kind.CARD_REMOVED,
    Kind.BOARD_FROZEN,
    Kind.BOARD_THAWED,
    Kind.CAUTION_CHANGED,
)
ASIDE = ("undoes", RESTORES)
"""What the log says of a step beside what it did."""
AS_WRITTEN = (Kind.CARD_WRITTEN, Kind.CARD_SHIELDED)
"""What makes a card, and holds it until somebody has read it."""


@dataclass(frozen=True, kw_only=True)
class Undo:
    """Staff take back a change, and with it everything that was done in the same step: closing a room and all whom it
    displaced are one. A card that was written in that step stays as it was written, unless it is the writing that is
    taken back. A change can be undone as long as what it touched has not moved since, or else once that is undone; a
    hold that is over by now does not come back. What only organisers or facilitators may do, only they undo."""

    number: int
    changes: tuple[Change, ...] = field(default=(), compare=False)
    """The changes of the step to which it belongs, as the log has them."""
    later: tuple[Change, ...] = field(default=(), compare=False, repr=False)
    """What was done since, to tell what is to be undone first."""
    seal: str = fresh_seal()

    def informed(self, known: Knowing) -> Self:
        return replace(self, changes=tuple(known.step(self.number)), later=tuple(known.later(self.number)))

    def may(self, by: Who, board: Board) -> Refusal | None:
        together = self.together()
        if any(change.kind.partition(".")[0] in OF_ORGANISERS for change in together):
            return staff_only(by, Role.ORGANISER)
        restored = any(RESTORES in change.after for change in self.changes)
        if restored or any(change.kind in OF_FACILITATORS or _unremoved(change) for change in together):
            return staff_only(by, Role.ORGANISER, Role.FACILITATOR)
        return staff_only(by)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        together = self.together()
        if not together:
            return Refusal(Code.UNKNOWN_CHANGE, {"change": self.number})
        done: list[Change] = []
        for change in reversed(together):
            back = inverse(board, change, Now(at, self.seal))
            if isinstance(back, Refusal):
                return self._with_what_is_in_the_way(back, change)
            board = following(board, back, by, at)
            done += back
        if not done:
            return Refusal(Code.CHANGED_SINCE)
        if vain := next((card for card in board.claiming if in_vain(board, card)), None):
            return Refusal(Code.CHANGED_SINCE, {"title": vain.words.title})
        undoes = {"undoes": together[0].number, **_restores(self.changes)}
        return tuple(replace(change, after={**change.after, **undoes}) for change in done)

    def _with_what_is_in_the_way(self, refusal: Refusal, change: Change) -> Refusal:
        first = in_the_way(change, self.later) if refusal.code is Code.CHANGED_SINCE else None
        return replace(refusal, facts={**refusal.facts, "change": first.step or first.number}) if first else refusal

    def together(self) -> list[Change]:
        """What is taken back, in the order in which it was done."""
        step = [_plain(change) for change in self.changes]
        named = next((change for change in step if change.number == self.number), None)
        if named is None:
            return []
        written = {change.card for change in step if change.kind is Kind.CARD_WRITTEN}
        stays = [change for change in step if change.kind in AS_WRITTEN and change.card in written]
        if named in stays and named.kind is Kind.CARD_SHIELDED:
            return [named]
        return [change for change in step if change == named or change not in stays]


def _unremoved(change: Change) -> bool:
    """Whether it brought a removed card back, so that to undo it is to remove the card again."""
    return change.before.get("standing") == Standing.REMOVED


def _restores(changes: Iterable[Change]) -> Facts:
    """Whoever may not go back may not take it back either, nor take that back."""
    return next(({RESTORES: change.after[RESTORES]} for change in changes if RESTORES in change.after), {})


def _plain(change: Change) -> Change:
    return replace(change, after={name: fact for name, fact in change.after.items() if name not in ASIDE})
