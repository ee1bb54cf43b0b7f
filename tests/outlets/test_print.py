"""What is printed: blank cards, signs for doors, the board on paper, a poster."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from PIL import Image, ImageFilter
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, closed, placed, with_cards
from tests.outlets.desk import desk
from tests.outlets.golden import golden
from tests.outlets.pages import Elements
from tests.outlets.sheets import codes, pictures, sizes, values

from openspaces.board.paper import SERIALS, paper_code
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Cell, Placing
from openspaces.board.words import clean
from openspaces.outlets import image, print
from openspaces.outlets.base import BadVariant, NotHere, Pull, Variant

SATURDAY = date(2025, 5, 17)
BASE = "https://board.example"
SMALL = closed(with_cards(board(rooms=3, hours=range(9, 12)), 5), "Lunch", Cell("r1", "0517-1100"))
PRINTED = (image.SHEETS, print.CARDS, print.DOORS, print.POSTER)
NAMES = {image.SHEETS: "1x1", print.CARDS: "1+4", print.DOORS: "", print.POSTER: ""}
A4, A4_ACROSS, LETTER, LETTER_ACROSS = (210, 297), (297, 210), (216, 279), (279, 216)
LEAST_MODULE = 0.4
"""Millimetres: phones read smaller ones only from good printers, held still."""
each = pytest.mark.parametrize("pull", PRINTED, ids=lambda pull: pull.name)


def short_ids(given: object) -> str:
    """What is typed needs no name of its own: the outlet and the choice say which one it is."""
    return given.name if isinstance(given, Pull) else given if isinstance(given, str) else "wrong"


@pytest.fixture(autouse=True)
def secret(settings: LazySettings) -> None:
    settings.SECRET_KEY = "a secret of these tests"


def asked(pull: Pull, **more: Any) -> Variant:
    """A variant of A4, unless it says otherwise."""
    return Variant(**{"base_url": BASE, "day": SATURDAY, "form": "a4", "name": NAMES[pull], **more})


def form_of(serial: int) -> str:
    """The address of a blank card's form."""
    return f"{BASE}/camp/cards/new/?paper={paper_code('camp', serial)}"


def without_codes(given: Any) -> Any:
    """Values for a golden file: a QR code is so many squares, which say nothing to a reader."""
    if isinstance(given, dict):
        return {name: without_codes(value) for name, value in given.items() if name not in ("qr", "ink")}
    return [without_codes(value) for value in given] if isinstance(given, list) else given


def written(given: Any) -> str:
    return json.dumps(without_codes(given), ensure_ascii=False, indent=1) + "\n"


# What stands on them


@pytest.mark.parametrize(
    ("pull", "full"),
    [(print.CARDS, SMALL), (print.DOORS, desk()), (print.POSTER, SMALL)],
    ids=["cards", "doors", "poster"],
)
def test_a_sheet_says_what_it_is_to_say(pull: Pull, full: Board) -> None:
    made = written(values(pull, full, asked(pull, day=full.days[0].date)))
    assert made == golden(f"{pull.name}.json", made)


@pytest.mark.parametrize("paper", ["a4", "letter", "sticky", "sticky-letter"])
def test_every_code_opens_the_form_of_its_card_and_is_as_large_as_phones_need_it(paper: str) -> None:
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper, name="17+4"), ppi=200)
    read = codes(page, ppi=200)
    assert sorted(read) == sorted(form_of(serial) for serial in range(17, 21))
    assert [size for size in read.values() if size < LEAST_MODULE] == []


@pytest.mark.parametrize("paper", ["a4", "sticky"])
def test_a_long_address_makes_a_larger_code_not_a_finer_one(paper: str) -> None:
    base = f"https://{'board.' * 12}example"
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper, base_url=base, name="1+2"), ppi=200)
    read = codes(page, ppi=200)
    assert sorted(read) == sorted(form_of(serial).replace(BASE, base) for serial in (1, 2))
    assert [size for size in read.values() if size < LEAST_MODULE] == []


