"""Everything that needs somebody now, the most urgent first; what runs by itself; and what is planned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from openspaces.board.moves.base import Left
from openspaces.board.read import ballots_cast, ideas_left, reports
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method, Placing, Standing
from openspaces.board.voices import What
from openspaces.intake.web.desk.claims import claim_items, displaced_items, planned_items, today_items
from openspaces.intake.web.desk.contesting import due_items, open_contests, running_items
from openspaces.intake.web.desk.hour import absent_items, starting_items
from openspaces.intake.web.desk.items import Draft, Item, Voices
from openspaces.intake.web.desk.moderating import held_items, report_items
from openspaces.intake.web.desk.unmasked import unmasked_card
from openspaces.intake.web.desk.way_items import Wanting, wanting, way_items
from openspaces.people.presence import code_now
from openspaces.wording import clock

SHOWN = 25
"""How many items stand on the list; more come up as it empties."""
UNREAD = (Standing.HELD, Standing.SHIELDED)


@dataclass(frozen=True)
class Known:
    """What the list needs and a Board does not say. `board` is the newest one, with the true words of cards
    that are hidden until somebody has read them."""

    board: Board
    told: dict[What, list[Voices]]
    ballots: dict[int, int]
    left: Left
    ways: tuple[Wanting, ...] = ()


@dataclass(frozen=True)
class Todo:
    """The list: what needs somebody, what runs by itself, and planned cards, which may wait; of each the first ones,
    and how many more there are. `owed` are cards that wait for another place: they can be placed all at once. `code`
    is the presence code where voters are asked for it, and until when it is on the screen."""

    items: "Shown"
    running: "Shown"
    planned: "Shown"
    owed: int
    code: tuple[str, str] | None


@dataclass(frozen=True)
class Shown:
    """The first items of many."""

    first: list[Item]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.first)


def known(board: Board) -> Known:
    """Ask the database: one query each for reports and ballots, two for the ways out, two for each card that is hidden
    until it is read, and where somebody has to read something a few for who left which idea."""
    told: dict[What, list[Voices]] = {what: [] for what in What}
    for each in reports(board.event):
        if each.card in board.cards:
            told[What(each.what)].append(Voices(each.card, each.voices, each.present, each.reasons))
    ballots = ballots_cast(board.event) if board.contests else {}
    to_read = told[What.ABUSE] or any(card.standing in UNREAD for card in board.cards.values())
    left = ideas_left(board.event) if to_read else {}
    return Known(_to_read(board), told, ballots, left, wanting(board.event))


def _to_read(board: Board) -> Board:
    """The board with the true words of what somebody has to read; what was removed has been read."""
    for card in board.cards.values():
        if card.standing in UNREAD:
            board = board.with_card(unmasked_card(board.event, card))
    return board


def todo_of(knows: Known, at: datetime, removes: bool) -> Todo:
    """The list at a moment, for somebody who may remove cards or only hide them. Planned cards are a matter of the
    desk where only the desk places."""
    board = knows.board
    displaced, planned = list(displaced_items(board, at)), list(planned_items(board, at))
    placing = board.policy.placing is Placing.FACILITATORS
    waiting = planned if placing else today_items(board, at)
    return Todo(
        items=_shown(chain(_drafts(knows, displaced, at, removes), waiting)),
        running=_shown(running_items(board, knows.ballots, at)),
        planned=_shown(() if placing else planned),
        owed=len(displaced),
        code=_code(board, at),
    )


def _drafts(knows: Known, displaced: list[Draft], at: datetime, removes: bool) -> Iterator[Draft]:
    """What needs somebody, in the order of its urgency."""
    board, told = knows.board, knows.told
    yield from due_items(board, knows.ballots, at)
    yield from report_items(board, told[What.ABUSE], knows.left, removes)
    yield from claim_items(board, at)
    yield from displaced
    yield from absent_items(board, told[What.NOBODY_HERE], at)
    yield from held_items(board, knows.left, removes)
    yield from starting_items(board, at, {each.card for each in told[What.NOBODY_HERE]})
    if removes:
        yield from way_items(board.event, knows.ways)


def _shown(drafts: Iterable[Draft]) -> Shown:
    found = list(drafts)
    return Shown([draft() for draft in found[:SHOWN]], len(found))


def _code(board: Board, at: datetime) -> tuple[str, str] | None:
    if not any(contest.presence and contest.method is Method.VOTE for contest in open_contests(board)):
        return None
    code, until = code_now(board.event, at)
    return code, clock(board.local(until))
