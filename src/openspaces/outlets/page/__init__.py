"""The pages that everyone sees alike: the board by day, a card, what is on now, the contests, the list of events.

`draw_cells`, `draw_items`, `draw_contests` and `draw_notices` draw what a change touched, for the stream that keeps
open pages fresh.
"""

from openspaces.outlets.page.board import PAGE
from openspaces.outlets.page.card import CARD
from openspaces.outlets.page.cells import draw_cells
from openspaces.outlets.page.contests import CONTESTS, draw_contests
from openspaces.outlets.page.home import render_home
from openspaces.outlets.page.items import draw_items
from openspaces.outlets.page.lists import IDEAS, PLANNED
from openspaces.outlets.page.notices import draw_notices
from openspaces.outlets.page.now import NOW

__all__ = [
    "CARD",
    "CONTESTS",
    "IDEAS",
    "NOW",
    "PAGE",
    "PLANNED",
    "draw_cells",
    "draw_contests",
    "draw_items",
    "draw_notices",
    "render_home",
]
