"""The symbols on the screen as one field of a larger form: a wrong code is said beside it, and the rest is kept."""

from dataclasses import dataclass, replace

from django.http import HttpResponse

from openspaces.intake.presence import shown
from openspaces.intake.web.kept import wrong_code
from openspaces.intake.web.visiting import Visit, too_fast

FIELD = "symbols"
"""Not `presence`: that one is asked for on a page of its own where it is wrong, and here one may leave it out."""


@dataclass(frozen=True)
class Came:
    """Who visits now that the field was read; `wrong` is what is said beside it, `stopped` an answer instead."""

    visit: Visit
    wrong: str = ""
    stopped: HttpResponse | None = None


async def present(visit: Visit) -> Came:
    """Take the code if one was typed. From then on this device is known to be at the event."""
    typed = visit.typed(FIELD).strip()
    if not typed or visit.by.present:
        return Came(visit)
    came = await shown(visit.request, visit.event, visit.device, typed)
    if came.wait:
        return Came(visit, stopped=too_fast(visit, came.wait))
    if not came.right:
        return Came(visit, wrong=wrong_code())
    return Came(replace(visit, by=replace(visit.by, present=True)))
