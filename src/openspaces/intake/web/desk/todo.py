"""What needs somebody now: a list that empties."""

from django.http import HttpResponse

from openspaces.intake.web.desk.visiting import desk_page, staffed
from openspaces.intake.web.visiting import Visit


@staffed
async def todo(visit: Visit) -> HttpResponse:
    """The list."""
    return await desk_page(visit, "todo", "", {})
