"""What was understood of a wish, as sentences for people, in the language that is active."""

from datetime import date

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Placement
from openspaces.board.vocabulary import Cell
from openspaces.intake.wishes.understood import Doubt, Part, Understood
from openspaces.wording import apart, day_says, in_a_row, span


def understood_says(board: Board, understood: Understood) -> str:
    """One or more sentences: what was understood, and what of it is open."""
    pieces = [*_day(understood), *_time(board, understood), *_room(board, understood)]
    if pieces:
        first = _("Understood: %(wish)s.") % {"wish": in_a_row(pieces)}
    else:
        first = _("No day, time or room of this event was found in it.")
    return " ".join([first, *(_doubt_says(board, doubt) for doubt in understood.ambiguous)])


def _day(understood: Understood) -> list[str]:
    return [day_says(understood.day)] if understood.day else []


def _time(board: Board, understood: Understood) -> list[str]:
    if not understood.slots:
        return []
    room = understood.room or board.rooms[0].key
    return [span(board, Placement(tuple(Cell(room, slot) for slot in understood.slots)))]


def _room(board: Board, understood: Understood) -> list[str]:
    room = board.room(understood.room)
    return [apart(room.name)] if room else []


def _doubt_says(board: Board, doubt: Doubt) -> str:
    said = apart(" ".join(doubt.said.split()))
    if not doubt.choices:
        return {
            Part.DAY: _("This event has no day “%(said)s”."),
            Part.TIME: _("The board has no hour “%(said)s”."),
            Part.ROOM: _("This event has no room “%(said)s”."),
        }[doubt.part] % {"said": said}
    named = [_choice(board, doubt.part, choice) for choice in doubt.choices]
    return _("“%(said)s” may be any of these: %(choices)s.") % {"said": said, "choices": in_a_row(named)}


def _choice(board: Board, part: Part, choice: str) -> str:
    if part is Part.DAY:
        return day_says(date.fromisoformat(choice))
    if part is Part.ROOM:
        room = board.room(choice)
        return apart(room.name) if room else choice
    slot = board.slots[choice]
    hours = span(board, Placement((Cell(board.rooms[0].key, choice),)))
    return _("%(day)s %(time)s") % {"day": day_says(slot.day, short=True), "time": hours}
