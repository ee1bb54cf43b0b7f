"""Story 10. In the evening the organiser downloads the day as a workbook and as a PDF, reads what was full and what was
empty, and opens Sunday's board."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook
from tests.browser.board import Board, ask
from tests.camp import SLUG, founded
from tests.servers import run

EVENING = 19


def here_it_is_evening() -> tuple[str, datetime]:
    """A zone where it is seven o'clock in the evening now, and the time there."""
    now = datetime.now(UTC)
    offset = (EVENING - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-offset:+d}", now + timedelta(hours=offset)


ZONE, LOCAL = here_it_is_evening()
SATURDAY, SUNDAY = LOCAL.date(), LOCAL.date() + timedelta(days=1)
NOW, TOMORROW = f"{SATURDAY:%m%d}-1900", f"{SUNDAY:%m%d}-1000"
FILE = f"""
slug = "{SLUG}"
name = "The conference"
timezone = "{ZONE}"
[[rooms]]
key = "oak"
name = "Oak"
[[rooms]]
key = "elm"
name = "Elm"
[[days]]
date = {SATURDAY}
slots = "13:00-22:00/180"
[[days]]
date = {SUNDAY}
slots = "10:00-12:00/60"
opens = {SUNDAY}T08:00:00
"""


@pytest.fixture(scope="module")
def conference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    home = founded(tmp_path_factory.mktemp("conference"), FILE, limits="off")
    server = run(home)
    yield Board(home, server)
    server.stop()


@pytest.fixture
def organiser(conference: Board) -> Iterator[httpx.Client]:
    """The organiser's laptop, on which the organiser's link was opened."""
    home = conference.home
    link = home.plan(home.data.parent / f"{SLUG}.toml")["organiser_link"]
    with httpx.Client(base_url=conference.url(), timeout=30, follow_redirects=True) as client:
        client.post("staff/", data={"token": link.partition("#")[2]}).raise_for_status()
        yield client


def test_the_day_is_kept_and_sunday_opens(conference: Board, organiser: httpx.Client) -> None:
    card = ask("POST", conference.api("cards"), json={"title": "Chess", "cell": f"oak@{NOW}"}).json()
    held = {"Authorization": f"Card {card['key']}"}
    ask("PUT", conference.api(f"cards/{card['code']}/full"), headers=held)

    book = CalamineWorkbook.from_filelike(BytesIO(organiser.get("board.xlsx").raise_for_status().content))
    day, _sunday, cards, use = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[:3] for row in day if str(row[0]).startswith("19:00")] == [["19:00–22:00", "Chess\nRoom full", ""]]
    assert [row[cards[0].index("Title")] for row in cards[1:]] == ["Chess"]
    assert taken_and_full(use) == {"Oak": (1, 1), "Elm": (0, 0)}

    saturday = organiser.get("board.pdf", params={"day": SATURDAY.isoformat()}).raise_for_status().content
    assert saturday.startswith(b"%PDF-")

    wanted = {"title": "Go", "cell": f"oak@{TOMORROW}"}
    refused = httpx.post(conference.api("cards"), json=wanted)
    assert (refused.status_code, refused.json()["refusal"]) == (409, "not-open-yet")
    open_sunday(organiser)
    assert httpx.post(conference.api("cards"), json=wanted).status_code == 201
    assert conference.card_at(f"oak@{TOMORROW}") == "Go"
    assert conference.home.check() == 0


def taken_and_full(use: list[list[Any]]) -> dict[str, tuple[int, int]]:
    """How many hours of Saturday each room was taken, and how many it was full."""
    of = {name: column for column, name in enumerate(use[0])}
    saturday = [row for row in use[1:] if row[of["Day"]] == SATURDAY and row[of["Room"]] in ("Oak", "Elm")]
    return {row[of["Room"]]: (row[of["Taken"]], row[of["Room full"]]) for row in saturday}


def open_sunday(organiser: httpx.Client) -> None:
    """Press the button under Sunday's grid."""
    page = organiser.get("desk/rooms/", params={"day": SUNDAY.isoformat()}).text
    assert re.search(r'<button class="button" name="do" value="open">Open sign-up now</button>', page)
    organiser.post("desk/rooms/", data={"do": "open", "day": SUNDAY.isoformat()}).raise_for_status()
