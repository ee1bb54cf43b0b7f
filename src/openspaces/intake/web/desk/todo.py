"""What needs somebody now: a list that empties, with the board of the day beside it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from openspaces.board.state import Board
from openspaces.board.vocabulary import Refusal
from openspaces.board.words import Unfit
from openspaces.intake.programme.refreshing import trouble_of
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.answers import asked_for
from openspaces.intake.web.desk.doing import done, refused
from openspaces.intake.web.desk.needed import known, todo_of
from openspaces.intake.web.desk.today import today_of
from openspaces.intake.web.desk.visiting import desk_page, desk_url, may_decide, staffed
from openspaces.intake.web.visiting import Visit


@staffed
async def todo(visit: Visit) -> HttpResponse:
    """The list, or the part of the page that changes (`?part=todo`); answering it."""
    if visit.request.method == "POST":
        return await _answered(visit)
    context = await reading(_listed, visit.newest(), visit.at, may_decide(visit))
    if visit.request.GET.get("part") == "todo":
        return _part(visit, context)
    return await desk_page(visit, "todo", "", {**context, "trouble": trouble_of(visit.event)})


def _listed(board: Board, at: datetime, removes: bool) -> dict[str, object]:
    """Everything on the page; off the loop, for on a large board that takes a while."""
    knows = known(board)
    here = desk_url(board.event)
    return {"todo": todo_of(knows, at, removes), "today": today_of(knows.board, at), "action": here, "next": here}


def _part(visit: Visit, context: Mapping[str, object]) -> HttpResponse:
    now = replace(visit, board=visit.newest())
    return render(visit.request, "intake/desk/_todo.html", {**context, "board": now.board})


async def _answered(visit: Visit) -> HttpResponse:
    try:
        asked = asked_for(visit)
    except Unfit as unfit:
        return await refused(visit, unfit)
    return await refused(visit, asked) if isinstance(asked, Refusal) else await done(visit, asked)
