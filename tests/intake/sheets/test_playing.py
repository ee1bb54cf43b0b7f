"""The rows of a sheet are played once, however often it is imported, and what people did meanwhile stays."""

import pytest
from tests.drawing import EVENT
from tests.intake.event import DRAWN, furnish, now, titles

from openspaces.board.moves import EditCard, WithdrawCard
from openspaces.board.play import play
from openspaces.board.state import Card
from openspaces.board.vocabulary import Stage
from openspaces.intake.sheets import Ready, Tally, guessed, play_all, read_rows, read_sheet
from openspaces.intake.sheets.playing import Played
from openspaces.people.who import PROGRAM

HEADER = "Title|Host|Description|Day|Time|Room"


@pytest.fixture(autouse=True)
def board(database: None) -> None:
    furnish(DRAWN)


def load(*lines: str, place: bool = False) -> Tally:
    """Import a sheet of these lines."""
    board = now()
    guess = guessed(read_sheet("\n".join((HEADER, *lines)).encode()), board)
    rows = [row for row in read_rows(guess, board, place=place) if isinstance(row, Ready)]
    assert len(rows) == len(lines)
    return play_all(board, rows)


def card(title: str) -> Card:
    (found,) = [each for each in now().in_order() if each.words.title == title]
    return found


def test_rows_become_planned_cards_and_ideas_of_nobodys_device() -> None:
    tally = load("Chess|Cy|Until somebody wins|Saturday|9:00|Fir", "Somebody should sing")
    assert (tally.written, tally.placed, tally.there) == (2, 0, 0)
    chess, song = card("Chess"), card("Somebody should sing")
    assert (chess.stage, chess.hand, chess.words.wish) == (Stage.PLANNED, "", "Saturday, 9:00, Fir")
    assert (song.stage, song.hand) == (Stage.IDEA, "")
    assert chess.wished
    assert [str(cell) for cell in chess.wished.cells] == ["fir@0517-0900"]


def test_the_same_sheet_a_second_time_makes_nothing_new() -> None:
    sheet = ("Chess|Cy", "Chess|Cy", "Chess|Di", "Go|", "Shogi|Cy||Saturday|9:00|Fir")
    first = load(*sheet, place=True)
    before = now().number
    second = load(*sheet, place=True)
    assert (first.written, first.placed, second.written, second.there) == (5, 1, 0, 5)
    assert now().number == before


def test_what_people_did_to_a_card_stays_and_it_is_known_all_the_same() -> None:
    load("Chess|Cy", "Go|Cy")
    chess, go = card("Chess"), card("Go")
    renamed = EditCard(card=chess.code, title="Chess for all", host="Cyd", seen=now().number)
    assert play(EVENT, renamed, by=PROGRAM).refusal is None
    assert play(EVENT, WithdrawCard(card=go.code), by=PROGRAM).refusal is None
    tally = load("Chess|Cy", "Go|Cy", "Shogi|Cy")
    assert (tally.written, tally.there) == (1, 2)
    assert sorted(titles())[:2] == ["Chess for all", "Go"]
    assert now().cards[go.code].stage is Stage.WITHDRAWN


def test_a_card_that_was_planned_is_placed_when_that_is_asked_for() -> None:
    load("Shogi|Cy||Saturday|9:00|Fir")
    code = card("Shogi").code
    tally = load("Shogi|Cy||Saturday|9:00|Fir", place=True)
    assert (tally.written, tally.placed, tally.there) == (0, 1, 1)
    assert [str(cell) for cell in now().cards[code].cells] == ["fir@0517-0900"]


def test_a_card_whose_cell_is_not_free_is_planned_and_says_why() -> None:
    tally = load("Shogi|Cy||Saturday|9:00|Oak", "Go|Cy||Saturday|10:00|Oak", "Chess|Cy||Saturday|11:00|Oak", place=True)
    assert (tally.written, tally.placed, tally.refused) == (3, 1, [])
    assert tally.notes == [
        Played(2, "“Knit” holds Oak at 09:00."),
        Played(3, "Oak is closed at 10:00: lunch."),
    ]
    stages = [card(title).stage for title in ("Shogi", "Go", "Chess")]
    assert stages == [Stage.PLANNED, Stage.PLANNED, Stage.PLACED]


def test_a_code_that_another_card_has_is_not_taken_for_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [each.code for each in now().in_order()][:2]

    def codes(row: Ready, _event: str) -> list[str]:
        return [*others, f"NEW{row.number:03}"]

    monkeypatch.setattr(Ready, "codes", codes)
    assert load("Chess|Cy", "Go|Cy").written == 2
    assert {card("Chess").code, card("Go").code} == {"NEW002", "NEW003"}
    assert load("Chess|Cy", "Go|Cy").there == 2


def test_how_far_it_has_come_is_told() -> None:
    board, told = now(), list[int]()
    lines = [f"Session {number}|Cy" for number in range(450)]
    rows = read_rows(guessed(read_sheet("\n".join((HEADER, *lines)).encode()), board), board)
    tally = play_all(board, (row for row in rows if isinstance(row, Ready)), told.append)
    assert tally.written == 450
    assert told == sorted(told)
    assert told[-1] == 450
