"""Story 5, whole. Somebody mails the line of PyCon US's page to the board. A facilitator's tap lists it, marked as no
booking. The answer's link opens it, corrects it, puts it on the board on the morning of its day, and withdraws it."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.board import Board
from tests.browser.chromium import phone, visitor
from tests.browser.hall import at_the_desk
from tests.camp import SLUG, founded
from tests.intake.mail.letters import LINE, letter
from tests.mailbox import Mailbox, mailbox
from tests.servers import Installation, free_port, run
from tests.stories.test_the_morning_of_the_day import AT_19, FILE, LOCAL

TITLE = "Open Teams Incubator"
WISH = f"{LOCAL:%B} {LOCAL.day}, Room 250DE from 7pm - 8pm"
TEXT = LINE.partition(f"{TITLE} ")[2]
TEAMS = "teams@example.org"
LETTER = letter(
    LINE.replace("April 29, Room 250DE from 7pm - 8pm", WISH), "Planned Open Space", f"Open Teams <{TEAMS}>"
)


@dataclass(frozen=True)
class WithMail(Installation):
    """An installation that hands its mail over on a port of this machine."""

    port: int = 0

    def environment(self) -> dict[str, str]:
        return super().environment() | {"OPENSPACES_SMTP": f"smtp://127.0.0.1:{self.port}"}


@dataclass(frozen=True)
class Conference:
    """The board, the port where it takes mail, and the box of those who wrote."""

    board: Board
    port: int
    box: Mailbox


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Conference]:
    directory: Path = tmp_path_factory.mktemp("conference")
    bare = founded(directory, FILE)
    with mailbox() as (box, out):
        home = WithMail(bare.data, token=bare.token, event=bare.event, limits=bare.limits, port=out)
        server = run(home, "--smtp", str(port := free_port()))
        try:
            yield Conference(Board(home, server), port, box)
        finally:
            server.stop()


def test_a_letter_is_listed_corrected_placed_by_its_host_and_withdrawn(
    conference: Conference, browser: Browser
) -> None:
    board = conference.board
    with smtplib.SMTP("127.0.0.1", conference.port) as server:
        assert server.sendmail(TEAMS, [f"{SLUG}@board.example"], LETTER) == {}
    link = the_link_in(conference.box)
    with visitor(browser) as facilitator, phone(browser) as host:
        approve(at_the_desk(board, facilitator))
        (card,) = board.now()["cards"]
        assert (card["title"], card["host"], card["text"], card["stage"], card["placement"]) == (
            TITLE,
            "Open Teams",
            TEXT,
            "planned",
            None,
        )
        page = host.new_page()
        assert_it_is_listed(page, board, TEXT)

        page.goto(link)
        correct(page, "Bring a laptop.")
        assert_it_is_listed(page, board, "Bring a laptop.")
        assert board.card_at(AT_19) == ""

        put_it_on_the_board(page, board)
        assert board.card_at(AT_19) == TITLE
        withdraw(page, link)
        assert board.card_at(AT_19) == ""
    answers = [letter for letter in conference.box.letters if letter["Auto-Submitted"] == "auto-replied"]
    assert len(answers) == 1
    assert board.home.check() == 0


# What they do


def the_link_in(box: Mailbox) -> str:
    """The answer lies in the sender's box: it says what was understood, that nothing is booked, and has a link."""
    answer = box.last()
    assert (answer["X-Was-For"], answer["Subject"]) == (TEAMS, "Re: Planned Open Space")
    part = answer.get_body(("plain",))
    assert part is not None
    lines = str(part.get_content()).splitlines()
    assert "Nothing is booked: on the day, put your card on the board with the link below." in lines
    assert [line for line in lines if line.endswith("19:00–20:00, Room 250DE.")] != []
    (link,) = [line for line in lines if re.match(r"http://127\.0\.0\.1:\d+/camp/cards/\w{6}/edit/#", line)]
    return link


def approve(desk: Page) -> None:
    """The facilitator reads what waits, with what was understood of it, and one tap lists it."""
    item = desk.locator("#items > li")
    expect(item.locator("h2")).to_have_text(["A session that came by mail waits until somebody has read it."])
    expect(item).to_contain_text(f"Wish: “{WISH}”")
    item.get_by_role("button", name="It may stand").click()
    listed = f"“{TITLE}” by Open Teams is planned for today and has no place yet."
    expect(item.locator("h2")).to_have_text([listed])


def assert_it_is_listed(page: Page, board: Board, text: str) -> None:
    """Everybody reads it on the list, marked as no booking."""
    page.goto(board.url("planned/"))
    (listed,) = page.locator("#planned > li").all()
    expect(listed).to_contain_text(TITLE)
    expect(listed).to_contain_text(text)
    expect(listed).to_contain_text("no room yet")


def correct(page: Page, text: str) -> None:
    """The link opened the card; its host writes other words."""
    page.get_by_label("What is it about").fill(text)
    page.get_by_role("button", name="Save the words").tap()
    expect(page.locator(".success")).to_be_visible()


def put_it_on_the_board(page: Page, board: Board) -> None:
    """On the morning of its day one button stands on the board."""
    page.goto(board.url())
    page.locator(".needs-me").get_by_role("button", name="Take Room 250DE 19:00–20:00").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("19:00–20:00, Room 250DE.")


def withdraw(page: Page, link: str) -> None:
    """The same link, later."""
    page.goto("about:blank")
    page.goto(link)
    page.get_by_role("link", name="Withdraw it…").tap()
    page.get_by_role("button", name="Yes, withdraw it").tap()
    expect(page.locator(".notice")).to_have_text("This card was withdrawn: it will not take place.")