@pytest.mark.parametrize("paper", ["a4", "sticky"])
def test_a_card_that_hangs_askew_before_an_unsharp_camera_is_read_all_the_same(paper: str) -> None:
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper, name="1+2"), ppi=200)
    seen = page.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
    assert sorted(codes(seen, ppi=200)) == sorted(form_of(serial) for serial in (1, 2))


def test_the_code_at_a_door_leads_to_the_rooms_screen_and_is_read_from_an_arms_length() -> None:
    read = [codes(page) for page in pictures(print.DOORS, SMALL, asked(print.DOORS), ppi=100)]
    assert [list(found) for found in read] == [[f"{BASE}/camp/screen/?room=r{number}"] for number in (1, 2, 3)]
    assert [size > 0.8 for found in read for size in found.values()] == [True] * 3


def test_the_code_of_the_poster_and_of_the_board_leads_to_the_live_board() -> None:
    for pull in (print.POSTER, image.SHEETS):
        (page,) = pictures(pull, SMALL, asked(pull), ppi=100)
        assert list(codes(page)) == [f"{BASE}/camp/"]


def test_the_code_of_the_poster_is_read_from_across_a_room() -> None:
    (size,) = codes(*pictures(print.POSTER, SMALL, asked(print.POSTER), ppi=50), ppi=50).values()
    assert size > 2


@each
def test_without_an_address_there_is_no_code(pull: Pull) -> None:
    drawn = ["<svg" in json.dumps(values(pull, SMALL, asked(pull, base_url=base))) for base in (BASE, "")]
    assert drawn == [True, False]
    assert len(sizes(pull.render(SMALL, asked(pull, base_url="")))) == (3 if pull is print.DOORS else 1)


def test_a_poster_names_the_short_address_only_where_it_is_asked_for() -> None:
    said = [values(print.POSTER, SMALL, asked(print.POSTER, name=name))["picture"][0] for name in ("", "os")]
    assert said == ["", "As a picture, also on a bad network: \u2068board.example/os\u2069"]


def test_where_facilitators_place_cards_the_sheets_do_not_say_take() -> None:
    led = replace(SMALL, policy=Policy(placing=Placing.FACILITATORS))
    doors, poster = values(print.DOORS, led, asked(print.DOORS)), values(print.POSTER, led, asked(print.POSTER))
    assert (doors["says"]["free"][0], poster["steps"][1][0]) == (
        "free: ask for it",
        "Ask for a free room and hour. A facilitator says yes.",
    )


def test_a_card_of_two_hours_is_one_line_on_the_door() -> None:
    full = placed(board(rooms=1, hours=range(9, 13)), Cell("r1", "0517-1000"), "Knit", serial=1, length=2)
    (sign,) = values(print.DOORS, full, asked(print.DOORS))["signs"]
    assert [(row["starts"], row["ends"], row["slots"], row["titles"]) for row in sign["rows"]] == [
        ("\u206809:00\u2069", "\u2068–10:00\u2069", 1, []),
        ("\u206810:00\u2069", "\u2068–12:00\u2069", 2, [["Knit", "ltr", ""]]),
        ("\u206812:00\u2069", "\u2068–13:00\u2069", 1, []),
    ]


def test_a_hidden_title_stands_on_no_door() -> None:
    said = json.dumps(values(print.DOORS, desk(), asked(print.DOORS, day=desk().days[0].date)))
    assert ("Hidden until somebody has read it" in said, "Abuse" in said) == (True, False)


def test_a_handle_is_not_broken_after_its_first_part() -> None:
    full = placed(
        board(rooms=1, hours=range(9, 10)), Cell("r1", "0517-0900"), "Knit", serial=1, handle="@ada@b.example"
    )
    (row,) = values(print.DOORS, full, asked(print.DOORS))["signs"][0]["rows"]
    assert [said for said, _direction, _script in row["by"]] == ["Grace Hopper", "\u2068@ada@b.example\u2069"]


