"""Story 11. A teacher writes a file of fifteen lines, and is running; nothing asks for a network but the school's."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import httpx
import pytest
import zxingcpp
from django.conf import LazySettings
from PIL import Image
from playwright.sync_api import Browser, expect
from tests.browser.board import SECOND, at
from tests.browser.chromium import PHONE, visitor
from tests.camp import DAY
from tests.outlets.sheets import sizes
from tests.servers import ROOT, Installation, Server, run

from openspaces.board.paper import paper_code

SLUG = "barcamp"
CELL = f"oak@{DAY:%m%d}-1000"
NO_NETWORK = Path(__file__).parent / "no_network"


@dataclass(frozen=True)
class AtSchool(Installation):
    """A laptop from which nothing reaches another machine."""

    def environment(self) -> dict[str, str]:
        usual = super().environment()
        return usual | {"PYTHONPATH": f"{NO_NETWORK}:{usual['PYTHONPATH']}"}


@dataclass(frozen=True)
class School:
    """What the teacher has after five minutes: a running server, and what `openspaces new` printed."""

    server: Server
    told: str
    data: Path

    def url(self, path: str = "") -> str:
        return f"{self.server.address}/{SLUG}/{path}"

    @property
    def organisers_link(self) -> str:
        """As printed, with the port of this test; a teacher lets the program have its usual one."""
        printed = re.findall(r"http://127\.0\.0\.1:8000(/\S+#\S+)", self.told)
        assert len(printed) == 1, self.told
        return self.server.address + str(printed[0])


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    directory = tmp_path_factory.mktemp("school")
    home = AtSchool(directory / "data", event=SLUG, limits="on")
    file = directory / "school.toml"
    file.write_text(the_file_of_the_docs(), encoding="utf-8")
    told = home.program("new", str(file)).stdout.decode()
    server = run(home)
    yield School(server, told, home.data)
    server.stop()


def the_file_of_the_docs() -> str:
    """The file that the docs show to organisers, for a day to come."""
    docs = (ROOT / "docs" / "organiser.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", docs, re.DOTALL)
    return re.sub(r"date = \S+", f"date = {DAY}", shown)


def test_nothing_reaches_another_machine_from_this_laptop() -> None:
    asks = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run([sys.executable, "-c", asks], env=AtSchool(NO_NETWORK).environment(), stderr=subprocess.PIPE)
    assert done.stderr.splitlines()[-1] == b"OSError: [Errno 101] Network is unreachable"


def test_the_file_has_at_most_fifteen_lines() -> None:
    assert len([line for line in the_file_of_the_docs().splitlines() if line]) <= 15


def test_the_organisers_link_gives_the_role(school: School, browser: Browser) -> None:
    with visitor(browser, viewport=PHONE) as phone:
        page = phone.new_page()
        page.goto(school.organisers_link)
        expect(page.get_by_role("heading", name="You are organiser here")).to_be_visible()
        assert (page.url, phone.request.get(school.url("me")).json()["role"]) == (school.url("staff/"), "organiser")


def test_nothing_is_fetched_from_elsewhere(school: School, browser: Browser) -> None:
    with visitor(browser) as teacher:
        asked: set[str] = set()
        page = teacher.new_page()
        page.on("request", lambda request: asked.add(re.sub(r"(?<=\d)/.*", "", request.url)))
        for path in ("", "now/", f"cells/{CELL}/", "staff/", "print/"):
            page.goto(school.url(path))
            page.wait_for_load_state("load")
        assert asked == {school.server.address}


def test_a_class_can_put_a_card_up_and_the_wall_shows_it(school: School, browser: Browser) -> None:
    with visitor(browser) as wall, visitor(browser, viewport=PHONE) as pupil:
        screen, page = wall.new_page(), pupil.new_page()
        with screen.expect_response(lambda answer: "/live?" in answer.url):
            screen.goto(school.url())
        page.goto(school.url(f"cells/{CELL}/"))
        page.get_by_label("Title").fill("Turtles and robots")
        page.get_by_role("button", name="Put my card on the board").click()
        expect(screen.locator(f"{at(CELL)} h3")).to_have_text("Turtles and robots", timeout=SECOND)


def test_blank_cards_and_a_poster_are_printed_and_what_is_written_on_paper_is_on_the_board(
    school: School, browser: Browser, settings: LazySettings
) -> None:
    cards, poster = (httpx.get(school.url(f"print/{what}"), timeout=30) for what in ("cards.pdf?n=8", "poster.pdf"))
    assert [(paper.status_code, len(sizes(paper.content))) for paper in (cards, poster)] == [(200, 2), (200, 1)]
    settings.SECRET_KEY = (school.data / "secret").read_text().strip()
    first_sheet = school.url(f"cards/new/?paper={paper_code(SLUG, 1)}")
    with visitor(browser, viewport=PHONE) as pupil, visitor(browser, viewport=PHONE) as other:
        page, later = pupil.new_page(), other.new_page()
        page.goto(first_sheet)
        page.get_by_label("Title").fill("Paper planes")
        page.get_by_role("button", name="Keep my card").click()
        expect(page.get_by_text("Your card is planned.")).to_be_visible()
        later.goto(first_sheet)
        expect(later).to_have_url(school.url(f"cards/{paper_code(SLUG, 1)}/"))
        expect(later.get_by_role("heading", name="Paper planes")).to_be_visible()


def test_the_board_prints_and_its_code_leads_to_the_page(school: School) -> None:
    paper = httpx.get(school.url("board.pdf"), timeout=30)
    assert (paper.status_code, paper.headers["content-type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    picture = Image.open(BytesIO(httpx.get(school.url("board.png?w=1920"), timeout=30).content))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [school.url()]
