"""Hosts who want one cell, their voters, and what the desk does meanwhile, as browser tests use them."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.board import Board, ask
from tests.camp import cell

AGES = 20_000
"""Milliseconds that are longer than a page waits until it asks again."""


def asks(board: Board, who: BrowserContext, title: str, room: str, hour: int, **more: str) -> str:
    """A host sends the form of a cell, without a page; the code of the card."""
    return asks_for(board, who, title, cell(room, hour), **more)


def asks_for(board: Board, who: BrowserContext, title: str, wanted: str, **more: str) -> str:
    """The same for a cell of any event."""
    sent = who.request.post(board.url(f"cells/{wanted}/"), form={"title": title, **more})
    assert sent.ok, sent.text()
    return sent.url.split("/")[5]


def contended(board: Board, one: BrowserContext, other: BrowserContext, room: str = "Elm") -> tuple[str, str]:
    """Two hosts contend for a room at eleven with Chess and Poker; the codes of the cards."""
    first = asks(board, one, "Chess", room, 11, host="Ada", text="Fast games")
    return first, asks(board, other, "Poker", room, 11, host="Bob", text="Cards", contend="1")


def contest(board: Board) -> dict[str, Any]:
    """The last contest as everyone may read it."""
    found: list[dict[str, Any]] = ask("GET", board.api("contests")).json()
    return max(found, key=lambda each: int(each["id"]))


def settle(board: Board, **how: str) -> None:
    """The desk counts, or settles it as `how` says."""
    staff = {"Authorization": f"Bearer {board.home.token}"}
    said = {"reason": "Counted", **how}
    ask("POST", board.api(f"contests/{contest(board)['id']}/settlement"), json=said, headers=staff)


def its_time_is_over(board: Board) -> None:
    """All the minutes of the last contest have passed, and nobody but the clock of the server does anything."""
    board.home.ask("hasten", board.home.event, str(contest(board)["id"]))


def put_up(board: Board, code: str, where: str, slots: int = 1) -> None:
    """The desk puts a card up."""
    staff = {"Authorization": f"Bearer {board.home.token}"}
    ask("PUT", board.api(f"cards/{code}/placement"), json={"cell": where, "slots": slots}, headers=staff)


def vote(page: Page, *titles: str, code: str = "") -> None:
    """Tick these cards and none of the others, type the code of the screen if there is one, and cast the ballot."""
    for box in page.get_by_role("checkbox").all():
        box.set_checked(False)
    for title in titles:
        page.get_by_role("checkbox", name=title, exact=True).check()
    if code:
        page.get_by_label("The six symbols on the screen").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="my ballot").click()
    expect(page.locator(".success")).to_contain_text("Your ballot counts.")


def need(page: Page, kind: str) -> Locator:
    """What a card's page says that its host has to know."""
    return page.locator(f"[data-need={kind}]")


def held(page: Page) -> Page:
    """A page whose clock the test moves."""
    page.clock.install()
    return page
