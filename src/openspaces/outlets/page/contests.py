"""The contests as a page: what is open, and how the others were settled and why."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.contest import Contest
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method, Tie
from openspaces.look.cards import hue, title_says
from openspaces.look.cells import quoted
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.page.cells import Drawn
from openspaces.outlets.page.notices import notices
from openspaces.outlets.page.says import script_says
from openspaces.outlets.page.wanted import decided_by
from openspaces.wording import cell_says, clock, day_says, outcome_says


def _variant(asked: Asked, board: Board) -> Variant:
    return Variant(language=asked.language)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/contests.html", shown(board)).encode()


CONTESTS = Pull(
    name="contests",
    paths=("/{event}/contests/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
)


def shown(board: Board) -> dict[str, Any]:
    """What the template says, in the language that is active: open contests by their number, settled ones latest
    first."""
    settled = sorted((contest for contest in board.contests.values() if not contest.open), key=_settled_last)
    return {
        "board": board,
        "notices": mark_safe(notices(board)),
        "open": mark_safe("".join(_drawn(board, contest) for contest in board.open_contests)),
        "settled": mark_safe("".join(_drawn(board, contest) for contest in settled)),
        "says": script_says(),
    }


def draw_contests(board: Board, numbers: Iterable[int], language: str) -> list[Drawn]:
    """The contests as items of the lists of their page; a page without these lists has no place for them."""
    known = [board.contests[number] for number in dict.fromkeys(numbers) if number in board.contests]
    with override(language):
        return [(f"contest-{contest.id}", _drawn(board, contest)) for contest in known]


def won_says(board: Board, contest: Contest) -> str:
    """How a settled contest ended, and why."""
    if not contest.winner:
        return " ".join(filter(None, (_("It was called off."), contest.reason)))
    facts = {"title": quoted(board.cards[contest.winner]), "how": outcome_says(contest, board)}
    return _("%(title)s has it: %(how)s") % facts


def place_says(board: Board, contest: Contest) -> str:
    """What a contest is about; a cell that the board has no more is named by its room."""
    room = board.room(contest.cell.room)
    if board.has_cell(contest.cell):
        return cell_says(board, contest.cell)
    return room.name if room else contest.cell.room


def _settled_last(contest: Contest) -> tuple[float, int]:
    assert contest.settled
    return -contest.settled.timestamp(), -contest.id


def _drawn(board: Board, contest: Contest) -> str:
    return render_to_string("page/_contest.html", _facts(board, contest)).strip()


def _facts(board: Board, contest: Contest) -> dict[str, Any]:
    return {
        "board": board,
        "contest": contest,
        "place": place_says(board, contest),
        "decided": mark_safe(decided_by(board, contest)) if contest.open else "",
        "won": "" if contest.open else won_says(board, contest),
        "when": _when(board, contest),
        "vote": contest.open and contest.method is Method.VOTE,
        "tie": contest.open and contest.method is Method.VOTE and _tie_says(contest),
        "cards": [_row(board, contest, code) for code in contest.cards],
    }


def _row(board: Board, contest: Contest, code: str) -> dict[str, Any]:
    """A card of the contest: who brings it, and how many were for it once that is known."""
    card = board.cards[code]
    return {
        "code": code,
        "title": title_says(card),
        "host": card.words.host,
        "hue": "veiled" if card.hidden else f"h{hue(card)}",
        "count": None if contest.open else contest.tally.get(code),
        "won": code == contest.winner,
    }


def _when(board: Board, contest: Contest) -> str:
    at = board.local(contest.settled or contest.opened)
    when = {"day": day_says(at.date(), short=True), "time": clock(at)}
    return (_("Settled on %(day)s at %(time)s") if contest.settled else _("Open since %(day)s, %(time)s")) % when


def _tie_says(contest: Contest) -> str:
    if contest.tie is Tie.LOT:
        return _("Between equals the lot decides.")
    return _("Between equals, the one who asked first has it.")
