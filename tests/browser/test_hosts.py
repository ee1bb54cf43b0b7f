"""Hosts and voters in a browser: a claim, a ballot, a lost room, one card of two; by tap, by key, without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import at
from tests.browser.chromium import PHONE, visitor
from tests.browser.forum import AGES, asks, contended, contest, held, need, put_up, settle, vote
from tests.browser.hall import Hall, hall
from tests.browser.keys import focus_is_on, press, tab_to, type_into
from tests.camp import DAY, cell

WEEKDAY = f"{DAY:%A}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The hall, served once for this file."""
    with hall(tmp_path_factory.mktemp("hall")) as served:
        yield served


@pytest.fixture
def other(browser: Browser) -> Iterator[BrowserContext]:
    """Another host."""
    with visitor(browser) as someone:
        yield someone


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody with a phone on which no script runs."""
    with visitor(browser, viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False) as someone:
        yield someone


def edit(board: Hall, who: BrowserContext, code: str, query: str = "") -> Page:
    """The page of a card in its host's hands."""
    page = who.new_page()
    page.goto(board.url(f"cards/{code}/edit/{query}"))
    return page


def voting(board: Hall, who: BrowserContext) -> Page:
    """The page of the contest."""
    page = who.new_page()
    page.goto(board.url(f"contests/{contest(board)['id']}/"))
    return page


# Asking, without a script


def test_an_hour_is_asked_for_on_a_phone_without_a_script(unscripted: BrowserContext, board: Hall) -> None:
    page = unscripted.new_page()
    page.goto(board.url())
    page.locator(f"[id='open-{cell('Elm', 11).partition('@')[2]}'] summary").tap()
    page.locator(f"{at(cell('Elm', 11))} a").tap()
    page.get_by_label("Title").fill("Chess")
    page.get_by_role("button", name="Ask for this hour").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("You asked for it. What happens next:")
    expect(need(page, "claim")).to_contain_text(f"You asked for {WEEKDAY} 11:00–12:00, Elm.")


def test_a_contest_is_begun_joined_and_voted_on_without_a_script(unscripted: BrowserContext, board: Hall) -> None:
    board.claim("Chess", "Elm", 11, host="Ada")
    page = unscripted.new_page()
    page.goto(board.url(f"cells/{cell('Elm', 11)}/"))
    page.get_by_role("link", name="Ask for it all the same: a vote of 30 minutes decides").tap()
    page.get_by_label("Title").fill("Poker")
    page.get_by_role("button", name="Ask for it all the same").tap()
    need(page, "contest").get_by_role("link", name="See the contest").tap()
    page.get_by_text("Poker", exact=True).first.tap()
    page.get_by_role("button", name="Cast my ballot").tap()
    expect(page.locator(".success")).to_have_text("Your ballot counts. You can change it until the close.")
    expect(page.get_by_role("checkbox", name="Poker")).to_be_checked()
    assert contest(board)["ballots"] == 1


def test_an_hour_lost_while_typing_is_offered_elsewhere_without_a_script(
    unscripted: BrowserContext, board: Hall
) -> None:
    page = unscripted.new_page()
    page.goto(board.url(f"cells/{cell('Elm', 11)}/"))
    page.get_by_label("Title").fill("Poker")
    board.claim("Chess", "Elm", 11)
    page.get_by_role("button", name="Ask for this hour").tap()
    expect(page.locator("#lost")).to_contain_text("“Chess” asked for Elm at 11:00 first. Your words are kept.")
    page.locator("#lost").get_by_role("button", name="Fir").tap()
    expect(need(page, "claim")).to_contain_text(f"You asked for {WEEKDAY} 11:00–12:00, Fir.")


# Voting


