"""Draws what everyone must hear, above the board: a pause, announcements, open contests, who is on stage."""

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from openspaces.board.contest import Contest
from openspaces.board.state import Announcement, Board, Freeze, Pitch
from openspaces.look.cells import quoted, time_says
from openspaces.outlets.page.cells import Drawn
from openspaces.outlets.page.wanted import decided_by
from openspaces.wording import cell_says, in_a_row

MOST_CONTESTS = 3
"""So many contests are named; the page of the contests has them all."""
NEXT_ON_STAGE = 3


def draw_notices(board: Board, language: str) -> list[Drawn]:
    """What everyone must hear, as pages show it now."""
    with override(language):
        return [("notices", notices(board))]


def notices(board: Board) -> str:
    """The same in the language that is active; hidden where there is nothing to hear."""
    contests = board.open_contests
    parts = [_frozen(board.freeze)] if board.freeze else []
    parts += [_announcement(board, said) for said in board.announcements]
    parts += [_contest(board, contest) for contest in contests[:MOST_CONTESTS]]
    parts += [_more(board, len(contests) - MOST_CONTESTS)] if len(contests) > MOST_CONTESTS else []
    parts += [_pitch(board, board.pitch)] if board.pitch else []
    label, empty = _("What is going on"), "" if parts else " hidden"
    return f'<section class="notices" id="notices" aria-label="{label}"{empty}>{"".join(parts)}</section>'


def _frozen(freeze: Freeze) -> str:
    paused = _("The board is paused.")
    return f'<p class="frozen"><b>{paused}</b> <bdi>{escape(freeze.reason)}</bdi></p>'


def _announcement(board: Board, said: Announcement) -> str:
    ends = board.local(said.until)
    time = f'<time datetime="{ends.isoformat()}">{time_says(board, said.until, board.local(said.at).date())}</time>'
    until = _("until %(time)s") % {"time": time}
    return f'<p class="said" data-until="{ends.isoformat()}"><bdi>{escape(said.text)}</bdi> <small>{until}</small></p>'


def _contest(board: Board, contest: Contest) -> str:
    titles = in_a_row(escape(quoted(board.cards[code])) for code in contest.cards)
    where = escape(cell_says(board, contest.cell)) if board.has_cell(contest.cell) else ""
    link = f'<a href="/{board.event}/contests/{contest.id}/">{titles}</a>'
    return f'<p class="contest"><b>{decided_by(board, contest)}</b> <small>{where}</small> {link}</p>'


def _more(board: Board, count: int) -> str:
    says = ngettext("%(count)d more contest", "%(count)d more contests", count) % {"count": count}
    return f'<p class="contest"><a href="/{board.event}/contests/">{says}</a></p>'


def _pitch(board: Board, pitch: Pitch) -> str:
    first, *waiting = [escape(quoted(board.cards[code])) for code in pitch.queue]
    on_stage, after = _("On stage:"), in_a_row(waiting[:NEXT_ON_STAGE])
    small = "<small>" + _("Next: %(titles)s") % {"titles": after} + "</small>" if after else ""
    return f'<p class="pitch"><b>{on_stage}</b> {first} {small}</p>'
