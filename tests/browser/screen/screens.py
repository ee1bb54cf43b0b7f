"""The big screen as its tests look at it: machines with large screens, and clocks that say what a test wants."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Locator, Page
from tests.browser.board import Board, ask
from tests.camp import DAY
from tests.servers import Installation

HD = {"width": 1920, "height": 1080}
MANY = tuple(f"Hall {number}" for number in range(1, 41))
NOON = time(12)
PUBLIC = "https://board.example"


@dataclass(frozen=True)
class Public(Installation):
    """An installation that knows its public address, for what can be scanned."""

    def environment(self) -> dict[str, str]:
        """The same, with that address."""
        return super().environment() | {"OPENSPACES_URL": PUBLIC}


def at(clock: time, day: int = 0) -> datetime:
    """A moment by the camp's clocks."""
    return datetime.combine(DAY + timedelta(days=day), clock, ZoneInfo("Europe/Berlin")).astimezone(UTC)


def open_at(machine: BrowserContext, board: Board, moment: datetime, query: str = "") -> Page:
    """The screen when its machine's clock says so; it is not told that the server's clock says otherwise."""
    page = machine.new_page()
    page.clock.install(time=moment)
    page.add_init_script(NO_DATE)
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(board.url(f"screen/{query}"))
    return page


NO_DATE = """{
  const get = Headers.prototype.get;
  Headers.prototype.get = function (name) { return name === "date" ? null : get.call(this, name); };
}"""


def row(page: Page, room: str) -> Locator:
    """The row of a room."""
    return page.locator(f"#rows [data-key^='{room.lower()}.']")


def staff(board: Board, does: str, path: str, /, **said: Any) -> Any:
    """What the API answers to somebody of the staff."""
    headers = {"Authorization": f"Bearer {board.home.token}"}
    return ask(does, board.api(path), json=said or None, headers=headers).json()
