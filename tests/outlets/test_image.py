"""The board as a picture."""

import io
import json
import re
import threading
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from django.utils.translation import override
from PIL import Image
from tests.drawing import drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import TITLES, board, closed, placed, with_cards
from tests.outlets.desk import desk
from tests.outlets.golden import golden

import openspaces.look
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell
from openspaces.board.words import clean
from openspaces.look.picture.values import picture
from openspaces.look.typeset.letters import letters
from openspaces.look.typeset.palette import DARK, LIGHT
from openspaces.outlets import image
from openspaces.outlets.base import BadVariant, NotHere, Pull, Variant

SATURDAY = date(2025, 5, 17)
VARIANT = Variant(base_url="https://board.example", day=SATURDAY, width=1920)
SMALL = closed(with_cards(board(rooms=3, hours=range(9, 12)), 5), "Lunch", Cell("r1", "0517-1100"))


# What stands in it


def test_the_picture_shows_rooms_slots_cards_closures_and_free_cells() -> None:
    full = drawn(
        """
                  oak           elm         elsewhere
          09:00   Knit/ada      .           Chess at Park + Run at Gate
          10:00   "             #lunch      .
        """
    )
    with override("en"):
        made = picture(full, full.days, replace(VARIANT, day=None), 1920)
    written = json.dumps(made["days"], ensure_ascii=False, indent=1) + "\n"
    assert written == golden("picture.json", written)


def test_what_waits_is_in_the_picture_too() -> None:
    full = desk()
    with override("en"):
        made = picture(full, full.days[:1], VARIANT, 1920)
    cells = [cell for band in made["days"][0]["bands"] for cell in band["cells"]]
    written = json.dumps(cells, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("picture-waiting.json", written)


@pytest.mark.parametrize("pull", [image.PNG, image.SVG, image.PDF], ids=lambda pull: pull.name)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_board_on_which_everything_waits_is_a_picture(pull: Pull, language: str) -> None:
    full = desk()
    assert len(pull.render(full, replace(VARIANT, day=full.days[0].date, language=language))) > 5_000


def test_a_card_of_two_hours_ends_in_the_picture_where_others_want_its_second_one() -> None:
    full = desk()
    (contest,) = full.contests.values()
    wanted = replace(contest, cells=(Cell("oak", "0517-1000"),), cards=("KNIT00", "VIM000"))
    with override("en"):
        made = picture(full.with_contest(wanted), full.days[:1], VARIANT, 1920)
    oak = [cell for cell in made["days"][0]["bands"][0]["cells"] if cell["column"] == 0]
    assert [(cell["kind"], cell["row"], cell["rows"]) for cell in oak] == [
        ("card", 0, 1),
        ("wanted", 1, 1),
        ("wanted", 2, 1),
    ]


def test_a_picture_says_when_the_board_last_changed_with_the_date_where_the_day_alone_would_mislead() -> None:
    with override("en"):
        near = picture(SMALL, SMALL.days, VARIANT, 1920)
        old = replace(SMALL, at=datetime(2025, 4, 25, 18, 32, tzinfo=UTC))
        far = picture(old, old.days, VARIANT, 1920)
    said = [made["days"][0]["as_of"][0] for made in (near, far)]
    assert said == ["as of 14:32, Friday", "as of 14:32, Friday, 25 April"]


def test_forty_rooms_come_in_bands_of_about_equal_size_in_their_order() -> None:
    full = board(rooms=40)
    with override("en"):
        bands = picture(full, full.days, VARIANT, 1920)["days"][0]["bands"]
    names = [[room["name"][0] for room in band["rooms"]] for band in bands]
    assert [len(band) for band in names] == [14, 14, 13]
    assert [name for band in names for name in band] == [room.name for room in full.rooms]


def test_words_run_the_way_their_first_letter_does() -> None:
    assert [letters(title, "en")[1:] for title in TITLES[4:11]] == [
        ["ltr", "tall"],
        ["ltr", "tall"],
        ["rtl", "tall"],
        ["rtl", ""],
        ["ltr", "JP"],
        ["ltr", "KR"],
        ["ltr", "SC"],
    ]
    assert letters("数据", "ja")[2] == "JP"


def test_a_long_word_may_break_at_its_joints_and_anywhere_where_a_part_is_too_long() -> None:
    assert letters("short words stay", "en")[0] == "short words stay"
    assert letters("@somebody@example.social", "en")[0] == "@somebody@\u200bexample.\u200bsocial"
    assert letters("x" * 20, "en")[0] == "\u200b".join("x" * 20)


def test_no_break_comes_inside_a_sign() -> None:
    for whole in ("👩‍👩‍👧‍👦" * 6, "e\u0323\u0302" * 20, "क्षत्रिय" * 4, "日本語" * 9):
        loose = letters(whole, "en")[0]
        assert loose.replace("\u200b", "") == whole
        starts = [part[0] for part in loose.split("\u200b")]
        assert [sign for sign in starts if sign == "\u200d" or unicodedata.category(sign)[0] == "M"] == []


def test_the_colours_are_those_of_the_page() -> None:
    css = (Path(openspaces.look.__file__).parent / "static/look/look.css").read_text()
    for theme, block in (
        (LIGHT, re.search(r":root \{(.*?)\}", css, re.S)),
        (DARK, re.search(r':root\[data-theme="dark"\] \{(.*?)\}', css, re.S)),
    ):
        assert block is not None
        page = dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]+)", block[1]))
        assert theme["cards"] == [page[f"h{hue}"] for hue in range(6)]
        assert theme["edges"] == [page[f"e{hue}"] for hue in range(6)]
        assert (theme["paper"], theme["ink"], theme["quiet"]) == (page["paper"], page["ink"], page["soft"])


