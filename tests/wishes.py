"""What Hypothesis draws when it plays at random: who asks, when, and the parts of moves."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, ZONE, cell, day_of

from openspaces.board.moves import (
    AddDay,
    AddRoom,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    CloseCell,
    FollowPlan,
    Move,
    Plan,
    Profile,
    RemoveDay,
    RemoveRoom,
)
from openspaces.board.state import Day, Policy, Room, Talk
from openspaces.board.vocabulary import Cell, Competing, Method, Placing, Tie
from openspaces.people.who import PROGRAM, Who

NOBODY = 77
numbers = st.integers(0, 99)
"""Points at one of the cards or cells that there are; NOBODY at one that there is not."""
staff = st.sampled_from([HELPER, FACILITATOR, ORGANISER])
anybody = st.one_of(st.sampled_from([Who("ada"), Who("bob", present=True), Who("eve", signed_in=True)]), staff)
organisers = st.sampled_from([ORGANISER, PROGRAM])
moments = st.one_of(st.just(EVE), st.integers(0, 60).map(lambda hours: EVE + timedelta(hours=hours)))
titles = st.one_of(st.sampled_from(["Knit", "Talk"]), st.text(max_size=5).map(lambda text: "T" + text))
lengths = st.sampled_from([1, 1, 1, 2, 3])
places = st.sampled_from(["Park", "Lawn", "Bridge", ""])
reasons = st.sampled_from(["paint", "lunch"])
room_keys = st.sampled_from(["oak", "elm", "elsewhere", "yew"])
clocks = st.one_of(
    st.sampled_from([["09:00", "10:00", "11:00", "13:00"], ["08:30", "09:00", "10:00", "11:00"]]),
    st.lists(st.sampled_from(["09:00", "09:30", "10:00", "11:00", "13:00"]), unique=True).map(sorted),
)
rooms_of_a_day = st.one_of(st.just(["elm", "oak", "elsewhere"]), st.lists(room_keys, unique=True))
policies = st.builds(
    Policy,
    placing=st.sampled_from([Placing.ANYONE, Placing.ANYONE, Placing.FACILITATORS, Placing.PRESENCE]),
    competing=st.sampled_from(Competing),
    cards_per_host=st.sampled_from([0, 0, 2]),
    stop_taking=st.sampled_from([0, 10]),
    contest_minutes=st.sampled_from([0, 30, 30]),
    contest_tie=st.sampled_from(Tie),
)
policies_to_begin_with = st.builds(
    Policy, placing=st.sampled_from([Placing.ANYONE, Placing.FACILITATORS]), competing=st.just(Competing.CONTEST)
)
methods = st.one_of(st.none(), st.sampled_from([method for method in Method if method is not Method.YIELD]))
zones = st.sampled_from([str(ZONE), "Europe/Berlin"])
profiles = st.builds(Profile, name=st.just("Camp"), timezone=zones, policy=policies)
rooms = st.builds(
    lambda key, name, elsewhere: Room(key, name, elsewhere=elsewhere or key == "elsewhere"),
    room_keys,
    st.sampled_from(["One", "Two"]),
    st.sampled_from([False, False, True]),
)
days = st.builds(
    lambda times, keys, number: day_of(times, tuple(keys), number),
    clocks,
    rooms_of_a_day,
    st.integers(0, 2),
)
closings = st.builds(
    lambda room, clock, reason: CloseCell(cells=(cell(f"{room} {clock}"),), reason=reason),
    room_keys,
    st.sampled_from(["09:00", "10:00"]),
    reasons,
)


def _plan(profile: Profile, named: list[Room], written: list[Day], closed: list[CloseCell]) -> Plan:
    """A plan of parts that fit together."""
    by_key = {room.key: room for room in named}
    by_date = {day.date: Day(day.date, day.slots, tuple(key for key in day.rooms if key in by_key)) for day in written}
    there = {Cell(room, slot.key) for day in by_date.values() for slot in day.slots for room in day.rooms}
    fitting = tuple(closure for closure in closed if there.issuperset(closure.cells))
    return Plan(
        event="x", profile=profile, rooms=tuple(by_key.values()), days=tuple(by_date.values()), closures=fitting
    )


talks = st.builds(
    lambda number, hour, keynote: Talk(
        f"t{number}", "Talk", EVE + timedelta(hours=20 + hour), EVE + timedelta(hours=21 + hour), keynote=keynote
    ),
    st.integers(0, 3),
    st.integers(0, 4),
    st.booleans(),
)
plans = st.builds(
    _plan,
    profiles,
    st.lists(rooms, max_size=4),
    st.lists(days, max_size=2),
    st.lists(closings, max_size=2),
)
of_rooms: SearchStrategy[Move] = st.one_of(
    st.builds(ChangeEvent, profile=profiles),
    st.builds(AddRoom, room=rooms),
    st.builds(ChangeRoom, room=rooms),
    st.builds(RemoveRoom, key=st.sampled_from(["yew", "yew", "oak"])),
)
of_days: SearchStrategy[Move] = st.one_of(
    st.builds(AddDay, day=days),
    st.builds(ChangeDay, day=days),
    st.builds(RemoveDay, day=days),
    st.builds(FollowPlan, plan=plans),
)
