"""The pages of what comes before the board, in every state: axe finds nothing, light or dark, wide or narrow; all of it
fits, and what one touches is as large as a fingertip."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import unusable, visitor
from tests.browser.steps import from_the_right, visited
from tests.camp import DAY, ROOMS, cell, event_file, founded
from tests.servers import serving

NOW = datetime.now(ZoneInfo("Europe/Berlin"))
TODAY = f'[[days]]\ndate = {NOW.date()}\nslots = "00:00-30:00/60"\n'
LONG = "पायथन में मशीन लर्निंग: शुरुआत कैसे करें " + "x" * 30
WISH = f"{DAY:%B} {DAY.day}, Oak from 2pm - 4pm"


@dataclass(frozen=True)
class Scene:
    """Ideas and announced sessions; Ada, who hosts some, and somebody who passes by."""

    board: Board
    ada: Page
    fan: Page
    codes: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = founded(tmp_path_factory.mktemp("ideas"), event_file(ROOMS[:4]) + TODAY, limits="off")
    with serving(home) as (server,), visitor(browser) as ada, visitor(browser) as fan:
        scene = Scene(Board(home, server), ada.new_page(), fan.new_page())
        fill(scene)
        yield scene


def fill(scene: Scene) -> None:
    ada, fan, api = scene.ada.context.request, scene.fan.context.request, scene.board.api
    for name, title in (("idea", LONG), ("short", "Git"), ("arabic", "مقدمة إلى بايثون للمبتدئين")):
        answer = fan.post(api("ideas"), data={"title": title, "text": "What works, what does not. " * 8})
        scene.codes[name] = answer.json()["code"]
    for name, wish in (("planned", WISH), ("today", f"{NOW:%B} {NOW.day}, Elm"), ("open", "")):
        session = {"title": f"{LONG} {name}"[:80], "host": "Ada Lovelace", "wish": wish}
        scene.codes[name] = ada.post(api("planned"), data=session).json()["code"]
    scene.codes["placed"] = scene.board.write("Chess", cell("Oak", 14))
    for code in scene.codes.values():
        assert fan.put(api(f"cards/{code}/star")).ok
        assert fan.put(api(f"cards/{code}/offer"), data={"name": "Grace", "handle": "@grace"}).ok


# The pages, and how one gets there


def _ada(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.ada, scene.board.url(path.format(**scene.codes)))


def _fan(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.fan, scene.board.url(path.format(**scene.codes)))


def _starred(path: str) -> Callable[[Scene], Page]:
    def go(scene: Scene) -> Page:
        page = _fan(path)(scene)
        expect(page.locator(".star[aria-pressed=true]").first).to_be_visible()
        expect(page.locator(".stars:visible").first).to_be_visible()
        return page

    return go


def _in_arabic(path: str) -> Callable[[Scene], Page]:
    return lambda scene: from_the_right(_starred(f"{path}?lang=ar")(scene))


def _alike(scene: Scene) -> Page:
    page = _fan("ideas/")(scene)
    page.get_by_label("Somebody should…").fill("Git")
    expect(page.locator(".similar li")).to_have_count(1)
    return page


def _nobody(scene: Scene) -> Page:
    page = _fan("cards/{short}/take-up/")(scene)
    page.get_by_label("Your name").fill("x" * 81)
    page.get_by_role("button", name="Take it up").click()
    expect(page.locator("#errors")).to_be_visible()
    return page


def _understood(scene: Scene) -> Page:
    page = _fan("planned/new/")(scene)
    page.get_by_label("When and where would you like it?").fill(WISH)
    expect(page.locator(".understood")).to_contain_text("14:00–16:00, Oak.")
    return page


def _bar(scene: Scene) -> Page:
    page = _ada("")(scene)
    expect(page.locator(".needs-me form")).to_be_visible()
    return page


def _at_the_desk(scene: Scene) -> Page:
    scene.board.make_staff(scene.ada.context)
    page = _ada("ideas/")(scene)
    expect(page.locator(".own a").first).to_be_visible()
    return page


PAGES: dict[str, Callable[[Scene], Page]] = {
    "ideas": _starred("ideas/"),
    "ideas, right to left": _in_arabic("ideas/"),
    "ideas like mine": _alike,
    "announced sessions": _starred("planned/"),
    "the board with stars": _starred(""),
    "an idea": _starred("cards/{idea}/"),
    "an announced session": _starred("cards/{planned}/"),
    "I would come": _fan("cards/{idea}/star/"),
    "take it up": _ada("cards/{idea}/take-up/"),
    "nobody takes it up": _nobody,
    "it has a host": _fan("cards/{planned}/take-up/"),
    "co-host": _ada("cards/{idea}/co-host/"),
    "co-host, offered": _fan("cards/{idea}/co-host/"),
    "co-host, thanks": _fan("cards/{idea}/co-host/?thanks=1"),
    "announce a session": _understood,
    "my announced session": _ada("cards/{planned}/edit/?planned=1"),
    "my announced session, and who would host it too": _ada("cards/{planned}/edit/"),
    "my session, today": _ada("cards/{today}/edit/"),
    "the bar with one tap": _bar,
    "ideas, for staff": _at_the_desk,
}


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []
