"""The pages of hosts and voters in every state: axe finds nothing, light or dark, wide or narrow; all of it fits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.board import Board, ask
from tests.browser.chromium import unusable, visitor
from tests.browser.forum import asks, contest, put_up, settle
from tests.browser.steps import from_the_right, visited
from tests.camp import ROOMS, cell, event_file, founded
from tests.servers import serving

NOW = datetime.now(ZoneInfo("Europe/Berlin"))
RUNNING = f"oak@{NOW:%m%d}-{NOW:%H}00"
TODAY = f'[[days]]\ndate = {NOW.date()}\nslots = "00:00-30:00/60"\n'
POLICY = '[policy]\nplacing = "facilitators"\ncompeting = "contest"\n'
VOTE = 'contest = { method = "vote", minutes = 30, presence = true }\n'
LONG = "पायथन में मशीन लर्निंग: शुरुआत कैसे करें " + "x" * 30


@dataclass(frozen=True)
class Scene:
    """A board on which a bit of everything waits; Ada, whom it concerns, and somebody who passes by."""

    board: Board
    ada: Page
    voter: Page
    codes: dict[str, str] = field(default_factory=dict)
    contests: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = founded(tmp_path_factory.mktemp("forum"), event_file(ROOMS[:4]) + TODAY + POLICY + VOTE, limits="off")
    with (
        serving(home) as (server,),
        visitor(browser) as ada,
        visitor(browser) as bob,
        visitor(browser) as voter,
    ):
        scene = Scene(Board(home, server), ada.new_page(), voter.new_page())
        contend(scene, ada, bob)
        place(scene, ada, bob)
        yield scene


def contend(scene: Scene, ada: BrowserContext, bob: BrowserContext) -> None:
    """A contest that a lot settled, one that Ada lost, and one that is open."""
    board = scene.board
    for hour, name in ((10, "drawn"), (11, "lost"), (12, "open")):
        scene.codes[name] = asks(board, ada, f"Chess at {hour}", "Elm", hour, host="Ada", text="Fast games")
        other = asks(board, bob, LONG, "Elm", hour, host="बॉब", text="हम साथ में सीखेंगे।", contend="1")
        scene.contests[name] = str(contest(board)["id"])
        if name == "drawn":
            settle(board, method="lot", reason="As was told before")
        if name == "lost":
            settle(board, winner=other, reason="Both agreed")


def place(scene: Scene, ada: BrowserContext, bob: BrowserContext) -> None:
    """A claim, a card that runs now, and one whose host is asked for something; its own host asks too."""
    board = scene.board
    scene.codes["claimed"] = asks(board, ada, "Juggling", "Fir", 13)
    for name, where in (("running", RUNNING), ("placed", cell("Ash", 14))):
        scene.codes[name] = board.write_mine(ada, f"Go, {name}")["code"]
        put_up(board, scene.codes[name], where, slots=3)
    scene.codes["other"] = board.write_mine(bob, LONG, host="Bob")["code"]
    put_up(board, scene.codes["other"], cell("Fir", 18))
    words = {"title": LONG, "text": "Both of it"}
    ask_for(scene, bob, "other", "placed", deal="merge", **words)
    ask_for(scene, ada, "placed", "other", deal="swap")


def ask_for(scene: Scene, who: BrowserContext, mine: str, other: str, **what: str) -> None:
    address = scene.board.url(f"cards/{scene.codes[mine]}/deals/")
    assert who.request.post(address, form={"with": scene.codes[other], **what}).ok


# The pages, and how one gets there


def _ada(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.ada, scene.board.url(path.format(**scene.codes, contests=scene.contests)))


def _voter(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.voter, scene.board.url(path.format(**scene.codes, contests=scene.contests)))


def _in_arabic(path: str) -> Callable[[Scene], Page]:
    return lambda scene: from_the_right(_voter(f"{path}?lang=ar")(scene))


def _lost(scene: Scene) -> Page:
    """Somebody else asks first while the form is open."""
    page = _voter(f"cells/{cell('Oak', 16)}/")(scene)
    page.get_by_label("Title").fill("Too late")
    scene.codes["faster"] = asks(scene.board, scene.ada.context, "Faster", "Oak", 16, confirmed="1")
    page.get_by_role("button", name="Ask for this hour").click()
    expect(page.locator("#lost .offers").first).to_be_visible()
    return page


def _wrong_symbols(scene: Scene) -> Page:
    page = _voter("contests/{contests[open]}/")(scene)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("The six symbols on the screen").fill("WRONG1")
    page.get_by_role("button", name="Cast my ballot").click()
    expect(page.locator("#symbols-wrong")).to_be_visible()
    return page


def _voted(scene: Scene) -> Page:
    staff = {"Authorization": f"Bearer {scene.board.home.token}"}
    code = ask("GET", scene.board.url("screen/code"), headers=staff).json()["code"]
    page = _wrong_symbols(scene)
    page.get_by_label("The six symbols on the screen").fill(code)
    page.get_by_role("button", name="Cast my ballot").click()
    expect(page.locator(".success")).to_be_visible()
    return page


def _unfolded(scene: Scene) -> Page:
    page = _voter("contests/{contests[open]}/")(scene)
    page.locator(".lot summary").click()
    return page


def _no_reason(scene: Scene) -> Page:
    page = _voter("cards/{placed}/report/")(scene)
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("#errors")).to_be_visible()
    return page


def _wrong_words(scene: Scene) -> Page:
    page = _ada("cards/{placed}/deals/?deal=merge&with={other}")(scene)
    page.get_by_label("Title").fill("x" * 81)
    page.get_by_role("button", name="Ask to make it one card").click()
    expect(page.locator("#title-wrong")).to_be_visible()
    return page


def _bar(scene: Scene) -> Page:
    page = _ada("")(scene)
    expect(page.locator(".needs-me")).to_be_visible()
    return page


PAGES: dict[str, Callable[[Scene], Page]] = {
    "an hour to ask for": _voter(f"cells/{cell('Oak', 9)}/"),
    "an hour that others ask for": _voter(f"cells/{cell('Fir', 13)}/"),
    "a contested hour": _voter(f"cells/{cell('Elm', 12)}/"),
    "a contested hour, all the same": _voter(f"cells/{cell('Elm', 12)}/?ask=1"),
    "an hour, with cards of mine": _ada(f"cells/{cell('Oak', 9)}/"),
    "somebody asked first": _lost,
    "an open contest": _voter("contests/{contests[open]}/"),
    "an open contest, right to left": _in_arabic("contests/{contests[open]}/"),
    "an open contest of mine": _ada("contests/{contests[open]}/"),
    "how a lot could be checked": _unfolded,
    "wrong symbols": _wrong_symbols,
    "a ballot that counts": _voted,
    "a lot that was drawn": _voter("contests/{contests[drawn]}/"),
    "a contest that I lost": _ada("contests/{contests[lost]}/"),
    "my card, asked for": _ada("cards/{claimed}/edit/?claimed=1"),
    "my card, lost": _ada("cards/{lost}/edit/"),
    "my card, contested": _ada("cards/{open}/edit/"),
    "my card, running": _ada("cards/{running}/edit/"),
    "my card, asked for a deal": _ada("cards/{placed}/edit/"),
    "change places with which card": _ada("cards/{placed}/deals/?deal=swap"),
    "change places": _ada("cards/{placed}/deals/?deal=swap&with={other}"),
    "no such swap": _ada("cards/{claimed}/deals/?deal=swap&with={other}"),
    "one card with which other": _ada("cards/{open}/deals/?deal=merge&q=nothing"),
    "one card of two": _ada("cards/{placed}/deals/?deal=merge&with={other}"),
    "wrong words for one card": _wrong_words,
    "the bar on the board": _bar,
    "a card that runs": _voter("cards/{running}/"),
    "a report": _voter("cards/{placed}/report/"),
    "a report without a reason": _no_reason,
    "thanks for a report": _voter("cards/{placed}/report/?thanks=1"),
    "nobody here": _voter("cards/{running}/nobody-here/"),
    "nobody here, too early": _voter("cards/{placed}/nobody-here/"),
    "thanks for looking": _voter("cards/{running}/nobody-here/?thanks=1"),
}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []
