"""The desk's list: who may see it, what stands on it, and in which order."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.intake.desk import DESK, EMPTY, KEPT_BY_THE_DESK, Sheet, claim, contest, desk, done, told_of, with_role
from tests.intake.event import Visitor, choose, furnish, now, titled
from tests.intake.pages import Page

from openspaces.board.moves import ChangeContest, CloseCell, WriteCard
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Method
from openspaces.intake.web.desk.needed import SHOWN
from openspaces.people.who import Role, Who

ROLES = list(Role)


@pytest.fixture
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    choose(KEPT_BY_THE_DESK)


@pytest.fixture
def contested(board: None) -> None:
    claim("Chess", cell("elm 09:00"))
    claim("Go", cell("elm 09:00"))


# Who may


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("path", ["desk/", "desk/?part=todo", "desk/enter/", "desk/contests/1/", "desk/undo/"])
def test_a_stranger_finds_the_ways_in(path: str) -> None:
    page = Visitor().get(path)
    assert (page.status, page.headings) == (403, ["This is the desk of the people who run the board"])
    assert page.links["Sign in"] == f"/accounts/login/?next=/{EVENT}/{path.partition('?')[0]}"
    assert page.links["I have a staff link"] == f"/{EVENT}/staff/"


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("path", ["desk/", "desk/enter/", "desk/contests/1/", "desk/undo/"])
def test_what_a_stranger_sends_changes_nothing(path: str) -> None:
    code, before = claim("Chess", cell("elm 09:00")), now().number
    sent = {"do": "place elm@0517-0900", "card": code, "number": str(before), "title": "Sent"}
    assert (Page(Visitor().send(path, **sent)).status, now().number) == (403, before)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_a_role_sees_the_list(role: Role) -> None:
    sheet = desk(role)
    assert (sheet.status, sheet.items, sheet.texts("p[@id='nothing']")) == (200, [], [EMPTY])


@pytest.mark.usefixtures("board")
def test_the_part_of_the_page_is_the_same_as_on_the_page() -> None:
    claim("Chess", cell("elm 09:00"))
    visitor = with_role(Role.HELPER)
    page, part = Sheet(visitor, DESK), Sheet(visitor, f"{DESK}?part=todo")
    assert (part.items, part.buttons) == (page.items, page.buttons)
    assert part.all("div[@id='told']") == []


# Planned cards, and the order of it all


@pytest.mark.usefixtures("board")
def test_where_the_desk_places_a_planned_card_is_on_the_list() -> None:
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    sheet = desk()
    assert sheet.items == ["“Later” by Lou is planned and has no place yet."]
    assert sheet.press("Elm 09:00–10:00: Later").items == []
    assert titled("Later").cells == (cell("elm 09:00"),)


@pytest.mark.usefixtures("board")
def test_where_hosts_place_planned_cards_wait_below() -> None:
    choose(Policy())
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    sheet = desk()
    assert (sheet.items, sheet.texts("details[@id='planned']//h3")) == (
        [],
        ["“Later” by Lou is planned and has no place yet."],
    )


@pytest.mark.usefixtures("contested")
def test_the_most_urgent_comes_first() -> None:
    done(ChangeContest(contest=contest(), method=Method.DECISION))
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    claim("Asks", cell("fir 10:00"))
    told_of("Talk", 1)
    done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"))
    ids = [item.attrib["id"].partition("-")[0] for item in desk().all("ul[@id='items']/li")]
    assert ids == ["contest", "read", "claim", "displaced", "planned"]


@pytest.mark.usefixtures("board")
def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    for number in range(SHOWN + 3):
        done(WriteCard(title=f"Later {number}", host="Lou"), Who("lou"))
    sheet = desk()
    assert (len(sheet.items), sheet.texts("h1")) == (SHOWN, [f"To do {SHOWN + 3}"])
    assert sheet.texts("div[@class='work']/p[@class='facts']") == ["3 more come up when these are answered."]


@pytest.mark.usefixtures("board")
def test_the_board_of_the_day_leads_to_quick_entry_and_to_its_cards() -> None:
    links = {link.get("aria-label"): link.get("href") for link in desk().all("table//a")}
    assert links["Saturday 09:00–10:00, Elm: free"] == f"/{EVENT}/desk/enter/?cell={cell('elm 09:00')}"
    assert links["Saturday 09:00–10:00, Oak: Knit"] == f"/{EVENT}/cards/{titled('Knit').code}/edit/"
    assert links["Saturday 10:00–11:00, Oak: lunch"] == f"/{EVENT}/cells/{cell('oak 10:00')}/"


@pytest.mark.usefixtures("board")
def test_the_desk_speaks_the_readers_language() -> None:
    visitor = with_role(Role.HELPER)
    assert [page.get("dir") for page in Sheet(visitor, f"{DESK}?lang=ar").all("html")] == ["rtl"]
