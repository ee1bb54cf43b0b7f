"""A programme on the terminal: what it is, what follows it at once, and what waits for the organiser's yes."""

import gettext
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openspaces.board.moves import Move
from openspaces.board.read import board_now
from openspaces.board.state import Board, Room
from openspaces.intake.bringing import is_another_year, play_each, prospect
from openspaces.intake.programme import Programme, is_address, proposed
from openspaces.intake.programme.following import follow
from openspaces.people.who import PROGRAM
from openspaces.starting import Stop
from openspaces.wording import cell_says, date_says, day_says, says

if TYPE_CHECKING:
    from openspaces.importing import Wanted

_ = gettext.translation("terminal", Path(__file__).parent.parent / "locale", fallback=True).gettext
SHOWN = 20
"""Lines of one list."""


def import_programme(board: Board, programme: Programme, wanted: "Wanted") -> Iterator[str]:
    """Put the talks beside the board; add rooms and days, and close cells, only where that is agreed to."""
    yield from _found(programme, wanted.source)
    if is_another_year(board, programme):
        yield _("None of its days is one of this board's (%(days)s). Is it the right one?") % {"days": _of_board(board)}
        if wanted.dry or not wanted.agrees(_("Go on with it?")):
            yield _("Nothing is changed. If it is the right one: the same command with --yes.")
            return
    yield from _followed(board, programme, wanted)
    yield from _added(board, programme, wanted)
    yield from _closed(board, programme, wanted)


def written_for(event: str, programme: Programme) -> Iterator[str]:
    """The event file that a programme makes, for an event that is not there yet."""
    yield proposed.event_file(event, programme, "UTC").rstrip()


def _found(programme: Programme, source: str) -> Iterator[str]:
    facts = {
        "source": source,
        "title": programme.title or _("without a name"),
        "talks": len(programme.talks),
        "rooms": len(programme.rooms),
        "days": _days(programme),
    }
    yield _("%(source)s is a programme, “%(title)s”: %(talks)d talks in %(rooms)d rooms, %(days)s.") % facts
    yield from _listed(list(programme.left))


def _of_board(board: Board) -> str:
    return _span([day.date for day in board.days])


def _days(programme: Programme) -> str:
    return _span([day.date for day in programme.days])


def _span(days: list[date]) -> str:
    if not days:
        return _("no days")
    first, last = (f"{date_says(day)} {day.year}" for day in (min(days), max(days)))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _followed(board: Board, programme: Programme, wanted: "Wanted") -> Iterator[str]:
    if wanted.dry:
        yield _(
            "Its talks would stand beside the board, to warn hosts of clashes. This is a dry run: nothing is written."
        )
        return
    outcome = follow(board.event, programme.talks)
    if outcome.refusal:
        raise Stop(says(outcome.refusal))
    if outcome.changes:
        yield _("Its talks stand beside the board now, and hosts are warned of clashes. They hold no cells.")
    else:
        yield _("Its talks stand beside the board already.")
    if is_address(wanted.source) and board.follows != wanted.source:
        yield _("To have the server look for changes every quarter of an hour, add to your event file:")
        yield f"  [programme]\n  source = {json.dumps(wanted.source)}"


def _added(board: Board, programme: Programme, wanted: "Wanted") -> Iterator[str]:
    """The rooms and days that the board has not; they are added where somebody says yes."""
    proposal = prospect(board, programme).proposal
    if not proposal.days:
        yield (
            _("The board has all of its rooms and days.")
            if not proposal.rooms
            else _("In its other rooms there are no talks; they are left out.")
        )
        return
    yield ""
    yield _("The board has not:")
    yield from _listed([*(_room_line(room) for room in proposal.rooms), *_day_lines(board, proposal)])
    if wanted.dry:
        return
    if not wanted.agrees(_("Add them to the board, so that cards can be put there?")):
        yield _("None of this is added. If Open Spaces are held there: the same command with --yes.")
        return
    _play_all(board.event, proposal.moves())
    yield ""
    yield _("They are on the board now. Add these lines to your event file, or its next load takes them away again:")
    yield ""
    yield proposed.written(proposal).rstrip()


def _room_line(room: Room) -> str:
    if room.capacity:
        return _("room %(name)s (%(key)s, for %(capacity)d)") % {
            "name": room.name,
            "key": room.key,
            "capacity": room.capacity,
        }
    return _("room %(name)s (%(key)s)") % {"name": room.name, "key": room.key}


def _day_lines(board: Board, proposal: proposed.Proposal) -> Iterator[str]:
    hours = dict(proposal.stretches)
    for day in proposal.days:
        facts = {
            "day": day_says(day.date),
            "rooms": ", ".join(day.rooms),
            "hours": str(hours.get(day.date, "")).partition("/")[0],
        }
        if day.date in hours:
            yield _("%(day)s, %(hours)s, in slots of an hour: %(rooms)s") % facts
        else:
            yield _("%(day)s: these rooms beside its own, with its slots") % facts


def _closed(board: Board, programme: Programme, wanted: "Wanted") -> Iterator[str]:
    """Cells in which talks are held: closed where that was asked for, and never under a card."""
    now = board_now(board.event) or board
    found = prospect(now, programme)
    cells, under = found.free, found.under
    if not cells and not under:
        return
    yield ""
    if cells:
        yield _("Talks are held in these cells of the board that are free:")
        yield from _listed([f"{cell_says(now, cell)}: {reason}" for cell, reason in cells])
    if under:
        yield _("Talks are held in cells where cards stand; these are left to you:")
        yield from _listed([f"{cell_says(now, cell)}: {title}" for cell, title in under])
    if cells and wanted.close and not wanted.dry:
        _play_all(now.event, found.closures)
        yield _("The free ones are closed now.")
    elif cells:
        yield _("They stay open. To close them: the same command with --close.")


def _play_all(event: str, moves: Iterable[Move]) -> None:
    if refusal := play_each(event, moves, PROGRAM):
        raise Stop(says(refusal))


def _listed(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield "  " + _("… and %(more)d more") % {"more": len(lines) - SHOWN}
