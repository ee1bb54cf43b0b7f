"""The board as a workbook: read back as a spreadsheet program reads it."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from tests.drawing import card, cells, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, closed, placed, with_cards
from tests.outlets.desk import desk
from tests.outlets.golden import golden

from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Cell
from openspaces.lib.plaintext import one_line, paragraphs
from openspaces.outlets.base import BadVariant, Variant
from openspaces.outlets.data import XLSX
from openspaces.outlets.data.workbook.use import Use, use_of

VARIANT = Variant(base_url="https://board.example")
HERE = Cell("r1", "0517-0900")
Rows = list[list[Any]]


def made(shown: Board, **variant: Any) -> bytes:
    return XLSX.render(shown, replace(VARIANT, **variant))


def sheets(shown: Board, **variant: Any) -> dict[str, Rows]:
    """Every sheet of the workbook by its name."""
    book = CalamineWorkbook.from_filelike(BytesIO(made(shown, **variant)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(workbook: bytes) -> dict[str, str]:
    """The files that a workbook is made of."""
    with ZipFile(BytesIO(workbook)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def sheet_parts(workbook: bytes) -> list[str]:
    return [text for name, text in sorted(parts(workbook).items()) if "worksheets/sheet" in name]


def listed(shown: Board, **variant: Any) -> list[dict[str, Any]]:
    """The lines of the list."""
    names, *lines = sheets(shown, **variant)["List"]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_each_day_has_a_sheet_then_there_is_a_list_and_what_was_full_and_empty() -> None:
    found = sheets(desk())
    assert list(found) == ["Saturday 17 May", "Sunday 18 May", "List", "Full and empty"]
    written = json.dumps(found, default=str, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("workbook.json", written)


def test_of_a_day_only_that_day_is_told() -> None:
    second = desk().days[1].date
    assert list(sheets(desk(), day=second)) == ["Sunday 18 May", "List", "Full and empty"]
    assert [line["Title"] for line in listed(desk(), day=second)] == ["Talk"]
    assert variant_of(XLSX, desk(), day="2031-05-18", language="de") == Variant(language="de", day=second)
    with pytest.raises(BadVariant):
        variant_of(XLSX, desk(), day="sunday")


def test_the_same_board_is_the_same_bytes_whenever_they_are_made() -> None:
    made_then = parts(made(desk()))["docProps/core.xml"]
    assert made(desk()) == made(desk())
    assert set(re.findall(r">(\d{4}-[^<]*)<", made_then)) == {desk().at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    with ZipFile(BytesIO(made(desk()))) as packed:
        assert {each.date_time[0] for each in packed.infolist()} == {1980}


def test_a_card_of_several_hours_stands_once_over_all_of_them() -> None:
    day, _, *_ = sheet_parts(made(drawn('       oak   elm\n09:00  Knit  .\n10:00  "     Talk\n')))
    assert re.findall('mergeCell ref="([^"]*)"', day) == ["B4:B5"]


def test_a_card_that_others_contend_with_in_one_of_its_hours_stands_in_each() -> None:
    shown = drawn('       oak\n09:00  Knit\n10:00  "\n', planned=("Vim",))
    contest = replace(
        next(iter(desk().contests.values())), cells=cells("oak 10:00"), cards=(card(shown, "Knit").code, "VIM000")
    )
    rows = sheets(shown.with_contest(contest))["Saturday 17 May"]
    assert [row[1] for row in rows[3:]] == ["Knit", "Knit\nVim\ncontested"]
    assert listed(shown.with_contest(contest))[0]["Stage"] == "contested"


def test_a_card_elsewhere_that_is_full_says_so_on_its_day_and_in_the_list() -> None:
    shown = drawn("       oak   elsewhere\n09:00  Knit  Run at Gate + Jog at Park\n")
    shown = shown.with_card(replace(card(shown, "Run"), full=True))
    assert sheets(shown)["Saturday 17 May"][3][1:] == ["Knit", "Jog\nPark\nRun\nGate\nRoom full"]
    stages = {line["Title"]: line["Stage"] for line in listed(shown)}
    assert stages == {"Knit": "On the board", "Run": "Room full", "Jog": "On the board"}


def test_a_sheet_is_printed_across_with_its_heads_on_every_page() -> None:
    packed = parts(made(with_cards(board(rooms=12), 60)))
    day, names = packed["xl/worksheets/sheet1.xml"], packed["xl/workbook.xml"]
    (paper,) = re.findall("<pageSetup ([^>]*)/>", day)
    assert paper == 'paperSize="9" fitToWidth="2" fitToHeight="0" orientation="landscape"'
    assert re.findall('topLeftCell="([^"]*)"', day) == ["B4"]
    titles = re.findall('Print_Titles" localSheetId="0">([^<]*)<', names)
    assert titles == ["'Saturday 17 May'!$A:$A,'Saturday 17 May'!$3:$3"]
    assert re.findall('FilterDatabase" localSheetId="1"[^>]*>([^<]*)<', names) == ["List!$A$1:$M$61"]


def test_at_an_event_that_writes_the_month_first_the_paper_is_letter() -> None:
    papers = [
        re.findall('paperSize="([^"]*)"', sheet_parts(made(board(), language=code))[0]) for code in ("en-us", "en")
    ]
    assert papers == [["1"], ["9"]]


def test_an_and_in_the_name_is_no_order_to_the_printer() -> None:
    day = sheet_parts(made(board(name="Bread & Roses")))[0]
    assert re.findall("<oddFooter>(.*)</oddFooter>", day) == [
        "&amp;LBread &amp;&amp; Roses, Saturday, 17 May&amp;R&amp;P / &amp;N"
    ]


def test_what_is_read_from_right_to_left_begins_at_the_right() -> None:
    assert [text.count('rightToLeft="1"') for text in sheet_parts(made(desk(), language="ar"))] == [1, 1, 1, 1]
    assert [text.count('rightToLeft="1"') for text in sheet_parts(made(desk(), language="de"))] == [0, 0, 0, 0]


def test_the_list_has_times_that_can_be_sorted_also_after_midnight() -> None:
    night = placed(board(hours=range(22, 26)), Cell("r1", "0517-2500"), "Karaoke", serial=1)
    (line,) = listed(night)
    assert (line["Day"], line["Starts"]) == (date(2025, 5, 17), datetime(2025, 5, 18, 1))  # noqa: DTZ001 - sheets know no zones


def test_announced_cards_and_ideas_are_listed_below_and_hidden_ones_without_their_words() -> None:
    titles = [(line["Title"], line["Stage"]) for line in listed(desk())]
    assert ("Hidden until somebody has read it", "On the board") in titles
    assert titles[-2:] == [("Emacs", "Announced"), ("Yoga", "Announced")]
    assert [title for title, _ in titles if title in ("Abuse", "Rude")] == []


def test_what_was_full_and_what_was_empty_can_be_read() -> None:
    shown = desk()
    day = shown.days[0]
    chess = card(shown, "Chess")
    shown = shown.with_card(replace(chess, stars=14))
    elm = use_of(shown, [Cell("elm", slot.key) for slot in day.slots])
    assert (elm, elm.free) == (Use(cells=3, taken=1, closed=1, full=1, stars=14), 1)
    rows = sheets(shown)["Full and empty"]
    assert rows[2] == [day.date, "Elm", "", 3, 1, 1, 1, pytest.approx(1 / 3), 1, 14]


def test_a_card_of_two_hours_counts_its_stars_once() -> None:
    shown = desk()
    shown = shown.with_card(replace(card(shown, "Knit"), stars=5))
    assert use_of(shown, cells("oak 09:00", "oak 10:00")) == Use(cells=2, taken=2, closed=0, full=0, stars=5)


def test_an_event_without_days_is_a_workbook_too() -> None:
    assert list(sheets(board(rooms=0, days=0))) == ["List", "Full and empty"]


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_people_write_is_text_and_neither_formula_nor_link(title: str) -> None:
    said, text = one_line(title), paragraphs(title)
    plain = board(rooms=2, name=said)
    plain = closed(replace(plain, rooms=(Room("r1", said), *plain.rooms[1:])), said, Cell("r1", "0517-1100"))
    full = placed(plain, HERE, said, serial=1, host=said, handle="", text=text)
    full = placed(full, Cell("r2", "0517-0900"), said, serial=2, host="", handle="")
    workbook = made(full)
    assert [len(re.findall("<f[ >]|<hyperlink", sheet)) for sheet in sheet_parts(workbook)] == [0, 0, 0]
    found = sheets(full)
    day, (_, line, *_) = found["Saturday 17 May"], found["List"]
    assert (day[2][1], day[4][1], day[4][2], day[6][1]) == (said, f"{said}\n{said}", said, said)
    assert (line[6], line[7], line[9]) == (said, said, text)
