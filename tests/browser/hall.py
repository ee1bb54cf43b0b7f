"""A hall whose desk places the cards, as browser tests use it: its hosts, and somebody who keeps its board."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.board import Board, ask
from tests.camp import ROOMS, cell, event_file, founded
from tests.servers import serving

POLICY = '[policy]\nplacing = "facilitators"\ncompeting = "contest"\ncontest = { method = "vote", minutes = 30 }\n'


@dataclass(frozen=True)
class Hall(Board):
    """Its board. Hosts ask for hours; the desk answers."""

    _reported: list[str] = field(default_factory=list)

    def claim(self, title: str, room: str, hour: int, **words: object) -> str:
        """Another host's card asks for an hour; its code."""
        answer = ask("POST", self.api("cards"), json={"title": title, **words}).json()
        self.ask_for(answer["code"], answer["key"], room, hour)
        return str(answer["code"])

    def ask_for(self, code: str, key: str, room: str, hour: int) -> None:
        """A card asks for an hour."""
        held = {"Authorization": f"Card {key}"}
        ask("POST", self.api(f"cards/{code}/claims"), json={"cell": cell(room, hour)}, headers=held)

    def place(self, title: str, room: str, hour: int) -> str:
        """The desk writes a card and puts it up; its code."""
        wanted = {"title": title, "cell": cell(room, hour)}
        return str(ask("POST", self.api("cards"), json=wanted, headers=self._staff()).json()["code"])

    def report(self, code: str, reason: str) -> None:
        """Somebody reports a card."""
        self._reported.append(code)
        ask("POST", self.api(f"cards/{code}/reports"), json={"what": "abuse", "reason": reason})

    def shield(self, code: str) -> None:
        """Staff hide what a card says."""
        ask("PUT", self.api(f"cards/{code}/shield"), json={"reason": "Read it first"}, headers=self._staff())

    def edit(self, code: str, **words: object) -> None:
        """The desk changes what a card says."""
        seen = {"seen": self.now()["number"]}
        ask("PATCH", self.api(f"cards/{code}"), json={**words, **seen}, headers=self._staff())

    def withdraw(self, code: str) -> None:
        """A card is gone."""
        ask("DELETE", self.api(f"cards/{code}"), headers=self._staff())

    def clear(self) -> None:
        """Staff take everything off the board, and nothing that was told of a card waits for an answer."""
        super().clear()
        for code in self._reported:
            ask("PUT", self.api(f"cards/{code}/approval"), headers=self._staff())
        self._reported.clear()


@contextmanager
def hall(directory: Path, rooms: tuple[str, ...] = ROOMS[:4], days: int = 1) -> Iterator[Hall]:
    """A served hall with a desk."""
    home = founded(directory, event_file(rooms, days) + POLICY, limits="off")
    with serving(home) as (server,):
        yield Hall(home, server)


def at_the_desk(board: Board, context: BrowserContext, path: str = "") -> Page:
    """A page of the desk in the hands of somebody who keeps the board; it is live."""
    board.make_staff(context)
    page = context.new_page()
    page.goto(board.url(f"desk/{path}"))
    expect(page.locator("html.scripted")).to_have_count(1)
    return page
