"""The board as data: the shape that others rely on, and nothing that is not public."""

import csv
import io
import json
from dataclasses import replace

import pytest
from tests.drawing import card, drawn
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, placed
from tests.outlets.golden import golden

from openspaces.board.vocabulary import Cell
from openspaces.outlets.base import BadVariant, NotHere, Variant
from openspaces.outlets.data import CSV, JSON

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


def _rows(made: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made, newline="")))


def _with_hand(hand: str):  # type: ignore[no-untyped-def]
    return DRAWN.cards.set(card(DRAWN, "Knit").code, replace(card(DRAWN, "Knit"), hand=hand))
