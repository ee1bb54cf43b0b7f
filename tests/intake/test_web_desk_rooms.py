"""Rooms lost and found at the desk: cells are closed after a look at whom it displaces, their cards get new places."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells, picture_of
from tests.intake.desk import Sheet, done, with_role
from tests.intake.event import Visitor, furnish, now, titled

from openspaces.board.audit import differences
from openspaces.board.moves import CloseCell, PlaceCard, WithdrawCard
from openspaces.board.vocabulary import Cell
from openspaces.people.who import Role

DRAWN = """
          oak         elm         fir         elsewhere
  09:00   Knit/ada    .           Chess/eve   .
  10:00   #lunch      Talk/bob    .           .
  11:00   Yoga/dan    "           .           Run/cy at Gate
"""
ROOMS, RELOCATE = f"/{EVENT}/desk/rooms/", f"/{EVENT}/desk/relocate/"
CLOSE = "Close them…"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish(DRAWN)


@pytest.fixture
def helper() -> Visitor:
    return with_role(Role.HELPER)


def written(*wanted: Cell) -> str:
    return " ".join(map(str, wanted))


def reasons() -> dict[str, str]:
    return {str(each): closure.reason for each, closure in now().closures.items()}


def close(visitor: Visitor, *names: str, **typed: str) -> Sheet:
    return Sheet(visitor, ROOMS).press(CLOSE, cell=written(*cells(*names)), **{"reason": "Fire drill", **typed})


# Closing


def test_the_grid_shows_what_stands_in_each_cell(helper: Visitor) -> None:
    sheet = Sheet(helper, ROOMS)
    assert sheet.texts("th[@scope='col']") == ["Oak", "Elm", "Fir", "Elsewhere"]
    assert sheet.texts("tbody/tr[2]/td") == ["lunch", "Talk", "", ""]


def test_free_cells_are_closed_at_once(helper: Visitor) -> None:
    sheet = close(helper, "elm 09:00", "fir 10:00")
    assert sheet.told == "Closed, Fire drill: Saturday 09:00–10:00, Elm; Saturday 10:00–11:00, Fir."
    assert reasons() == {
        str(cell("oak 10:00")): "lunch",
        str(cell("elm 09:00")): "Fire drill",
        str(cell("fir 10:00")): "Fire drill",
    }


def test_what_was_closed_is_open_again_after_undo(helper: Visitor) -> None:
    sheet = close(helper, "elm 09:00").press("Undo")
    assert (sheet.told, reasons()) == (
        "Undone. Open again: Saturday 09:00–10:00, Elm.",
        {str(cell("oak 10:00")): "lunch"},
    )


@pytest.mark.parametrize(
    ("ticked", "closed"),
    [
        ({"column": "fir"}, cells("fir 10:00", "fir 11:00")),
        ({"row": "0517-1000"}, cells("elsewhere 10:00", "fir 10:00")),
        ({"row": "0517-1000", "cell": "elm@0517-0900"}, cells("elm 09:00", "elsewhere 10:00", "fir 10:00")),
    ],
)
def test_a_whole_room_or_hour_is_closed(helper: Visitor, ticked: dict[str, str], closed: tuple[Cell, ...]) -> None:
    done(WithdrawCard(card=titled("Chess").code))
    done(WithdrawCard(card=titled("Talk").code))
    done(CloseCell(cells=cells("fir 09:00", "elm 10:00", "oak 10:00"), reason="Fire drill"))
    Sheet(helper, ROOMS).press(CLOSE, reason="Fire drill", **ticked)
    assert sorted(reasons()) == sorted([*map(str, closed), *map(str, cells("fir 09:00", "elm 10:00", "oak 10:00"))])


def test_the_whole_day_is_closed(helper: Visitor) -> None:
    sheet = Sheet(helper, ROOMS).press(CLOSE, whole="1", reason="Snow")
    assert sheet.texts("h1") == ["5 cards lose their place"]
    sheet.press("Close, and displace 5 cards")
    assert set(reasons().values()) == {"Snow"}
    assert (len(reasons()), len(now().holders)) == (12, 0)


def test_closing_under_cards_shows_first_whom_it_displaces(helper: Visitor) -> None:
    before = now().number
    sheet = close(helper, "oak 09:00", "oak 11:00")
    assert sheet.texts("h1") == ["2 cards lose their place"]
    assert sheet.texts("li[@class='entry']") == [
        "Knit Loses: Saturday 09:00–10:00, Oak Its host is offered: "
        "Saturday 09:00–10:00, Elm; Saturday 10:00–11:00, Fir; Saturday 11:00–12:00, Fir",
        "Yoga Loses: Saturday 11:00–12:00, Oak Its host is offered: "
        "Saturday 11:00–12:00, Fir; Saturday 10:00–11:00, Fir; Saturday 09:00–10:00, Elm",
    ]
    assert now().number == before


def test_after_a_yes_the_page_of_new_places_follows(helper: Visitor) -> None:
    sheet = close(helper, "oak 09:00", "oak 11:00").press("Close, and displace 2 cards")
    assert sheet.texts("h1") == ["Cards that lost their place"]
    assert sheet.told == (
        "“Knit” lost its place: Fire drill. “Yoga” lost its place: Fire drill. "
        "Closed, Fire drill: Saturday 09:00–10:00, Oak; Saturday 11:00–12:00, Oak."
    )


def test_back_from_the_preview_everything_is_still_ticked(helper: Visitor) -> None:
    sheet = close(helper, "oak 09:00", "fir 11:00", until="2031-05-17T10:30").press("Back, change it")
    assert sheet.values("input[@name='cell'][@checked]") == [str(cell("oak 09:00")), str(cell("fir 11:00"))]
    assert (sheet.values("input[@id='reason']"), sheet.values("input[@id='until']")) == (
        ["Fire drill"],
        ["2031-05-17T10:30"],
    )


def test_a_card_that_came_meanwhile_is_shown_before_it_is_displaced(helper: Visitor) -> None:
    sheet = close(helper, "oak 09:00", "elm 09:00")
    done(PlaceCard(card=titled("Yoga").code, cells=cells("elm 09:00")))
    before = now().number
    sheet.press("Close, and displace 1 card")
    assert sheet.texts("h1") == ["2 cards lose their place"]
    assert sheet.texts("*[@class='notice']") == [
        "The board has changed since you looked. Look again whom it displaces."
    ]
    assert now().number == before


# What is wrong with it


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"cell": ""}, "cell", "Tick the cells to close, or a whole room or hour."),
        ({"cell": "attic@0517-0900 nonsense"}, "cell", "Tick the cells to close, or a whole room or hour."),
        ({"reason": " "}, "reason", "Write why: the board shows it to everyone."),
        ({"reason": "x" * 201}, "reason", "Shorten this to 200 letters."),
        ({"until": "tomorrow"}, "until", "Write a day and a time, or leave it empty."),
        ({"until": "2020-01-01T10:00"}, "until", "Choose a time that is still to come."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    helper: Visitor, typed: dict[str, str], field: str, says: str
) -> None:
    sent = {"cell": str(cell("elm 09:00")), "reason": "Fire drill", "until": "2031-05-17T10:30", **typed}
    sheet = Sheet(helper, ROOMS).press(CLOSE, **sent)
    assert (sheet.status, sheet.texts(f"*[@id='{field}-wrong']")) == (422, [says])
    assert sheet.texts("*[@class='wrong']") == [says]
    assert sheet.values("input[@id='reason']") == [sent["reason"]]
    assert reasons() == {str(cell("oak 10:00")): "lunch"}


def test_what_is_closed_already_for_that_reason_is_said() -> None:
    sheet = close(with_role(Role.HELPER), "oak 10:00", reason="lunch")
    assert (sheet.status, sheet.told) == (409, "All of that is closed already, for the same reason.")


# Holds, and what is closed


def test_a_hold_says_until_when(helper: Visitor) -> None:
    sheet = close(helper, "elm 09:00", until="2031-05-17T08:30")
    assert sheet.texts("*[@id='closed']//p[@class='about']")[0].startswith("Fire drill until 17 May 08:30 · closed ")
    (until,) = [closure.until for closure in now().closures.values() if closure.until]
    assert now().local(until).isoformat() == "2031-05-17T08:30:00+05:30"


def test_what_is_closed_is_listed_by_reason_and_row(helper: Visitor) -> None:
    done(CloseCell(cells=cells("fir 10:00", "fir 11:00", "elm 09:00"), reason="Paint"))
    sheet = Sheet(helper, ROOMS)
    assert [said.partition(" closed")[0] for said in sheet.texts("*[@id='closed']//p[@class='about']")] == [
        "Paint",
        "lunch",
    ]
    assert sheet.texts("*[@id='closed']//li/p") == [
        "Saturday 09:00–10:00, Elm",
        "Saturday 10:00–12:00, Fir",
        "Saturday 10:00–11:00, Oak",
    ]


def test_one_row_is_reopened_and_then_all_of_a_reason(helper: Visitor) -> None:
    done(CloseCell(cells=cells("fir 10:00", "fir 11:00", "elm 09:00"), reason="Paint"))
    sheet = Sheet(helper, ROOMS).press("Reopen Saturday 10:00–11:00, Oak")
    assert sheet.told == "Open again: Saturday 10:00–11:00, Oak."
    sheet.press("Reopen all: Paint")
    assert reasons() == {}


# New places


@pytest.fixture
def lost(helper: Visitor) -> Visitor:
    """Oak is closed under two cards."""
    done(CloseCell(cells=cells("oak 09:00", "oak 11:00"), reason="Fire drill"))
    return helper


def chosen(sheet: Sheet) -> dict[str, str]:
    """The cell that stands in each select, by the title of its card."""
    titles = sheet.texts("form[@id='relocate']//p[@class='about']/a")
    return dict(zip(titles, sheet.values("form[@id='relocate']//option[@selected]"), strict=True))


def test_every_card_that_lost_its_place_has_a_proposal(lost: Visitor) -> None:
    assert chosen(Sheet(lost, RELOCATE)) == {"Knit": str(cell("elm 09:00")), "Yoga": str(cell("fir 11:00"))}


def test_they_are_all_placed_in_one_step_and_undone_in_one(lost: Visitor) -> None:
    sheet = Sheet(lost, RELOCATE).press("Place them all")
    assert sheet.told == (
        "“Knit” is on the board: Saturday 09:00–10:00, Elm. “Yoga” is on the board: Saturday 11:00–12:00, Fir."
    )
    assert sheet.texts("*[@class='notice']") == ["No card waits for a new place."]
    sheet.press("Undo")
    assert chosen(sheet) == {"Knit": str(cell("elm 09:00")), "Yoga": str(cell("fir 11:00"))}
    assert differences(EVENT) == []


def test_one_card_is_left_to_its_host(lost: Visitor) -> None:
    sheet = Sheet(lost, RELOCATE).press("Place them all", **{f"to-{titled('Knit').code}": ""})
    assert (titled("Knit").placement, titled("Yoga").cells) == (None, cells("fir 11:00"))
    assert chosen(sheet) == {"Knit": str(cell("elm 09:00"))}


def test_one_card_is_placed_alone(lost: Visitor) -> None:
    Sheet(lost, RELOCATE).press("Place only “Yoga”")
    assert (titled("Knit").placement, titled("Yoga").cells) == (None, cells("fir 11:00"))


def test_any_free_cell_can_be_chosen(lost: Visitor) -> None:
    sheet = Sheet(lost, RELOCATE)
    offered = set(sheet.values(f"select[@id='to-{titled('Knit').code}']//option"))
    assert offered == {"", *map(str, cells("elm 09:00", "fir 10:00", "fir 11:00"))}
    sheet.press("Place them all", **{f"to-{titled('Knit').code}": str(cell("fir 10:00"))})
    assert titled("Knit").cells == cells("fir 10:00")


def test_a_cell_that_was_lost_is_named_and_the_other_choices_are_kept(lost: Visitor) -> None:
    sheet = Sheet(lost, RELOCATE)
    done(PlaceCard(card=titled("Chess").code, cells=cells("elm 09:00")))
    before = now().number
    sheet.press("Place them all", **{f"to-{titled('Yoga').code}": str(cell("fir 10:00"))})
    assert (sheet.status, now().number) == (409, before)
    assert sheet.told == "Nothing was placed yet: 1 card needs another cell. Your other choices are kept."
    assert sheet.texts("*[@class='wrong']") == ["“Chess” holds Elm at 09:00."]
    assert chosen(sheet) == {"Knit": str(cell("fir 09:00")), "Yoga": str(cell("fir 10:00"))}
    sheet.press("Place them all")
    assert (titled("Knit").cells, titled("Yoga").cells) == (cells("fir 09:00"), cells("fir 10:00"))


def test_the_same_cell_for_two_cards_is_refused_at_the_second(lost: Visitor) -> None:
    sheet = Sheet(lost, RELOCATE).press("Place them all", **{f"to-{titled('Yoga').code}": str(cell("elm 09:00"))})
    assert sheet.texts("*[@class='wrong']") == ["“Knit” holds Elm at 09:00."]
    assert chosen(sheet) == {"Knit": str(cell("elm 09:00")), "Yoga": str(cell("fir 11:00"))}


def test_a_card_of_two_hours_gets_two_hours(helper: Visitor) -> None:
    done(CloseCell(cells=cells("elm 10:00"), reason="Fire drill"))
    sheet = Sheet(helper, RELOCATE)
    assert sheet.texts("form[@id='relocate']//option")[0] == "Saturday 10:00–12:00, Fir"
    sheet.press("Place them all")
    assert titled("Talk").cells == cells("fir 10:00", "fir 11:00")


def test_closing_relocating_and_undoing_leaves_the_board_as_it_was(helper: Visitor) -> None:
    before = picture_of(now())
    sheet = close(helper, "oak 09:00", "oak 11:00").press("Close, and displace 2 cards")
    closing = int(sheet.values("*[@id='told']//input[@name='number']")[0])
    sheet.press("Place them all").press("Undo")
    log = Sheet(helper, f"/{EVENT}/desk/log/").press(f"Undo no. {closing}")
    assert log.status == 200
    assert picture_of(now()) == before
    assert differences(EVENT) == []
