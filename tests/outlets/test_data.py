"""The board as data: the shape that others rely on, and nothing that is not public."""

import csv
import io
import json
from dataclasses import replace

import pytest
from tests.drawing import card, cell, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, closed, placed
from tests.outlets.desk import desk
from tests.outlets.golden import golden

from openspaces.board.public import masked_change
from openspaces.board.public_changes import change_facts
from openspaces.board.state import Change, Room
from openspaces.board.vocabulary import Cell, Kind, Standing
from openspaces.board.words import Words
from openspaces.lib.plaintext import one_line, paragraphs
from openspaces.look.sheets import sheet_formula
from openspaces.outlets.base import BadVariant, NotHere, Pull, Variant
from openspaces.outlets.data import CSV, JSON, ROOMS, TSV

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      ---
      09:00   .             Talk        .
    """,
    planned=("Robots/ada",),
    ideas=("Vim",),
)


def test_the_board_has_the_promised_shape() -> None:
    made = json.loads(JSON.render(DRAWN, Variant()))
    written = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("board.json", written)


def test_what_waits_has_its_shape() -> None:
    made = json.loads(JSON.render(desk(), Variant()))
    named = ("cards", "closures", "contests", "frozen", "announcements", "pitch")
    written = json.dumps({name: made[name] for name in named}, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("waiting.json", written)


def test_nothing_says_whose_hand_wrote_a_card() -> None:
    made = JSON.render(replace(DRAWN, cards=_with_hand("HAND-OF-ADA")), Variant()).decode()
    assert ("HAND-OF-ADA" in made, '"hand"' in made, '"by"' in made) == (False, False, False)


def test_a_day_has_its_own_slots_cards_and_closures_only() -> None:
    second = DRAWN.days[1].date
    made = json.loads(JSON.render(DRAWN, Variant(day=second)))
    assert [slot["key"] for slot in made["slots"]] == [slot.key for slot in DRAWN.days[1].slots]
    assert [each["title"] for each in made["cards"]] == ["Talk"]
    assert (len(made["days"]), made["closures"], len(made["rooms"])) == (1, [], 3)


def test_without_a_day_the_whole_board_is_asked_for() -> None:
    assert variant_of(JSON, DRAWN) == Variant()
    assert variant_of(JSON, DRAWN, day="2031-05-18", language="de") == Variant(day=DRAWN.days[1].date)


@pytest.mark.parametrize(
    ("day", "wrong"), [("tomorrow", BadVariant), ("2031-05-1", BadVariant), ("1999-01-01", NotHere)]
)
def test_a_wrong_day_is_said_to_be_wrong(day: str, wrong: type[Exception]) -> None:
    for pull in (JSON, CSV):
        with pytest.raises(wrong):
            variant_of(pull, DRAWN, day=day)


def test_times_carry_the_offset_they_have_on_their_day() -> None:
    winter = board(days=1)
    made = json.loads(JSON.render(winter, Variant()))
    assert (made["slots"][0]["starts"], made["at"]) == ("2025-05-17T08:00:00-04:00", "2025-05-16T14:32:00-04:00")


def test_an_empty_event_is_a_board_too() -> None:
    made = json.loads(JSON.render(board(rooms=0, days=0), Variant()))
    assert (made["days"], made["slots"], made["cards"], made["closures"]) == ([], [], [], [])


def test_the_table_has_each_placed_card_once_in_order_of_time() -> None:
    made = CSV.render(DRAWN, Variant()).decode()
    assert made.replace("\r\n", "\n") == golden("board.csv", made.replace("\r\n", "\n"))
    assert [row["title"] for row in _rows(made)] == ["Knit", "Chess", "Run", "Talk"]


@pytest.mark.parametrize("title", ["=1+1", "+41 79", "-1", "@SUM(1)"])
def test_no_spreadsheet_takes_a_title_for_a_formula(title: str) -> None:
    full = placed(board(), Cell("r1", "0517-0900"), title, serial=1, handle="@ada")
    row = _rows(CSV.render(full, Variant()).decode())[0]
    assert (row["title"], row["handle"]) == ("'" + title, "'@ada")


def test_quotes_and_line_ends_stay_in_their_field() -> None:
    full = placed(board(), Cell("r1", "0517-0900"), 'A "b", c', serial=1, text="one\n\ntwo")
    row = _rows(CSV.render(full, Variant()).decode())[0]
    assert (row["title"], row["text"]) == ('A "b", c', "one\n\ntwo")


def test_the_table_marks_full_rooms_and_cells_that_others_want_and_hides_what_is_hidden() -> None:
    contest = replace(next(iter(desk().contests.values())), cells=(cell("oak 09:00"),), cards=("KNIT00", "VIM000"))
    rows = _rows(CSV.render(desk().with_contest(contest), Variant()).decode())
    assert [(row["title"], row["status"]) for row in rows] == [
        ("Knit", "contested"),
        ("Chess", "full"),
        ("[…]", ""),
        ("Outside", ""),
        ("Talk", ""),
    ]


def test_a_card_elsewhere_that_is_full_is_marked_in_the_list_and_in_the_grid() -> None:
    shown = DRAWN.with_card(replace(card(DRAWN, "Run"), full=True))
    status = {row["title"]: row["status"] for row in _rows(CSV.render(shown, Variant()).decode())}
    assert status == {"Knit": "", "Chess": "", "Run": "full", "Talk": ""}
    first, *_others = _rows(CSV.render(shown, Variant(form="grid")).decode())
    assert first["Elsewhere"] == "Chess: Park / Run: Gate (full)"


def test_in_tsv_each_row_is_one_line_and_says_what_the_csv_says() -> None:
    full = placed(board(), Cell("r1", "0517-0900"), 'A "b"\tc', serial=1, text="one\n\ntwo", handle="@ada")
    made = TSV.render(full, Variant()).decode()
    lines = list(csv.reader(io.StringIO(made, newline=""), delimiter="\t"))
    of_csv = list(csv.reader(io.StringIO(CSV.render(full, Variant()).decode(), newline="")))
    assert made.count("\r\n") == len(lines) == 2
    assert lines == [[" ".join(value.split()) for value in row] for row in of_csv]


def test_the_grid_has_a_row_for_each_slot_and_a_column_for_each_room() -> None:
    made = CSV.render(desk(), Variant(form="grid")).decode()
    assert made.replace("\r\n", "\n") == golden("grid.csv", made.replace("\r\n", "\n"))
    second = CSV.render(DRAWN, Variant(form="grid", day=DRAWN.days[1].date)).decode()
    assert _rows(second) == [
        {"day": "2031-05-18", "starts": "09:00", "ends": "10:00", "Oak": "", "Elm": "Talk", "Elsewhere": ""}
    ]


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("form", ["list", "grid"])
@pytest.mark.parametrize("pull", [CSV, TSV])
def test_whatever_people_write_no_cell_is_a_formula_and_no_row_is_added(pull: Pull, form: str, title: str) -> None:
    here, room = Cell("r1", "0517-0900"), Room("r1", one_line(title))
    plain = closed(replace(board(rooms=1), rooms=(room, *board().rooms[1:])), title, Cell("r1", "0517-1100"))
    said = paragraphs(title)
    full = placed(plain, here, one_line(title), serial=1, host=one_line(title), handle=one_line(title), text=said)
    made = pull.render(full, Variant(form=form)).decode()
    lines = list(csv.reader(io.StringIO(made, newline=""), delimiter="," if pull is CSV else "\t"))
    assert len(lines) == (2 if form == "list" else 1 + len(full.slots))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [value for line in lines for value in line if value.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert made.encode()[:3] != b"\xef\xbb\xbf"


@pytest.mark.parametrize("pull", [CSV, TSV])
def test_a_table_is_a_list_unless_a_grid_is_asked_for(pull: Pull) -> None:
    assert [variant_of(pull, DRAWN, **query).form for query in ({}, {"as": "list"}, {"as": "grid"})] == [
        "list",
        "list",
        "grid",
    ]
    with pytest.raises(BadVariant):
        variant_of(pull, DRAWN, **{"as": "cloud"})


def test_the_formula_for_a_google_sheet_names_an_address_that_there_is() -> None:
    assert (
        sheet_formula("https://board.example", "camp") == '=IMPORTDATA("https://board.example/camp/board.csv?as=grid")'
    )
    assert sheet_formula("https://board.example", "camp", grid=False) == (
        '=IMPORTDATA("https://board.example/camp/board.csv")'
    )


# Rooms


def test_the_rooms_have_the_promised_shape() -> None:
    written = json.dumps(json.loads(ROOMS.render(desk(), Variant())), ensure_ascii=False, indent=1) + "\n"
    assert written == golden("rooms.json", written)


def test_a_room_has_its_cells_in_order_of_time_on_the_days_on_which_it_stands() -> None:
    made = json.loads(ROOMS.render(DRAWN, Variant()))
    cells = {room["room"]: [each["starts"] for each in room["cells"]] for room in made["rooms"]}
    assert list(cells) == [room.key for room in DRAWN.rooms]
    assert all(starts == sorted(starts) for starts in cells.values())
    assert len(cells["oak"]) == 3


def test_of_a_day_only_that_day_is_told() -> None:
    made = json.loads(ROOMS.render(DRAWN, Variant(day=DRAWN.days[1].date)))
    assert [[each["cell"] for each in room["cells"]] for room in made["rooms"]] == [
        ["oak@0518-0900"],
        ["elm@0518-0900"],
        ["elsewhere@0518-0900"],
    ]


# The log


def test_what_a_hidden_card_said_is_in_no_line_of_the_log() -> None:
    words, where = Words("Canary", "Canary", "Canary", "Canary", "https://canary.example"), {"where": "Canary"}
    place = {"cells": ["elsewhere@0517-0900"], **where}
    nested = {"claim": place, "notice": place, "other": place, "deal": {"title": "Canary", "text": "Canary"}}
    change = Change(Kind.CARD_MOVED, "KNIT00", (), {"words": words, **place, **nested}, {"words": words, **place})
    swapped = Change(Kind.CARDS_SWAPPED, "CHESS0", (), {"with": "KNIT00", **place}, {"with": "KNIT00", **place})
    hidden = DRAWN.with_card(replace(card(DRAWN, "Knit"), standing=Standing.SHIELDED))
    told = [[json.dumps(change_facts(each, board)).lower() for each in (change, swapped)] for board in (DRAWN, hidden)]
    assert [[line.count("canary") for line in lines] for lines in told] == [[17, 2], [0, 0]]


def test_why_a_card_was_hidden_is_told_to_nobody_for_strangers_may_have_written_it() -> None:
    facts = {"standing": "shielded", "reason": "A stranger's words"}
    shielded = Change(Kind.CARD_SHIELDED, "KNIT00", (), {"standing": "live"}, facts)
    assert masked_change(shielded, DRAWN).after == {"standing": "shielded"}


def _rows(made: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made, newline="")))


def _with_hand(hand: str):  # type: ignore[no-untyped-def]
    return DRAWN.cards.set(card(DRAWN, "Knit").code, replace(card(DRAWN, "Knit"), hand=hand))
