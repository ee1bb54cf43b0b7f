"""What others made, before it is on the board: what it is, what would come of it, and doing that. The terminal and the
desk ask the same here, and each says it in its own words."""

from openspaces.intake.bringing.cards import Cards, cards_in
from openspaces.intake.bringing.opening import is_kept, kept, opened, unpacked
from openspaces.intake.bringing.prospects import Prospect, is_another_year, play_each, prospect

__all__ = [
    "Cards",
    "Prospect",
    "cards_in",
    "is_another_year",
    "is_kept",
    "kept",
    "opened",
    "play_each",
    "prospect",
    "unpacked",
]