def test_letters_of_the_events_name_that_reach_low_are_not_cut_off() -> None:
    """The dots of one are below its line; the other is the same letter without."""
    dotted, plain = (_low_ink(name) for name in ("\u0628" * 9, "\u066e" * 9))
    assert dotted > plain


# The files


def test_equal_boards_give_equal_bytes_also_after_others() -> None:
    wanted = [(pull, asked(pull, language="ar" if pull is print.DOORS else "hi")) for pull in PRINTED]
    first = [pull.render(SMALL, variant) for pull, variant in wanted]
    for pull in PRINTED:
        pull.render(board(rooms=1, hours=range(9, 10)), asked(pull))
    assert [pull.render(SMALL, variant) for pull, variant in wanted] == first


@pytest.mark.parametrize(
    ("pull", "papers"),
    [
        (print.CARDS, {"a4": A4_ACROSS, "letter": LETTER_ACROSS, "sticky": A4, "sticky-letter": LETTER}),
        (print.DOORS, {"a4": A4, "letter": LETTER, "a3": (297, 420)}),
        (print.POSTER, {"a4": A4, "letter": LETTER, "a3": (297, 420)}),
        (image.SHEETS, {"a4": A4_ACROSS, "a3": (420, 297), "letter": LETTER_ACROSS, "tabloid": (432, 279)}),
    ],
    ids=["cards", "doors", "poster", "board"],
)
def test_a_sheet_is_as_large_as_its_paper(pull: Pull, papers: dict[str, tuple[int, int]]) -> None:
    small = board(rooms=1, hours=range(9, 10))
    assert {form: sizes(pull.render(small, asked(pull, form=form))) for form in papers} == {
        form: [size] for form, size in papers.items()
    }


@pytest.mark.parametrize(("form", "count", "pages"), [("a4", 5, 2), ("sticky", 6, 1), ("sticky", 13, 3)])
def test_cards_fill_as_many_sheets_as_they_need(form: str, count: int, pages: int) -> None:
    assert len(sizes(print.CARDS.render(SMALL, asked(print.CARDS, form=form, name=f"1+{count}")))) == pages


def test_every_door_has_a_sheet_of_its_own_and_elsewhere_has_none() -> None:
    assert len(sizes(print.DOORS.render(SMALL, asked(print.DOORS)))) == 3
    assert len(sizes(print.DOORS.render(SMALL, asked(print.DOORS, name="r2")))) == 1


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
def test_a_sign_is_one_sheet_however_long_the_day(language: str) -> None:
    """Half-hours from six in the morning to midnight, as many titles in all scripts."""
    full = with_cards(board(rooms=1, hours=range(6, 24), minutes=30), 40)
    assert len(sizes(print.DOORS.render(full, asked(print.DOORS, language=language)))) == 1


def test_a_board_of_forty_rooms_fits_one_sheet() -> None:
    full = with_cards(board(rooms=40, hours=range(10, 16)), 120)
    assert len(sizes(image.SHEETS.render(full, asked(image.SHEETS)))) == 1


def test_a_small_board_is_printed_large_and_fills_the_sheet() -> None:
    (page,) = pictures(image.SHEETS, SMALL, asked(image.SHEETS), ppi=30)
    _left, _top, right, bottom = _ink(page)
    assert (right > 0.9 * page.width, bottom > 0.7 * page.height) == (True, True)
    widths = [values(image.SHEETS, board(rooms=rooms), asked(image.SHEETS))["width"] for rooms in (3, 7)]
    assert widths == [1024, 1920]


