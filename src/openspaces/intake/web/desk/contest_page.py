"""What the page of a contest shows: cards, state, the outcome with who and when, and where the losers may go."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from openspaces.board.contest import Contest
from openspaces.board.read import ballots_cast, changes_of, voters_of
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import TEXT_LENGTH, TITLE_LENGTH, Kind, Method
from openspaces.intake.web.desk.claims import displaced_item
from openspaces.intake.web.desk.contesting import ballots_say, cast_say, method_says, newcomers_say, time_left
from openspaces.intake.web.desk.entry_page import METHODS
from openspaces.intake.web.desk.hands import Staff, staff_of, who_says
from openspaces.intake.web.desk.items import in_quotes
from openspaces.intake.web.desk.moments import when_says
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.intake.web.visiting import Visit
from openspaces.people.presence import came_after, code_now
from openspaces.wording import cell_says, clock, in_a_row, outcome_says


@dataclass(frozen=True)
class Known:
    """What the page needs and a Board does not say. `newcomers` are devices that voted and had not shown the code when
    the contest began, `settled` is the change with the outcome."""

    board: Board
    contest: Contest
    ballots: int
    newcomers: int
    settled: Change | None
    staff: Staff


def known_of(board: Board, contest: Contest) -> Known:
    """Ask the database."""
    settled = None if contest.open or not contest.cards else _settled(board, contest)
    staff = staff_of(board) if settled else {}
    ballots = ballots_cast(board.event).get(contest.id, 0)
    return Known(unmasked(board), contest, ballots, _newcomers(board, contest), settled, staff)


def shown(visit: Visit, knows: Known) -> dict[str, Any]:
    """What the template draws."""
    board, contest = knows.board, knows.contest
    cards = [board.cards[code] for code in contest.cards]
    named = board.has_cell(contest.cell)
    return {
        "contest": contest,
        "title": cell_says(board, contest.cell) if named else contest.cell.room,
        "titles": in_a_row(in_quotes(board, contest.cards)),
        "cards": [_card(board, contest, card) for card in cards],
        "says": list(_state(visit, knows)),
        "outcome": None if contest.open else _outcome(visit, knows),
        "code": _code(visit, board, contest),
        "methods": [(each.value, method_says(each)) for each in METHODS],
        "merging": _merging(cards) if contest.open else [],
        "losers": [displaced_item(board, card, visit.at) for card in cards if card.owed and not contest.open],
        "action": desk_url(board.event),
        "next": desk_url(board.event, "contests", contest.id),
        "title_limit": TITLE_LENGTH,
        "text_limit": TEXT_LENGTH,
    }


def _settled(board: Board, contest: Contest) -> Change | None:
    """The last change that settled it."""
    code = contest.winner or contest.cards[0]
    found = [change for change in changes_of(board.event, code) if change.kind is Kind.CONTEST_SETTLED]
    return next((each for each in reversed(found) if each.after["contest"]["id"] == contest.id), None)


def _newcomers(board: Board, contest: Contest) -> int:
    """None are known a day after the close, when nothing links a ballot to its device any more."""
    if not (contest.presence and contest.method is Method.VOTE):
        return 0
    return came_after(board.event, voters_of(board.event, contest.id), contest.opened)


def _card(board: Board, contest: Contest, card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "voices": contest.tally.get(card.code) if contest.tally else None,
        "won": card.code == contest.winner,
        "url": desk_url(board.event, "cards", card.code),
    }


def _state(visit: Visit, knows: Known) -> list[str]:
    """How it is settled, until when, and how many have voted; afterwards how many voted."""
    contest = knows.contest
    if not contest.open:
        voted = contest.method is Method.VOTE and contest.tally
        return [cast_say(contest.ballots), *newcomers_say(knows.newcomers)] if voted else []
    said = [method_says(contest.method)]
    if contest.closes and contest.closes > visit.at:
        said.append(time_left(knows.board, contest.closes, visit.at))
    if contest.method is Method.VOTE:
        said += [ballots_say(knows.ballots), *newcomers_say(knows.newcomers)]
    return said


def _outcome(visit: Visit, knows: Known) -> Mapping[str, str]:
    board, contest = knows.board, knows.contest
    assert contest.settled
    winner = board.cards.get(contest.winner)
    by = knows.settled.by if knows.settled else ""
    return {
        "winner": winner.words.title if winner else "",
        "how": outcome_says(contest, board) if winner else contest.reason,
        "when": when_says(board, contest.settled, visit.at),
        "who": who_says(by, board, knows.staff, visit.by.hand) if knows.settled else "",
        "number": str(knows.settled.number) if knows.settled else "",
    }


def _code(visit: Visit, board: Board, contest: Contest) -> tuple[str, str] | None:
    if not (contest.open and contest.presence and contest.method is Method.VOTE):
        return None
    code, until = code_now(board.event, visit.at)
    return code, clock(board.local(until))


def _merging(cards: list[Card]) -> list[tuple[str, str, str]]:
    """Which card may go on, and which becomes part of it: what the button sends, and both titles."""
    pairs = permutations((card for card in cards if not card.hidden), 2)
    return [(f"merge {into.code} {card.code}", into.words.title, card.words.title) for into, card in pairs]
