"""What happens to a card, as a calendar tells it: it moves, is off, is on again, is tentative."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.drawing import EVE, FACILITATOR, after, at, cells, code, host_of
from tests.outlets.calendars import ALL, CAMP, WISH, event_of, events, hours
from tests.outlets.desk import LED

from openspaces.board.moves import (
    ClaimCell,
    CloseCell,
    EditCard,
    MergeCards,
    MoveCard,
    PlaceCard,
    RemoveCard,
    ShieldCard,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Wished
from openspaces.outlets.ics import CALENDAR, CARD
from openspaces.people.who import Who


def stands(event: Any) -> tuple[str, str, int]:
    return str(event["STATUS"]), str(event["SUMMARY"]), int(event["SEQUENCE"])


def test_a_card_that_moves_keeps_its_name_and_counts_on() -> None:
    moved = after(
        CAMP, MoveCard(card=code("Talk"), cells=cells("oak 09:00", day=1)), FACILITATOR, EVE + timedelta(hours=1)
    )
    before, now = event_of(CAMP, "Talk"), event_of(moved, "Talk")
    assert (now["UID"], int(now["SEQUENCE"])) == (before["UID"], int(before["SEQUENCE"]) + 1)
    assert (str(now["LOCATION"]), now["DTSTAMP"].dt, now["LAST-MODIFIED"].dt) == (
        "Oak",
        *[EVE + timedelta(hours=1)] * 2,
    )


@pytest.mark.parametrize("move", [TakeDown, WithdrawCard])
def test_a_card_that_is_off_is_cancelled_where_it_was(move: type[TakeDown] | type[WithdrawCard]) -> None:
    off = event_of(after(CAMP, move(card=code("Talk")), host_of(CAMP, "Talk")), "Talk")
    assert stands(off) == ("CANCELLED", "Cancelled: Talk", 2)
    assert (hours(off), str(off["LOCATION"])) == (hours(event_of(CAMP, "Talk")), "Elm")


def test_a_card_that_comes_back_is_on_again() -> None:
    off = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    back = after(off, PlaceCard(card=code("Talk"), cells=cells("oak 11:00")), host_of(CAMP, "Talk"))
    assert (stands(event_of(back, "Talk")), str(event_of(back, "Talk")["LOCATION"])) == (
        ("CONFIRMED", "Talk", 3),
        "Oak",
    )


def test_a_card_that_lost_its_room_waits_at_its_hour_and_says_so() -> None:
    lost = after(CAMP, CloseCell(cells=cells("elm 09:00", day=1), reason="Water"), FACILITATOR)
    event = event_of(lost, "Talk")
    assert stands(event) == ("TENTATIVE", "Talk", 2)
    assert (hours(event), str(event["LOCATION"])) == (hours(event_of(CAMP, "Talk")), "Looks for a new room")


def test_a_card_that_was_taken_down_and_then_asked_in_vain_is_cancelled_where_it_was() -> None:
    down = after(replace(CAMP, policy=LED), TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    asking = after(down, ClaimCell(card=code("Talk"), cells=cells("oak 11:00")), host_of(CAMP, "Talk"))
    vain = after(asking, CloseCell(cells=cells("oak 11:00"), reason="Water"), FACILITATOR)
    assert (vain.cards[code("Talk")].owed, stands(event_of(vain, "Talk"))[0]) == (True, "CANCELLED")
    assert hours(event_of(vain, "Talk")) == hours(event_of(CAMP, "Talk"))


def test_a_room_that_is_no_more_is_still_named_for_what_was_there() -> None:
    off = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    gone = replace(off, rooms=tuple(room for room in off.rooms if room.key != "elm"))
    assert (str(event_of(gone, "Talk")["STATUS"]), str(event_of(gone, "Talk")["LOCATION"])) == ("CANCELLED", "elm")


def test_an_hour_that_is_no_more_is_in_no_calendar() -> None:
    shorter = after(CAMP, TakeDown(card=code("Talk")), host_of(CAMP, "Talk"))
    assert code("Talk") not in events(replace(shorter, days=shorter.days[:1]))


def test_an_announced_card_whose_hour_is_known_is_tentative() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    event = event_of(planned, "Robots")
    assert stands(event) == ("TENTATIVE", "Robots", 0)
    assert (hours(event), str(event["LOCATION"])) == ((at("11:00"), at("12:00")), "No room yet")


def test_another_wish_counts_on() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    other = EditCard(
        card=code("Robots"), seen=planned.number, wish="at nine", wished=replace(WISH, slots=("0517-0900",))
    )
    event = event_of(after(planned, other, Who("ada")), "Robots")
    assert (hours(event)[0], stands(event)) == (at("09:00"), ("TENTATIVE", "Robots", 1))


def test_an_announced_card_that_is_withdrawn_is_cancelled() -> None:
    planned = after(CAMP, WriteCard(title="Robots", code=code("Robots"), wished=WISH), Who("ada"))
    off = after(planned, WithdrawCard(card=code("Robots")), Who("ada"))
    assert stands(event_of(off, "Robots")) == ("CANCELLED", "Cancelled: Robots", 1)


def test_what_has_no_hour_or_no_host_is_in_no_calendar() -> None:
    more = after(CAMP, WriteCard(title="Some day", code="SOMEDA", wished=Wished(WISH.day)), Who("ada"))
    more = after(more, WriteCard(title="Idea", code="IDEA00", idea=True, wished=WISH), Who("eve"))
    assert set(events(more)) == set(events(CAMP))


def test_a_card_that_became_part_of_another_is_cancelled_and_says_of_which() -> None:
    merged = after(CAMP, MergeCards(card=code("Talk"), into=code("Knit")), FACILITATOR)
    part = event_of(merged, "Talk")
    assert (stands(part), str(part["DESCRIPTION"]).split("\n")[0]) == (
        ("CANCELLED", "Cancelled: Talk", 2),
        "It is part of “Knit” now.",
    )
    alone = events(merged, replace(ALL, name=code("Talk")), CARD)
    assert {key: str(event["STATUS"]) for key, event in alone.items()} == {
        code("Talk"): "CANCELLED",
        code("Knit"): "CONFIRMED",
    }


def test_a_hidden_card_keeps_its_hour_and_says_nothing() -> None:
    shielded = after(CAMP, ShieldCard(card=code("Chess"), reason="Read it first"), FACILITATOR)
    removed = after(CAMP, RemoveCard(card=code("Chess"), reason="Abuse"), FACILITATOR)
    places = [
        (stands(event), str(event["LOCATION"])) for event in (event_of(shielded, "Chess"), event_of(removed, "Chess"))
    ]
    assert places == [(("CONFIRMED", "[…]", 1), "[…]"), (("CANCELLED", "Cancelled: […]", 2), "[…]")]
    assert b"Chess" not in CALENDAR.render(shielded, ALL) + CALENDAR.render(removed, ALL)