def test_the_board_takes_as_many_sheets_as_were_asked_for() -> None:
    small = board(rooms=1, hours=range(9, 10))
    assert len(sizes(image.SHEETS.render(small, asked(image.SHEETS, name="4x3")))) == 12


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheets_that_are_put_together_show_the_whole_board(language: str) -> None:
    """A centimetre stands on both of two neighbours; the first is where lines begin."""
    full = with_cards(board(rooms=7, hours=range(9, 13)), 30)
    pages = pictures(image.SHEETS, full, asked(image.SHEETS, name="2x2", language=language), ppi=127)
    (left, right) = (0, 1) if language == "en" else (1, 0)
    seams = [
        (_part(pages[row + left], 277, 12, 287, 190), _part(pages[row + right], 10, 12, 20, 190)) for row in (0, 2)
    ]
    seams.append((_part(pages[0], 12, 190, 280, 200), _part(pages[2], 12, 10, 280, 20)))
    assert [(min(one.tobytes()) < 128, _differing(one, other) < 0.01) for one, other in seams] == [(True, True)] * 3
    assert [list(codes(page, ppi=127)) for page in pages] == [[], [f"{BASE}/camp/"], [], []]


@pytest.mark.parametrize(
    "empty",
    [
        board(days=0),
        board(rooms=0, days=0),
        board(hours=range(9, 9)),
        board(rooms=1, hours=range(9, 10)),
        Board("camp", "e1"),
    ],
    ids=["no days", "nothing", "no slots", "no cards", "not made yet"],
)
@each
def test_an_empty_board_is_printed_too(pull: Pull, empty: Board) -> None:
    shown = asked(pull, day=empty.days[0].date if empty.days else None)
    assert len(sizes(pull.render(empty, shown))) > 0


@each
def test_hostile_words_are_words(pull: Pull) -> None:
    """A room, a card, a host, a handle and a closure for each of them; the worst of all as names of the event."""
    words = {f"r{number}": clean("title", said) for number, said in enumerate(HOSTILE.values(), start=1)}
    worst = clean("title", HOSTILE["typesetter"])
    full = board(rooms=len(words), hours=range(9, 11), name=worst, venue=worst, hashtags=(worst,))
    full = replace(full, rooms=tuple(replace(room, name=words.get(room.key, room.name)) for room in full.rooms))
    for serial, (room, said) in enumerate(words.items(), start=1):
        full = placed(full, Cell(room, "0517-0900"), said, serial=serial, host=said, handle=said)
        full = closed(full, said, Cell(room, "0517-1000"))
    assert len(sizes(pull.render(full, asked(pull)))) == (len(words) if pull is print.DOORS else 1)


@each
def test_everything_that_waits_for_somebody_can_be_printed(pull: Pull) -> None:
    full = desk()
    assert len(sizes(pull.render(full, asked(pull, day=full.days[0].date, language="ar")))) > 0


# The addresses


def test_an_address_means_a_variant() -> None:
    camp = board(days=2)
    assert variant_of(print.CARDS, camp) == Variant(form="a4", name="1+24")
    assert variant_of(print.CARDS, camp, paper="sticky", n="6", **{"from": "31"}) == Variant(form="sticky", name="31+6")
    assert variant_of(print.CARDS, camp, n="120", **{"from": str(SERIALS)}) == Variant(form="a4", name=f"{SERIALS}+1")
    assert variant_of(print.DOORS, camp, language="hi") == Variant("hi", day=SATURDAY, form="a4")
    assert variant_of(print.DOORS, camp, day="2025-05-18", room="r2", paper="a3") == Variant(
        day=date(2025, 5, 18), form="a3", name="r2"
    )
    assert variant_of(print.POSTER, camp, short="yes") == Variant(form="a4", name="os")
    assert variant_of(image.SHEETS, camp, tiles="3x2", paper="tabloid") == Variant(
        day=SATURDAY, form="tabloid", name="3x2"
    )


def test_without_a_number_cards_go_on_after_those_that_are_on_the_board() -> None:
    used = [replace(card, code=paper_code("camp", serial)) for card, serial in zip(_three(), (3, 40, 7), strict=True)]
    camp = board()
    for card in used:
        camp = camp.with_card(card)
    assert variant_of(print.CARDS, camp).name == "41+24"