def test_a_ballot_is_changed_until_the_close(
    browser: Browser, context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    contended(board, context, other)
    with visitor(browser) as voter:
        page = voting(board, voter)
        vote(page, "Chess")
        expect(page.locator("#my-ballot")).to_have_text("You voted for “Chess”.")
        vote(page, "Poker", "Chess")
        vote(page, "Poker")
        expect(page.locator("#my-ballot")).to_have_text("You voted for “Poker”.")
        settle(board)
        page.get_by_role("button", name="Change my ballot").click()
        expect(page.locator(".refusal")).to_have_text("Your ballot came too late. The contest is over: “Poker” has it.")
    assert contest(board)["ballots"] == 1


def test_ticks_that_were_not_sent_stay_when_a_card_joins(
    browser: Browser, context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    contended(board, context, other)
    with visitor(browser) as voter, visitor(browser) as third:
        page = held(voter.new_page())
        page.goto(board.url(f"contests/{contest(board)['id']}/"))
        box = page.get_by_role("checkbox", name="Poker")
        box.check()
        asks(board, third, "Juggling", "Elm", 11, contend="1")
        page.clock.run_for(AGES)
        expect(page.get_by_role("checkbox", name="Juggling")).to_be_visible()
        expect(box).to_be_checked()
        expect(box).to_be_focused()


def test_a_vote_is_cast_by_keyboard(context: BrowserContext, other: BrowserContext, board: Hall) -> None:
    contended(board, context, other)
    page = voting(board, other)
    press(page, page.get_by_role("checkbox", name="Poker"), "Space")
    press(page, page.get_by_role("button", name="Cast my ballot"))
    expect(page.locator(".success")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Poker")).to_be_checked()


# A room that is lost


def test_a_displaced_host_hears_of_it_on_the_board_and_takes_another_place_with_one_tap(
    context: BrowserContext, board: Hall
) -> None:
    card = board.write_mine(context, "Chess")
    board.ask_for(card["code"], card["key"], "Elm", 11)
    put_up(board, card["code"], cell("Elm", 11))
    page = board.open(context)
    expect(page.locator(f"{at(cell('Elm', 11))} .own")).to_be_visible()
    board.close(cell("Elm", 11), "Needed for lunch")
    bar = page.locator(".needs-me")
    expect(bar).to_contain_text(f"Your card “Chess” needs you. You lost {WEEKDAY} 11:00–12:00, Elm: Needed for lunch.")
    bar.get_by_role("link", name="Open it").click()
    need(page, "lost").get_by_role("button", name="Fir 11:00–12:00").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"It's up: {WEEKDAY} 11:00–12:00, Fir.")
    assert board.cells_of(card["code"]) == [cell("Fir", 11)]


def test_the_bar_can_wait_and_comes_back_with_other_news(context: BrowserContext, board: Hall) -> None:
    card = board.write_mine(context, "Chess")
    put_up(board, card["code"], cell("Elm", 11))
    page = board.open(context)
    expect(page.locator(".own").first).to_be_visible()
    board.close(cell("Elm", 11), "Needed for lunch")
    page.locator(".needs-me").get_by_role("button", name="Later").click()
    expect(page.locator(".needs-me")).to_have_count(0)
    page.reload()
    expect(page.locator(".own").first).to_be_visible()
    expect(page.locator(".needs-me")).to_have_count(0)
    put_up(board, card["code"], cell("Fir", 11))
    board.close(cell("Fir", 11), "Needed for tea")
    expect(page.locator(".needs-me")).to_contain_text("Needed for tea")


def test_a_card_that_waits_is_answered_by_keyboard(context: BrowserContext, board: Hall) -> None:
    card = board.write_mine(context, "Chess")
    put_up(board, card["code"], cell("Elm", 11))
    board.close(cell("Elm", 11), "Needed for lunch")
    page = board.open(context)
    press(page, page.locator(".needs-me").get_by_role("link", name="Open it"))
    press(page, need(page, "lost").get_by_role("button", name="Fir 11:00–12:00"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("It's up")


# One card of two


def test_two_hosts_make_one_card_and_the_other_page_hears_of_it_by_itself(
    context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    chess, poker = contended(board, context, other)
    ada = held(context.new_page())
    ada.goto(board.url(f"cards/{chess}/edit/"))
    ada.get_by_label("What is it about").fill("Half a thought")
    bob = edit(board, other, poker)
    need(bob, "contest").get_by_role("link", name="Propose one card together").click()
    bob.get_by_label("Title").fill("Games for all")
    bob.get_by_role("button", name="Ask to make it one card").click()
    expect(need(bob, "asking")).to_contain_text("You asked the host of “Chess” to make one card of both.")
    ada.clock.run_for(AGES)
    expect(need(ada, "deal")).to_contain_text("Bob asks to make one card of yours and theirs, “Poker”.")
    expect(ada.get_by_label("What is it about")).to_have_value("Half a thought")
    need(ada, "deal").get_by_role("button", name="Yes, do it").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text(
        "Done: the two are one card now, with both of you as hosts."
    )
    assert board.card_at(cell("Elm", 11)) == "Games for all"
    bob.reload()
    bob.get_by_role("link", name="Open the one card").click()
    expect(bob.get_by_label("Your name")).to_have_value("Ada, Bob")


def test_a_deal_is_asked_for_and_agreed_to_by_keyboard(
    context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    cards = [board.write_mine(context, "Chess"), board.write_mine(other, "Poker")]
    for card, room in zip(cards, ("Elm", "Fir"), strict=True):
        put_up(board, card["code"], cell(room, 11))
    ada = edit(board, context, cards[0]["code"])
    press(ada, ada.get_by_role("link", name="Change places with another card…"))
    press(ada, ada.locator(".choices").get_by_role("link", name="Poker"))
    press(ada, ada.get_by_role("button", name="Ask to change places"))
    expect(need(ada, "asking")).to_be_visible()
    bob = edit(board, other, cards[1]["code"])
    press(bob, need(bob, "deal").get_by_role("button", name="Yes, do it"))
    expect(bob.get_by_role("heading", level=1)).to_contain_text("Done: you changed places.")
    assert [board.cells_of(card["code"]) for card in cards] == [[cell("Fir", 11)], [cell("Elm", 11)]]


def test_a_host_who_waits_reads_on_the_open_page_that_the_place_is_theirs(
    context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    _, code = contended(board, context, other)
    page = edit(board, other, code)
    expect(need(page, "contest")).to_be_visible()
    settle(board, winner=code)
    expect(need(page, "won")).to_contain_text(f"“Poker” has {WEEKDAY} 11:00–12:00, Elm", timeout=AGES)
    expect(page.locator("#when")).to_have_text(f"{WEEKDAY} 11:00–12:00, Elm")


def test_the_focus_stays_when_what_a_host_must_know_changes(
    context: BrowserContext, other: BrowserContext, board: Hall
) -> None:
    chess = asks(board, context, "Chess", "Elm", 11)
    page = held(context.new_page())
    page.goto(board.url(f"cards/{chess}/edit/"))
    tab_to(page, need(page, "claim").get_by_role("button", name="Ask for it no longer"))
    asks(board, other, "Poker", "Elm", 11, contend="1")
    page.clock.run_for(AGES)
    expect(need(page, "contest")).to_be_visible()
    expect(need(page, "contest").get_by_role("button", name="Give way")).to_be_focused()


# Reports


def test_a_card_is_reported_by_keyboard(context: BrowserContext, board: Hall) -> None:
    code = board.claim("Chess", "Elm", 11)
    page = context.new_page()
    page.goto(board.url(f"cards/{code}/"))
    press(page, page.get_by_role("link", name="Report this card"))
    press(page, page.get_by_role("radio", name="It insults or threatens somebody"), "Space")
    type_into(page, page.get_by_label("In your words"), "Look at the second line")
    press(page, page.get_by_role("button", name="Report it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_somebody_who_chose_no_reason_is_led_to_it(context: BrowserContext, board: Hall) -> None:
    code = board.claim("Chess", "Elm", 11)
    page = context.new_page()
    page.goto(board.url(f"cards/{code}/report/"))
    press(page, page.get_by_role("button", name="Report it"))
    assert focus_is_on(page, page.locator("#errors"))
    press(page, page.locator("#errors a"))
    page.keyboard.press("Tab")
    assert focus_is_on(page, page.get_by_role("radio").first)
