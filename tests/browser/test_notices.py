"""Messages on a device, in a browser: its worker shows what comes; what hinders it is said; open pages tell too.

Browsers get a line of their own from their makers' servers, which no test asks: here the page is handed one, and what
comes over it is delivered by the browser's own tools.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect
from tests.browser.board import PATIENCE, Board, at
from tests.browser.chromium import WHOLE, chromium, unusable, visitor
from tests.inside import slots_of
from tests.outlets.phones import Handset

SLOT = slots_of()[0][2]
STARTS = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
"""When that slot does, by the clocks of the event and of the browser."""
OAK = f"r1@{SLOT}"
TOLD = {"title": "“Knit” moved", "body": "Now: 14:00", "url": "/race/", "tag": "race KNIT00"}
LINE = """described => {
  const standard = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = (text) => Uint8Array.from(standard(text), (one) => one.charCodeAt(0)).buffer;
  const { endpoint } = described;
  const line = { endpoint, options: {}, getKey: (name) => bytes(described[name]), unsubscribe: async () => true };
  PushManager.prototype.getSubscription = async () => sessionStorage.getItem("line") ? line : null;
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    sessionStorage.setItem("line", applicationServerKey.length);
    return line;
  };
}"""
WORKER = "navigator.serviceWorker.ready"
MESSAGES = f"{WORKER}.then((one) => one.getNotifications())"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(WHOLE) as running:
        yield running


@pytest.fixture
def allowing(browser: Browser, board: Board) -> Iterator[BrowserContext]:
    """Somebody whose browser may show messages."""
    with visitor(browser, timezone_id="UTC") as someone:
        someone.grant_permissions(["notifications"], origin=board.server.address)
        yield someone


def registered(page: Page) -> tuple[CDPSession, str]:
    """The browser's own tools, and the name by which they know the worker of this page."""
    tools, known = page.context.new_cdp_session(page), list[str]()
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(_ids(told)))
    tools.send("ServiceWorker.enable")
    page.evaluate(f"navigator.serviceWorker.register('/sw.js').then(() => {WORKER}).then(() => true)")
    return tools, known[-1]


def _ids(told: dict[str, Any]) -> list[str]:
    return [each["registrationId"] for each in told["registrations"]]


def shown(page: Page, last: str) -> list[dict[str, str]]:
    """What the browser shows of our messages, once that one is among them."""
    facts = "({title, body, tag, data}) => ({title, body, tag, url: data.url})"
    for _ in range(PATIENCE):
        found: list[dict[str, str]] = page.evaluate(f"{MESSAGES}.then((all) => all.map({facts}))")
        if any(each["body"] == last for each in found):
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"{last} is not shown")


def test_a_message_that_comes_is_shown_and_of_one_card_only_the_newest(allowing: BrowserContext, board: Board) -> None:
    page = allowing.new_page()
    page.goto(board.url("notices/"))
    tools, name = registered(page)
    for told in ({**TOLD, "body": "Now: 13:00"}, TOLD):
        tools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": board.server.address, "registrationId": name, "data": json.dumps(told)},
        )
    assert shown(page, TOLD["body"]) == [TOLD]


def test_the_worker_keeps_no_page_so_none_is_ever_old(allowing: BrowserContext, board: Board) -> None:
    page = allowing.new_page()
    page.goto(board.url("notices/"))
    registered(page)
    page.goto(board.url())
    allowing.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(board.url())
    assert page.context.storage_state()["origins"] == []


def test_it_is_switched_on_with_one_tap_and_off_again(allowing: BrowserContext, board: Board) -> None:
    page = allowing.new_page()
    handset = Handset("https://fcm.googleapis.com/fcm/send/one")
    page.add_init_script(f"({LINE})({json.dumps(handset.describes)})")
    page.goto(board.url("notices/"))
    page.get_by_role("button", name="Tell me on this device").click()
    expect(page.get_by_text("This device is told.")).to_be_visible()
    expect(page.get_by_text("A first message is on its way to this device.")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('line')") == "65"
    page.get_by_label("Words that you follow (optional)").fill("bees, honey")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Words that you follow (optional)")).to_have_value("bees, honey")
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("button", name="Tell me on this device")).to_be_visible()


def test_what_hinders_it_is_said(browser: Browser, board: Board) -> None:
    told = {
        "": "Your browser keeps messages of this site back.",
        "delete window.PushManager": "This browser takes no messages.",
        "Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (iPhone; CPU)' })": "Add to Home Screen",
        "Object.defineProperty(window, 'isSecureContext', { value: false })": "address begins with https://",
    }
    for script, words in told.items():
        with visitor(browser) as someone:
            page = someone.new_page()
            page.add_init_script(script)
            page.add_init_script("Object.defineProperty(Notification, 'permission', { value: 'denied' })")
            page.goto(board.url("notices/"))
            expect(page.locator("[data-case]:visible")).to_contain_text(words)
            expect(page.get_by_role("button", name="Tell me on this device")).to_be_hidden()


def test_an_open_page_tells_what_starts_soon_until_it_was_read(allowing: BrowserContext, board: Board) -> None:
    board.write_mine(allowing, "Knit", OAK)
    board.write("Somebody else's", f"r2@{SLOT}")
    page = allowing.new_page()
    page.clock.install(time=STARTS - timedelta(minutes=16))
    page.goto(board.url())
    expect(page.locator(f"{at(OAK)} .own")).to_have_count(1)
    expect(page.locator(".starting")).to_have_count(0)
    page.clock.run_for(90_000)
    page.clock.run_for(10_000)
    expect(page.locator(".starting li")).to_have_text(["Knit starts at 10:00: R1"])
    expect(page.locator("#news")).to_contain_text("Knit starts at 10:00: R1")
    page.locator(".starting").get_by_role("button", name="I have read it").click()
    page.clock.run_for(60_000)
    expect(page.locator(".starting")).to_have_count(0)


def test_everybody_can_use_the_page(allowing: BrowserContext, board: Board) -> None:
    page = allowing.new_page()
    handset = Handset("https://fcm.googleapis.com/fcm/send/two")
    page.add_init_script(f"({LINE})({json.dumps(handset.describes)})")
    for language in ("en", "ar"):
        page.goto(board.url(f"notices/?lang={language}"))
        page.locator("#start button").wait_for()
        assert unusable(page) == []
    page.goto(board.url("notices/?lang=en"))
    page.get_by_role("button", name="Tell me on this device").click()
    page.get_by_role("button", name="Switch it off").wait_for()
    assert unusable(page) == []
