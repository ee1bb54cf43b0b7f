"""Everything that needs somebody now, the most urgent first; what runs by itself; and what is planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from openspaces.board.read import ballots_cast, reports
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method, Placing
from openspaces.board.voices import What
from openspaces.intake.web.desk.claims import claim_items, displaced_items, planned_items
from openspaces.intake.web.desk.contesting import due_items, open_contests, running_items
from openspaces.intake.web.desk.hour import absent_items, starting_items
from openspaces.intake.web.desk.items import Item, Voices
from openspaces.intake.web.desk.moderating import held_items, report_items
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.people.presence import code_now
from openspaces.wording import clock


@dataclass(frozen=True)
class Known:
    """What the list needs and a Board does not say. `board` is the newest one, with the true words of hidden cards."""

    board: Board
    told: dict[What, list[Voices]]
    ballots: dict[int, int]


@dataclass(frozen=True)
class Todo:
    """The list: what needs somebody, what runs by itself, and planned cards, which may wait. `code` is the presence
    code where voters are asked for it, and until when it is on the screen."""

    items: list[Item]
    running: list[Item]
    planned: list[Item]
    code: tuple[str, str] | None

    @property
    def owed(self) -> int:
        """How many cards wait for another place: they can be placed all at once."""
        return sum(item.id.startswith("displaced-") for item in self.items)


def known(board: Board) -> Known:
    """Ask the database: one query each for reports and ballots, two for each hidden card."""
    told: dict[What, list[Voices]] = {what: [] for what in What}
    for each in reports(board.event):
        if each.card in board.cards:
            told[What(each.what)].append(Voices(each.card, each.voices, each.present, each.reasons))
    ballots = ballots_cast(board.event) if board.contests else {}
    return Known(unmasked(board), told, ballots)


def todo_of(knows: Known, at: datetime, removes: bool) -> Todo:
    """The list at a moment, for somebody who may remove cards or only hide them. Planned cards are a matter of the
    desk where only the desk places."""
    board = knows.board
    planned = list(planned_items(board, at))
    placing = board.policy.placing is Placing.FACILITATORS
    items = list(_items(knows, at, removes))
    return Todo(
        items=[*items, *planned] if placing else items,
        running=list(running_items(board, knows.ballots, at)),
        planned=[] if placing else planned,
        code=_code(board, at),
    )


def _items(knows: Known, at: datetime, removes: bool) -> Iterator[Item]:
    board, told = knows.board, knows.told
    yield from due_items(board, knows.ballots, at)
    yield from report_items(board, told[What.ABUSE], removes)
    yield from claim_items(board, at)
    yield from displaced_items(board, at)
    yield from absent_items(board, told[What.NOBODY_HERE], at)
    yield from held_items(board, removes)
    yield from starting_items(board, at, {each.card for each in told[What.NOBODY_HERE]})


def _code(board: Board, at: datetime) -> tuple[str, str] | None:
    if not any(contest.presence and contest.method is Method.VOTE for contest in open_contests(board)):
        return None
    code, until = code_now(board.event, at)
    return code, clock(board.local(until))
