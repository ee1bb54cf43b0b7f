"""Story 9. Somebody posts abuse. Three people who are here report it, and at once nobody can read it anywhere; its cell
is kept. A facilitator removes it and all else from that device, and the hours are free. That it is posted nowhere else
is seen in `test_what_followers_hear`."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import Board, at
from tests.browser.chromium import phone, visitor
from tests.browser.hall import at_the_desk
from tests.browser.india import big_screen, code_on
from tests.camp import DAY, ROOMS, cell, event_file, founded
from tests.live.addresses import Names, readable
from tests.live.listening import listening
from tests.servers import running

ABUSE, MORE = "Zinnober", "Karmesin"
OAK, ELM = cell("Oak", 9), cell("Elm", 10)
PICTURES = ("/os", "/os.png", "/camp/board.png", "/camp/board.svg", "/camp/board.pdf")
TEXTS = {"/camp/", "/camp/board.txt", "/camp/board.csv", "/camp/board.json", "/camp/screen/", "/camp/now/"}
FEEDS = {"/camp/changes.atom", "/camp/changes.json"}


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file(ROOMS[:3]))
    with running(home) as (server,):
        yield Board(home, server)


def test_a_bad_card_is_reported_hidden_and_removed(camp: Board, browser: Browser) -> None:
    with ExitStack() as stack:
        mallory, hall, wall, facilitator = (
            stack.enter_context(each(browser)) for each in (phone, visitor, visitor, phone)
        )
        code = posted(camp, mallory)
        board, screen, desk = camp.open(hall), big_screen(camp, wall), at_the_desk(camp, facilitator)
        expect(screen.locator("#rows h4", has_text=ABUSE)).to_be_visible()
        assert TEXTS | FEEDS | {f"/camp/cards/{code}/", "/camp/live", "/api/camp/live"} <= telling(camp, code, ABUSE)
        pictures = [picture(camp, path) for path in PICTURES]

        for hidden in (False, False, True):
            expect(board.locator(f"{at(OAK)} h3")).to_have_text(f"{ABUSE} for all of you")
            reported(camp, stack.enter_context(phone(browser)), code, code_on(screen), hidden=hidden)
        assert telling(camp, code, ABUSE) == set()
        assert all(picture(camp, path) != before for path, before in zip(PICTURES, pictures, strict=True))
        expect(board.locator(at(OAK))).to_contain_text("Hidden until somebody has read it")
        expect(screen.get_by_text(ABUSE)).to_have_count(0)
        assert (camp.cells_of(code), camp.card_at(ELM)) == ([OAK], f"{MORE} as well")

        remove_everything(desk)
        expect(board.locator(f"{at(OAK)}.free, {at(ELM)}.free")).to_have_count(2)
        assert telling(camp, code, ABUSE, MORE) == set()
        assert_its_host_reads_what_happened(camp, mallory, code)
        assert camp.home.check() == 0


# What they do


def posted(camp: Board, mallory: BrowserContext) -> str:
    """Three cards from one device: two on the board, one without an hour; the code of the worst."""
    said = {"text": f"You are all {ABUSE}", "host": f"A {ABUSE}", "handle": f"@{ABUSE}"}
    bad = camp.write_mine(mallory, f"{ABUSE} for all of you", OAK, **said)
    camp.write_mine(mallory, f"{MORE} as well", ELM)
    camp.write_mine(mallory, f"{MORE} without an hour")
    return str(bad["code"])


def reported(camp: Board, who: BrowserContext, code: str, symbols: str, *, hidden: bool) -> None:
    """Somebody who sees the screen reads the card and reports it."""
    page = who.new_page()
    page.goto(camp.url(f"cards/{code}/"))
    page.get_by_role("link", name="Report this card").tap()
    page.get_by_role("radio", name="It insults or threatens somebody").check()
    page.get_by_label("The six symbols on the screen").fill(symbols)
    page.get_by_role("button", name="Report it").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    told = "The card's text is hidden until they have." if hidden else "Your report counts at once"
    expect(page.locator(".success")).to_contain_text(told)


def remove_everything(desk: Page) -> None:
    """The facilitator reads what it says and why it was reported, and takes the widest of the answers."""
    item = desk.locator("#items > li")
    expect(item.locator("h2")).to_have_text([f"3 people report “{ABUSE} for all of you”."])
    expect(item.locator("blockquote")).to_have_text("It insults or threatens somebody")
    item.locator("summary", has_text="Remove all 3 cards of this device").tap()
    item.get_by_role("button", name="Remove all 3 cards of this device").tap()
    expect(desk.locator("#nothing")).to_be_visible()


# What others see


def telling(camp: Board, code: str, *words: str) -> set[str]:
    """The addresses at which anybody reads one of the words: pages, screen, files, log, past, and both streams."""
    number = camp.now()["number"]
    with httpx.Client(base_url=camp.server.address, timeout=30, verify=False) as client:
        every = readable(Names("camp", code, OAK, DAY.isoformat(), last=number))
        said = {path: client.get(path, headers={"Accept-Encoding": "identity"}).text for path in every}
    said |= {path: missed(camp, path, number) for path in ("/camp/live", "/api/camp/live")}
    return {path for path, text in said.items() if any(word.lower() in text.lower() for word in words)}


def missed(camp: Board, path: str, number: int) -> str:
    """What somebody hears on a stream who was away for all of it."""
    with listening(f"{camp.server.address}{path}?number=5") as stream:
        return str([frame.data for frame in stream.until(number)])


def picture(camp: Board, path: str) -> bytes:
    """A picture of the board; nobody can search it for a word, but it is another one."""
    return httpx.get(f"{camp.server.address}{path}", verify=False, timeout=30).raise_for_status().content


def assert_its_host_reads_what_happened(camp: Board, mallory: BrowserContext, code: str) -> None:
    page = mallory.new_page()
    page.goto(camp.url(f"cards/{code}/edit/"))
    expect(page.locator(".notice")).to_have_text("This card was removed by the people who run the board.")