# The files


@pytest.mark.parametrize("width", [320, 333, 800, 1001, 1920, 3839])
def test_the_picture_is_exactly_as_wide_as_asked_for(width: int) -> None:
    made = image.PNG.render(SMALL, replace(VARIANT, width=width))
    assert Image.open(io.BytesIO(made)).size[0] == width


@pytest.mark.parametrize("pull", [image.PNG, image.SVG, image.PDF], ids=lambda pull: pull.name)
def test_equal_boards_give_equal_bytes_also_after_other_pictures(pull: Pull) -> None:
    first = pull.render(SMALL, VARIANT)
    image.PNG.render(board(rooms=2), VARIANT)
    pull.render(placed(SMALL, Cell("r2", "0517-1100"), "Another", serial=30), VARIANT)
    assert pull.render(SMALL, VARIANT) == first


def test_a_change_changes_the_picture() -> None:
    changed = placed(SMALL, Cell("r2", "0517-1100"), "Another", serial=30)
    assert image.PNG.render(changed, VARIANT) != image.PNG.render(SMALL, VARIANT)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [480, 1920])
def test_the_code_leads_to_the_live_board(theme: str, width: int) -> None:
    made = image.PNG.render(SMALL, replace(VARIANT, theme=theme, width=width))
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(made)))
    assert [code.text for code in found] == ["https://board.example/camp/"]


def test_a_picture_without_an_address_has_no_code() -> None:
    made = image.PNG.render(SMALL, replace(VARIANT, base_url=""))
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(made))) == []


def test_dark_is_dark_and_light_is_light() -> None:
    corners = []
    for theme in ("light", "dark"):
        made = Image.open(io.BytesIO(image.PNG.render(SMALL, replace(VARIANT, theme=theme))))
        corners.append("#{:02x}{:02x}{:02x}".format(*made.convert("RGB").getpixel((1, 1))))  # type: ignore[misc]
    assert corners == [LIGHT["paper"], DARK["paper"]]


def test_free_taken_and_closed_can_be_told_apart_without_colour() -> None:
    """A free cell is paper, a taken one is filled, a closed one has stripes."""
    plain = board(rooms=3, hours=range(9, 10))
    full = closed(placed(plain, Cell("r2", "0517-0900"), "x", serial=1, host=""), "-", Cell("r3", "0517-0900"))
    grey = Image.open(io.BytesIO(image.PNG.render(full, VARIANT))).convert("L")
    row = grey.size[1] - 70
    shades = [_shades(grey, 130 + 449 * column, row) for column in range(3)]
    paper = grey.getpixel((1, 1))
    assert shades[0] == {paper}
    assert (len(shades[1]), paper in shades[1]) == (1, False)
    assert len(shades[2]) > 2


