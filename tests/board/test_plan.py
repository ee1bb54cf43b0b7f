"""Following an event file: only what differs changes, and nothing is dropped under a card."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from tests.drawing import (
    FACILITATOR,
    HELPER,
    ORGANISER,
    ZONE,
    after,
    asked,
    at,
    card,
    cell,
    cells,
    code,
    day_of,
    picture,
    picture_of,
    refused,
)

from openspaces.board.moves import CloseCell, EditCard, FollowPlan, Plan, Profile, WithdrawCard, WriteCard
from openspaces.board.moves.plan import kept_back
from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import PROGRAM, Who

CLOCKS = ["09:00", "10:00", "11:00"]
ROOMS = (Room("oak", "Oak"), Room("elm", "Elm"), Room("elsewhere", "Elsewhere", elsewhere=True))
KEYS = ("oak", "elm", "elsewhere")
PLAN = Plan(
    event="camp",
    profile=Profile(name="Camp", timezone=str(ZONE)),
    rooms=ROOMS,
    days=(day_of(CLOCKS, KEYS), day_of(CLOCKS, KEYS, 1)),
    closures=(CloseCell(cells=cells("elm 10:00"), reason="paint"),),
    cards=(WriteCard(title="Welcome", code="WELCOM"),),
)
FREE = """
          oak    elm     elsewhere
  09:00   .      .       .
  10:00   .      #paint  .
  11:00   .      .       .
  ---
  09:00   .      .       .
  10:00   .      .       .
  11:00   .      .       .
