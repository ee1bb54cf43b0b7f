"""Story 4. Two want Saturday 11:00. The desk takes both, forty vote, the clock counts; the second takes 12:00 instead;
everybody can read why. A third pair is made one card."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import at
from tests.browser.chromium import phone, visitor
from tests.browser.forum import asks_for, contest, its_time_is_over, need, vote
from tests.browser.hall import Hall, at_the_desk
from tests.browser.india import SUNDAY, big_screen, code_on, hour, india, scanned

AT_11, AT_12 = hour(11), hour(12)
WANTED = "Saturday 11:00–12:00, Hall 3"
CONTENDED = f"“Rust for Pythonistas”, “Zig in an hour” contend for {WANTED}."


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with india(tmp_path_factory.mktemp("india")) as served:
        yield served


def test_two_want_one_hour_and_a_vote_decides(hall: Hall, browser: Browser) -> None:
    with phone(browser) as facilitator, visitor(browser) as wall, phone(browser) as ann, phone(browser) as someone:
        screen, desk = big_screen(hall, wall), at_the_desk(hall, facilitator)
        take_both(desk)
        anns_link = scanned(desk, desk.get_by_role("img", name="QR code of the edit link of Zig in an hour"))
        assert_nothing_needs_anybody(hall, desk)

        band = screen.locator("#contests section")
        expect(band.locator(".titles")).to_have_text("“Rust for Pythonistas”, “Zig in an hour”")
        expect(band.locator(".how")).to_have_text("Vote: scan this. The vote asks for the code on this screen.")
        page = someone.new_page()
        page.goto(scanned(screen, band.locator(".qr")))
        vote(page, "Rust for Pythonistas", code=code_on(screen))
        vote_by_phones(hall, code_on(screen), rust=22, zig=17)
        assert (contest(hall)["ballots"], "tally" in contest(hall)) == (40, False)

        its_time_is_over(hall)
        expect(band.locator(".titles")).to_have_text("“Rust for Pythonistas” has it")
        expect(band.locator(".how")).to_have_text("by vote, 23 : 17")
        lost = f"“Zig in an hour” by Ann did not get {WANTED} and has no place yet."
        expect(desk.locator("#items > li > h2")).to_have_text([lost])

        take_twelve(ann, anns_link)
        expect(desk.locator("#nothing")).to_be_visible()
        assert (hall.card_at(AT_11), hall.card_at(AT_12)) == ("Rust for Pythonistas", "Zig in an hour")
        assert_anybody_can_read_why(hall, page)
        assert_the_log_says_who_decided(hall, facilitator)
        assert hall.home.check() == 0


def test_a_third_pair_agrees_to_be_one_card(hall: Hall, browser: Browser) -> None:
    with phone(browser) as facilitator, phone(browser) as cyra, phone(browser) as dev:
        asks_for(hall, cyra, "Django at night", hour(15, SUNDAY), host="Cyra")
        flask = asks_for(hall, dev, "Flask at night", hour(15, SUNDAY), host="Dev", contend="1")
        desk = at_the_desk(hall, facilitator)
        desk.locator("#running").get_by_role("link", name="Another way: “Django at night”").tap()
        desk.get_by_label("Its title").fill("The web at night")
        desk.get_by_role("button", name="“Flask at night” joins “Django at night”").tap()
        expect(desk.locator("#contest")).to_contain_text("A contest that is over")
        assert hall.card_at(hour(15, SUNDAY)) == "The web at night"
        page = dev.new_page()
        page.goto(hall.url(f"cards/{flask}/edit/"))
        page.get_by_role("link", name="Open the one card").tap()
        expect(page.get_by_label("Your name")).to_have_value("Cyra, Dev")
    assert hall.home.check() == 0


# What they do


def take_both(desk: Page) -> None:
    """Two walk-ups, one hour, fifteen minutes, with the code of the place."""
    desk.get_by_role("link", name="Enter", exact=True).tap()
    desk.get_by_role("button", name="Two want one hour").tap()
    expect(desk.locator("#title")).to_be_focused()
    desk.keyboard.type("Rust for Pythonistas")
    for field, words in (("#host", "Fe"), ("#title2", "Zig in an hour"), ("#host2", "Ann"), ("#minutes", "15")):
        desk.locator(field).fill(words)
    desk.get_by_label("Voters type the code on the screen").check()
    desk.get_by_role("button", name=WANTED, exact=True).tap()
    expect(desk.get_by_role("heading", level=1)).to_have_text(WANTED)


def vote_by_phones(hall: Hall, code: str, *, rust: int, zig: int) -> None:
    """Many phones in one hall, which is one address; each has a cookie of its own, and types the code."""
    first, second = contest(hall)["cards"]
    for card in (*[first] * rust, *[second] * zig):
        with httpx.Client(verify=False, timeout=30) as client:
            sent = {"cards": card, "symbols": code}
            assert client.post(hall.url(f"contests/{contest(hall)['id']}/"), data=sent).status_code == 303


def take_twelve(ann: BrowserContext, link: str) -> None:
    """The photo that she took at the desk opens her card, which lost; what she wrote is kept, and noon is free."""
    page = ann.new_page()
    page.goto(link)
    expect(need(page, "lost")).to_contain_text(f"“Rust for Pythonistas” has {WANTED}: by vote, 23 : 17.")
    expect(page.get_by_label("Title")).to_have_value("Zig in an hour")
    need(page, "lost").get_by_role("button", name="Hall 3 12:00–13:00", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("It's up: Saturday 12:00–13:00, Hall 3.")


# What others see


def assert_nothing_needs_anybody(hall: Hall, desk: Page) -> None:
    """The facilitator is asked for coffee: the vote runs by itself."""
    desk.goto(hall.url("desk/"))
    expect(desk.locator("#nothing")).to_be_visible()
    expect(desk.locator("#running h3")).to_have_text([CONTENDED])


def assert_anybody_can_read_why(hall: Hall, page: Page) -> None:
    """From the board to the card, and on to how it was decided."""
    page.goto(hall.url())
    page.locator(f"{at(AT_11)} a").first.tap()
    page.get_by_role("link", name=WANTED).tap()
    expect(page.locator("#outcome .won")).to_have_text("“Rust for Pythonistas” has it: by vote, 23 : 17")
    expect(page.locator("#outcome .facts")).to_contain_text("40 ballots were cast.")
    expect(page.locator(".tally b")).to_have_text(["23 votes", "17 votes"])


def assert_the_log_says_who_decided(hall: Hall, facilitator: BrowserContext) -> None:
    page = facilitator.new_page()
    page.goto(hall.url("desk/log/"))
    settled = page.locator("#log > li").filter(has_text=f"“Rust for Pythonistas” won the contest for {WANTED}")
    expect(settled.locator("div > .facts").last).to_contain_text("the program")
