"""A drawn board as conference apps read it, with all the rules kept."""

from lxml import etree
from tests.drawing import drawn
from tests.outlets.schedule_rules_json import broken_json
from tests.outlets.schedule_rules_xml import broken_xml

from openspaces.board.state import Board
from openspaces.outlets.base import Variant
from openspaces.outlets.schedule import JSON, XML

HERE = Variant(base_url="https://board.example")
DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate + Jog at Park
      10:00   "             #lunch      Swim at Park
      ---
      09:00   .             #Talk       .
    """,
    planned=("Robots/ada",),
    ideas=("Vim",),
)


def made(full: Board) -> etree._Element:
    """The schedule.xml of a board, which keeps all the rules, as does its schedule.json."""
    xml, facts = XML.render(full, HERE), JSON.render(full, HERE)
    assert (broken_xml(xml), broken_json(facts)) == ([], [])
    return etree.fromstring(xml)


def sessions(full: Board) -> list[tuple[str, ...]]:
    """Day, room, clock, length and title of every event in the schedule.xml."""
    return [
        (
            day.get("date", ""),
            room.get("name", ""),
            *(event.findtext(tag, "") for tag in ("start", "duration", "title")),
        )
        for day in made(full).iterfind("day")
        for room in day
        for event in room
    ]
