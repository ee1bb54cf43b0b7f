"""The desk in a browser: answers by tap and by key without leaving the page, news that move nothing, quick entry."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.chromium import PHONE, visitor
from tests.browser.hall import Hall, at_the_desk, hall
from tests.camp import DAY, cell

WEEKDAY = f"{DAY:%A}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The hall, served once for this file."""
    with hall(tmp_path_factory.mktemp("hall")) as served:
        yield served


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody with a phone in one hand."""
    with visitor(browser, viewport=PHONE, has_touch=True, is_mobile=True) as someone:
        yield someone


def items(page: Page) -> Locator:
    """The sentences of the list."""
    return page.locator("#items > li > h2")


def item(page: Page, title: str) -> Locator:
    """What stands on the list about a card."""
    return page.locator("#items > li").filter(has_text=f"“{title}”")


def mark(page: Page) -> None:
    """Leave a mark that is gone once the page is left."""
    page.evaluate("window.marked = true")


def stayed(page: Page) -> bool:
    """Whether the page was never left since it was marked."""
    return bool(page.evaluate("window.marked === true"))


def top(what: Locator) -> float:
    """How far below the top of the window something is."""
    return float(what.evaluate("element => element.getBoundingClientRect().top"))


# By tap


def test_claims_are_placed_by_tap_until_nothing_needs_anybody(phone: BrowserContext, board: Hall) -> None:
    for hour, title in enumerate(("Chess", "Go", "Juggling"), start=10):
        board.claim(title, "Oak", hour)
    page = at_the_desk(board, phone)
    mark(page)
    for left, title in ((2, "Chess"), (1, "Go"), (0, "Juggling")):
        item(page, title).get_by_role("button", name="Put it up").tap()
        expect(page.locator("#told")).to_contain_text(f"“{title}” is on the board")
        expect(items(page)).to_have_count(left)
    expect(page.locator("#nothing")).to_have_text("Nothing needs you. Enjoy the hall.")
    assert [board.card_at(cell("Oak", hour)) for hour in (10, 11, 12)] == ["Chess", "Go", "Juggling"]
    assert stayed(page)


def test_the_last_answer_is_undone_by_tap(phone: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, phone)
    mark(page)
    item(page, "Chess").get_by_role("button", name="Put it up").tap()
    page.get_by_role("button", name="Undo").tap()
    expect(items(page)).to_have_text([f"“Chess” asks for {WEEKDAY} 10:00–11:00, Oak."])
    expect(page.locator("#told")).to_contain_text("Undone.")
    assert (board.card_at(cell("Oak", 10)), stayed(page)) == ("", True)


def test_a_claim_is_refused_with_a_reason(phone: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, phone)
    item(page, "Chess").locator("summary", has_text="Refuse").tap()
    item(page, "Chess").get_by_label("Why? Its host reads this.").fill("Oak is for children today")
    item(page, "Chess").get_by_role("button", name="Refuse").tap()
    expect(items(page)).to_have_count(0)


def test_what_is_refused_is_said_and_the_page_stays(context: BrowserContext, board: Hall) -> None:
    code = board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, context)
    mark(page)
    page.route("**/live?*", lambda route: route.abort())
    page.route("**/desk/?part=todo", lambda route: route.abort())
    board.withdraw(code)
    item(page, "Chess").get_by_role("button", name="Put it up").click()
    expect(page.locator("#told .refusal")).to_have_text("“Chess” was withdrawn.")
    assert stayed(page)
    page.get_by_role("button", name="Take this away").click()
    expect(page.locator("#told > *")).to_have_count(0)


def test_an_answer_that_did_not_reach_the_board_is_said(context: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, context)
    page.route("**/desk/", lambda route: route.abort())
    item(page, "Chess").get_by_role("button", name="Put it up").click()
    expect(page.locator("#told")).to_have_text("This did not reach the board. Please try again.")
    expect(items(page)).to_have_count(1)
    page.get_by_role("button", name="Take this away").click()
    expect(page.locator("#told > *")).to_have_count(0)


def test_a_desk_out_of_touch_says_since_when_as_the_board_writes_times(context: BrowserContext, board: Hall) -> None:
    board.make_staff(context)
    page = context.new_page()
    page.clock.install()
    page.goto(board.url("desk/"))
    page.route("**/live?*", lambda route: route.abort())
    page.route("**/desk/?part=todo", lambda route: route.abort())
    page.clock.run_for(90_000)
    expect(page.locator("#stale")).to_have_text(re.compile(r"^Last seen \d\d:\d\d, trying again$"))


def test_the_keys_are_shown_over_the_page_and_leave_it_where_it_was(context: BrowserContext, board: Hall) -> None:
    for hour, title in enumerate(("Chess", "Go", "Juggling", "Zen", "Yo-yo", "Xylophone"), start=9):
        board.claim(title, "Oak", hour)
    page = at_the_desk(board, context)
    expect(items(page)).to_have_count(6)
    page.keyboard.press("j")
    first = page.locator("#items > li").first
    expect(first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator(".keys dl")).to_be_in_viewport(ratio=1)
    page.keyboard.press("?")
    expect(first).to_be_focused()
    assert page.evaluate("scrollY") == 0


# Contests


def test_two_walk_ups_are_entered_and_a_show_of_hands_settles_it(phone: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, phone, "enter/?two=1")
    page.keyboard.type("Rust")
    page.locator("#host").fill("Fe")
    page.locator("#title2").fill("Zig")
    page.locator("#host2").fill("Ann")
    page.get_by_label("How", exact=True).select_option("hands")
    page.get_by_role("button", name=f"{WEEKDAY} 09:00–10:00, Oak", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{WEEKDAY} 09:00–10:00, Oak")
    expect(page.get_by_role("img", name="QR code of the edit link of")).to_have_count(2)
    page.get_by_label("Rust", exact=True).fill("17")
    page.get_by_label("Zig", exact=True).fill("23")
    mark(page)
    page.get_by_role("button", name="These hands went up").tap()
    expect(page.locator(".outcome strong")).to_have_text("“Zig” has it.")
    page.get_by_role("button", name="Elm 09:00–10:00: Rust").tap()
    expect(page.get_by_role("heading", name="They need another place")).to_have_count(0)
    assert [board.card_at(cell(room, 9)) for room in ("Oak", "Elm")] == ["Zig", "Rust"]
    assert stayed(page)


def test_a_contest_by_hands_is_settled_on_the_list(context: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    board.claim("Go", "Oak", 10)
    page = at_the_desk(board, context)
    page.locator("#running").get_by_role("link", name="Another way").click()
    page.get_by_label("How", exact=True).select_option("hands")
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("#told")).to_contain_text("changed")
    page.get_by_role("link", name="To do").click()
    contest = page.locator("#items > li").first
    contest.get_by_label("Chess", exact=True).fill("3")
    contest.get_by_label("Go", exact=True).fill("2")
    contest.get_by_role("button", name="These hands went up").click()
    expect(items(page)).to_have_text([f"“Go” did not get {WEEKDAY} 10:00–11:00, Oak and has no place yet."])
    assert board.card_at(cell("Oak", 10)) == "Chess"


# Quick entry


def test_a_walk_ups_card_takes_two_fields_and_one_tap(phone: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, phone, "enter/")
    page.keyboard.type("Juggling for beginners")  # the title has the focus when the page opens
    page.keyboard.press("Tab")
    page.keyboard.type("Bo")
    page.get_by_role("button", name=f"{WEEKDAY} 09:00–10:00, Fir", exact=True).tap()
    expect(page.locator("#told")).to_contain_text("“Juggling for beginners” is on the board")
    expect(page.get_by_role("img", name="QR code of the edit link of Juggling for beginners")).to_be_visible()
    assert board.card_at(cell("Fir", 9)) == "Juggling for beginners"


def test_enter_in_the_title_puts_nothing_up_by_accident(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/")
    page.keyboard.type("Unicycles")
    page.keyboard.press("Enter")
    page.get_by_label("Whose is it?").fill("Bo")
    page.get_by_role("button", name="Only note it, without an hour").click()
    expect(page.locator("#told")).to_contain_text("New card: “Unicycles”.")
    assert [card["stage"] for card in board.now()["cards"] if card["title"] == "Unicycles"] == ["planned"]


def test_an_hour_that_somebody_takes_leaves_the_page_while_one_types(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/")
    page.keyboard.type("Half a ti")
    taken = page.get_by_role("button", name=f"{WEEKDAY} 10:00–11:00, Elm", exact=True)
    expect(taken).to_be_visible()
    board.place("Faster", "Elm", 10)
    expect(taken).to_have_count(0)
    page.keyboard.type("tle")
    expect(page.get_by_label("Title")).to_have_value("Half a title")


def test_a_free_cell_on_the_board_of_the_day_leads_to_a_form_for_it(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context)
    page.get_by_role("link", name=f"{WEEKDAY} 13:00–14:00, Ash: free").click()
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Juggling")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text(f"“Juggling” is on the board: {WEEKDAY} 13:00–14:00, Ash.")


# By key


def test_the_list_is_answered_by_keys_alone(context: BrowserContext, board: Hall) -> None:
    for hour, title in enumerate(("Chess", "Go", "Juggling"), start=10):
        board.claim(title, "Oak", hour)
    page = at_the_desk(board, context)
    mark(page)
    for key, title in (("j", "Chess"), ("j", "Go"), ("j", "Juggling"), ("j", "Juggling"), ("k", "Go")):
        page.keyboard.press(key)
        expect(item(page, title)).to_be_focused()
    page.keyboard.press("Enter")
    expect(items(page)).to_have_count(2)
    expect(item(page, "Juggling")).to_be_focused()
    assert board.card_at(cell("Oak", 11)) == "Go"
    page.keyboard.press("u")
    expect(items(page)).to_have_count(3)
    assert (board.card_at(cell("Oak", 11)), stayed(page)) == ("", True)


def test_a_hidden_text_is_not_shown_again_by_one_careless_key(context: BrowserContext, board: Hall) -> None:
    board.shield(board.write("Rude words"))
    page = at_the_desk(board, context)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    stands = page.get_by_role("button", name="It may stand: Rude words")
    expect(stands).to_be_focused()
    expect(stands).to_have_class("button-quiet")
    page.keyboard.press("Enter")
    expect(page.locator("[data-weighed]")).to_have_count(0)


def test_enter_goes_to_the_first_field_where_something_has_to_be_typed(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context, "enter/?two=1")
    page.keyboard.type("Rust")
    page.locator("#title2").fill("Zig")
    page.get_by_label("How", exact=True).select_option("hands")
    page.get_by_role("button", name=f"{WEEKDAY} 09:00–10:00, Oak", exact=True).click()
    expect(page.get_by_role("button", name="These hands went up")).to_be_visible()
    page.goto(board.url("desk/"))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rust", exact=True)).to_be_focused()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("“Rust” won the contest")


def test_the_keys_are_shown_with_a_question_mark_and_can_be_left(context: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, context)
    page.keyboard.press("?")
    expect(page.get_by_text("undo what was just done")).to_be_visible()
    page.get_by_label("Use these keys on this device").uncheck()
    page.reload()
    page.keyboard.press("j")
    expect(item(page, "Chess")).not_to_be_focused()


def test_letters_that_are_typed_are_no_keys(context: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    page = at_the_desk(board, context)
    item(page, "Chess").locator("summary", has_text="Refuse").click()
    field = item(page, "Chess").get_by_label("Why? Its host reads this.")
    field.press_sequentially("just ask us")
    expect(field).to_have_value("just ask us")


# News


def test_news_come_by_themselves_and_what_is_answered_elsewhere_goes(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context)
    mark(page)
    code = board.claim("Chess", "Oak", 10)
    expect(items(page)).to_have_text([f"“Chess” asks for {WEEKDAY} 10:00–11:00, Oak."])
    expect(page.locator("#news")).to_have_text(f"New: “Chess” asks for {WEEKDAY} 10:00–11:00, Oak.")
    expect(page.locator(".today").get_by_role("link", name=f"{WEEKDAY} 10:00–11:00, Oak: Chess?")).to_be_visible()
    board.withdraw(code)
    expect(page.locator("#nothing")).to_be_visible()
    assert stayed(page)


def test_a_half_typed_reason_survives_the_news_and_does_not_move(context: BrowserContext, board: Hall) -> None:
    codes = [board.claim(f"Card {hour}", "Oak", hour) for hour in range(9, 18)]
    page = at_the_desk(board, context)
    mine = item(page, "Card 14")
    mine.locator("summary", has_text="Refuse").click()
    field = mine.get_by_label("Why? Its host reads this.")
    field.press_sequentially("Half a rea")
    before = top(field)
    board.report(codes[0], "Advertising")  # comes first on the list
    board.withdraw(codes[1])  # and one above is gone
    expect(page.locator("#items > li").first).to_contain_text("reports “Card 9”", timeout=20_000)
    expect(item(page, "Card 10")).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("son")
    expect(field).to_have_value("Half a reason")
    assert abs(top(field) - before) < 3


def test_nothing_comes_under_a_finger_that_is_down(context: BrowserContext, board: Hall) -> None:
    board.claim("Go", "Oak", 12)
    page = at_the_desk(board, context)
    button = item(page, "Go").get_by_role("button", name="Put it up")
    button.hover()
    page.mouse.down()
    with page.expect_response(lambda answer: "part=todo" in answer.url):
        code = board.claim("Chess", "Oak", 10)
    board.report(code, "Advertising")
    assert items(page).count() == 1
    page.mouse.up()
    expect(page.locator("#told")).to_contain_text("“Go” is on the board")
    expect(items(page)).to_have_count(2, timeout=20_000)


def test_whoever_loses_the_role_finds_the_door(context: BrowserContext, board: Hall) -> None:
    page = at_the_desk(board, context)
    context.request.post(board.url("staff/"), form={"do": "drop"})
    board.claim("Chess", "Oak", 10)
    expect(page.get_by_role("heading", level=1)).to_have_text("This is the desk of the people who run the board")


# Without a script


def test_the_list_is_answered_without_a_script(browser: Browser, board: Hall) -> None:
    board.claim("Chess", "Oak", 10)
    with visitor(browser, java_script_enabled=False) as someone:
        board.make_staff(someone)
        page = someone.new_page()
        page.goto(board.url("desk/"))
        item(page, "Chess").get_by_role("button", name="Put it up").click()
        expect(page.locator("#told")).to_contain_text("“Chess” is on the board")
        expect(page.locator("#nothing")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(items(page)).to_have_count(1)
