"""The list of the events of this installation: the one page that belongs to none."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.translation import override

from openspaces.board.state import Board


def render_home(boards: Iterable[Board], language: str) -> bytes:
    """The page at `/`: every event with its venue and days, the latest first. Equal boards, equal bytes."""
    made = [board for board in boards if board.number]
    made.sort(key=lambda board: (board.days[-1].date.toordinal() if board.days else 0, board.event), reverse=True)
    with override(language):
        return render_to_string("page/home.html", {"boards": made}).encode()