@pytest.mark.parametrize(
    ("pull", "name", "typed"),
    [
        (print.CARDS, "paper", ("a5", "A4", "sticky note")),
        (print.CARDS, "n", ("0", "-1", "121", "1e2", "٣", "9" * 5000)),
        (print.CARDS, "from", ("0", "10000", "x")),
        (print.DOORS, "paper", ("sticky",)),
        (print.DOORS, "day", ("friday",)),
        (print.POSTER, "paper", ("tabloid",)),
        (print.POSTER, "short", ("1",)),
        (image.SHEETS, "tiles", ("0x1", "5x1", "2", "2x2x2", "2X2", "x")),
        (image.SHEETS, "paper", ("a2",)),
    ],
    ids=short_ids,
)
def test_a_wrong_address_is_said_to_be_wrong(pull: Pull, name: str, typed: tuple[str, ...]) -> None:
    for value in typed:
        with pytest.raises(BadVariant):
            variant_of(pull, board(), **{name: value})


@pytest.mark.parametrize(
    ("pull", "name", "typed"),
    [
        (print.DOORS, "day", ("1999-01-01",)),
        (print.DOORS, "room", ("attic", "elsewhere")),
        (image.SHEETS, "day", ("1999-01-01",)),
    ],
    ids=short_ids,
)
def test_what_the_event_has_not_is_not_here(pull: Pull, name: str, typed: tuple[str, ...]) -> None:
    for value in typed:
        with pytest.raises(NotHere):
            variant_of(pull, board(), **{name: value})


# The page


def test_the_page_leads_to_everything_that_is_printed() -> None:
    html = print.PRINT.render(SMALL, Variant(day=SATURDAY)).decode()
    paths = [path.format(event="camp") for pull in PRINTED for path in pull.paths]
    assert sorted(part.partition('"')[0] for part in html.split('<form action="')[1:]) == sorted(paths)


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
def test_every_choice_on_the_page_can_be_printed(language: str) -> None:
    html = print.PRINT.render(SMALL, Variant(language, day=SATURDAY)).decode()
    for pull in PRINTED:
        (path,) = pull.paths
        form = html.split(f'<form action="{path.format(event="camp")}">')[1].partition("</form>")[0]
        for select in form.split("<select ")[1:]:
            name = select.split('name="')[1].partition('"')[0]
            for value in [option.partition('"')[0] for option in select.split('<option value="')[1:]]:
                assert variant_of(pull, SMALL, **{name: value}).form != ""


def test_the_page_has_today_chosen_and_the_next_number() -> None:
    camp = board(days=2).with_card(replace(_three()[0], code=paper_code("camp", 12)))
    html = print.PRINT.render(camp, Variant(day=date(2025, 5, 18))).decode()
    assert html.count('<option value="2025-05-18" selected>') == 2
    assert 'name="from" type="number" min="1" max="9999" value="13"' in html


def test_an_event_without_days_prints_cards_and_a_poster() -> None:
    html = print.PRINT.render(board(days=0), Variant()).decode()
    assert (html.count("<form"), "doors.pdf" in html) == (2, False)
    assert Elements(html).tags.count("h1") == 1


def _three() -> list[Any]:
    return list(with_cards(board(), 3).cards.values())


def _part(page: Image.Image, *millimetres: int) -> Image.Image:
    """What stands there on a page of 127 pixels an inch: five a millimetre."""
    left, top, right, bottom = (5 * each for each in millimetres)
    return page.crop((left, top, right, bottom))


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """The least box that holds everything on a page."""
    box = page.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert box is not None
    return box


def _low_ink(name: str) -> int:
    """How many dark pixels the name of an event has above the line of a card's head."""
    (page,) = pictures(print.CARDS, replace(SMALL, name=name), asked(print.CARDS, language="ar", name="1+1"), ppi=127)
    return sum(_part(page, 200, 5, 290, 14).histogram()[:128])


def _differing(one: Image.Image, other: Image.Image) -> float:
    """Which part of the pixels differ clearly."""
    pairs: Iterable[tuple[int, int]] = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) > 60 for a, b in pairs) / (one.width * one.height)
