"""What devices say of cards: ballots in the contest about Elm at nine, and reports."""

from datetime import datetime

from tests.contested import CLOSES, KNIT, contest_in
from tests.drawing import EVE
from tests.verify import verify

from openspaces.board.contest import Contest
from openspaces.board.moves import SettleContest
from openspaces.board.play import Outcome
from openspaces.board.vocabulary import Refusal
from openspaces.board.voices import CastBallot, Report, What
from openspaces.people.who import PROGRAM, Who


def vote(event: str, hand: str, *cards: str, moment: datetime = EVE, present: bool = False) -> Refusal | None:
    """A device votes; why its ballot is not taken, if it is not."""
    ballot = CastBallot(contest=contest_in(event).id, cards=cards)
    outcome = verify(event, ballot, by=Who(hand, present=present), at=moment)
    assert outcome.changes == ()
    return outcome.refusal


def settle(event: str, moment: datetime = CLOSES) -> Contest:
    """The clock settles the contest."""
    verify(event, SettleContest(contest=contest_in(event).id), by=PROGRAM, at=moment)
    return contest_in(event)


def reported(event: str, *hands: str, present: bool = True, card: str = KNIT) -> Outcome:
    """Devices tell that a card breaks the rules; what came of the last."""
    outcome = Outcome(0)
    for hand in hands:
        outcome = verify(event, Report(card=card, what=What.ABUSE, reason="Abuse"), by=Who(hand, present=present))
    return outcome
