"""Story 5, its second half. A session was announced for 250DE at 19:00. On the morning of its day its host finds one
button on the board, and the hour is theirs; in another world somebody else has it, and the button offers the next."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import phone
from tests.camp import SLUG, founded
from tests.servers import running

TITLE = "Open Teams Incubator"
MORNING = 9


def here_it_is_morning() -> tuple[str, datetime]:
    """A zone where it is nine o'clock now, and the time there."""
    now = datetime.now(UTC)
    offset = (MORNING - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-offset:+d}", now + timedelta(hours=offset)


ZONE, LOCAL = here_it_is_morning()
AT_19, AT_20 = f"250de@{LOCAL:%m%d}-1900", f"250de@{LOCAL:%m%d}-2000"
FILE = f"""
slug = "{SLUG}"
name = "The conference"
timezone = "{ZONE}"
[[rooms]]
key = "250de"
name = "Room 250DE"
[[rooms]]
key = "251a"
name = "Room 251A"
[[days]]
date = {LOCAL.date()}
slots = "08:00-22:00/60"
"""


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    directory: Path = tmp_path_factory.mktemp("conference")
    home = founded(directory, FILE, limits="off")
    with running(home) as (server,):
        yield Board(home, server)


def test_one_button_on_the_board_and_the_wished_hour_is_theirs(conference: Board, browser: Browser) -> None:
    with phone(browser) as host:
        announce(host.new_page(), conference, TITLE, "7pm - 8pm", "19:00–20:00")
        assert conference.card_at(AT_19) == ""
        page = the_bar(host, conference, TITLE)
        page.get_by_role("button", name="Take Room 250DE 19:00–20:00").tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("19:00–20:00, Room 250DE.")
    assert conference.card_at(AT_19) == TITLE
    assert conference.home.check() == 0


def test_where_somebody_else_has_it_the_button_offers_the_next(conference: Board, browser: Browser) -> None:
    with phone(browser) as host:
        announce(host.new_page(), conference, "Investing in a start-up", "8pm - 9pm", "20:00–21:00")
        conference.write("Somebody was faster", AT_20)
        page = the_bar(host, conference, "Investing in a start-up")
        page.get_by_role("link", name="Open it").tap()
        need = page.locator("[data-need=planned]")
        expect(need).to_contain_text("Your place is not free any more. Take another with one tap:")
        need.get_by_role("button", name="Room 251A 20:00–21:00").tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("20:00–21:00, Room 251A.")
    assert conference.card_at(f"251a@{LOCAL:%m%d}-2000") == "Investing in a start-up"


# What they do


def announce(page: Page, conference: Board, title: str, hours: str, understood: str) -> None:
    """Announce a session; what is understood of its wish is said while it is typed."""
    page.goto(conference.url("planned/new/"))
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your name").fill("Open Teams")
    page.get_by_label("When and where would you like it?").fill(f"{LOCAL:%B} {LOCAL.day}, Room 250DE from {hours}")
    expect(page.locator(".understood")).to_contain_text(f"{understood}, Room 250DE.")
    page.get_by_role("button", name="Announce it").tap()
    expect(page.get_by_role("heading", name="Your edit link")).to_be_visible()
    page.goto(conference.url("planned/"))
    card = page.locator("#planned li", has_text=title)
    expect(card).to_contain_text(f"{understood}, Room 250DE. It has no room yet.")


def the_bar(host: BrowserContext, conference: Board, title: str) -> Page:
    """The board as the host opens it, with what waits for them."""
    page = conference.open(host)
    bar = page.locator(".needs-me")
    expect(bar).to_contain_text(f"Your card “{title}” needs you. Today is the day: put your card on the board.")
    return page
