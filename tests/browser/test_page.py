"""The pages in a real browser: live, by mouse, by finger, by keyboard, without scripts, and without a network."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect
from tests.browser.board import SECOND, Board
from tests.browser.chromium import PHONE, faults, visitor
from tests.inside import slots_of
from tests.servers import installation, start

SLOTS = slots_of()[0]


@pytest.fixture
def free(board: Board) -> list[str]:
    """Cells that are free, in order."""
    return [f"{room}@{slot}" for slot in SLOTS for room in ("r1", "r2", "r3", "r4")]


def write_mine(context: BrowserContext, board: Board, title: str, cell: str, **words: object) -> str:
    """A card that this visitor's device holds; its code."""
    return str(board.write_mine(context, title, cell, **words)["code"])


# Live


def test_a_card_appears_on_every_open_page_within_a_second(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    page = board.open(context)
    board.write("Lightning knitting", free[0])
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text("Lightning knitting", timeout=SECOND)


def test_what_changed_glows_once_and_is_announced(context: BrowserContext, board: Board, free: list[str]) -> None:
    page = board.open(context)
    board.write("Jazz jam", free[0])
    expect(page.locator(f"[id='cell-{free[0]}']")).to_have_class(re.compile(r"\bglow\b"))
    expect(page.locator("#news")).to_have_text(re.compile("“Jazz jam” is on the board"))
    expect(page.locator(".glow")).to_have_count(0)


def test_the_count_of_free_rooms_follows(browser: Browser, board: Board, free: list[str]) -> None:
    with visitor(browser, viewport=PHONE) as someone:
        page = board.open(someone)
        line = page.locator(f"[id='open-{SLOTS[0]}']")
        expect(line).to_have_text("10 rooms free: take one")
        board.write("Board games", free[0])
        expect(line).to_have_text("9 rooms free: take one", timeout=SECOND)


def test_scroll_and_focus_stay_when_cells_change(browser: Browser, board: Board, free: list[str]) -> None:
    with visitor(browser, viewport=PHONE) as someone:
        for number, each in enumerate(free[:16]):
            board.write(f"Card {number}", each)
        page = board.open(someone)
        title = page.locator(f"[id='cell-{free[12]}'] h3 a")
        title.focus()
        page.evaluate("scrollTo(0, 900)")
        page.wait_for_timeout(100)
        before = title.bounding_box()
        board.write("One above", f"r9@{SLOTS[0]}", text="long")
        expect(page.locator(f"[id='cell-r9@{SLOTS[0]}'] h3")).to_have_text("One above")
        after = title.bounding_box()
        assert before
        assert after
        assert (abs(after["y"] - before["y"]) <= 1, page.evaluate("document.activeElement.textContent")) == (
            True,
            "Card 12",
        )


def test_focus_stays_in_a_cell_that_is_drawn_again(context: BrowserContext, board: Board, free: list[str]) -> None:
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] a").focus()
    board.write("Taken under your finger", free[0])
    expect(page.locator(f"[id='cell-{free[0]}'] h3 a")).to_be_focused()


def test_a_page_that_lost_the_server_is_right_again_after_its_restart(browser: Browser, tmp_path: Path) -> None:
    with installation(tmp_path) as home, visitor(browser) as someone:
        first = start(home)
        page = Board(home, first).open(someone)
        first.kill()
        second = start(home, port=int(first.address.rpartition(":")[2]))
        try:
            Board(home, second).write("After the crash", f"r1@{SLOTS[0]}")
            expect(page.locator(f"[id='cell-r1@{SLOTS[0]}'] h3")).to_have_text("After the crash", timeout=15 * SECOND)
        finally:
            second.stop()


def test_without_a_stream_the_page_polls(context: BrowserContext, board: Board, free: list[str]) -> None:
    page = context.new_page()
    page.route("**/live?*", lambda route: route.abort())
    page.clock.install()
    page.goto(board.url())
    board.write("By polling", free[0])
    page.clock.run_for(16 * SECOND)
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text("By polling")