"""


def followed(board: Board | None = None, **differing: Any) -> Board:
    """The board after the program follows the plan, with some of its parts replaced."""
    start = board or Board("camp", "drawn")
    return after(start, FollowPlan(plan=replace(PLAN, **differing)), PROGRAM)


def with_card(*names: str, day: int = 0) -> Board:
    """The planned board with a card Knit on cells of those names."""
    move = WriteCard(title="Knit", code=code("Knit"), cells=cells(*names, day=day), where="Park")
    return after(followed(), move, Who("knit"))


def test_a_plan_makes_the_event_as_it_is_written() -> None:
    board = followed()
    assert picture_of(board) == picture(FREE)
    assert [held.words.title for held in board.in_order()] == ["Welcome"]


def test_following_the_same_plan_again_changes_nothing() -> None:
    assert asked(followed(), FollowPlan(plan=PLAN), PROGRAM) == ()


def test_only_what_differs_changes() -> None:
    plan = replace(PLAN, rooms=(*ROOMS, Room("yew", "Yew")), profile=replace(PLAN.profile, venue="Aula"))
    done = asked(followed(), FollowPlan(plan=plan), PROGRAM)
    assert not isinstance(done, Refusal)
    assert [change.kind for change in done] == [Kind.EVENT_CHANGED, Kind.ROOM_ADDED]


def test_only_organisers_follow_a_plan() -> None:
    for by in (FACILITATOR, HELPER, Who("knit")):
        assert refused(followed(), FollowPlan(plan=PLAN), by) == Refusal(Code.NOT_ALLOWED)
    assert asked(followed(), FollowPlan(plan=PLAN), ORGANISER) == ()


# What stands on the board stays


def test_a_room_dropped_under_a_card_is_kept_there_and_reported() -> None:
    board = with_card("elm 09:00")
    plan = replace(PLAN, rooms=(ROOMS[0],), days=tuple(day_of(CLOCKS, ("oak",), day) for day in (0, 1)), closures=())
    assert [(kept.what, kept.cells, [held.code for held in kept.cards]) for kept in kept_back(board, plan)] == [
        ("2031-05-17", cells("elm 09:00"), [code("Knit")])
    ]
    board = after(board, FollowPlan(plan=plan), PROGRAM)
    assert [room.key for room in board.rooms] == ["oak", "elm"]
    assert [day.rooms for day in board.days] == [("oak", "elm"), ("oak",)]
    assert card(board, "Knit").cells == cells("elm 09:00")


def test_a_kept_room_goes_once_its_card_has_gone() -> None:
    plan = replace(PLAN, rooms=(ROOMS[0],), days=tuple(day_of(CLOCKS, ("oak",), day) for day in (0, 1)), closures=())
    board = after(with_card("elm 09:00"), FollowPlan(plan=plan), PROGRAM)
    board = after(board, WithdrawCard(card=code("Knit")), HELPER)
    board = after(board, FollowPlan(plan=plan), PROGRAM)
    assert ([room.key for room in board.rooms], kept_back(board, plan)) == (["oak"], [])


def test_a_slot_dropped_under_a_card_is_kept() -> None:
    board = followed(with_card("oak 11:00"), days=(day_of(CLOCKS[:2], KEYS), PLAN.days[1]))
    assert [slot.key for slot in board.days[0].slots] == ["0517-0900", "0517-1000", "0517-1100"]


def test_a_day_dropped_under_a_card_is_kept_with_that_cell_alone() -> None:
    board = followed(with_card("oak 10:00", day=1), days=(PLAN.days[0],))
    day = board.days[1]
    assert (day.rooms, [slot.key for slot in day.slots]) == (("oak",), ["0518-1000"])


def test_a_day_without_cards_goes() -> None:
    assert [day.date.day for day in followed(with_card("oak 10:00"), days=(PLAN.days[0],)).days] == [17]


def test_a_slot_whose_time_changes_under_a_card_waits() -> None:
    board = with_card("oak 09:00")
    shorter = day_of(["09:00", "09:30", "10:00", "11:00"], KEYS)
    plan = replace(PLAN, days=(shorter, PLAN.days[1]))
    assert [kept.cells for kept in kept_back(board, plan)] == [cells("oak 09:00")]
    board = after(board, FollowPlan(plan=plan), PROGRAM)
    assert board.days[0].slots == PLAN.days[0].slots
    board = after(board, WithdrawCard(card=code("Knit")), HELPER)
    assert after(board, FollowPlan(plan=plan), PROGRAM).days[0] == shorter


def test_a_new_time_zone_moves_every_slot_but_those_under_cards() -> None:
    board = with_card("oak 09:00")
    later = at("12:00") - at("09:00")
    slots = tuple(replace(slot, starts=slot.starts + later, ends=slot.ends + later) for slot in PLAN.days[0].slots)
    plan = replace(
        PLAN,
        profile=replace(PLAN.profile, timezone=str(ZoneInfo("Europe/Berlin"))),
        days=(replace(PLAN.days[0], slots=slots), PLAN.days[1]),
    )
    board = after(board, FollowPlan(plan=plan), PROGRAM)
    assert board.slots["0517-0900"].starts == at("09:00")
    assert [slot.key for slot in board.days[0].slots] == ["0517-0900", "0517-1000", "0517-1100"]
    assert len(board.slots) == sum(len(day.slots) for day in board.days)
    assert kept_back(board, plan) != []


# Closures


def test_a_closure_added_to_the_file_closes_and_one_left_out_reopens() -> None:
    board = followed(closures=(CloseCell(cells=cells("oak 09:00"), reason="keynote"),))
    assert {cell: closure.reason for cell, closure in board.closures.items()} == {cell("oak 09:00"): "keynote"}
    board = followed(board, closures=())
    assert len(board.closures) == 0


def test_what_staff_closed_stays_closed() -> None:
    board = after(followed(), CloseCell(cells=cells("oak 09:00"), reason="broken"), HELPER)
    assert followed(board).closures[cell("oak 09:00")].reason == "broken"


def test_a_closure_does_not_fall_on_a_card_but_is_reported() -> None:
    board = with_card("oak 09:00")
    plan = replace(PLAN, closures=(CloseCell(cells=cells("oak 09:00", "oak 10:00"), reason="keynote"),))
    assert [(kept.what, kept.cells) for kept in kept_back(board, plan)] == [("keynote", cells("oak 09:00"))]
    board = after(board, FollowPlan(plan=plan), PROGRAM)
    assert sorted(board.closures) == [cell("oak 10:00")]


def test_a_closed_cell_may_vanish_with_its_room() -> None:
    days = tuple(day_of(CLOCKS, ("oak", "elsewhere"), day) for day in (0, 1))
    board = followed(followed(), rooms=(ROOMS[0], ROOMS[2]), days=days, closures=())
    assert ([room.key for room in board.rooms], len(board.closures)) == (["oak", "elsewhere"], 0)


def test_a_closure_of_a_slot_that_waits_for_a_card_waits_too() -> None:
    days = (day_of(["09:00", "09:30", "10:00", "11:00"], KEYS), PLAN.days[1])
    closures = (CloseCell(cells=cells("elm 09:30"), reason="paint"),)
    board = followed(with_card("oak 09:00"), days=days, closures=closures)
    assert (board.has_cell(cell("elm 09:30")), len(board.closures)) == (False, 0)


# Cards


def test_a_card_of_the_file_is_written_once_and_left_to_its_host() -> None:
    board = after(followed(), EditCard(card="WELCOM", title="Hello", seen=99), HELPER)
    board = followed(board)
    assert [held.words.title for held in board.in_order()] == ["Hello"]
    board = followed(board, cards=())
    assert [held.words.title for held in board.in_order()] == ["Hello"]


def test_a_plan_that_cannot_be_followed_changes_nothing() -> None:
    taken = WriteCard(title="Second", code="SECOND", cells=cells("elm 10:00"))
    plan = replace(PLAN, cards=(*PLAN.cards, taken))
    refusal = refused(Board("camp", "drawn"), FollowPlan(plan=plan), PROGRAM)
    assert refusal.code == Code.CELL_CLOSED
