"""Every sentence about a refusal or a change, once, in the language that is active."""

from openspaces.wording.changes import outcome_says, tells
from openspaces.wording.refusals import lost_says, says, unfit_says
from openspaces.wording.times import (
    apart,
    cell_says,
    clock,
    date_says,
    day_says,
    in_a_row,
    placement_says,
    span,
    span_says,
    twelve_hours,
    wished_says,
)

__all__ = [
    "apart",
    "cell_says",
    "clock",
    "date_says",
    "day_says",
    "in_a_row",
    "lost_says",
    "outcome_says",
    "placement_says",
    "says",
    "span",
    "span_says",
    "tells",
    "twelve_hours",
    "unfit_says",
    "wished_says",
]
