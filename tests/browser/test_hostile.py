"""What people write stays text: in every field, on every page, in the stream and in the scripts' own lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, expect
from tests.browser.board import Board, at
from tests.browser.chromium import visitor
from tests.camp import HOURS, ROOMS, cell, event_file, founded
from tests.hostile import HOSTILE
from tests.servers import ROOT, serving

LINES = (ROOT / "src/openspaces/examples/cards.txt").read_text(encoding="utf-8").splitlines()
CELLS = [cell(room, hour) for hour in HOURS for room in ROOMS]
ACTIVE = ("script", "attribute", "quotes", "template", "comment", "address", "calendar", "turned round")
"""Those that try to be something else than text."""
OWN_SCRIPT = "script:not([src]):not([type='application/json'], [type='application/ld+json'])"
FOREIGN = f"{OWN_SCRIPT}, img:not(.qr), svg, iframe, style, object, [onerror], [onload], [onfocus]"
WHEN_LATE = 20_000


@dataclass
class Watched:
    """A page, and what must never happen on it: a dialog, an error, anything that the policy had to stop."""

    page: Page
    alarms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._line)
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))

    def assert_calm(self) -> None:
        """Nothing executed, nothing was stopped, and nothing is on the page that our templates do not draw."""
        self.page.wait_for_timeout(100)
        assert (self.alarms, self.page.locator(FOREIGN).count()) == ([], 0)

    def _dialog(self, dialog: Dialog) -> None:
        self.alarms.append(dialog.message)
        dialog.dismiss()

    def _line(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and "the server responded with a status of 4" not in line.text:
            self.alarms.append(line.text)


@pytest.fixture(scope="module")
def camp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("camp"), event_file(), limits="off")
    with serving(home) as (server,):
        yield Board(home, server)


@pytest.fixture(scope="module")
def host(browser: Browser, camp: Board) -> Iterator[BrowserContext]:
    """Somebody who has a hostile card of each kind, in every field of it."""
    with visitor(browser) as someone:
        yield someone


@pytest.fixture(scope="module")
def codes(camp: Board, host: BrowserContext) -> dict[str, str]:
    """The code of each hostile card by the name of its title; they have come by the stream to nobody yet."""
    found = {}
    for (name, words), where in zip(HOSTILE.items(), CELLS, strict=False):
        said = {"text": words, "host": words, "handle": words, "confirm": True}
        found[name] = str(camp.write_mine(host, words, where, **said)["code"])
    camp.write_mine(host, HOSTILE["script"], cell("Elsewhere", 20), where=HOSTILE["attribute"], confirm=True)
    camp.write_mine(host, HOSTILE["attribute"], host=HOSTILE["script"])
    camp.close(cell("Alder", 20), HOSTILE["attribute"])
    return found


@pytest.fixture
def watched(host: BrowserContext) -> Iterator[Watched]:
    """A new page of that person, watched."""
    page = host.new_page()
    yield Watched(page)
    page.close()


def test_the_watch_would_see_what_gets_out_of_its_place(camp: Board, watched: Watched) -> None:
    watched.page.goto(camp.url())
    watched.page.evaluate("words => { document.body.insertAdjacentHTML('beforeend', words); }", HOSTILE["attribute"])
    with pytest.raises(AssertionError, match="Content Security Policy"):
        watched.assert_calm()


# Pages


@pytest.mark.parametrize("path", ["", "now/", f"cells/{CELLS[0]}/", f"cells/{CELLS[-1]}/", "cells/elsewhere@{slot}/"])
def test_pages_of_the_board_show_it_as_text(camp: Board, codes: dict[str, str], watched: Watched, path: str) -> None:
    watched.page.goto(camp.url(path.format(slot=CELLS[-1].partition("@")[2])))
    watched.page.wait_for_load_state("load")
    watched.assert_calm()


def test_a_hostile_card_is_drawn_like_a_harmless_one(camp: Board, codes: dict[str, str], watched: Watched) -> None:
    harmless = camp.write("Knitting", CELLS[-2], host="Ada", handle="@ada", text="Welcome")
    watched.page.goto(camp.url())
    drawn = {name: elements(watched.page, code) for name, code in codes.items()}
    assert elements(watched.page, harmless) == ["b", "h3", "a", "p", "bdi", "bdi"]
    assert drawn == dict.fromkeys(codes, elements(watched.page, harmless))


def elements(page: Page, code: str) -> list[str]:
    """The names of all elements of a card on the board, but for the tools of its host."""
    card = page.locator(f"#board [data-card='{code}'] :not(.own, .own *)")
    return list(card.evaluate_all("all => all.map(each => each.localName)"))


@pytest.mark.parametrize("name", ACTIVE)
def test_pages_of_a_card_show_it_as_text(camp: Board, codes: dict[str, str], watched: Watched, name: str) -> None:
    title = {card["code"]: card["title"] for card in camp.now()["cards"]}[codes[name]]
    for path in ("", "edit/", "edit/?placed=1", "edit/?withdraw=1"):
        watched.page.goto(camp.url(f"cards/{codes[name]}/{path}"))
        assert watched.page.get_by_text(title, exact=True).count() >= 1
    watched.assert_calm()


@pytest.mark.parametrize("name", ACTIVE)
def test_forms_show_it_as_text(camp: Board, codes: dict[str, str], watched: Watched, name: str) -> None:
    """As one types, among cards alike, and again when it comes back with a refusal."""
    page = watched.page
    page.goto(camp.url(f"cells/{CELLS[-3]}/"))
    for label in ("Title", "What is it about? (optional)", "Your name (optional)", "Your handle (optional)"):
        page.get_by_label(label, exact=True).fill(HOSTILE[name].replace("\r", "").replace("\x00", ""))
    page.get_by_label("Link").fill("javascript:alert(1)")
    expect(page.locator(".similar li").first).to_be_visible()
    page.get_by_role("button", name="Put my card on the board").click()
    expect(page.locator("#errors li")).to_have_count(1)
    watched.assert_calm()


def test_links_of_hostile_cards_lead_only_to_the_web_to_mail_and_to_calendars(
    camp: Board, codes: dict[str, str], watched: Watched
) -> None:
    schemes = set()
    for name in ACTIVE:
        watched.page.goto(camp.url(f"cards/{codes[name]}/"))
        links = watched.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
        schemes |= {urlsplit(link).scheme for link in links}
    assert schemes == {"http", "https", "mailto", "webcal"}


# Scripts


def test_the_dialog_that_moves_a_card_shows_it_as_text(camp: Board, codes: dict[str, str], watched: Watched) -> None:
    page = watched.page
    page.goto(camp.url())
    page.locator(f"#board [data-card='{codes['attribute']}'] .own button").click()
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_contain_text("onerror=alert(1)")
    page.get_by_role("dialog").get_by_role("button", name="Leave it where it is").click()
    watched.assert_calm()


def test_what_is_looked_for_is_text_too(camp: Board, codes: dict[str, str], watched: Watched) -> None:
    watched.page.goto(camp.url())
    watched.page.get_by_label("Find a card").fill("<script>alert(1)</script>")
    expect(watched.page.locator("#news")).to_have_text(re.compile(r"^\d+ found$"))
    watched.assert_calm()


def test_the_stream_brings_it_as_text(browser: Browser, camp: Board, codes: dict[str, str]) -> None:
    """Every title of both lists, while the board is open."""
    free = [each for each in CELLS if not camp.card_at(each)]
    with visitor(browser) as reader:
        watched = Watched(camp.open(reader))
        cells = dict(zip(free, [*HOSTILE.values(), *LINES], strict=False))
        written = {where: camp.write(words, where, host=words) for where, words in cells.items()}
        titles = {card["code"]: card["title"] for card in camp.now()["cards"]}
        last = list(written)[-1]
        expect(watched.page.locator(f"{at(last)} h3")).to_have_text(titles[written[last]], timeout=WHEN_LATE)
        shown = {where: watched.page.locator(f"{at(where)} h3").text_content() for where in written}
        assert shown == {where: titles[code] for where, code in written.items()}
        watched.assert_calm()
