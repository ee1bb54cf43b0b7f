"""PyCon India's hall as stories use it: one room on two days, kept by a facilitator, where votes settle who has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.board import Board
from tests.browser.hall import Hall
from tests.camp import founded
from tests.servers import ROOT, running

EVENT = "pyconindia2018"
FILE = ROOT / "src" / "openspaces" / "examples" / f"{EVENT}.toml"


def _saturday_ahead() -> date:
    soon = datetime.now(UTC).date() + timedelta(days=2)
    return soon + timedelta(days=(5 - soon.weekday()) % 7)


SATURDAY = _saturday_ahead()
"""Still to come wherever one is."""
SUNDAY = SATURDAY + timedelta(days=1)


@contextmanager
def india(directory: Path) -> Iterator[Hall]:
    """The event of the example file, its days moved to the next weekend, served as people serve it."""
    file = FILE.read_text(encoding="utf-8").replace("2018-10-06", f"{SATURDAY}").replace("2018-10-07", f"{SUNDAY}")
    home = founded(directory, file, event=EVENT)
    with running(home) as (server,):
        yield Hall(home, server)


def hour(hour: int, day: date = SATURDAY) -> str:
    """A cell of Hall 3."""
    return f"hall3@{day:%m%d}-{hour:02}00"


def big_screen(board: Board, machine: BrowserContext) -> Page:
    """The screen by the board, which shows the code of the place."""
    page = machine.new_page()
    page.goto(board.url(f"screen/#{board.home.token}"))
    expect(page.locator("#code b")).not_to_be_empty()
    return page


def code_on(screen: Page) -> str:
    """The six symbols on the screen, as somebody types them who has just read them."""
    return screen.locator("#code b").inner_text().lower()


def scanned(page: Page, code: Locator) -> str:
    """The address in a QR code on a page, as a phone that is held before it reads it. News may draw the code anew."""
    expect(code).to_be_visible()
    code.scroll_into_view_if_needed()
    box = code.bounding_box()
    assert box
    seen = page.screenshot(clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]})
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(seen)))
    return found.text
