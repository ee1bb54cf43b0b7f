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
from tests.outlets.sheets import module_sizes, pictures, scanned, sizes, values

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


def _named(given: object) -> str:
    return given.name if isinstance(given, Pull) else str(given)[:30]


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


def test_every_code_of_a_blank_card_opens_the_form_of_that_card() -> None:
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, name="17+4"))
    assert scanned(page) == sorted(form_of(serial) for serial in range(17, 21))


@pytest.mark.parametrize(("paper", "count"), [("a4", 4), ("letter", 4), ("sticky", 6), ("sticky-letter", 6)])
def test_the_codes_are_read_from_every_kind_of_sheet_as_large_as_it_is_printed(paper: str, count: int) -> None:
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper, name=f"1+{count}"), ppi=300)
    assert scanned(page) == sorted(form_of(serial) for serial in range(1, count + 1))
    assert [size for size in module_sizes(page, ppi=300) if size < LEAST_MODULE] == []


@pytest.mark.parametrize("paper", ["a4", "sticky"])
def test_a_long_address_makes_a_larger_code_not_a_finer_one(paper: str) -> None:
    base = f"https://{'board.' * 12}example"
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper, base_url=base), ppi=300)
    assert scanned(page) == sorted(form_of(serial).replace(BASE, base) for serial in range(1, 5))
    assert [size for size in module_sizes(page, ppi=300) if size < LEAST_MODULE] == []


@pytest.mark.parametrize("paper", ["a4", "sticky"])
def test_a_card_that_hangs_askew_before_an_unsharp_camera_is_read_all_the_same(paper: str) -> None:
    (page,) = pictures(print.CARDS, SMALL, asked(print.CARDS, form=paper), ppi=200)
    seen = page.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
    assert scanned(seen) == sorted(form_of(serial) for serial in range(1, 5))


def test_the_code_at_a_door_leads_to_the_rooms_screen() -> None:
    found = [scanned(page) for page in pictures(print.DOORS, SMALL, asked(print.DOORS))]
    assert found == [[f"{BASE}/camp/screen/?room=r{number}"] for number in (1, 2, 3)]


def test_the_code_of_the_poster_and_of_the_board_leads_to_the_live_board() -> None:
    for pull in (print.POSTER, image.SHEETS):
        (page,) = pictures(pull, SMALL, asked(pull))
        assert scanned(page) == [f"{BASE}/camp/"]


def test_the_codes_for_walls_are_larger_than_those_in_the_hand() -> None:
    (poster,) = pictures(print.POSTER, SMALL, asked(print.POSTER))
    (door, *_others) = pictures(print.DOORS, SMALL, asked(print.DOORS))
    assert [module_sizes(page, ppi=150)[0] > least for page, least in ((poster, 2), (door, 0.8))] == [True, True]


@each
def test_without_an_address_there_is_no_code(pull: Pull) -> None:
    found = [scanned(page) for page in pictures(pull, SMALL, asked(pull, base_url=""))]
    assert found == [[]] * len(found)


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


# The files


@each
@pytest.mark.parametrize("language", ["en", "hi", "ar"])
def test_equal_boards_give_equal_bytes_also_after_others(pull: Pull, language: str) -> None:
    wanted = asked(pull, language=language)
    first = pull.render(SMALL, wanted)
    for other in PRINTED:
        other.render(with_cards(board(rooms=2), 3), asked(other))
    assert pull.render(SMALL, wanted) == first


@pytest.mark.parametrize(
    ("pull", "form", "size"),
    [
        (print.CARDS, "a4", A4_ACROSS),
        (print.CARDS, "letter", LETTER_ACROSS),
        (print.CARDS, "sticky", A4),
        (print.CARDS, "sticky-letter", LETTER),
        (print.DOORS, "a4", A4),
        (print.DOORS, "letter", LETTER),
        (print.DOORS, "a3", (297, 420)),
        (print.POSTER, "a4", A4),
        (print.POSTER, "letter", LETTER),
        (print.POSTER, "a3", (297, 420)),
        (image.SHEETS, "a4", A4_ACROSS),
        (image.SHEETS, "a3", (420, 297)),
        (image.SHEETS, "letter", LETTER_ACROSS),
        (image.SHEETS, "tabloid", (432, 279)),
    ],
    ids=_named,
)
def test_a_sheet_is_as_large_as_its_paper(pull: Pull, form: str, size: tuple[int, int]) -> None:
    assert set(sizes(pull.render(SMALL, asked(pull, form=form)))) == {size}


@pytest.mark.parametrize(
    ("form", "count", "pages"), [("a4", 1, 1), ("a4", 4, 1), ("a4", 5, 2), ("sticky", 6, 1), ("sticky", 13, 3)]
)
def test_cards_fill_as_many_sheets_as_they_need(form: str, count: int, pages: int) -> None:
    assert len(sizes(print.CARDS.render(SMALL, asked(print.CARDS, form=form, name=f"1+{count}")))) == pages


