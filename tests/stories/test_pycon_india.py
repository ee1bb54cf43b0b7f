"""The day of PyCon India, in real browsers: two hosts, twelve voters, a facilitator, a pair who become one card."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import at
from tests.browser.chromium import phone, visitor
from tests.browser.forum import AGES, contest, held, its_time_is_over, need, vote
from tests.browser.hall import Hall, at_the_desk
from tests.browser.india import big_screen, code_on, hour, india, scanned

DJANGO, DATA = "Django or Flask: your questions", "Data science in our languages"
WANTED = "Saturday 11:00–12:00, Hall 3"
CODE_NEEDED = "Vote: scan this. The vote asks for the code on this screen."
VOTERS = 12


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with india(tmp_path_factory.mktemp("india")) as served:
        yield served


def test_two_hosts_want_one_hour_and_twelve_people_decide(hall: Hall, browser: Browser) -> None:
    with ExitStack() as stack:

        def somebody() -> BrowserContext:
            return stack.enter_context(phone(browser))

        desk, wall = at_the_desk(hall, stack.enter_context(visitor(browser))), stack.enter_context(visitor(browser))
        claimed(hall, somebody(), DJANGO, "Asha")
        bala = contended(hall, somebody(), DATA, "Bala")
        screen = big_screen(hall, wall)
        let_them_vote(hall, desk)

        expect(screen.locator("#contests .how")).to_have_text(CODE_NEEDED)
        address = scanned(screen, screen.locator("#contests .qr"))
        voters = [arrived(somebody(), address) for _ in range(VOTERS)]
        watching = held(somebody().new_page())
        watching.goto(address)
        for number, page in enumerate(voters):
            vote(page, DJANGO if number < 7 else DATA, code=code_on(screen))
        watching.clock.run_for(AGES)
        expect(watching.locator("[data-ballots]")).to_have_text("12 ballots so far")
        assert contest(hall)["ballots"] == VOTERS

        board = hall.open(wall)
        bala.goto(hall.url())
        its_time_is_over(hall)
        assert_everybody_hears_how_it_ended(screen, board, watching, voters[0])
        lost = f"“{DATA}” by Bala did not get {WANTED} and has no place yet."
        expect(desk.locator("#items > li > h2")).to_have_text([lost])
        take_noon_instead(bala)
        expect(board.locator(f"{at(hour(12))} h3")).to_have_text(DATA)
        expect(desk.locator("#nothing")).to_be_visible()
        assert (hall.card_at(hour(11)), hall.card_at(hour(12)), hall.home.check()) == (DJANGO, DATA, 0)


def test_a_pair_who_want_one_hour_become_one_card(hall: Hall, browser: Browser) -> None:
    with phone(browser) as first, phone(browser) as second:
        cyra, dev = claimed(hall, first, "Games", "Cyra", 14), contended(hall, second, "Puzzles", "Dev", 14)
        need(dev, "contest").get_by_role("link", name="Propose one card together").tap()
        dev.get_by_label("Title").fill("Games and puzzles")
        dev.get_by_role("button", name="Ask to make it one card").tap()
        expect(need(dev, "asking")).to_be_visible()
        cyra.goto(hall.url())
        cyra.locator(".needs-me").get_by_role("link", name="Open it").tap()
        need(cyra, "deal").get_by_role("button", name="Yes, do it").tap()
        expect(cyra.get_by_role("heading", level=1)).to_have_text(
            "Done: the two are one card now, with both of you as hosts."
        )
        page = second.new_page()
        page.goto(hall.url())
        expect(page.locator(f"{at(hour(14))} h3")).to_have_text("Games and puzzles")
        expect(page.locator(f"{at(hour(14))} .by")).to_have_text("Cyra, Dev")
    assert (contest(hall)["method"], hall.home.check()) == ("agreement", 0)


# Hosts


def claimed(hall: Hall, host: BrowserContext, title: str, name: str, wanted: int = 11) -> Page:
    """A host sees a free hour on the board and asks for it."""
    page = host.new_page()
    page.goto(hall.url())
    page.locator(f"[id='open-{hour(wanted).partition('@')[2]}'] summary").tap()
    page.locator(f"{at(hour(wanted))} a").tap()
    ask(page, title, name, "Ask for this hour")
    expect(need(page, "claim")).to_contain_text("You asked for Saturday")
    return page


def contended(hall: Hall, host: BrowserContext, title: str, name: str, wanted: int = 11) -> Page:
    """Another host reads that somebody has asked for it, and asks all the same."""
    page = host.new_page()
    page.goto(hall.url())
    page.locator(f"{at(hour(wanted))} a").first.tap()
    page.get_by_role("link", name="Ask for it all the same: a vote of 30 minutes decides").tap()
    ask(page, title, name, "Ask for it all the same")
    expect(need(page, "contest")).to_contain_text("You asked for Saturday")
    return page


def ask(page: Page, title: str, name: str, button: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name=button).tap()


def take_noon_instead(bala: Page) -> None:
    """The board on the phone says that a card needs its host; one tap opens it, one more takes the hour."""
    bar = bala.locator(".needs-me")
    expect(bar).to_contain_text(f"Your card “{DATA}” needs you. “{DJANGO}” has {WANTED}: by vote, 7 : 5.")
    bar.get_by_role("link", name="Open it").tap()
    need(bala, "lost").get_by_role("button", name="Hall 3 12:00–13:00", exact=True).tap()
    expect(bala.get_by_role("heading", level=1)).to_have_text("It's up: Saturday 12:00–13:00, Hall 3.")


# The facilitator


def let_them_vote(hall: Hall, desk: Page) -> None:
    """The open desk has heard of it; the facilitator gives it fifteen minutes, and asks for the code of the place."""
    expect(desk.locator("#running h3")).to_have_text([f"“{DJANGO}”, “{DATA}” contend for {WANTED}."])
    desk.locator("#running").get_by_role("link", name="Another way").click()
    desk.locator(".other-ways").get_by_label("Minutes").fill("15")
    desk.get_by_label("Voters type the code on the screen").check()
    desk.get_by_role("button", name="Change it").click()
    expect(desk.locator("#told")).to_contain_text("The contest for")
    expect(desk.locator(".code .key")).to_be_visible()
    desk.goto(hall.url("desk/"))


# Voters


def arrived(voter: BrowserContext, address: str) -> Page:
    """Somebody in the hall has scanned the screen."""
    page = voter.new_page()
    asks = ("GET", "fetch"), ("GET", "eventsource")  # a phone in a pocket: it learns of the close by its late ballot
    page.route("**", lambda to: to.abort() if (to.request.method, to.request.resource_type) in asks else to.continue_())
    page.goto(address)
    return page


def assert_everybody_hears_how_it_ended(screen: Page, board: Page, watching: Page, voter: Page) -> None:
    """On the screen and on the open board at once, on the open page of the contest, and wherever one looks later."""
    ended = f"“{DJANGO}” has it"
    expect(screen.locator("#contests .titles")).to_have_text(ended)
    expect(screen.locator("#contests .how")).to_have_text("by vote, 7 : 5")
    expect(board.locator(f"{at(hour(11))} h3")).to_have_text(DJANGO)
    watching.clock.run_for(AGES)
    expect(watching.locator("#outcome")).to_contain_text(f"{ended}: by vote, 7 : 5")
    expect(watching.locator(".tally b")).to_have_text(["7 votes", "5 votes"])
    voter.get_by_role("button", name="Change my ballot").tap()
    expect(voter.locator(".refusal")).to_have_text(f"Your ballot came too late. The contest is over: {ended}.")