def test_many_rooms_are_one_picture_but_several_pages() -> None:
    full = with_cards(board(rooms=40, hours=range(12, 18), minutes=30), 200)
    ElementTree.fromstring(image.SVG.render(full, VARIANT))
    assert image.PNG.render(full, VARIANT)[:8] == b"\x89PNG\r\n\x1a\n"
    assert _pages(image.PDF.render(full, VARIANT)) == 3


def test_the_pdf_without_a_day_has_every_day() -> None:
    full = with_cards(board(rooms=3, days=3), 20)
    assert _pages(image.PDF.render(full, replace(VARIANT, day=None))) == 3
    assert _pages(image.PDF.render(full, VARIANT)) == 1


@pytest.mark.parametrize(
    "empty",
    [board(days=0), board(rooms=0, days=0), board(hours=range(9, 9)), board()],
    ids=["no days", "nothing", "no slots", "no cards"],
)
def test_an_empty_board_is_a_picture_too(empty: Board) -> None:
    shown = replace(VARIANT, day=empty.days[0].date if empty.days else None)
    for pull in (image.PNG, image.SVG, image.PDF):
        assert len(pull.render(empty, shown)) > 1000


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words(name: str) -> None:
    words = clean("title", HOSTILE[name])
    full = placed(board(rooms=2), Cell("r1", "0517-0900"), words, serial=1, host=words, handle=words)
    full = placed(full, Cell("elsewhere", "0517-0900"), words, serial=2, host=words, handle=words)
    full = closed(replace(full, name=words, venue=words, hashtags=(words,)), words, Cell("r2", "0517-0900"))
    made = ElementTree.fromstring(image.SVG.render(full, VARIANT))
    assert {each.tag.partition("}")[2] for each in made.iter()} <= SHAPES
    assert _pages(image.PDF.render(full, VARIANT)) == 1


SHAPES = {"svg", "g", "path", "defs", "symbol", "use", "clipPath", "pattern", "rect", "image", "linearGradient", "stop"}


def test_a_letter_that_no_font_has_costs_nobody_the_pdf() -> None:
    unknown = placed(board(rooms=2), Cell("r1", "0517-0900"), "⟨Ω⟩ 𒀀 \U0001fae9", serial=1)
    assert _pages(image.PDF.render(unknown, VARIANT)) == 1


def test_two_threads_may_draw_at_once() -> None:
    boards = [placed(SMALL, Cell("r2", "0517-1100"), f"Title {i}", serial=30) for i in range(4)]
    alone = [image.SVG.render(each, VARIANT) for each in boards]
    together: dict[int, bytes] = {}
    threads = [
        threading.Thread(target=lambda i=i: together.update({i: image.SVG.render(boards[i], VARIANT)}))
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[i] for i in range(4)] == alone


# The address


def test_an_address_means_a_day_a_width_and_a_theme() -> None:
    camp = board(days=2)
    assert variant_of(image.PNG, camp) == Variant(day=SATURDAY, width=1920, form="png")
    assert variant_of(image.SVG, camp, day="2025-05-18", w="800", theme="dark", language="de") == Variant(
        language="de", day=date(2025, 5, 18), width=800, theme="dark", form="svg"
    )
    assert variant_of(image.PDF, camp) == Variant(form="pdf")


@pytest.mark.parametrize(
    "query",
    [
        {"w": "0"},
        {"w": "319"},
        {"w": "3841"},
        {"w": "1e3"},
        {"w": "-800"},
        {"w": "٨٠٠"},
        {"w": "9" * 5000},
        {"theme": "pink"},
        {"day": "friday"},
        {"day": "20250517"},
        {"day": "2025-W20-6"},
    ],
    ids=str,
)
def test_a_wrong_address_is_said_to_be_wrong(query: dict[str, str]) -> None:
    with pytest.raises(BadVariant):
        variant_of(image.PNG, board(), **query)


def test_a_day_that_the_event_has_not_is_not_here() -> None:
    with pytest.raises(NotHere):
        variant_of(image.PNG, board(), day="1999-01-01")


def _shades(grey: Image.Image, left: int, row: int) -> set[object]:
    """The shades of grey in a stretch of one line inside a cell, away from its words."""
    return {grey.getpixel((x, row)) for x in range(left, left + 40)}


def _pages(pdf: bytes) -> int:
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    assert found is not None
    return int(found[1])
