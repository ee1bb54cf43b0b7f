"""An organiser brings in cards and the main programme at the desk: looks first, then plays, and loses nothing typed."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient
from tests.drawing import EVE, EVENT
from tests.intake.desk import Sheet, with_role
from tests.intake.event import DRAWN, Visitor, furnish, now, titled, titles
from tests.intake.programme import making
from tests.intake.programme.making import as_json
from tests.intake.programme.serving import Page, Site, site

from openspaces.board.audit import differences
from openspaces.board.vocabulary import Stage
from openspaces.intake.bringing import kept, opening
from openspaces.intake.programme.refreshing import Refresher
from openspaces.intake.web.desk import import_playing
from openspaces.lib.addresses import networks
from openspaces.people.who import Role

CARDS = """Titel;Wer;Tag;Uhrzeit;Raum;E-Mail
Chess;Cy;Saturday;9:00;Fir;c@example.org
;Bo;;;;
Somebody should sing;;;;;
"""


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish(DRAWN)


@pytest.fixture
def web(settings: LazySettings) -> Iterator[Site]:
    settings.FETCH_FROM = networks("127.0.0.1")
    with site() as made:
        made.pages["/schedule.json"] = Page(as_json(making.schedule_json()))
        yield made


def desk(role: Role = Role.ORGANISER) -> Sheet:
    return Sheet(with_role(role), "desk/import/")


def file(text: str | bytes, name: str = "cards.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def shown(sheet: Sheet) -> list[str]:
    """The cards that would be written, as the page tells them."""
    return sheet.texts("section/ul[@class='rows']/li")


def chosen(sheet: Sheet) -> dict[str, str]:
    """What each field is read from."""
    return {
        each.attrib["name"].removeprefix("column-"): (each.find("option[@selected]").text or "")  # type: ignore[union-attr]
        for each in sheet.all("select")
        if each.find("option[@selected]") is not None
    }


# Cards


def test_a_sheet_is_looked_at_and_nothing_is_written_yet() -> None:
    before = now().number
    sheet = desk().send(file=file(CARDS), do="look")
    assert sheet.texts("h1") == ["3 rows in cards.csv"]
    assert chosen(sheet) == {
        "title": "A “Titel”",
        "host": "B “Wer”",
        "day": "C “Tag”",
        "time": "D “Uhrzeit”",
        "room": "E “Raum”",
    }
    assert shown(sheet) == [
        "Chess Cy Row 2 · planned · Saturday, 9:00, Fir = Saturday 09:00–10:00, Fir",
        "Somebody should sing Row 4 · an idea",
    ]
    assert sheet.texts("ul[@class='states bad']/li") == [
        "Row 3, column A “Titel”: Write a title: a few words that say what it is about."
    ]
    assert now().number == before


def test_what_was_looked_at_is_written_and_a_second_time_nothing_is_doubled() -> None:
    sheet = desk().send(file=file(CARDS), do="look").press("Write 2 cards")
    assert sheet.texts("*[@class='success']") == [
        "Cards written: 2. Placed: 0. There already, and left as they are: 0."
    ]
    assert sheet.values("p[@class='buttons']/a", "href")[0] == f"/{EVENT}/"
    assert (titled("Chess").stage, titled("Somebody should sing").stage) == (Stage.PLANNED, Stage.IDEA)
    again = desk().send(file=file(CARDS), do="look").press("Write 2 cards")
    assert again.texts("*[@class='success']") == [
        "Cards written: 0. Placed: 0. There already, and left as they are: 2."
    ]
    assert differences(EVENT) == []


def test_another_column_is_looked_at_before_it_is_written() -> None:
    sheet = desk().send(file=file(CARDS), do="look")
    before = now().number
    sheet.press("Write 2 cards", **{"column-title": "1", "column-host": ""})
    assert sheet.texts("*[@class='notice']") == ["You changed what is read. Look at it once more, then write it."]
    assert (shown(sheet)[0][:14], now().number) == ("Cy Row 2 · an ", before)
    sheet.press("Write 2 cards")
    assert {"Cy", "Bo"} <= set(titles())


def test_cards_are_placed_where_that_is_ticked() -> None:
    sheet = desk().send(file=file(CARDS), do="look").press("Look again", place="1")
    assert shown(sheet)[0] == "Chess Cy Row 2 · Saturday 09:00–10:00, Fir"
    sheet.press("Write 2 cards")
    assert [str(cell) for cell in titled("Chess").cells] == ["fir@0517-0900"]


def test_without_a_title_it_is_said_and_the_sheet_stays() -> None:
    sheet = desk().send(file=file(CARDS), do="look").press("Look again", **{"column-title": ""})
    assert (sheet.status, sheet.texts("*[@id='column-title-wrong']")) == (
        422,
        ["A card needs a title: choose its column."],
    )
    assert sheet.values("input[@name='kept']") == [kept(CARDS.encode())]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a file, or write an address."),
        ({"file": file('Title\n"Go\n')}, "Row 2 opens a quotation mark that is never closed."),
        ({"file": file('{"schedule": ', "x.json")}, "x.json, line 1, column 14: this is not JSON (Expecting value)."),
        ({"address": "/etc/passwd"}, "Write a whole web address that begins with https://, or leave it empty."),
        ({"name": "/etc/passwd", "kept": "!"}, "There is nothing in this sheet."),
        ({"name": "/etc/passwd", "kept": ""}, "Choose a file, or write an address."),
    ],
)
def test_what_cannot_be_brought_in_is_told_in_a_sentence(sent: dict[str, object], says: str) -> None:
    sheet = desk().send(do="look", **sent)
    assert (sheet.status, sheet.told) == (422, says)


def test_an_address_that_cannot_be_read_stays_in_its_field(web: Site) -> None:
    sheet = desk().send(do="look", address=f"{web.address}/nothing")
    assert sheet.told == f"There is nothing at {web.address}/nothing (status 404): look at the address."
    assert sheet.values("input[@id='address']") == [f"{web.address}/nothing"]


def test_a_file_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openspaces.intake.web.desk.importing.LARGEST_FILE", 100)
    says = "This file is too large. Cut it up, and bring in one part after the other."
    assert desk().send(do="look", file=file("Title\n" + "x\n" * 60)).told == says
    monkeypatch.setattr(opening, "LARGEST_KEPT", 10)
    assert desk().send(do="look", file=file("Title\nGo\n")).told == says


def test_while_it_takes_long_the_page_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_playing, "AT_ONCE", 0)
    monkeypatch.setattr(import_playing, "EVERY", 0.001)
    visitor = with_role(Role.ORGANISER)
    sent = {"do": "play", "name": "x.csv", "kept": kept(b"Title\n" + b"Go\n" * 300), "column-title": "0"}
    page = asyncio.run(streamed(visitor, {**sent, "seen": "title=0"}))
    assert "0 of 300 cards are written" in page
    assert "Cards written: 300." in page
    assert page.rstrip().endswith("</html>")


async def streamed(visitor: Visitor, sent: dict[str, str]) -> str:
    """A page that is sent piece by piece."""
    client = AsyncClient()
    client.cookies = visitor.client.cookies
    answer: Any = await client.post(f"/{EVENT}/desk/import/", sent)
    return b"".join([piece async for piece in answer.streaming_content]).decode()


def test_only_an_organiser_sees_the_page_and_its_tab() -> None:
    assert (desk(Role.FACILITATOR).status, desk(Role.HELPER).status) == (403, 403)
    tabs = Sheet(with_role(Role.FACILITATOR), "desk/").texts("nav[@class='tabs']/a")
    assert Sheet(with_role(Role.ORGANISER), "desk/").texts("nav[@class='tabs']/a") == [*tabs, "Import"]


# The programme


def test_a_programme_is_looked_at_and_put_beside_the_board(web: Site) -> None:
    address = f"{web.address}/schedule.json"
    sheet = desk().send(do="look", address=address)
    assert (sheet.texts("h1"), len(now().programme.talks)) == ([making.TITLE], 0)
    assert sheet.texts("*[@class='notice']") == ["None of its days is one of this board's. Is it the right one?"]
    rooms = len(now().rooms)
    sheet.press("Put its talks beside the board")
    assert (len(now().programme.talks), now().follows, len(now().rooms)) == (7, address, rooms)
    assert sheet.texts("*[@class='success']")[0].startswith("Its talks stand beside the board now")


def test_rooms_and_days_are_added_only_where_that_is_ticked() -> None:
    schedule = file(as_json(making.schedule_json()), "schedule.json")
    sheet = desk().send(do="look", file=schedule)
    before = [day.date for day in now().days]
    sheet.press("Put its talks beside the board", add="1")
    assert [day.date for day in now().days] == [making.SATURDAY, making.SUNDAY, *before]
    assert (now().follows, busy()) == ("", set())
    sheet = desk().send(do="look", file=file(as_json(making.schedule_json()), "schedule.json"))
    sheet.press("Put its talks beside the board", close="1")
    assert len(busy()) > 0
    assert differences(EVENT) == []


def busy() -> set[str]:
    """The cells that are closed because of a talk."""
    return {
        str(cell) for cell, closure in now().closures.items() if closure.reason in {t.title for t in making.LECTURES}
    }


def test_a_programme_is_followed_no_longer(web: Site) -> None:
    desk().send(do="look", address=f"{web.address}/schedule.json").press("Put its talks beside the board")
    sheet = desk().press("Follow it no longer")
    assert (now().follows, len(now().programme.talks), sheet.status) == ("", 7, 200)


def test_a_programme_that_cannot_be_had_stays_and_staff_are_told(web: Site) -> None:
    address = f"{web.address}/schedule.json"
    desk().send(do="look", address=address).press("Put its talks beside the board")
    web.pages["/schedule.json"] = Page(status=503)
    program = Refresher()
    program.tick(EVE)
    says = f"The main programme stays as it is: {address} answers with status 503; try again later."
    told = [desk().texts("*[@class='notice']"), Sheet(with_role(Role.HELPER), "desk/").texts("*[@id='programme']")]
    assert (told, len(now().programme.talks)) == ([[says], [says]], 7)
    web.pages["/schedule.json"] = Page(as_json(making.schedule_json(making.LECTURES[:2])))
    program.tick(EVE + timedelta(minutes=15))
    assert (desk().texts("*[@class='notice']"), len(now().programme.talks)) == ([], 2)