def test_every_door_has_a_sheet_of_its_own_and_elsewhere_has_none() -> None:
    assert len(sizes(print.DOORS.render(SMALL, asked(print.DOORS)))) == 3
    assert len(sizes(print.DOORS.render(SMALL, asked(print.DOORS, name="r2")))) == 1


@pytest.mark.parametrize("hours", [range(9, 10), range(6, 24)], ids=["an hour", "eighteen hours"])
@pytest.mark.parametrize("language", ["en", "hi", "ar"])
def test_a_sign_is_one_sheet_however_long_the_day(hours: range, language: str) -> None:
    full = with_cards(board(rooms=1, hours=hours, minutes=30), 99)
    assert len(sizes(print.DOORS.render(full, asked(print.DOORS, language=language)))) == 1


@pytest.mark.parametrize("name", ["1x1", "2x1", "2x2", "4x3"])
def test_the_board_takes_as_many_sheets_as_were_asked_for(name: str) -> None:
    columns, rows = (int(number) for number in name.split("x"))
    assert len(sizes(image.SHEETS.render(SMALL, asked(image.SHEETS, name=name)))) == columns * rows


@pytest.mark.parametrize("rooms", [1, 13, 40])
def test_a_board_fits_one_sheet_with_however_many_rooms(rooms: int) -> None:
    full = with_cards(board(rooms=rooms, hours=range(10, 20)), 6 * rooms)
    assert len(sizes(image.SHEETS.render(full, asked(image.SHEETS)))) == 1


def test_what_one_sheet_shows_at_its_end_the_next_one_shows_at_its_beginning() -> None:
    """A centimetre of the board stands on both, at the same height."""
    left, right = pictures(image.SHEETS, SMALL, asked(image.SHEETS, name="2x1"), ppi=127)
    mm = 5  # pixels at 127 an inch
    end = left.crop((277 * mm, 12 * mm, 287 * mm, 190 * mm))
    beginning = right.crop((10 * mm, 12 * mm, 20 * mm, 190 * mm))
    assert _differing(end, beginning) < 0.01
    assert _differing(end, right.crop((40 * mm, 12 * mm, 50 * mm, 190 * mm))) > 0.02


@pytest.mark.parametrize(
    "empty",
    [board(days=0), board(rooms=0, days=0), board(hours=range(9, 9)), board(), Board("camp", "e1")],
    ids=["no days", "nothing", "no slots", "no cards", "not made yet"],
)
@each
def test_an_empty_board_is_printed_too(pull: Pull, empty: Board) -> None:
    shown = asked(pull, day=empty.days[0].date if empty.days else None)
    assert len(sizes(pull.render(empty, shown))) > 0


@each
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words(pull: Pull, name: str) -> None:
    words = clean("title", HOSTILE[name])
    plain = board(rooms=2, hours=range(9, 11), name=words, venue=words, hashtags=(words,))
    named = replace(plain, rooms=tuple(replace(room, name=words) for room in plain.rooms))
    taken = placed(named, Cell("r1", "0517-0900"), words, serial=1, host=words, handle=words)
    full = closed(taken, words, Cell("r2", "0517-0900"))
    assert len(sizes(pull.render(full, asked(pull)))) == (2 if pull is print.DOORS else 1)


@each
def test_everything_that_waits_for_somebody_can_be_printed(pull: Pull) -> None:
    full = desk()
    for language in ("en", "ar"):
        assert len(sizes(pull.render(full, asked(pull, day=full.days[0].date, language=language)))) > 0


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
    ("pull", "query"),
    [
        *[(print.CARDS, {"paper": paper}) for paper in ("a5", "A4", "sticky note")],
        *[(print.CARDS, {"n": number}) for number in ("0", "-1", "121", "1e2", "٣", "9" * 5000)],
        *[(print.CARDS, {"from": number}) for number in ("0", "10000", "x")],
        (print.DOORS, {"paper": "sticky"}),
        (print.DOORS, {"day": "friday"}),
        (print.POSTER, {"paper": "tabloid"}),
        (print.POSTER, {"short": "1"}),
        *[(image.SHEETS, {"tiles": tiles}) for tiles in ("0x1", "5x1", "2", "2x2x2", "2X2", "x")],
        (image.SHEETS, {"paper": "a2"}),
    ],
    ids=_named,
)
def test_a_wrong_address_is_said_to_be_wrong(pull: Pull, query: dict[str, str]) -> None:
    with pytest.raises(BadVariant):
        variant_of(pull, board(), **query)


@pytest.mark.parametrize(
    ("pull", "query"),
    [
        (print.DOORS, {"day": "1999-01-01"}),
        (print.DOORS, {"room": "attic"}),
        (print.DOORS, {"room": "elsewhere"}),
        (image.SHEETS, {"day": "1999-01-01"}),
    ],
    ids=_named,
)
def test_what_the_event_has_not_is_not_here(pull: Pull, query: dict[str, str]) -> None:
    with pytest.raises(NotHere):
        variant_of(pull, board(), **query)


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


def _differing(one: Image.Image, other: Image.Image) -> float:
    """Which part of the pixels differ clearly."""
    pairs: Iterable[tuple[int, int]] = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) > 60 for a, b in pairs) / (one.width * one.height)
