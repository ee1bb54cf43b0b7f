"""The desk's pages in every state: axe finds nothing, light and dark, phone and desk; nothing sticks out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import unusable, visitor
from tests.browser.hall import Hall, hall
from tests.browser.steps import unfolded, visited
from tests.camp import DAY, ROOMS

WEEKDAY = f"{DAY:%A}"


@dataclass(frozen=True)
class Scene:
    """Two halls, one in which a lot has to be done and one in which nothing has; and the desk of each. (Browsers know
    a server by its name alone, so each has a browser of its own.)"""

    busy: Hall
    calm: Hall
    page: Page
    elsewhere: Page
    settled: int
    open: int


@pytest.fixture(scope="module")
def scene(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with (
        hall(tmp_path_factory.mktemp("busy")) as busy,
        hall(tmp_path_factory.mktemp("calm"), ROOMS[:1]) as calm,
        visitor(browser) as someone,
        visitor(browser) as other,
    ):
        page = someone.new_page()
        busy.make_staff(someone)
        calm.make_staff(other)
        settled = two(busy, page, 9, "hands")
        page.get_by_label("Rust 9", exact=True).fill("17")
        page.get_by_label("Zig 9", exact=True).fill("23")
        page.get_by_role("button", name="These hands went up").click()
        expect(page.locator(".outcome")).to_be_visible()
        running = two(busy, page, 10, "vote")
        two(busy, page, 11, "decision")
        busy.claim("पायथन में मशीन लर्निंग", "Fir", 12, host="मीरा", text="Bring a mat.\nAnd tea.")
        busy.claim("x" * 80, "Ash", 12, host="y" * 80, link="https://example.org/" + "z" * 90)
        busy.report(busy.claim("بايثون للمبتدئين", "Elm", 12, host="مريم"), "Advertising, says somebody at length" * 4)
        busy.close(f"oak@{DAY:%m%d}-1300", "Needed for lunch")
        yield Scene(busy, calm, page, other.new_page(), settled, running)


def two(board: Hall, page: Page, hour: int, method: str) -> int:
    """Two walk-ups contend for Oak at an hour; the number of their contest."""
    page.goto(board.url("desk/enter/?two=1"))
    page.locator("#title").fill(f"Rust {hour}")
    page.locator("#title2").fill(f"Zig {hour}")
    page.get_by_label("How", exact=True).select_option(method)
    page.get_by_label("Voters type the code on the screen").check()
    page.get_by_role("button", name=f"{WEEKDAY} {hour:02}:00–{hour + 1}:00, Oak", exact=True).click()
    expect(page.get_by_role("heading", name="Settle it now")).to_be_visible()
    return int(page.url.partition("/contests/")[2].partition("/")[0])


# The pages, and how one gets there


def _at(path: str) -> Callable[[Scene], Page]:
    return lambda scene: visited(scene.page, scene.busy.url(path.format(open=scene.open, settled=scene.settled)))


def _all_open(path: str) -> Callable[[Scene], Page]:
    return lambda scene: unfolded(_at(path)(scene))


def _nothing(scene: Scene) -> Page:
    scene.elsewhere.goto(scene.calm.url("desk/"))
    expect(scene.elsewhere.locator("#nothing")).to_be_visible()
    return scene.elsewhere


def _told(scene: Scene) -> Page:
    page = _at("desk/")(scene)
    page.locator("#items > li", has_text="Rust 9").get_by_role("button").first.click()
    expect(page.locator("#told .success")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Undone.")
    return page


def _refused(scene: Scene) -> Page:
    page = _at("desk/contests/{open}/")(scene)
    page.get_by_role("button", name="For “Zig 10”").click()
    expect(page.locator("#told .refusal")).to_be_visible()
    return page


def _wrong(scene: Scene) -> Page:
    page = _at("desk/enter/")(scene)
    page.get_by_label("Title").fill("x" * 81)
    page.get_by_role("button", name="Only note it").click()
    expect(page.locator("#errors")).to_be_visible()
    return page


def _entered(scene: Scene) -> Page:
    page = _at("desk/enter/")(scene)
    page.get_by_label("Title").fill("Just come")
    page.get_by_role("button", name="Elsewhere").first.click()
    page.get_by_label("Where is it?").fill("On the lawn")
    page.get_by_role("button", name="Elsewhere").first.click()
    expect(page.locator(".along")).to_be_visible()
    return page


def _door(scene: Scene) -> Page:
    """For somebody whom the busy hall does not know."""
    scene.elsewhere.goto(scene.busy.url("desk/"))
    expect(scene.elsewhere.get_by_role("link", name="I have a staff link")).to_be_visible()
    return scene.elsewhere


PAGES: dict[str, Callable[[Scene], Page]] = {
    "list": _at("desk/"),
    "list, unfolded": _all_open("desk/"),
    "list, Arabic": _all_open("desk/?lang=ar"),
    "nothing": _nothing,
    "told": _told,
    "enter": _all_open("desk/enter/"),
    "enter, for a cell": _at(f"desk/enter/?cell=elm@{DAY:%m%d}-1400"),
    "enter, Arabic": _all_open("desk/enter/?lang=ar"),
    "enter, wrong": _wrong,
    "entered": _entered,
    "two": _all_open("desk/enter/?two=1"),
    "contest": _at("desk/contests/{open}/"),
    "contest, Arabic": _at("desk/contests/{open}/?lang=ar"),
    "contest, settled": _at("desk/contests/{settled}/"),
    "refused": _refused,
    "door": _door,
}


@pytest.mark.parametrize("name", list(PAGES))
def test_everyone_can_use(scene: Scene, name: str) -> None:
    assert unusable(PAGES[name](scene)) == []
