"""Cards that lost their cells: a proposal for all of them, which staff change and carry out in one step."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.moves import PlaceCard, PlaceCards
from openspaces.board.moves.base import following
from openspaces.board.moves.relocating import alternatives, proposal
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Refusal
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.doing import back, not_done, played, why
from openspaces.intake.web.desk.grid import cells_named
from openspaces.intake.web.desk.moments import when_says
from openspaces.intake.web.desk.picking import Choice, Group, nearest, run_from
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.visiting import desk_page, desk_url, staffed
from openspaces.intake.web.visiting import Visit
from openspaces.wording import placement_says

BEST = 6
"""How many ranked cells stand first among the choices."""
OTHERS = 120
"""How many other free cells follow, those nearest in time: more than anybody reads, and few enough for a phone."""

Chosen = Mapping[str, Cell | None]
"""Where cards are to go, by code; None leaves it to the host."""


@staffed
async def relocate(visit: Visit) -> HttpResponse:
    """Show whom the board owes a cell, with a proposal; place them all, or one of them."""
    if visit.request.method == "POST":
        return await _place(visit)
    return await _relocate_page(visit, {}, {})


def displaced(board: Board) -> list[Card]:
    """The cards that the board owes a cell, the oldest first."""
    return [card for card in board.in_order() if card.owed and not card.withdrawn and not card.merged_into]


async def _place(visit: Visit) -> HttpResponse:
    """All that were chosen, or none; a cell that is lost is named at its card, and the other choices stay."""
    board, chosen, only = visit.newest(), _chosen(visit), visit.typed("only")
    meant = {code: cell for code, cell in chosen.items() if not only or code == only}
    places = tuple(_placing(board, code, cell) for code, cell in meant.items() if cell)
    if not places:
        return await not_done(visit, _("Every card is left to its host, so there is nothing to do."))
    outcome = await played(visit, PlaceCards(places=places))
    if not outcome.refusal:
        return back(visit, outcome, desk_url(visit.event, "relocate"))
    lost = _lost(visit, places)
    kept = {code: cell for code, cell in chosen.items() if code not in lost}
    return await _relocate_page(visit, kept, lost, said=_lost_says(lost, outcome.refusal), status=409)


def _chosen(visit: Visit) -> dict[str, Cell | None]:
    """What was chosen for cards that are still owed a cell."""
    board = visit.newest()
    sent = {card.code: visit.typed(_field(card)) for card in displaced(board) if _field(card) in visit.request.POST}
    return {code: next(iter(cells_named(board, written)), None) for code, written in sent.items()}


def _placing(board: Board, code: str, cell: Cell) -> PlaceCard:
    return PlaceCard(card=code, cells=run_from(board, board.cards[code], cell).cells)


def _lost(visit: Visit, places: tuple[PlaceCard, ...]) -> dict[str, str]:
    """Why which cards cannot go where they were to go, each after those before it."""
    board = visit.newest()
    lost = {}
    for place in places:
        answer = PlaceCards(places=(place,)).decide(board, visit.by, visit.at)
        if isinstance(answer, Refusal):
            lost[place.card] = why(answer)
        else:
            board = following(board, answer, visit.by, visit.at)
    return lost


def _lost_says(lost: Mapping[str, str], refusal: Refusal) -> str:
    """Nothing was placed; where the trouble is over already, what it was."""
    if not lost:
        return why(refusal)
    counted = ngettext(
        "Nothing was placed yet: %(count)d card needs another cell. Your other choices are kept.",
        "Nothing was placed yet: %(count)d cards need another cell. Your other choices are kept.",
        len(lost),
    )
    return counted % {"count": len(lost)}


# What is shown


@dataclass(frozen=True)
class _Row:
    """One card: what it lost and why, and where it may go, the ranked cells first."""

    code: str
    title: str
    host: str
    url: str
    lost: str
    reason: str
    since: str
    name: str
    chosen: str
    wrong: str
    best: list[Choice] = field(default_factory=list)
    others: list[Group] = field(default_factory=list)


async def _relocate_page(
    visit: Visit, kept: Chosen, wrong: Mapping[str, str], said: str = "", status: int = 200
) -> HttpResponse:
    rows = await reading(_rows, visit, kept, wrong)
    context = {"rows": rows, "sure": sum(bool(row.chosen) for row in rows)}
    return await desk_page(visit, "relocate", "rooms", context, said=said, status=status)


def _rows(visit: Visit, kept: Chosen, wrong: Mapping[str, str]) -> list[_Row]:
    """The choices that were made stand; the other cards are proposed what is free beside them."""
    board = unmasked(visit.newest())
    chosen = {code: str(cell) if cell else "" for code, cell in kept.items()}
    waiting = [card for card in displaced(board) if card.code not in kept]
    with_kept = _with_kept(board, kept)
    chosen |= {card.code: str(cells[0]) if cells else "" for card, cells in proposal(with_kept, waiting, visit.at)}
    return [_row(visit, board, card, chosen[card.code], wrong.get(card.code, "")) for card in displaced(board)]


def _with_kept(board: Board, kept: Chosen) -> Board:
    """The board as if those choices were carried out, so that no proposal takes a cell of theirs."""
    for code, cell in kept.items():
        if cell:
            card = board.cards[code]
            board = board.with_card(replace(card, placement=run_from(board, card, cell)))
    return board


def _row(visit: Visit, board: Board, card: Card, chosen: str, wrong: str) -> _Row:
    assert card.notice
    ranked = alternatives(board, card, visit.at, BEST)
    first = [cell for cell in cells_named(board, chosen) if cell not in ranked]
    lost = card.notice.lost
    known = board.has_cell(lost.cells[0])
    around = board.slot_of(lost.cells[0]).starts if known else visit.at
    return _Row(
        code=card.code,
        title=card.words.title,
        host=card.words.host,
        url=desk_url(board.event, "cards", card.code),
        lost=placement_says(board, lost) if known else "",
        reason=card.notice.reason,
        since=when_says(board, card.notice.at, visit.at),
        name=_field(card),
        chosen=chosen,
        wrong=wrong,
        best=[(str(cell), placement_says(board, run_from(board, card, cell))) for cell in (*first, *ranked)],
        others=nearest(board, card, around, visit.by, visit.at, OTHERS, (*first, *ranked)),
    )


def _field(card: Card) -> str:
    return f"to-{card.code}"
