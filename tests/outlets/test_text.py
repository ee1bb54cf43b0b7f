"""The board as plain text."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from tests.drawing import drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, placed, with_cards
from tests.outlets.desk import desk
from tests.outlets.golden import golden

import openspaces
from openspaces.board.vocabulary import Cell
from openspaces.outlets.base import BadVariant, NotHere, Variant
from openspaces.outlets.text import MOST_BYTES, TEXT

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      11:00   .             .           .
      12:00   .             .           .
      ---
      09:00   .             Talk        .
    """
)
VARIANT = Variant(base_url="https://board.example")


def test_the_text_reads_well() -> None:
    made = TEXT.render(DRAWN, VARIANT).decode()
    assert made == golden("board.txt", made)


def test_what_waits_is_in_the_text_too() -> None:
    made = TEXT.render(desk(), VARIANT).decode()
    assert made == golden("waiting.txt", made)


def test_the_text_speaks_the_language_asked_for() -> None:
    made = TEXT.render(DRAWN, replace(VARIANT, language="de")).decode()
    assert made.count("Samstag") == 1


def test_one_day_is_that_day() -> None:
    made = TEXT.render(DRAWN, replace(VARIANT, day=DRAWN.days[1].date)).decode()
    assert ("Talk" in made, "Knit" in made) == (True, False)


def test_a_full_board_stays_small_and_still_names_every_card() -> None:
    titles = tuple((Path(openspaces.__file__).parent / "examples" / "cards.txt").read_text().splitlines())
    full = with_cards(board(days=3), 300, titles)
    made = TEXT.render(full, VARIANT)
    assert len(made) <= MOST_BYTES
    assert [title for title in titles if title.encode() not in made] == []


def test_one_day_of_a_full_board_is_not_shortened() -> None:
    full = with_cards(board(days=3), 300)
    made = TEXT.render(full, replace(VARIANT, day=full.days[0].date)).decode()
    assert ("Shortened" in made, "@host1@example.social" in made, len(made.encode()) < MOST_BYTES) == (
        False,
        True,
        True,
    )


def test_a_board_too_large_for_full_titles_says_so_and_shortens_them() -> None:
    full = with_cards(board(rooms=40, days=2), 800, ("A space for organisers of conferences and workshops",))
    made = TEXT.render(full, VARIANT).decode()
    assert made.splitlines()[4] == "Shortened. Add ?day=2025-05-17 to the address to read one day in full."
    assert made.count("A space for organisers of confe…") >= 800


def test_an_event_without_days_says_so() -> None:
    assert TEXT.render(board(days=0), VARIANT).decode().splitlines()[-1] == "This event has no days yet."


@pytest.mark.parametrize(("day", "wrong"), [("x", BadVariant), ("1999-01-01", NotHere)])
def test_a_wrong_day_is_said_to_be_wrong(day: str, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        variant_of(TEXT, DRAWN, day=day)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_on_their_line(name: str) -> None:
    from openspaces.board.words import clean

    title = clean("title", HOSTILE[name])
    calm, hostile = (
        TEXT.render(placed(board(), Cell("r1", "0517-0900"), each, serial=1), VARIANT).decode().split("\n")
        for each in ("Calm", title)
    )
    signs = {sign for line in hostile for sign in line}
    assert (len(hostile), [sign for sign in signs if unicodedata.category(sign) == "Cc"]) == (len(calm), [])
