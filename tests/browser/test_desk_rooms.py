"""A room is lost in a browser: closed under twelve cards, all of them placed anew, and everything undone again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.chromium import PHONE, visitor
from tests.browser.hall import Hall, at_the_desk, hall
from tests.browser.keys import press, tab_to, type_into
from tests.camp import DAY, HOURS, cell

ROOMS = ("250A", "250BC", "250DE", "251A")
REASON = "Needed for the press"
WEEKDAY = f"{DAY:%A}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall"), ROOMS) as served:
        yield served


@pytest.fixture
def full(board: Hall) -> Hall:
    """250A has a card every hour of the day."""
    for hour in HOURS:
        board.place(f"Card {hour:02}", "250A", hour)
    return board


def box(page: Page, room: str, hour: int) -> Locator:
    return page.locator(f"[name=cell][value='{cell(room, hour)}']")


def hears_no_more(page: Page) -> None:
    """What comes to be from now on reaches this page too late."""
    page.route("**/desk/**", lambda route: route.abort() if route.request.method == "GET" else route.continue_())


def close_the_room(page: Page) -> None:
    page.get_by_label("250A, the whole day").check()
    page.get_by_label("Why? Everyone reads it.").fill(REASON)
    page.get_by_role("button", name="Close them…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 cards lose their place")


def test_250a_is_closed_under_twelve_cards_that_all_get_new_places_and_undone(
    context: BrowserContext, full: Hall
) -> None:
    page = at_the_desk(full, context, "rooms/")
    close_the_room(page)
    expect(page.locator("li.entry")).to_have_count(12)
    assert full.card_at(cell("250A", 9)) == "Card 09"
    page.get_by_role("button", name="Close, and displace 12 cards").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cards that lost their place")
    closed = page.url
    page.get_by_role("button", name="Place them all").click()
    expect(page.locator("#desk .notice")).to_have_text("No card waits for a new place.")
    assert [full.card_at(cell("250BC", hour)) for hour in HOURS] == [f"Card {hour:02}" for hour in HOURS]
    assert full.home.check() == 0
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#relocate select")).to_have_count(12)
    page.goto(closed)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#told")).to_contain_text("Undone.")
    assert [full.card_at(cell("250A", hour)) for hour in HOURS] == [f"Card {hour:02}" for hour in HOURS]
    assert (full.now()["closures"], full.home.check()) == ([], 0)


def test_the_proposal_is_changed_before_it_is_carried_out(context: BrowserContext, full: Hall) -> None:
    page = at_the_desk(full, context, "rooms/")
    close_the_room(page)
    page.get_by_role("button", name="Close, and displace 12 cards").click()
    page.get_by_label("New place of “Card 09”").select_option(label="Leave it to the host")
    page.get_by_label("New place of “Card 10”").select_option(value=cell("250DE", 10))
    page.get_by_role("button", name="Place them all").click()
    expect(page.locator("#relocate select")).to_have_count(1)
    assert (full.card_at(cell("250BC", 9)), full.card_at(cell("250DE", 10))) == ("", "Card 10")


def test_a_cell_that_is_lost_while_one_chooses_is_named(context: BrowserContext, full: Hall) -> None:
    page = at_the_desk(full, context, "rooms/")
    close_the_room(page)
    page.get_by_role("button", name="Close, and displace 12 cards").click()
    expect(page.get_by_label("New place of “Card 09”")).to_have_value(cell("250BC", 9))
    page.get_by_label("New place of “Card 11”").select_option(value=cell("250DE", 11))
    hears_no_more(page)
    full.place("Faster", "250BC", 9)
    page.get_by_role("button", name="Place them all").click()
    expect(page.locator("p.wrong")).to_have_text("“Faster” holds 250BC at 09:00.")
    expect(page.get_by_label("New place of “Card 09”")).to_have_value(cell("250DE", 9))
    expect(page.get_by_label("New place of “Card 11”")).to_have_value(cell("250DE", 11))


# The grid


def test_a_tap_on_a_room_ticks_its_hours_and_one_can_be_left_out(browser: Browser, full: Hall) -> None:
    with visitor(browser, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        page = at_the_desk(full, phone, "rooms/")
        page.get_by_label("251A, the whole day").tap()
        expect(page.locator("[name=cell]:checked")).to_have_count(12)
        expect(page.locator("[data-ticked]")).to_have_text("12 cells")
        box(page, "251A", 12).tap()
        expect(page.get_by_label("251A, the whole day")).not_to_be_checked()
        page.get_by_label("Why? Everyone reads it.").fill(REASON)
        page.get_by_role("button", name="Close them…").tap()
        expect(page.locator("#told")).to_contain_text(f"Closed, {REASON}")
    assert len(full.now()["closures"]) == 11
    assert cell("251A", 12) not in [closure["cell"] for closure in full.now()["closures"]]


def test_a_stretch_is_ticked_with_the_shift_key(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "rooms/")
    box(page, "250A", 12).click()
    box(page, "250BC", 14).click(modifiers=["Shift"])
    ticked = page.locator("[name=cell]:checked")
    expect(ticked).to_have_count(6)
    assert {each.get_attribute("value") for each in ticked.all()} == {
        cell(room, hour) for room in ("250A", "250BC") for hour in (12, 13, 14)
    }


def test_a_ticked_room_is_sent_as_one_word(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "rooms/")
    page.get_by_label("The whole day").first.check()
    page.get_by_label("Why? Everyone reads it.").fill(REASON)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Close them…").click()
    body = sent.value.post_data or ""
    assert ("whole=1" in body, "cell=&" in f"{body}&") == (True, True)
    expect(page.locator("#told")).to_contain_text(f"Closed, {REASON}")
    assert len(board.now()["closures"]) == 12 * (len(ROOMS) + 1)


def test_what_is_closed_is_reopened_without_leaving_the_page(context: BrowserContext, board: Hall) -> None:
    board.close(cell("250A", 12), "Lunch")
    page = at_the_desk(board, context, "rooms/")
    page.get_by_label("Why? Everyone reads it.").fill("half typed")
    page.get_by_role("button", name=f"Reopen {WEEKDAY} 12:00–13:00, 250A").click()
    expect(page.locator("#closed")).to_contain_text("Nothing is closed.")
    expect(page.locator("#told")).to_contain_text("Open again")
    expect(page.get_by_label("Why? Everyone reads it.")).to_have_value("half typed")
    expect(page.locator("td.closed")).to_have_count(0)


def test_a_room_is_closed_and_its_cards_are_placed_by_keyboard_alone(context: BrowserContext, board: Hall) -> None:
    board.place("Chess", "250A", 10)
    page = at_the_desk(board, context, "rooms/")
    press(page, box(page, "250A", 10), "Space")
    type_into(page, page.get_by_label("Why? Everyone reads it."), REASON)
    press(page, page.get_by_role("button", name="Close them…"))
    press(page, page.get_by_role("button", name="Close, and displace 1 card"))
    tab_to(page, page.get_by_label("New place of “Chess”"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Place only “Chess”"))
    expect(page.locator("#desk .notice")).to_have_text("No card waits for a new place.")
    assert board.card_at(cell("250DE", 10)) == "Chess"
