"""The board at 14:05: shown beside what is now, and a card or the whole board put back to it."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, ZONE, cells, picture_of
from tests.intake.desk import Sheet, with_role
from tests.intake.event import furnish, now, titled

from openspaces.board.audit import differences
from openspaces.board.moves import CloseCell, EditCard, MoveCard, ReopenCell, TakeDown, WriteCard
from openspaces.board.play import play
from openspaces.intake.web.desk.moments import as_typed, typed_moment, when_says
from openspaces.people.who import Role, Who

PAST = f"/{EVENT}/desk/past/"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


@pytest.fixture
def drawn(board: None) -> list[tuple[str, ...]]:
    """How it was drawn when all was well."""
    return picture_of(now())


@pytest.fixture
def good(drawn: object, board: None) -> int:
    """The number at which all was well; since then somebody has been at it."""
    number = now().number
    knit, talk = titled("Knit"), titled("Talk")
    for move in (
        MoveCard(card=knit.code, cells=cells("fir 09:00")),
        EditCard(card=talk.code, seen=talk.edited, title="Defaced"),
        TakeDown(card=talk.code),
        WriteCard(title="Late", cells=cells("oak 09:00")),
        ReopenCell(cells=cells("oak 10:00")),
        CloseCell(cells=cells("elm 09:00"), reason="Paint"),
    ):
        outcome = play(EVENT, move, by=Who("vandal", Role.FACILITATOR))
        assert outcome.refusal is None
    return number


def desk(query: str = "", role: Role = Role.FACILITATOR) -> Sheet:
    return Sheet(with_role(role), PAST + query)


def differing(sheet: Sheet) -> list[str]:
    return sheet.texts("ul[@class='rows log differing']/li/div")


# Looking


def test_without_a_moment_it_is_the_board_of_now() -> None:
    sheet = desk()
    assert sheet.texts("h1") == ["The board as it is now"]
    assert sheet.texts("td//p[@class='facts']") == []


def test_each_cell_shows_what_stood_there_and_what_is_there_now(good: int) -> None:
    rows = desk(f"?at={good}").texts("tbody/tr/td")
    assert rows[:4] == ["Knit now: Late", "now: Paint", "now: Knit", ""]
    assert rows[4:] == ["lunch now: free", "Talk now: free", "", "", "", "", "", "Run"]


def test_the_cards_that_differ_are_listed(good: int) -> None:
    assert differing(desk(f"?at={good}")) == [
        "Knit then: Saturday 09:00–10:00, Oak · now: Saturday 09:00–10:00, Fir",
        "Defaced then: “Talk”, Saturday 10:00–11:00, Elm · now: “Defaced”, planned, not on the board yet",
        "Late then: not written · now: Saturday 09:00–10:00, Oak",
    ]


def test_one_goes_back_and_forth_step_by_step(good: int) -> None:
    visitor = with_role(Role.HELPER)
    sheet = Sheet(visitor, f"{PAST}?at={good}")
    (later,) = sheet.values("a[.='One step later']", "href")
    assert later == f"?at={good + 1}"
    (earlier,) = Sheet(visitor, PAST + later).values("a[.='One step earlier']", "href")
    assert earlier == f"?at={good}"


def test_a_moment_is_found_by_its_time(good: int) -> None:
    assert desk("?at=2000-01-01T10:00").texts("output") == ["1"]
    assert desk("?at=2999-01-01T10:00").texts("output") == [str(now().number)]
    assert desk(f"?at={as_typed(now(), now().at + timedelta(minutes=1))}").texts("output") == [str(now().number)]


@pytest.mark.parametrize(("asked", "number"), [("5", "5"), ("%235", "5"), ("0", "1"), ("999999", None), ("", None)])
def test_a_moment_is_found_by_its_number(asked: str, number: str | None) -> None:
    assert desk(f"?at={asked}").texts("output") == [number or str(now().number)]


@pytest.mark.parametrize("asked", ["yesterday", "25:00", "2022-99-99T10:00", "9999999999999", "0001-01-01T00:00"])
def test_what_is_no_moment_is_said_or_is_the_beginning(asked: str) -> None:
    sheet = desk(f"?at={asked}")
    assert sheet.status == 200
    assert sheet.told in ("", "That is no time and no number. Write 14:05, or choose a day and a time.")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("14:05", datetime(2031, 5, 17, 14, 5, tzinfo=ZONE)),
        ("2031-05-18T09:00", datetime(2031, 5, 18, 9, 0, tzinfo=ZONE)),
        ("2031-05-18 09:00", datetime(2031, 5, 18, 9, 0, tzinfo=ZONE)),
        ("2031-05-18T09:00+00:00", datetime.fromisoformat("2031-05-18T09:00+00:00")),
        ("24:01", None),
        ("14:60", None),
        ("soon", None),
        ("", None),
    ],
)
def test_moments_are_typed_by_the_events_clock(typed: str, moment: datetime | None) -> None:
    today = datetime(2031, 5, 17, 20, 0, tzinfo=ZONE)
    assert typed_moment(now(), typed, today) == moment


def test_moments_are_said_by_the_events_clock() -> None:
    moment = datetime.fromisoformat("2031-05-17T20:00+00:00")
    assert when_says(now(), moment) == "18 May 01:30"
    assert when_says(now(), moment, moment) == "01:30"


# Restoring one card


def test_one_card_goes_back(good: int) -> None:
    sheet = desk(f"?at={good}").press("Restore “Defaced”")
    assert (titled("Talk").cells, titled("Knit").cells) == (cells("elm 10:00"), cells("fir 09:00"))
    assert sheet.texts("h1")[0].startswith("The board at ")


def test_a_card_whose_cell_is_taken_says_by_whom(good: int) -> None:
    sheet = desk(f"?at={good}").press("Restore “Knit”")
    assert (sheet.status, sheet.told) == (409, "“Late” holds Oak at 09:00.")


# Restoring the board


def test_restoring_shows_first_what_it_would_do(good: int) -> None:
    before = now().number
    sheet = desk(f"?at={good}&restore=1")
    assert sheet.texts("ul[@class='counts']/li") == [
        "2 cards go back to their cells",
        "1 card is taken down",
        "1 card gets its old text",
        "2 cells are closed or opened",
    ]
    assert differing(sheet) == [
        "Knit now: Saturday 09:00–10:00, Fir · then: Saturday 09:00–10:00, Oak",
        "Talk now: “Defaced”, planned, not on the board yet · then: “Talk”, Saturday 10:00–11:00, Elm",
        "Late now: Saturday 09:00–10:00, Oak · then: looks for a new room",
    ]
    assert sheet.texts("section/ul[@class='rows']/li") == [
        "Closed again: Saturday 10:00–11:00: Oak",
        "Open again: Saturday 09:00–10:00: Elm",
    ]
    assert now().number == before


def test_the_whole_board_goes_back_in_one_step_and_forth_again(good: int, drawn: list[tuple[str, ...]]) -> None:
    vandalised = picture_of(now())
    sheet = desk(f"?at={good}&restore=1").press("Restore the whole board")
    assert picture_of(now()) == drawn
    sheet.press("Undo")
    assert picture_of(now()) == vandalised
    assert differences(EVENT) == []


def test_a_board_that_went_on_meanwhile_is_looked_at_again(good: int, drawn: list[tuple[str, ...]]) -> None:
    sheet = desk(f"?at={good}&restore=1")
    assert play(EVENT, WriteCard(title="New", cells=cells("fir 11:00")), by=Who("new")).refusal is None
    before = now().number
    sheet.press("Restore the whole board")
    assert (now().number, sheet.texts("*[@class='notice']/p")) == (
        before,
        ["The board has changed since you looked. This is what restoring would do now."],
    )
    assert sheet.texts("ul[@class='counts']/li")[1] == "2 cards are taken down"
    sheet.press("Restore the whole board")
    assert picture_of(now()) == drawn


def test_where_nothing_differs_there_is_nothing_to_restore() -> None:
    sheet = desk(f"?at={now().number}&restore=1")
    assert sheet.texts("*[@class='notice']") == ["The board is like that already: there is nothing to restore."]
    assert "Restore the whole board" not in sheet.buttons


def test_a_helper_may_look_and_not_restore(good: int) -> None:
    sheet = desk(f"?at={good}", Role.HELPER)
    assert sheet.texts("*[@class='notice']") == [
        "Restoring the board takes a facilitator or an organiser. You can look, and show it to them."
    ]
    assert not [name for name in sheet.buttons if name.startswith("Restore")]
    asked = desk(f"?at={good}&restore=1", Role.HELPER)
    assert asked.texts("*[@class='refusal']") == [
        "Your role does not allow that. Ask a facilitator or an organiser; nothing was changed."
    ]
