"""How a contest ends, and how it is open again: the changes of its outcome, of the losers and of the winner."""

from dataclasses import replace
from datetime import datetime

from openspaces.board.contest import Contest, drawn_from, most_voices
from openspaces.board.facts import contest_facts
from openspaces.board.moves.base import Changes
from openspaces.board.moves.claiming import row_of
from openspaces.board.moves.seating import displaced, seated
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cause, Kind


def by_voices(told: Contest, tally: dict[str, int]) -> Contest:
    """The card with the most voices; between equals the tie rule."""
    first = most_voices(told.cards, tally)
    told = replace(told, tally=tally)
    if len(first) == 1:
        return replace(told, winner=first[0])
    return by_lot(told, tuple(first)) if told.tie == "lot" else replace(told, winner=first[0])


def by_lot(told: Contest, cards: tuple[str, ...]) -> Contest:
    """The card that is drawn first from the contest's seal."""
    drawn = drawn_from(told.seal, cards)
    return replace(told, winner=drawn[0], drawn=tuple(drawn))


def settlement(board: Board, contest: Contest, told: Contest, at: datetime) -> Changes:
    """The changes of a contest that was settled as `told` says: its outcome, the losers' loss, the winner's cells."""
    winner = board.cards[told.winner]
    wins = wanted_in(winner, contest)
    losers = [board.cards[code] for code in contest.cards if code != told.winner]
    lost = [displaced(card, wins.cells, Cause.CONTEST, told.reason, at) for card in losers if card.wants(wins.cells)]
    seats = () if winner.placement == wins else (seated(winner, wins),)
    return _settled(contest, told), *lost, *seats


def called_off(contest: Contest, reason: str, at: datetime) -> Change:
    """The contest is over without a winner."""
    return _settled(contest, replace(contest, settled=at, reason=reason, winner=""))


def reopened(settled: Contest, before: Contest, at: datetime, seal: str) -> Change:
    """The contest is open again as it was `before`; where its time is over, a person settles it. The seal that was told
    is spent: a lot is drawn from another one."""
    closes = before.closes if before.closes and before.closes > at else None
    facts = contest_facts(settled), contest_facts(replace(before, closes=closes, seal=seal))
    return Change(Kind.CONTEST_REOPENED, cells=before.cells, before={"contest": facts[0]}, after={"contest": facts[1]})


def wanted_in(card: Card, contest: Contest) -> Placement:
    """The cells that a card asks for, or else holds, in a contest in which it stands."""
    row = row_of(card, contest.cells)
    return next(each for each in (card.claim and card.claim.placement, card.placement) if each and each.cells == row)


def _settled(contest: Contest, told: Contest) -> Change:
    facts = {"contest": contest_facts(contest)}, {"contest": contest_facts(told)}
    return Change(Kind.CONTEST_SETTLED, told.winner, contest.cells, *facts)
