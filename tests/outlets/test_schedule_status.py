"""Which rooms are full just now, under the names that the schedule has for them."""

import json
from datetime import UTC, datetime

from tests.drawing import FACILITATOR, after, code
from tests.outlets.desk import desk
from tests.outlets.schedules import DRAWN, made

from openspaces.board.moves import MarkFull
from openspaces.board.state import Board
from openspaces.outlets.base import Asked
from openspaces.outlets.schedule import STATUS


def states(full: Board, at: datetime) -> dict[str, str]:
    """The state of each room, by its name, as an app asks at that time."""
    asked = Asked({"event": full.event}, {}, "en", at)
    said = json.loads(STATUS.render(full, STATUS.variant(asked, full)))
    assert {key for each in said for key in each} == {"roomname", "state"}
    return {each["roomname"]: each["state"] for each in said}


def test_a_full_room_is_full_while_its_card_runs() -> None:
    crowded = after(DRAWN, MarkFull(card=code("Knit"), full=True), FACILITATOR)
    crowded = after(crowded, MarkFull(card=code("Jog"), full=True), FACILITATOR)
    nine, ten, eleven = (DRAWN.local(datetime(2031, 5, 17, hour, 0, tzinfo=DRAWN.zone)) for hour in (9, 10, 11))
    rooms = ["Oak", "Elm", "Elsewhere", "Elsewhere: Gate", "Elsewhere: Park", "Elsewhere: Park 2"]
    assert states(crowded, nine) == dict(zip(rooms, "100001", strict=True))
    assert states(crowded, ten) == dict(zip(rooms, "100000", strict=True))
    assert states(crowded, eleven) == states(DRAWN, nine) == dict(zip(rooms, "000000", strict=True))


def test_the_rooms_of_the_states_are_those_of_the_schedule() -> None:
    full = desk()
    rooms = [room.get("name") for room in made(full).iterfind("day[1]/room")]
    assert list(states(full, datetime(2031, 1, 1, tzinfo=UTC))) == rooms