def test_a_page_that_is_refused_a_stream_polls_and_asks_again_later(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    page, refused = context.new_page(), []
    page.route("**/live?*", lambda route: refused.append(route.fulfill(status=503, headers={"Retry-After": "30"})))
    page.clock.install()
    page.goto(board.url())
    board.write("By polling", free[0])
    page.clock.run_for(16 * SECOND)
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text("By polling")
    assert len(refused) == 1
    page.unroute("**/live?*")
    with page.expect_response("**/live?*") as stream:
        page.clock.run_for(61 * SECOND)
    assert stream.value.status == 200
    board.write("By the stream", free[1])
    expect(page.locator(f"[id='cell-{free[1]}'] h3")).to_have_text("By the stream")


def test_a_form_that_is_sent_without_a_network_says_so_and_keeps_what_was_typed(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    page = context.new_page()
    page.goto(board.url(f"cells/{free[0]}/"))
    page.get_by_label("Title").fill("Written in a tunnel")
    context.set_offline(True)
    send = page.get_by_role("button", name="Put my card on the board")
    send.click()
    expect(page.get_by_role("alert")).to_have_text("This did not reach the board. Please try again.")
    expect(page.get_by_label("Title")).to_have_value("Written in a tunnel")
    context.set_offline(False)
    send.click()
    expect(page.locator(".success")).to_contain_text("It's up")
    assert board.card_at(free[0]) == "Written in a tunnel"


def test_without_a_network_the_page_says_how_old_it_is(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(seconds=1))  # it goes on by what we say alone, however busy this machine is
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url())
    context.set_offline(True)
    page.clock.run_for(26 * SECOND)
    expect(page.locator("#stale")).to_be_hidden()
    page.clock.run_for(4 * SECOND)
    expect(page.locator("#stale")).to_have_text(re.compile(r"^Last seen \d\d:\d\d, trying again$"))
    page.clock.run_for(110 * SECOND)
    expect(page.locator("#stale")).to_have_text(re.compile(r"^Last seen \d\d:\d\d, [1-3] min ago, trying again$"))
    context.set_offline(False)
    page.clock.run_for(15 * SECOND)
    expect(page.locator("#stale")).to_be_hidden()


def test_a_page_that_nobody_sees_gives_its_stream_back_and_is_right_when_seen_again(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    page = context.new_page()
    page.clock.install()
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url())
    _see(page, "hidden")
    with page.expect_event("requestfailed", lambda request: "/live?" in request.url):
        page.clock.run_for(21 * SECOND)
    board.write("Meanwhile", free[0])
    _see(page, "visible")
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text("Meanwhile")


def _see(page: Page, state: str) -> None:
    """Let the page think that its tab went to the back, or came to the front."""
    page.evaluate(
        """(state) => {
            Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


# My cards


def test_my_card_is_marked_and_others_are_not(context: BrowserContext, board: Board, free: list[str]) -> None:
    write_mine(context, board, "Mine", free[0])
    board.write("Not mine", free[1])
    page = board.open(context)
    expect(page.locator(f"[id='cell-{free[0]}'] .own")).to_contain_text("Yours")
    expect(page.locator(f"[id='cell-{free[1]}'] .own")).to_have_count(0)


def test_a_card_is_dragged_to_another_cell_by_mouse(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "Dragged", free[0])
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own").wait_for()
    page.locator(f"[id='cell-{free[0]}'] .card h3").hover()
    page.mouse.down()
    page.locator(f"[id='cell-{free[6]}']").hover()
    page.mouse.up()
    expect(page.locator(f"[id='cell-{free[6]}'] h3")).to_have_text("Dragged")
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_count(0)
    assert (board.cells_of(code), page.url) == ([free[6]], board.url())


def test_a_card_is_dragged_to_another_cell_by_finger(browser: Browser, board: Board, free: list[str]) -> None:
    with visitor(browser, viewport={"width": 900, "height": 1100}, has_touch=True) as someone:
        code = write_mine(someone, board, "By finger", free[0])
        page = board.open(someone)
        handle = page.locator(f"[id='cell-{free[0]}'] .own button").bounding_box()
        target = page.locator(f"[id='cell-{free[6]}']").bounding_box()
        assert handle
        assert target
        hand = someone.new_cdp_session(page)
        points = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in (handle, target)]
        hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [_point(*points[0])]})
        for step in range(1, 11):
            at = [start + (end - start) * step / 10 for start, end in zip(*points, strict=True)]
            hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [_point(*at)]})
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator(f"[id='cell-{free[6]}'] h3")).to_have_text("By finger")
        assert board.cells_of(code) == [free[6]]


def _point(x: float, y: float) -> dict[str, float]:
    return {"x": x, "y": y}


def test_escape_puts_a_dragged_card_back(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "Held", free[0])
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own").wait_for()
    page.locator(f"[id='cell-{free[0]}'] .card h3").hover()
    page.mouse.down()
    page.locator(f"[id='cell-{free[6]}']").hover()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".dragging")).to_have_count(0)
    assert board.cells_of(code) == [free[0]]


def test_a_card_is_moved_by_keyboard_alone(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "By keyboard", free[0])
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Move “By keyboard” to")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="R7", exact=True).nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='cell-r7@{SLOTS[2]}'] h3")).to_have_text("By keyboard")
    assert board.cells_of(code) == [f"r7@{SLOTS[2]}"]


def test_a_card_is_moved_to_another_day(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "To the second day", free[0])
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    page.get_by_role("dialog").get_by_label("Day").select_option(index=1)
    second = slots_of()[1][0]
    page.get_by_role("dialog").locator("section").first.get_by_role("button", name="R5", exact=True).click()
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_count(0)
    assert board.cells_of(code) == [f"r5@{second}"]


def test_while_another_day_is_on_its_way_the_dialog_says_so(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    write_mine(context, board, "To the second day", free[0])
    page = board.open(context)
    held: list[Route] = []
    page.route("**/days/**", lambda route: held.append(route))
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    dialog = page.get_by_role("dialog")
    with page.expect_request("**/days/**"):
        dialog.get_by_label("Day").select_option(index=1)
    expect(dialog.get_by_role("status")).to_have_text("One moment")
    held.pop().continue_()
    expect(dialog.get_by_role("button", name="R5", exact=True).first).to_be_visible()
    expect(dialog.get_by_role("status")).to_have_count(0)


def test_a_card_of_two_hours_stays_one_when_it_moves(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "Two hours", free[0], slots=2)
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    page.get_by_role("dialog").locator("section").nth(3).get_by_role("button", name="R9", exact=True).click()
    expect(page.locator(f"[id='cell-r9@{SLOTS[4]}']")).to_contain_text("goes on until")
    assert board.cells_of(code) == [f"r9@{SLOTS[3]}", f"r9@{SLOTS[4]}"]


def test_elsewhere_asks_where(context: BrowserContext, board: Board, free: list[str]) -> None:
    write_mine(context, board, "To the park", free[0])
    page = board.open(context)
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    page.get_by_role("dialog").get_by_role("button", name="Elsewhere", exact=True).first.click()
    page.get_by_label("Where is it?").fill("Under the oak")
    page.get_by_role("button", name="Move it there").click()
    expect(page.locator(f"[id='cell-elsewhere@{SLOTS[0]}'] .where")).to_have_text("Under the oak")


def test_a_refusal_says_why_and_one_tap_takes_what_is_free_instead(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    code = write_mine(context, board, "Too late", free[0])
    page = context.new_page()
    page.route("**/live?*", lambda route: route.abort())
    page.goto(board.url())
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    board.write("Faster", free[4])
    page.get_by_role("dialog").locator("section").nth(1).get_by_role("button", name="R1", exact=True).click()
    dialog = page.get_by_role("dialog", name="It stays where it was")
    expect(dialog).to_contain_text("“Faster” holds R1")
    offer = dialog.locator(".offers button").first
    named = offer.inner_text()
    offer.click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#news")).to_have_text(f"Moved: {named}")
    assert board.cells_of(code) != [free[0]]


def test_a_move_that_does_not_reach_the_board_says_so(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "No network", free[0])
    page = board.open(context)
    page.route("**/placement", lambda route: route.abort())
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    page.get_by_role("dialog").get_by_role("button", name="R7", exact=True).first.click()
    expect(page.get_by_role("dialog")).to_contain_text("This did not reach the board")
    assert board.cells_of(code) == [free[0]]


def test_a_retry_with_a_lost_answer_moves_once(context: BrowserContext, board: Board, free: list[str]) -> None:
    code = write_mine(context, board, "Answer lost", free[0])
    page = board.open(context)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/placement", lose)
    page.locator(f"[id='cell-{free[0]}'] .own button").click()
    page.get_by_role("dialog").get_by_role("button", name="R7", exact=True).first.click()
    expect(page.locator(f"[id='cell-r7@{SLOTS[0]}'] h3")).to_have_text("Answer lost")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert (lost, board.cells_of(code)) == ([200], [f"r7@{SLOTS[0]}"])


# Reading


def test_the_filter_finds_as_one_types(browser: Browser, board: Board, free: list[str]) -> None:
    board.write("Größenwahn", free[0])
    board.write("Quiet reading", free[1], host="Zoë")
    with visitor(browser, viewport=PHONE) as someone:
        page = board.open(someone)
        page.get_by_label("Find a card").fill("grossenw".replace("ss", "ß"))
        expect(page.locator(".card:visible h3")).to_have_text(["Größenwahn"])
        expect(page.locator("#news")).to_have_text("1 found")
        page.get_by_label("Find a card").fill("zoe")
        expect(page.locator(".card:visible h3")).to_have_text(["Quiet reading"])


def test_free_rooms_open_from_one_line_on_a_phone(browser: Browser, board: Board, free: list[str]) -> None:
    with visitor(browser, viewport=PHONE) as someone:
        page = board.open(someone)
        cell_link = page.locator(f"[id='cell-{free[0]}'] a")
        expect(cell_link).to_be_hidden()
        page.get_by_text("10 rooms free: take one").first.click()
        expect(cell_link).to_be_visible()


def test_nothing_is_wider_than_a_phone(browser: Browser, board: Board, free: list[str]) -> None:
    board.write("Supercalifragilisticexpialidocious" * 2, free[0], host="x" * 80, handle="@" + "y" * 79)
    with visitor(browser, viewport={"width": 320, "height": 640}) as someone:
        page = board.open(someone)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_present_slot_is_marked_and_passed_ones_step_back(context: BrowserContext, board: Board) -> None:
    page = context.new_page()
    day = board.now()["slots"][0]["day"]
    page.clock.set_fixed_time(f"{day}T10:20:00Z")
    page.goto(board.url())
    expect(page.locator(".slot.now")).to_have_id(f"slot-{SLOTS[2]}")
    expect(page.locator(".slot.past")).to_have_count(2)
    expect(page.locator(".now-mark")).to_have_text("Now")


def test_dark_is_remembered(context: BrowserContext, board: Board) -> None:
    page = board.open(context)
    page.get_by_role("button", name="Light or dark").click()
    page.goto(board.url("now/"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_without_scripts_the_board_can_be_read_and_taken(browser: Browser, board: Board, free: list[str]) -> None:
    board.write("Plain", free[0])
    with visitor(browser, java_script_enabled=False) as someone:
        page = someone.new_page()
        page.goto(board.url())
        expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text("Plain")
        page.locator(f"[id='cell-{free[1]}'] a").click()
        expect(page.get_by_role("textbox", name="Title")).to_be_visible()


def test_a_hostile_title_that_comes_by_the_stream_does_nothing(
    context: BrowserContext, board: Board, free: list[str]
) -> None:
    page = board.open(context)
    alarms: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("console", lambda line: alarms.append(line.text) if line.type == "error" else None)
    title = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    board.write(title, free[0], host="<svg onload=alert(3)>")
    expect(page.locator(f"[id='cell-{free[0]}'] h3")).to_have_text(title)
    page.wait_for_timeout(300)
    assert (alarms, page.locator("#board img, #board script, #board svg").count()) == ([], 0)


# Everyone


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_while_hours_pass(browser: Browser, board: Board, free: list[str], theme: str) -> None:
    for number, each in enumerate(free[:12]):
        board.write(f"Card {number}", each, host="Ada")
    with visitor(browser, color_scheme=theme) as someone:
        page = someone.new_page()
        day = board.now()["slots"][0]["day"]
        page.clock.set_fixed_time(f"{day}T10:20:00Z")
        page.goto(board.url())
        page.locator(".now-mark").wait_for()
        assert faults(page) == []
