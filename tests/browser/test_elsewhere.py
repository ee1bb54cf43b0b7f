"""The board outside its own pages: in the page of another site, in what people take along, in what machines read."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import Board, ask
from tests.browser.chromium import ZOOMED, unusable
from tests.camp import NEXT_DAY, cell, event_file, founded
from tests.hostile import HOSTILE
from tests.servers import running

CELL, NEXT_CELL = cell("Oak", 10), cell("Elm", 10, NEXT_DAY)


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file(days=2), limits="off")
    with running(home) as (server,):
        board = Board(home, server)
        board.write("Knitting", CELL, host="Ada")
        board.write(HOSTILE["script"], NEXT_CELL, host=HOSTILE["comment"], text=HOSTILE["attribute"])
        yield board


@pytest.fixture(scope="module")
def other_site() -> Iterator["OtherSite"]:
    """Somebody else's site, on a port of its own."""
    site = OtherSite()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


class OtherSite(ThreadingHTTPServer):
    """Serves one page: `shows` inside a paragraph of its own."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.shows = ""

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}/"


class _Answers(BaseHTTPRequestHandler):
    server: OtherSite

    def do_GET(self) -> None:
        body = f"<!doctype html><title>A conference</title><p>Welcome</p>{self.server.shows}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not into the output of the tests."""


def complaints(page: Page) -> list[str]:
    """What a page's console says that is wrong, from now on."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


# Inside the page of another site


def test_the_code_of_the_page_shows_the_board_on_another_site_and_links_open_beside_it(
    camp: Board, context: BrowserContext, other_site: OtherSite
) -> None:
    page = context.new_page()
    page.goto(camp.url("follow/"))
    other_site.shows = page.locator("#embed").input_value()
    said = complaints(page)
    page.goto(other_site.address)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h3")).to_have_text(["Knitting"])
    with context.expect_page() as opened:
        frame.get_by_role("link", name="Knitting").click()
    expect(opened.value.locator("h1")).to_have_text("Knitting")
    frame.get_by_role("link", name=f"{NEXT_DAY:%A}").click()
    expect(frame.locator("h3")).to_have_text([HOSTILE["script"]])
    assert (page.url, said, context.cookies()) == (other_site.address, [], [])


def test_a_framed_board_hears_of_a_new_card(camp: Board, context: BrowserContext, other_site: OtherSite) -> None:
    other_site.shows = f'<iframe src="{camp.server.address}/embed/camp/?room=fir" width="400" height="300"></iframe>'
    page = context.new_page()
    page.goto(other_site.address)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("The camp")
    camp.write("Fresh", cell("Fir", 12))
    # What it does every twenty seconds, it does whenever somebody comes back to it too.
    frame.locator("body").evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(frame.locator("h3")).to_have_text(["Fresh"])


@pytest.mark.parametrize("path", ["", "follow/", "cards/new/", f"cells/{cell('Ash', 10)}/"])
def test_no_other_page_lets_itself_be_framed(
    camp: Board, context: BrowserContext, other_site: OtherSite, path: str
) -> None:
    other_site.shows = f'<iframe src="{camp.url(path)}"></iframe>'
    page = context.new_page()
    said = complaints(page)
    page.goto(other_site.address)
    page.wait_for_timeout(300)
    assert [each.url for each in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    assert ["frame-ancestors" in line for line in said if "Framing" in line or "frame" in line] == [True]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_framed_board_is_usable(camp: Board, context: BrowserContext, theme: str) -> None:
    page = context.new_page()
    page.goto(f"{camp.server.address}/embed/camp/?theme={theme}")
    assert unusable(page) == []
    free = page.get_by_role("link", name="rooms are free")
    assert free.count() > 0
    page.clock.set_fixed_time(datetime.combine(NEXT_DAY, time(23), UTC) + timedelta(days=1))
    page.reload()
    expect(free).to_have_count(0)  # in an hour that is over nobody looks for a room
    assert unusable(page) == []


# What people take along


def test_the_page_of_what_to_take_along_is_usable(camp: Board, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(camp.url("follow/"))
    page.locator("summary").click()
    assert unusable(page) == []


def test_an_event_with_a_long_word_in_its_name_keeps_out_of_the_links_beside_it(
    camp: Board, context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": ZOOMED, "height": 800})
    page.goto(camp.url("follow/"))
    page.locator(".bar .event bdi").evaluate("name => { name.textContent = 'Barcampoldtown' }")
    name, nav = page.locator(".bar .event bdi").bounding_box(), page.locator(".bar nav").bounding_box()
    assert name
    assert nav
    assert name["height"] < 25  # in one line
    assert name["x"] + name["width"] <= nav["x"] or name["y"] + name["height"] <= nav["y"]


def test_an_address_is_copied_with_one_tap(camp: Board, browser: Browser) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(camp.url("follow/"))
        copy = page.get_by_role("button", name="Copy: Atom")
        copy.click()
        copy.click()  # an impatient thumb
        expect(copy).to_have_text("Copied")
        page.clock.run_for(5000)
        expect(page.locator("#told")).to_have_text("Copied")
        expect(copy).to_have_text("Copy")
        assert page.evaluate("navigator.clipboard.readText()") == camp.url("changes.atom")


def test_the_address_of_a_part_is_put_together(camp: Board, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(camp.url("follow/"))
    page.locator("summary").click()
    page.get_by_label("Room", exact=True).select_option("Oak")
    page.get_by_label("Host", exact=True).fill("Ada")
    address = page.locator("#part-address").input_value()
    assert address == camp.url("board.ics?room=oak&host=Ada")
    assert "SUMMARY:Knitting" in ask("GET", address).text


def test_whoever_starred_a_card_finds_their_own_calendar(camp: Board, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(camp.url("follow/"))
    expect(page.locator("#mine")).to_be_hidden()
    mine = camp.write_mine(context, "Chess", cell("Yew", 11))
    page.reload()
    expect(page.locator("#mine")).to_be_visible()
    feed = ask("GET", page.locator("#mine").input_value()).text
    assert ("SUMMARY:Chess" in feed, mine["key"] in feed) == (True, False)


# What machines read


def test_linked_data_is_on_the_page_and_no_policy_minds_it(camp: Board, context: BrowserContext) -> None:
    page = context.new_page()
    said = complaints(page)
    codes = {card["title"]: card["code"] for card in camp.now()["cards"]}
    page.goto(camp.url(f"cards/{codes[HOSTILE['script']]}/"))
    facts = json.loads(page.locator("script[type='application/ld+json']").text_content() or "")
    assert (facts["name"], facts["location"]["name"], said) == (HOSTILE["script"], "Elm", [])


def test_a_page_leads_to_what_shows_it_elsewhere(camp: Board, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(camp.url())
    oembed = page.locator("link[type='application/json+oembed']").get_attribute("href") or ""
    picture = page.locator("meta[property='og:image']").get_attribute("content") or ""
    assert ask("GET", oembed).json()["type"] == "rich"
    assert ask("GET", picture).headers["content-type"] == "image/png"
