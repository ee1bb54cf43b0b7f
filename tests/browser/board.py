"""A running board as browser tests use it: its pages, what stands on it, and other people's cards."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Locator, Page
from tests.servers import Installation, Server

SECOND = 1_000
PATIENCE = 60
_NUMBERS = count(1)


@dataclass(frozen=True)
class Board:
    """The board of an installation's event, as a server shows it."""

    home: Installation
    server: Server

    def url(self, path: str = "") -> str:
        """An address under the event's."""
        return f"{self.server.address}/{self.home.event}/{path}"

    def api(self, path: str) -> str:
        """An address of the event's API."""
        return f"{self.server.address}/api/{self.home.event}/{path}"

    def now(self) -> dict[str, Any]:
        """What stands on it now."""
        facts: dict[str, Any] = ask("GET", self.url("board.json")).json()
        return facts

    def cells_of(self, code: str) -> list[str]:
        """The cells that a card holds."""
        (placement,) = [card["placement"] for card in self.now()["cards"] if card["code"] == code]
        return list(placement["cells"]) if placement else []

    def card_at(self, cell: str) -> str:
        """The title of the card that holds a cell; empty if it is free."""
        cards = [card for card in self.now()["cards"] if cell in (card["placement"] or {"cells": []})["cells"]]
        return cards[0]["title"] if cards else ""

    def write(self, title: str, cell: str = "", **words: object) -> str:
        """Somebody else's card; its code."""
        wanted = {"title": title, **({"cell": cell} if cell else {}), **words}
        answer = ask("POST", self.api("cards"), json=wanted, headers={"Idempotency-Key": f"other-{next(_NUMBERS)}"})
        return str(answer.json()["code"])

    def write_mine(self, context: BrowserContext, title: str, cell: str = "", **words: object) -> dict[str, Any]:
        """A card that this browser's device holds: its code and key."""
        wanted = {"title": title, **({"cell": cell} if cell else {}), **words}
        answer = context.request.post(
            self.api("cards"), data=wanted, headers={"Idempotency-Key": f"mine-{next(_NUMBERS)}"}
        )
        assert answer.ok, answer.text()
        card: dict[str, Any] = answer.json()
        return card

    def close(self, cell: str, reason: str) -> None:
        """Staff close a cell."""
        ask("PUT", self.api(f"cells/{cell}/closure"), json={"reason": reason}, headers=self._staff())

    def clear(self) -> None:
        """Staff take everything off the board."""
        for card in self.now()["cards"]:
            if card["stage"] != "withdrawn":
                ask("DELETE", self.api(f"cards/{card['code']}"), headers=self._staff())
        for closure in self.now()["closures"]:
            ask("DELETE", self.api(f"cells/{closure['cell']}/closure"), headers=self._staff())

    def make_staff(self, context: BrowserContext) -> None:
        """Let this browser's device have the organiser's role."""
        assert context.request.post(self.url("staff/"), form={"token": self.home.token}).ok

    def open(self, context: BrowserContext, path: str = "") -> Page:
        """A page with the board on it, once its stream is open."""
        page = context.new_page()
        with page.expect_response(lambda answer: "/live?" in answer.url):
            page.goto(self.url(path))
        return page

    def _staff(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.home.token}"}


def ask(method: str, address: str, **what: Any) -> httpx.Response:
    """What the server answers, which is no error; no certificates are loaded for it, for that takes longer than it."""
    return httpx.request(method, address, verify=False, timeout=30, **what).raise_for_status()


def at(cell: str) -> str:
    """The selector of a cell's element."""
    return f"[id='cell-{cell}']"


def lose_touch(page: Page) -> None:
    """Put the clock of a page forward until it says how old it is."""
    put_forward(page, page.locator("#stale"))


def put_forward(page: Page, shown: Locator) -> None:
    """Put the clock of a page forward until something is shown. What the page asks for is answered, or fails, in real
    time, so that passes too, in small steps."""
    for _ in range(PATIENCE):
        page.clock.run_for(5 * SECOND)
        if shown.is_visible():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{shown} is not shown, however late it gets")
